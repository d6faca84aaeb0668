"""The figures of configurations beside each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from textual.content import Content

from let_it_ride.reports.comparison_rows import ComparedRow, figure_rows, labelled_rows, note
from let_it_ride.tui.copying import Copy
from let_it_ride.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from let_it_ride.analysis.comparing import Comparison

_GAP: Final = "  "
#: So wide a name or a value of a setting is before settings have their labels in full.
_MOST_AT_FIRST: Final = 24

_DIFFERENCE: Final = "difference"

#: How the labels of chances begin.
_CHANCE: Final = "Chance to "


def comparison_title(names: Iterable[str]) -> Content:
    """The title of a screen with what is compared."""
    return Content.assemble(("♠ Compare  ", "bold $primary"), (" · ".join(names), "bold"))


class ComparisonTable(Fitted):
    """Figures, how much more they are in the second configuration, and settings that differ."""

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
        settings = labelled_rows(self._comparison)
        figures = _that_fit(figure_rows(self._comparison), width)
        layout = _Layout.of(names, settings, figures, width)
        yield layout.head()
        for row in figures:
            yield from layout.lines(row)
        yield Content("")
        yield Content.styled(f"{self._found} pp: percentage points.", "$muted")
        yield Content("")
        if not settings:
            yield Content("No setting differs.")
            return
        yield Content.styled("Settings that differ", "bold $primary")
        for row in settings:
            yield from layout.lines(row)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things stand.

    Attributes:
        names: what is compared.
        label: the width of the column of labels.
        cells: the widths of the others.
    """

    names: tuple[str, ...]
    label: int
    cells: tuple[int, ...]

    @classmethod
    def of(
        cls,
        names: tuple[str, ...],
        settings: Sequence[ComparedRow],
        figures: Sequence[ComparedRow],
        width: int,
    ) -> _Layout:
        """Give figures what they need, then what is left to settings and to names."""
        head = ComparedRow("", ("",) * len(names), (_DIFFERENCE,) * (len(names) - 1))
        wanted = [max(map(len, column)) for column in _columns([*settings, ComparedRow("", names)])]
        longest = max((len(row.label) for row in settings), default=0)
        widths = [
            max(len(row.label) for row in figures),
            *(max(map(len, column)) for column in _columns([head, *figures])),
        ]
        left = width - sum(widths) - len(_GAP) * (len(widths) - 1)
        at_first = (min(want, _MOST_AT_FIRST) for want in wanted)
        for place, want in (*enumerate(at_first, 1), (0, longest), *enumerate(wanted, 1)):
            more = max(min(want - widths[place], left), 0)
            widths[place] += more
            left -= more
        return cls(names, widths[0], tuple(widths[1:]))

    def head(self) -> Content:
        """The names over their columns; what has no room is cut where that tells them apart."""
        widths = self.cells[: len(self.names)]
        cut = [_cut(name, width) for name, width in zip(self.names, widths, strict=True)]
        if len(set(cut)) < len(cut):
            cut = [
                _cut(name[::-1], width)[::-1]
                for name, width in zip(self.names, widths, strict=True)
            ]
        differences = (_DIFFERENCE,) * (len(self.cells) - len(cut))
        return self._line("", (*cut, *differences), "bold")

    def lines(self, row: ComparedRow, style: str = "") -> Iterator[Content]:
        """A row, on more lines where one has too little room."""
        cells = _cells(row)
        label = row.label
        while len(label) > self.label and "." in label:
            label = label.partition(".")[2]
        if any(len(cell) > width for cell, width in zip(cells, self.cells, strict=True)):
            yield Content.styled(row.label, style)
            for name, value in zip(self.names, row.values, strict=True):
                yield Content.styled(f"  {name}: {value}", style)
        elif len(label) > self.label:
            yield Content.styled(label, style)
            yield self._line("", cells, style)
        else:
            yield self._line(label, cells, style)

    def _line(self, label: str, cells: Sequence[str], style: str) -> Content:
        placed = (cell.rjust(width) for cell, width in zip(cells, self.cells, strict=True))
        return Content.styled(_GAP.join((label.ljust(self.label), *placed)).rstrip(), style)


def _that_fit(rows: tuple[ComparedRow, ...], width: int) -> tuple[ComparedRow, ...]:
    """Rows with shorter labels where there is too little room for theirs."""
    needed = sum(max(map(len, column)) + len(_GAP) for column in _columns(rows))
    if max(len(row.label) for row in rows) + needed <= width:
        return rows
    shorter = ((row, row.label.removeprefix(_CHANCE)) for row in rows)
    return tuple(replace(row, label=f"{label[:1].upper()}{label[1:]}") for row, label in shorter)


def _columns(rows: Sequence[ComparedRow]) -> Iterator[tuple[str, ...]]:
    return zip(*map(_cells, rows), strict=True)


def _cells(row: ComparedRow) -> tuple[str, ...]:
    return (*row.values, *(row.differences or ("",) * (len(row.values) - 1)))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
