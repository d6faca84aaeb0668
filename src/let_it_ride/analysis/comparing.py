"""Configurations beside each other: their figures, and how each differs from the first."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, Final

from let_it_ride.analysis.axes import why_without_effect
from let_it_ride.analysis.crew import Watching, exact_figures_of_many, sums_of_many
from let_it_ride.analysis.dealing import Dealing
from let_it_ride.analysis.figures import Figures
from let_it_ride.analysis.measures import MEASURES, Measure
from let_it_ride.analysis.solving import NotSolvableError
from let_it_ride.config import FullConfig
from let_it_ride.config.problems import shown
from let_it_ride.config.saving import as_table
from let_it_ride.config.topics import TypedPath
from let_it_ride.simulation.estimates import Estimate

NO_VALUE: Final = "—"
"""The text of a setting that a configuration does not have."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One of some configurations that are compared.

    Attributes:
        name: what it is called.
        figures: what its sessions bring, with the differences from the first configuration.
    """

    name: str
    figures: Figures

    def difference(self, measure: Measure) -> Estimate:
        """How much more a measure is than with the first configuration."""
        return self.figures.apart().of(measure)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Configurations beside each other.

    Attributes:
        compared: each, the first being what the others differ from.
        settings: the settings in which they differ, each with its value in every one.
        dealing: what was dealt to all of them; None where all are exact.
        why_simulated: why not; nothing where they are.
    """

    compared: tuple[Compared, ...]
    settings: tuple[tuple[str, tuple[str, ...]], ...]
    dealing: Dealing | None = None
    why_simulated: str = ""


def compare(
    named: Sequence[tuple[str, FullConfig]],
    dealing: Dealing,
    watching: Watching,
    workers: int | None = None,
) -> Comparison:
    """Compare configurations: all exactly or, if one cannot be solved, all with the same deals.

    Args:
        named: each with what it is called; the others are compared with the first.
        dealing: what is dealt to them if they have to be simulated.
        watching: who is told how far it is.
        workers: how many processes; as many as CPUs, if that is not given.

    Raises:
        SolvingCancelledError: it was cancelled.
        SolvingFailedError: a process raised an error or died.
        CompilationFailedError: the solver cannot be compiled.
        ProcessStartError: a process cannot be started.
    """
    names, configs = [name for name, _ in named], [config for _, config in named]
    settings = differing_settings(configs)
    exact: dict[int, Figures] = {}
    why = ""
    with closing(exact_figures_of_many(configs, watching, workers)) as known:
        for number, figures in known:
            if isinstance(figures, NotSolvableError):
                why = f"{names[number]}: {figures}"
                break  # and nobody solves the others any more
            exact[number] = figures
    if why:
        compared = _simulated(named, dealing, watching, workers, why)
        return Comparison(compared, settings, dealing, why)
    return Comparison(
        tuple(
            Compared(name, exact[number].exactly_beside(exact[0]))
            for number, name in enumerate(names)
        ),
        settings,
    )


def differing_settings(configs: Sequence[FullConfig]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the settings in which configurations differ, with the value each has.

    Those are left out that change nothing of what a session brings, and empty lists.
    """
    flat = [dict(_flattened(as_table(config, "all"), ())) for config in configs]
    keys = dict.fromkeys(key for each in flat for key in each if not why_without_effect(key))
    rows = ((".".join(key), tuple(each.get(key, NO_VALUE) for each in flat)) for key in keys)
    return tuple(row for row in rows if len(set(row[1])) > 1)


def _flattened(value: Any, path: TypedPath) -> list[tuple[TypedPath, str]]:
    if isinstance(value, dict):
        return [pair for key, each in value.items() for pair in _flattened(each, (*path, key))]
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        pairs = ((f"{path[-1]}[{place}]", each) for place, each in enumerate(value))
        return [pair for name, each in pairs for pair in _flattened(each, (*path[:-1], name))]
    text = ", ".join(map(shown, value)) if isinstance(value, list | tuple) else shown(value)
    return [(path, text)]


def _simulated(
    named: Sequence[tuple[str, FullConfig]],
    dealing: Dealing,
    watching: Watching,
    workers: int | None,
    why: str,
) -> tuple[Compared, ...]:
    sums = sums_of_many([config for _, config in named], dealing, watching, workers)
    speeds = [config.table.hands_per_hour for _, config in named]
    return tuple(
        Compared(
            name,
            replace(
                Figures.simulated(own, speed, why),
                differences=tuple(
                    own.difference(sums[0], each, speed, speeds[0]) for each in MEASURES
                ),
            ),
        )
        for (name, _), own, speed in zip(named, sums, speeds, strict=True)
    )
