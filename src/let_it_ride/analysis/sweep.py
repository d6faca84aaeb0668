"""A sweep: a configuration with some settings varied, and the figures of every combination."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Self

from let_it_ride.analysis.axes import Axis, VariationError, count_cells
from let_it_ride.analysis.crew import Watching, figures_of_many
from let_it_ride.analysis.dealing import Dealing
from let_it_ride.analysis.figures import Figures
from let_it_ride.analysis.measures import Measure, same
from let_it_ride.analysis.variations import Variation, variations
from let_it_ride.config import FullConfig


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination of a sweep.

    Attributes:
        place: the index of its value on each axis.
        figures: what its sessions bring; None while that is not known, and where it is no valid
            configuration.
        flaw: why it is none; nothing if it is one.
    """

    place: tuple[int, ...]
    figures: Figures | None = None
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Figures of every combination of some values.

    Attributes:
        axes: what is varied.
        cells: every combination, those of the last axis fastest.
        dealing: what was dealt to those that were simulated.
        is_apart: whether its figures are differences from the configuration that is varied.
    """

    axes: tuple[Axis, ...]
    cells: tuple[Cell, ...]
    dealing: Dealing
    is_apart: bool = False

    @property
    def simulated(self) -> tuple[Cell, ...]:
        """The cells whose figures are not exact."""
        return tuple(cell for cell in self.cells if cell.figures and not cell.figures.is_exact)

    @property
    def flawed(self) -> tuple[Cell, ...]:
        """The cells that are no valid configuration."""
        return tuple(cell for cell in self.cells if cell.flaw)

    def apart(self) -> Self:
        """The same with the differences in place of the figures."""
        cells = (
            replace(cell, figures=cell.figures.apart()) if cell.figures else cell
            for cell in self.cells
        )
        return replace(self, cells=tuple(cells), is_apart=True)

    def extremes(self, measure: Measure) -> tuple[Cell, Cell] | None:
        """The cells with the highest and the lowest value, the first of `same`; None without any.

        They are one cell where all values are the same.
        """
        known = [
            (cell.figures.of(measure).value, cell)
            for cell in self.cells
            if cell.figures is not None
        ]
        if not known:
            return None
        values = [value for value, _ in known]
        highest, lowest = (
            next(cell for value, cell in known if same(value, extreme))
            for extreme in (max(values), min(values))
        )
        return highest, lowest


def empty_sweep(axes: Sequence[Axis], dealing: Dealing) -> Sweep:
    """A sweep of which nothing is known yet."""
    places = product(*(range(len(axis.values)) for axis in axes))
    return Sweep(tuple(axes), tuple(map(Cell, places)), dealing)


def sweep(
    config: FullConfig,
    axes: Sequence[Axis],
    dealing: Dealing,
    watching: Watching,
    *,
    known: Callable[[int, Cell], None] = lambda _number, _cell: None,
    workers: int | None = None,
    with_differences: bool = False,
) -> Sweep:
    """Work out the figures of every combination of some values.

    Args:
        config: what is varied.
        axes: the settings and their values.
        dealing: what is dealt to each combination that has to be simulated.
        watching: who is told how far it is.
        known: told each cell, with its number, as soon as it is known.
        workers: how many processes; as many as CPUs, if that is not given.
        with_differences: whether each is compared with the configuration as it is.

    Raises:
        VariationError: there are too many combinations, or none is a valid configuration.
        SolvingCancelledError: it was cancelled.
        SolvingFailedError: a process raised an error or died.
        CompilationFailedError: the solver cannot be compiled.
        ProcessStartError: a process cannot be started.
    """
    count_cells(axes)
    combinations = tuple(variations(config, axes))
    cells = [Cell(each.place, flaw=each.flaw) for each in combinations]
    numbers, configs = _valid(combinations)
    for number, cell in enumerate(cells):
        if cell.flaw:
            known(number, cell)
    beside = config if with_differences else None
    for place, figures in figures_of_many(configs, dealing, watching, workers, beside):
        number = numbers[place]
        cells[number] = Cell(cells[number].place, figures)
        known(number, cells[number])
    return Sweep(tuple(axes), tuple(cells), dealing)


def _valid(combinations: Sequence[Variation]) -> tuple[list[int], list[FullConfig]]:
    """The numbers of the valid configurations, and they."""
    pairs = [
        (number, each.config) for number, each in enumerate(combinations) if each.config is not None
    ]
    if not pairs:
        flaw = combinations[0].flaw
        raise VariationError(f"no combination is a valid configuration; the first: {flaw}")
    numbers, configs = zip(*pairs, strict=True)
    return list(numbers), list(configs)
