"""Single sessions of a plan, round by round."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.card_classes import card_classes
from let_it_ride.game.shown_cards import ShownCards, burn, show_cards
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.compiled import (
    load_kernel,
    load_table_kernel,
    load_table_tracing,
    load_tracing,
)
from let_it_ride.simulation.places import SessionPlace
from let_it_ride.simulation.records import PLAYED_COLUMNS

# The cards of a class and burned ones need as many words but once in ages.
_FIRST_WORDS: Final = 8


@dataclass(frozen=True, eq=False)
class Trace:
    """A session with its rounds.

    Attributes:
        totals: what the kernel gives of it, by `PLAYED_COLUMNS`.
        rounds: a row for every round with `tracing.ROUND_COLUMNS`; shape (hands, 12).
        rounds_before: how many rounds its table had dealt before it.
        cards: what was dealt in every round: two community cards, then three to each seat; shape
            (hands, 2 + 3 × seats). With one seat that nobody else takes, no cards are dealt.
    """

    totals: dict[str, int]
    rounds: NDArray[np.int64]
    rounds_before: int = 0
    cards: NDArray[np.uint8] | None = None


class SessionTracer:
    """Plays single sessions of a plan, and shows their cards."""

    def __init__(self, plan: SessionPlan) -> None:
        self._plan = plan
        self._tracing: Any = load_tracing()
        self._room = load_kernel().Room.new()
        hands = plan.tables.hand_limit
        self._rounds = np.empty((hands, len(self._tracing.ROUND_COLUMNS)), dtype=np.int64)
        if plan.deals_cards:
            self._table_tracing: Any = load_table_tracing()
            self._table_room = load_table_kernel().TableRoom.new()
            self._classes = card_classes()
            self._cards = np.empty((hands, 2 + 3 * plan.seats), dtype=np.uint8)
            self._last: SessionPlace | None = None
            self._progress = np.zeros(3, dtype=np.int64)

    def trace(self, place: SessionPlace) -> Trace:
        """Play a session."""
        totals = np.empty(len(PLAYED_COLUMNS), dtype=np.int64)
        before, cards = 0, None
        if self._plan.deals_cards:
            before, cards = self._trace_seat(place, totals), self._cards
        else:
            self._tracing.trace_session(
                self._plan.tables, place.seed, place.session, self._rounds, totals, self._room
            )
        played = dict(zip(PLAYED_COLUMNS, totals.tolist(), strict=True))
        hands = played["hands"]
        return Trace(
            played,
            self._rounds[:hands].copy(),
            before,
            None if cards is None else cards[:hands].copy(),
        )

    def cards(self, place: SessionPlace, trace: Trace, hand: int, burned: int) -> ShownCards:
        """The cards of a hand, the same every time.

        Args:
            place: the session.
            trace: its rounds.
            hand: which of them, from 1.
            burned: how many cards the dealer burns.
        """
        words = self._words(place, trace.rounds_before + hand)
        if trace.cards is None:
            return show_cards(int(trace.rounds[hand - 1, 0]), words, burned)
        dealt = trace.cards[hand - 1].tolist()
        first, second, third = dealt[2 + 3 * place.seat :][:3]
        return ShownCards((first, second, third), dealt[0], dealt[1], burn(dealt, words, burned))

    def _trace_seat(self, place: SessionPlace, totals: NDArray[np.int64]) -> int:
        plan, last = self._plan, self._last
        # Sessions of a seat in their order are played in one go, not each from the first round.
        if (
            last is None
            or replace(last, session=place.session, turn=place.turn) != place
            or place.turn < self._progress[0]
        ):
            self._progress.fill(0)
        self._last = place
        before: int = self._table_tracing.trace_seat(
            plan.tables,
            self._classes,
            plan.seats,
            plan.total_rounds,
            place.seed,
            place.table,
            place.seat,
            place.turn,
            self._progress,
            self._rounds,
            self._cards,
            totals,
            self._table_room,
        )
        return before

    def _words(self, place: SessionPlace, number: int) -> Iterator[int]:
        """Words of the stream that is kept for the cards of a round, which count from 1."""
        family, stream = self._plan.tables.generator, self._room.stream
        drawn, count = 0, _FIRST_WORDS
        while True:
            words = np.empty(count, dtype=np.uint64)
            self._tracing.card_words(stream, family, place.seed, place.table, number, words)
            yield from words[drawn:].tolist()
            drawn, count = count, 2 * count
