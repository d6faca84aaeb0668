"""Sessions of a run for the screen, with what their decisions were worth."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, Protocol

from let_it_ride.errors import LetItRideError
from let_it_ride.reports.felt_text import so_far_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from threading import Event

    from let_it_ride.analysis.decisions import Decision, Decisions
    from let_it_ride.config.full import FullConfig
    from let_it_ride.simulation.replay import PlayedHand, Replay, Replayer

#: No number of anything has more digits.
_MOST_DIGITS: Final = 19


class Stage(IntEnum):
    """How far a hand has come."""

    DEALT = 0
    FOURTH = 1
    PAID = 2


class OnFelt(Protocol):
    """A hand as it lies on the felt."""

    @property
    def played(self) -> PlayedHand:
        """The hand."""

    @property
    def stage(self) -> Stage:
        """How far it has come."""

    @property
    def told(self) -> Sequence[Decision] | None:
        """The decisions that are told about, the first bet's first; None if they are not known."""

    @property
    def own_title(self) -> str:
        """Whose the three cards are."""

    @property
    def so_far(self) -> Sequence[str]:
        """What the hands up to this one have come to, where there is room for that."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is looked at of a session.

    Attributes:
        replay: the session, which has hands.
        hand: the hand, from 1.
        stage: how far it has come.
        decisions: the decisions on bet 1 and bet 2, if they are known.
        seats: how many players are at the table.
    """

    replay: Replay
    hand: int
    stage: Stage
    decisions: tuple[Decision, Decision] | None = None
    seats: int = 1

    @property
    def played(self) -> PlayedHand:
        """The hand that is looked at."""
        return self.replay.hands[self.hand - 1]

    @property
    def told(self) -> Sequence[Decision] | None:
        """The decisions that are told about at this stage, if they are known."""
        return None if self.decisions is None else self.decisions[: self.stage + 1]

    @property
    def own_title(self) -> str:
        """Whose the three cards are."""
        seat = f" (seat {self.replay.session.seat} of {self.seats})" if self.seats > 1 else ""
        return f"Your cards{seat}"

    @property
    def so_far(self) -> Sequence[str]:
        """What the hands that have been paid have come to."""
        return so_far_text(self.replay.hands[: self.hands_done])

    @property
    def hands_done(self) -> int:
        """How many hands have been paid."""
        return self.hand if self.stage is Stage.PAID else self.hand - 1

    @property
    def is_last(self) -> bool:
        """Whether nothing follows."""
        return self.hand == len(self.replay.hands) and self.stage is Stage.PAID

    def moved(self, stages: int) -> tuple[int, Stage]:
        """The hand and the stage some stages on or back, as far as there are any."""
        whole = (self.hand - 1) * len(Stage) + self.stage + stages
        whole = min(max(whole, 0), len(self.replay.hands) * len(Stage) - 1)
        return whole // len(Stage) + 1, Stage(whole % len(Stage))


class SessionPlayer:
    """Plays sessions of a run again.

    `play` and `explain` take their time and are called in threads, each by one at a time.
    """

    def __init__(self, config: FullConfig) -> None:
        """Prepare.

        Args:
            config: what was run, with its seed.
        """
        self.config = config
        self.sessions: int | None = None
        """How many sessions the run has; None where that is chance, or not known yet."""
        self._replayer: Replayer | None = None
        self._decisions: Decisions | None = None

    def play(self, session: int, compiling: Callable[[], None]) -> Replay:
        """Play a session.

        Args:
            session: its id, from 0.
            compiling: called if the kernel must be compiled first, which takes some seconds.

        Raises:
            NoSuchSessionError: the run has no such session.
        """
        # numpy would hold up the first frame.
        from let_it_ride.simulation.places import find_place
        from let_it_ride.simulation.replay import Replayer, seed_to_replay

        if self._replayer is None:
            self._replayer = Replayer(self.config, compiling)
            plan = self._replayer.plan
            if plan.sessions_at_table is not None:
                self.sessions = plan.table_count * plan.sessions_at_table
        place = find_place(self._replayer.plan, seed_to_replay(self.config), session)
        return self._replayer.replay(place)

    def explain(self, cancelled: Event, progress: Callable[[float], None]) -> None:
        """Work out what decisions are worth, so that any hand can be explained.

        Raises:
            LetItRideError: it is too much to work out, or `cancelled` was set.
        """
        from let_it_ride.analysis.decisions import Decisions

        decisions = Decisions(self.config)
        decisions.work_out(cancelled, progress)
        self._decisions = decisions

    def decisions(self, replay: Replay, hand: int) -> tuple[Decision, Decision] | None:
        """The decisions on a hand, from 1; None as long as that is not worked out."""
        if self._decisions is None:
            return None
        played = replay.hands[hand - 1]
        return self._decisions.of(played.deal_class, hand - 1, replay.bankrolls[hand - 1])


def seeded(config: FullConfig, seed: int) -> FullConfig:
    """A configuration with the seed of a run."""
    simulation = config.simulation.model_copy(update={"random_seed": seed})
    return config.model_copy(update={"simulation": simulation})


def drawn_seed() -> int:
    """A seed that nobody has chosen."""
    from let_it_ride.simulation.seeds import fresh_base_seed

    return fresh_base_seed()


def some_session(sessions: int, other_than: int) -> int:
    """A session drawn at random, another one if there is one."""
    if sessions == 1:
        return 0
    drawn = random.randrange(sessions - 1)  # noqa: S311  nothing hangs on it
    return drawn + (drawn >= other_than)


def number_in(text: str, least: int, most: int | None, what: str) -> int:
    """The number that a person has typed.

    Args:
        text: what was typed.
        least: the least number that there is.
        most: the largest; None if that is not known.
        what: what is numbered.

    Raises:
        NotANumberError: there is no such number.
    """
    plain = text.replace(",", "").replace("_", "").strip()
    if not (plain.isascii() and plain.isdecimal()) or len(plain) > _MOST_DIGITS:
        raise NotANumberError(f"{text!r} is no number of a {what}")
    number = int(plain)
    if number < least or (most is not None and number > most):
        raise NotANumberError(
            f"there is no {what} {number:,}: they are numbered from {least:,}"
            + (f" to {most:,}" if most is not None else "")
        )
    return number


class NotANumberError(LetItRideError):
    """What was typed is no number that there is."""
