"""A comparison as rows of text: the settings that differ, the figures and their differences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from let_it_ride.analysis.measures import MEASURES, Measure, same
from let_it_ride.reports.figure_text import difference_of_shown, figure_text
from let_it_ride.reports.form_words import fields_at, written_words
from let_it_ride.reports.numbers import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.analysis.comparing import Comparison
    from let_it_ride.analysis.comparing_runs import ComparedRuns


#: Where these differ, a session is not dealt the same cards from the same seed.
_DECIDING_DEALS: Final = frozenset(("table.num_seats", "table.total_rounds"))


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A line of a comparison.

    Attributes:
        label: the setting or the measure.
        values: its value in each configuration.
        differences: how much more it is than in the first, for all but the first; none for a
            setting.
    """

    label: str
    values: tuple[str, ...]
    differences: tuple[str, ...] = ()


def setting_rows(comparison: Comparison) -> tuple[ComparedRow, ...]:
    """Return the settings that differ."""
    return tuple(ComparedRow(key, values) for key, values in comparison.settings)


def labelled_rows(comparison: Comparison) -> tuple[ComparedRow, ...]:
    """Return the settings that differ in the words of the form; by keys where labels are alike."""
    found = [(key, values, fields_at(tuple(key.split(".")))) for key, values in comparison.settings]
    labels = Counter(fields[0].label for _, _, fields in found if fields)
    return tuple(
        ComparedRow(
            fields[0].label if fields and labels[fields[0].label] == 1 else key,
            tuple(written_words(fields, value) for value in values),
        )
        for key, values, fields in found
    )


def figure_rows(
    comparison: Comparison, measures: Sequence[Measure] = ()
) -> tuple[ComparedRow, ...]:
    """Return some measures or, without any, all that are not zero everywhere."""
    first, *others = comparison.compared
    return tuple(
        ComparedRow(
            measure.label,
            tuple(figure_text(measure, each.figures.of(measure)) for each in comparison.compared),
            tuple(
                difference_of_shown(
                    measure,
                    first.figures.of(measure),
                    each.figures.of(measure),
                    each.difference(measure),
                )
                for each in others
            ),
        )
        for measure in measures or MEASURES
        if measures
        or not all(same(each.figures.of(measure).value, 0) for each in comparison.compared)
    )


def note(comparison: Comparison) -> str:
    """Say how the figures were found."""
    dealing = comparison.dealing
    if dealing is None:
        return "All exact."
    is_dealt_alike = _DECIDING_DEALS.isdisjoint(name for name, _ in comparison.settings)
    dealt = "with the same deals" if is_dealt_alike else "but not all with the same deals"
    return (
        f"Simulated, {dealing.sessions:,} each {dealt}, seed {dealing.seed}, and 95 % intervals:"
        f" {comparison.why_simulated}"
    )


def note_of_runs(compared: ComparedRuns) -> str:
    """Say what runs that are compared were dealt."""
    *others, last = map(count, compared.sessions)
    played = f"{', '.join(others)} and {last}"
    if all(compared.dealt_the_same):
        return f"{played} sessions that were dealt the same, and 95 % intervals."
    if not any(compared.dealt_the_same[1:]):
        return f"{played} sessions that were dealt independently, and 95 % intervals."
    return f"{played} sessions, some dealt the same and some independently, and 95 % intervals."
