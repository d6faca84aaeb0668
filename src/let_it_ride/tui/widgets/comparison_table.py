"""The figures of configurations beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from let_it_ride.reports.comparison_rows import ComparedRow, figure_rows, note, setting_rows
from let_it_ride.tui.copying import Copy
from let_it_ride.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from let_it_ride.analysis.comparing import Comparison

_GAP: Final = "  "


class ComparisonTable(Fitted):
    """Settings that differ, figures, and how much more they are in the second configuration."""

    def __init__(self, comparison: Comparison, found: str = "") -> None:
        """Show a comparison.

        Args:
            comparison: the settings that differ, and the figures.
            found: how the figures were found, where they are those of runs.
        """
        super().__init__()
        self._comparison = comparison
        self._found = found or note(comparison)

    def content_at(self, width: int) -> Content:
        """Render the table for a width."""
        return Content("\n").join(self._lines(width))

    def copies(self) -> Iterable[Copy]:
        """Return the table with all measures."""
        from let_it_ride.reports.comparison_files import comparison_to_csv

        yield Copy("The table with all measures, as CSV", comparison_to_csv(self._comparison))

    def _lines(self, width: int) -> Iterator[Content]:
        names = tuple(each.name for each in self._comparison.compared)
        settings, figures = setting_rows(self._comparison), figure_rows(self._comparison)
        head = ComparedRow("", names, ("difference",))
        widths = _widths([head, *settings, *figures], width)
        yield _line(head, widths, "bold")
        for row in settings or (ComparedRow("No setting differs", ("",) * len(names)),):
            yield _line(row, widths, "$secondary")
        yield Content("")
        for row in figures:
            yield _line(row, widths)
        yield Content("")
        yield Content.styled(f"{self._found} pp: percentage points.", "$muted")


def _cells(row: ComparedRow) -> tuple[str, ...]:
    return (*row.values, *(row.differences or ("",)))


def _widths(rows: Sequence[ComparedRow], width: int) -> list[int]:
    """The widths of the columns: each what it needs, the first what is left."""
    needed = [max(map(len, column)) for column in zip(*map(_cells, rows), strict=True)]
    left = width - sum(needed) - len(_GAP) * len(needed)
    return [max(min(left, max(len(row.label) for row in rows)), 12), *needed]


def _line(row: ComparedRow, widths: Sequence[int], style: str = "") -> Content:
    label = row.label if len(row.label) <= widths[0] else f"…{row.label[1 - widths[0] :]}"
    cells = (cell.rjust(width) for cell, width in zip(_cells(row), widths[1:], strict=True))
    return Content.styled(_GAP.join((label.ljust(widths[0]), *cells)), style)
