"""The other way round: the least, or greatest, value of a setting with which a chance is met.

A chance need not rise or fall steadily with a setting, so nothing is taken for granted between
values that were not looked at: every value of a short grid is looked at; of a long one some that
are spread over it, then those between the first two that differ, until they are neighbours.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Self

from let_it_ride.analysis.axes import Axis, count_cells
from let_it_ride.analysis.crew import Watching
from let_it_ride.analysis.dealing import Dealing
from let_it_ride.analysis.measures import Measure, Unit, measure_named
from let_it_ride.analysis.sweep import Cell, Sweep, sweep
from let_it_ride.config import FullConfig
from let_it_ride.config.printing import quoted
from let_it_ride.errors import LetItRideError
from let_it_ride.money import CENTS_PER_DOLLAR, read_dollars

LONG_GRID: Final = 400
"""Of a longer grid not every value is looked at, unless that is asked for."""

#: How many values are looked at at once: first of the whole grid, then between two of them.
_SPREAD: Final = 65
_BETWEEN: Final = 15


_ALLOWED: Final = {
    Unit.SHARE: "a chance from 0 to 1, or 0% to 100%",
    Unit.MONEY: "an amount in dollars, such as 25 or -4.50",
    Unit.NUMBER: "a number",
}


class ConditionError(LetItRideError):
    """A condition that is not said well."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a measure has to be.

    Attributes:
        measure: which.
        bound: at most or at least this much; money in cents.
        at_most: which of the two.
    """

    measure: Measure
    bound: float
    at_most: bool

    @classmethod
    def parse(cls, text: str, *, at_most: bool) -> Self:
        """Read ``MEASURE=NUMBER``; a share can end in ``%``.

        Raises:
            ConditionError: it is not that, or a share is not from 0 to 1.
            UnknownMeasureError: there is no such measure.
        """
        option = "--at-most" if at_most else "--at-least"
        name, equals, number = (part.strip() for part in text.partition("="))
        if not equals:
            raise ConditionError(
                f"{option} {quoted(text)}: write MEASURE=NUMBER, such as insufficient_funds=5%"
            )
        measure = measure_named(name)
        try:
            bound = _read(number, measure.unit)
        except (ArithmeticError, ValueError):
            bound = Decimal("NaN")
        if not bound.is_finite() or (measure.unit is Unit.SHARE and not 0 <= bound <= 1):
            allowed = _ALLOWED[measure.unit]
            raise ConditionError(f"{option} {name}: found {quoted(number)}; allowed: {allowed}")
        return cls(measure, float(bound), at_most)

    def holds(self, cell: Cell) -> bool:
        """Whether a cell meets it; one that is no valid configuration does not."""
        if cell.figures is None:
            return False
        value = cell.figures.of(self.measure).value
        return value <= self.bound if self.at_most else value >= self.bound


@dataclass(frozen=True, slots=True)
class Found:
    """The answer on one axis, and what proves it.

    Attributes:
        looked_at: the cells that were looked at, in the order of the search, with the index of
            the value of each.
        found: the first of them that meets all conditions; None if none does.
        of: how many values the grid has.
    """

    looked_at: tuple[tuple[int, Cell], ...]
    found: tuple[int, Cell] | None
    of: int

    @property
    def is_complete(self) -> bool:
        """Whether every value was looked at, so that there can be no other answer."""
        return len(self.looked_at) == self.of

    @property
    def neighbours(self) -> tuple[tuple[int, Cell], ...]:
        """The cells beside it on the grid that were looked at, itself between them."""
        if self.found is None:
            return ()
        at = self.found[0]
        return tuple(pair for pair in self.looked_at if abs(pair[0] - at) <= 1)

    def failing_beyond(self, conditions: Sequence[Condition]) -> tuple[int, Cell] | None:
        """The first cell behind the answer that does not meet the conditions, if there is one."""
        if self.found is None:
            return None
        start = self.looked_at.index(self.found)
        return next((pair for pair in self.looked_at[start:] if not _meets(pair, conditions)), None)


def find(
    config: FullConfig,
    axis: Axis,
    conditions: Sequence[Condition],
    dealing: Dealing,
    watching: Watching,
    *,
    greatest: bool = False,
    every: bool = False,
    workers: int | None = None,
) -> Found:
    """Find the first value on an axis with which all conditions are met.

    Args:
        config: what is varied.
        axis: the setting and its grid.
        conditions: what is wanted.
        dealing: what is dealt to each configuration that has to be simulated.
        watching: who is told how far it is.
        greatest: search from the last value of the grid to the first.
        every: look at every value, however many there are.
        workers: how many processes; as many as CPUs, if that is not given.

    Raises:
        VariationError: the grid is too long, or none of it is a valid configuration.
        SolvingCancelledError: it was cancelled.
        SolvingFailedError: a process raised an error or died.
        CompilationFailedError: the solver cannot be compiled.
        ProcessStartError: a process cannot be started.
    """
    count_cells([axis])

    def look(places: Sequence[int]) -> dict[int, Cell]:
        some = Axis(axis.key, axis.label, tuple(axis.values[place] for place in places))
        cells = sweep(config, [some], dealing, watching, workers=workers).cells
        return {
            place: Cell((place,), cell.figures, cell.flaw)
            for place, cell in zip(places, cells, strict=True)
        }

    size = len(axis.values)
    places = range(size) if every or size <= LONG_GRID else _spread(0, size - 1, _SPREAD)
    return _search(look, places, size, conditions, greatest=greatest)


def find_in(
    swept: Sweep, conditions: Sequence[Condition], *, greatest: bool = False
) -> list[Found]:
    """Find the first value on the last axis of a sweep, for every combination of the others."""
    size = len(swept.axes[-1].values)
    rows = [swept.cells[start : start + size] for start in range(0, len(swept.cells), size)]
    return [
        _search(
            lambda places, row=row: {place: row[place] for place in places},  # type: ignore[misc]  # a default
            range(size),
            size,
            conditions,
            greatest=greatest,
        )
        for row in rows
    ]


def cheapest(cells: Sequence[Cell], conditions: Sequence[Condition], mean: Measure) -> Cell | None:
    """The cell with the highest mean profit of those that meet all conditions, if any does."""
    meeting = [
        (cell.figures.of(mean).value, cell)
        for cell in cells
        if cell.figures and _meets((0, cell), conditions)
    ]
    return max(meeting, key=lambda pair: pair[0])[1] if meeting else None


def _search(
    look: Callable[[Sequence[int]], dict[int, Cell]],
    places: Sequence[int],
    size: int,
    conditions: Sequence[Condition],
    *,
    greatest: bool,
) -> Found:
    known = look(places)
    while True:
        order = sorted(known, reverse=greatest)
        found = next((at for at in order if _meets((at, known[at]), conditions)), None)
        if found is None or found == order[0]:
            break
        before = order[order.index(found) - 1]
        between = _spread(min(before, found) + 1, max(before, found) - 1, _BETWEEN)
        if not between:
            break
        known |= look(between)
    beyond = None if found is None else found + (-1 if greatest else 1)
    if beyond is not None and 0 <= beyond < size and beyond not in known:
        known |= look([beyond])
    looked_at = tuple((at, known[at]) for at in sorted(known, reverse=greatest))
    return Found(looked_at, None if found is None else (found, known[found]), size)


def _read(number: str, unit: Unit) -> Decimal:
    match unit:
        case Unit.SHARE:
            return Decimal(number.removesuffix("%")) / (100 if number.endswith("%") else 1)
        case Unit.MONEY:
            return read_dollars(number) * CENTS_PER_DOLLAR
        case Unit.NUMBER:
            return Decimal(number)


def _meets(pair: tuple[int, Cell], conditions: Sequence[Condition]) -> bool:
    return all(condition.holds(pair[1]) for condition in conditions)


def _spread(first: int, last: int, most: int) -> list[int]:
    """Return numbers spread evenly from a first to a last one, at most so many."""
    count = last - first + 1
    if count <= most:
        return list(range(first, last + 1))
    return sorted({first + (count - 1) * each // (most - 1) for each in range(most)})
