"""What is drawn on: characters in rows, each in a colour of the theme."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from textual.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UP: Final = " ▁▂▃▄▅▆▇█"
ACROSS: Final = " ▏▎▍▌▋▊▉█"

MUTED: Final = "$muted"

#: So little of a cell is seen as something; what is less is left out.
_VISIBLE: Final = 0.02


class Canvas:
    """Characters in rows; what would lie outside is left out.

    Attributes:
        columns: how many there are beside each other.
        rows: how many there are above each other.
        has_grounds: whether cells can have grounds of the colours of the theme.
    """

    def __init__(self, columns: int, rows: int, *, has_grounds: bool = True) -> None:
        """Begin with nothing on it."""
        self.columns, self.rows, self.has_grounds = columns, rows, has_grounds
        self._cells = [[(" ", "")] * columns for _ in range(rows)]

    def text(self, row: int) -> str:
        """A row without its colours."""
        return "".join(letter for letter, _ in self._cells[row])

    def content(self) -> Content:
        """All rows."""
        return Content("\n").join(map(_styled, self._cells))

    def put(self, column: int, row: int, text: str, style: str = "") -> None:
        """Write a text from a column on."""
        for place, letter in enumerate(text, column):
            if 0 <= place < self.columns and 0 <= row < self.rows:
                self._cells[row][place] = (letter, style)

    def upright(self, column: int, rows: range, line: str, style: str) -> None:
        """Draw a line from top to bottom."""
        for row in rows:
            self.put(column, row, line, style)

    def bar_up(self, columns: range, bottom: int, height: float, style: str) -> None:
        """Draw a bar.

        Args:
            columns: those that it takes.
            bottom: its lowest row.
            height: in rows.
            style: its style.
        """
        filled = max(round(height * 8), 1 if height > _VISIBLE else 0)
        for row in range(-(-filled // 8)):
            letter = UP[min(filled - row * 8, 8)]
            self.put(columns.start, bottom - row, letter * len(columns), style)

    def bar_across(self, column: int, row: int, length: float, style: str) -> None:
        """Draw a lying bar, so many columns long; the least that there is if it is not none."""
        filled = max(round(length * 8), 1 if length > 0 else 0)
        whole, rest = divmod(filled, 8)
        self.put(column, row, "█" * whole + (ACROSS[rest] if rest else ""), style)

    def labels(
        self, row: int, within: range, labels: Iterable[tuple[int, str]], style: str = MUTED
    ) -> None:
        """Write texts, each in the middle of a column, as far as none stands on another.

        Args:
            row: where.
            within: the columns that they may take.
            labels: columns and texts, those that matter most first.
            style: their style.
        """
        if row >= self.rows:
            return
        for column, text in labels:
            latest = max(within.stop - len(text), within.start)
            start = min(max(column - len(text) // 2, within.start), latest)
            around = self._cells[row][max(start - 1, 0) : start + len(text) + 1]
            if len(text) <= len(within) and all(letter == " " for letter, _ in around):
                self.put(start, row, text, style)


def framed(
    canvas: Canvas, left: int, bottom: int, heights: Mapping[int, str], ticks: Mapping[int, str]
) -> None:
    """Draw an axis at the left and one at the bottom, with names of places under and beside them.

    Args:
        canvas: what is drawn on.
        left: the column of the one.
        bottom: the row of the other.
        heights: names by their rows.
        ticks: names by their columns.
    """
    canvas.upright(left, range(bottom), "│", MUTED)
    canvas.put(left, bottom, "└" + "─" * (canvas.columns - left - 1), MUTED)
    for row, name in heights.items():
        canvas.put(left, row, "├" if row == bottom else "┤", MUTED)
        canvas.put(left - len(name) - 1, row, name, MUTED)
    for column in ticks:
        canvas.put(column, bottom, "┴", MUTED)
    canvas.labels(bottom + 1, range(canvas.columns), ticks.items())


def _styled(row: list[tuple[str, str]]) -> Content:
    return Content.assemble(
        *(
            ("".join(letter for letter, _ in cells), style)
            for style, cells in groupby(row, lambda cell: cell[1])
        )
    )
