"""What many configurations are measured by: each number of a law that is also a ratio of sums."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final

from let_it_ride.betting.stopping import StopReason
from let_it_ride.config.printing import quoted
from let_it_ride.errors import LetItRideError

if TYPE_CHECKING:
    from collections.abc import Callable

    from let_it_ride.analysis.session_law import SessionLaw


class Column(IntEnum):
    """What is added up over the sessions of a table; the last ones are the stop reasons."""

    SESSIONS = 0
    HANDS = 1
    PROFIT = 2
    AHEAD = 3
    BEHIND = 4
    EVEN = 5
    WIN_LIMIT = 6
    LOSS_LIMIT = 7
    MAX_HANDS = 8
    MAX_DURATION = 9
    INSUFFICIENT_FUNDS = 10
    TABLE_CLOSED = 11

    @classmethod
    def of_reason(cls, reason: StopReason) -> Column:
        """The column that counts the sessions that ended for a reason."""
        return cls(cls.WIN_LIMIT + reason)


class Unit(StrEnum):
    """What a measure is counted in."""

    SHARE = "share"
    """Of sessions, 0 … 1."""
    MONEY = "money"
    """Cents."""
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that sessions of a configuration have.

    Attributes:
        name: what it is asked for by, and its name in JSON and CSV.
        label: what people call it.
        unit: what it is counted in.
        of_law: it, by the exact law; for a measure of an hour, of a single hand.
        over, per: the sums whose ratio it is; none for a spread.
        sign: what the ratio is multiplied by.
        is_hourly: whether it is multiplied by the hands that the table deals in an hour.
    """

    name: str
    label: str
    unit: Unit
    of_law: Callable[[SessionLaw], float]
    over: Column | None = None
    per: Column = Column.SESSIONS
    sign: int = 1
    is_hourly: bool = False


class UnknownMeasureError(LetItRideError):
    """A name that no measure has."""

    def __init__(self, name: str) -> None:
        near = difflib.get_close_matches(name[:100].lower(), [each.name for each in MEASURES], n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        names = ", ".join(each.name for each in MEASURES)
        super().__init__(f"{quoted(name)} is none of the measures {names}{meant}")


def _reason(reason: StopReason, label: str) -> Measure:
    def chance(law: SessionLaw) -> float:
        return law.stop_reasons.get(reason, 0.0)

    return Measure(reason.key, label, Unit.SHARE, chance, Column.of_reason(reason))


MEASURES: Final = (
    Measure(
        "ahead",
        "Chance to leave ahead",
        Unit.SHARE,
        lambda law: law.win_probability,
        Column.AHEAD,
    ),
    Measure(
        "behind",
        "Chance to leave behind",
        Unit.SHARE,
        lambda law: law.loss_probability,
        Column.BEHIND,
    ),
    Measure(
        "even",
        "Chance to leave even",
        Unit.SHARE,
        lambda law: law.push_probability,
        Column.EVEN,
    ),
    Measure("mean", "Mean profit", Unit.MONEY, lambda law: law.mean_profit, Column.PROFIT),
    Measure("sd", "Spread (sd) of the profit", Unit.MONEY, lambda law: law.std_profit),
    Measure("hands", "Mean hands", Unit.NUMBER, lambda law: law.mean_hands, Column.HANDS),
    Measure(
        "cost_per_hour",
        "Mean cost of an hour",
        Unit.MONEY,
        lambda law: law.cost_per_hand,
        Column.PROFIT,
        Column.HANDS,
        sign=-1,
        is_hourly=True,
    ),
    _reason(StopReason.WIN_LIMIT, "Chance to reach the win limit"),
    _reason(StopReason.LOSS_LIMIT, "Chance to reach the loss limit"),
    _reason(StopReason.MAX_HANDS, "Chance to play all hands"),
    _reason(StopReason.MAX_DURATION, "Chance that time is up"),
    _reason(StopReason.INSUFFICIENT_FUNDS, "Chance to run out of money"),
    _reason(StopReason.TABLE_CLOSED, "Chance that the table closes"),
)
"""All measures, in the order they are told."""


def measure_named(name: str) -> Measure:
    """Return the measure that a name stands for.

    Raises:
        UnknownMeasureError: none.
    """
    for measure in MEASURES:
        if measure.name == name:
            return measure
    raise UnknownMeasureError(name)


def same(one: float, other: float) -> bool:
    """Whether two values differ by no more than the error of exact laws."""
    return abs(one - other) <= 1e-8 + 1e-9 * abs(other)
