"""The chances to run out of money for a report: exact ones, where they are known soon."""

from __future__ import annotations

from contextlib import closing
from threading import Event, Timer
from typing import TYPE_CHECKING, Final

from let_it_ride.analysis.crew import Watching, exact_figures_of_many
from let_it_ride.analysis.figures import Figures
from let_it_ride.analysis.sweep import Cell
from let_it_ride.analysis.variations import variations
from let_it_ride.errors import LetItRideError
from let_it_ride.money import cents
from let_it_ride.reports.pictures.ruin import Ruin, alone, axes_of, bankrolls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.config import FullConfig

#: Seconds. The picture is left out where it takes longer: who wants it all the same has the app.
_PATIENCE: Final = 20.0


def ruins_of(config: FullConfig, cancelled: Event) -> Sequence[Ruin]:
    """Solve the sessions of many bankrolls.

    Args:
        config: what was run.
        cancelled: set when nobody waits any more.

    Returns:
        The chance of each bankroll; none at all where one has no exact chance, or they are not
        known soon.
    """
    if cancelled.is_set():
        return ()
    own = alone(config)
    values, combinations = bankrolls(own), tuple(variations(own, axes_of(own)))
    ruins = [
        Ruin(cents(value), flaw=each.flaw) for value, each in zip(values, combinations, strict=True)
    ]
    numbers = [number for number, each in enumerate(combinations) if each.config is not None]
    configs = [each.config for each in combinations if each.config is not None]
    stopped = Event()

    def heed(_: float) -> None:
        if cancelled.is_set():
            stopped.set()

    timer = Timer(_PATIENCE, stopped.set)
    timer.start()
    try:
        with closing(exact_figures_of_many(configs, Watching(stopped, heed))) as known:
            for place, figures in known:
                if not isinstance(figures, Figures):
                    return ()
                number = numbers[place]
                cell = Cell(combinations[number].place, figures)
                ruins[number] = Ruin.of(values[number], cell)
    except LetItRideError:  # the report has all the rest
        return ()
    finally:
        timer.cancel()
    return ruins
