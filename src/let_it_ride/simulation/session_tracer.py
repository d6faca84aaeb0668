"""Single sessions of a plan, round by round."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.compiled import load_kernel, load_tracing
from let_it_ride.simulation.records import PLAYED_COLUMNS


@dataclass(frozen=True, eq=False)
class Trace:
    """A session with its rounds.

    Attributes:
        totals: what the kernel gives of it, by `PLAYED_COLUMNS`.
        rounds: a row for every round with `tracing.ROUND_COLUMNS`; shape (hands, 12).
    """

    totals: dict[str, int]
    rounds: NDArray[np.int64]


class SessionTracer:
    """Plays single sessions of a plan, and draws what their cards are shown from."""

    def __init__(self, plan: SessionPlan) -> None:
        self._tables = plan.tables
        self._tracing = load_tracing()
        self._room = load_kernel().Room.new()
        columns = len(self._tracing.ROUND_COLUMNS)
        self._rounds = np.empty((plan.tables.hand_limit, columns), dtype=np.int64)

    def trace(self, session: int, seed: int) -> Trace:
        """Play a session with its own seed."""
        totals = np.empty(len(PLAYED_COLUMNS), dtype=np.int64)
        self._tracing.trace_session(self._tables, seed, session, self._rounds, totals, self._room)
        played = dict(zip(PLAYED_COLUMNS, totals.tolist(), strict=True))
        return Trace(played, self._rounds[: played["hands"]].copy())

    def card_words(self, session: int, seed: int, hand: int, count: int) -> list[int]:
        """The first words of the stream that shows a hand's cards; hands count from 1."""
        words = np.empty(count, dtype=np.uint64)
        family, stream = self._tables.generator, self._room.stream
        self._tracing.card_words(stream, family, seed, session, hand, words)
        drawn: list[int] = words.tolist()
        return drawn
