"""The money over a session as a line of dots, four to a row and two to a column of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_ACROSS: Final = 2
_DOWN: Final = 4
_BLANK: Final = 0x2800

#: The dots of a cell in Braille's order, by column and by row from above.
_DOTS: Final = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))


class BankrollLine:
    """A line over the hands of a session."""

    def __init__(
        self, levels: Sequence[int], limits: Sequence[int], columns: int, rows: int
    ) -> None:
        """Lay it out.

        Args:
            levels: the money at the beginning and after every hand.
            limits: levels that are in sight too.
            columns: how many columns of text there are.
            rows: how many rows.
        """
        self.levels, self.columns, self.rows = levels, columns, rows
        in_sight = (*levels, *limits)
        self._low, self._high = min(in_sight), max(in_sight)

    def cells(self) -> list[str]:
        """The rows from above, each a Braille character a column, blanks where nothing is."""
        cells = [[_BLANK] * self.columns for _ in range(self.rows)]
        before: int | None = None
        for across in range(self.columns * _ACROSS):
            reached = [self._down(level) for level in self._levels_at(across)]
            if before is not None:
                reached.append(before)
            for down in range(min(reached), max(reached) + 1):
                dot = _DOTS[across % _ACROSS][down % _DOWN]
                cells[down // _DOWN][across // _ACROSS] |= dot
            before = self._down(self._levels_at(across)[-1])
        return ["".join(chr(cell) if cell != _BLANK else " " for cell in row) for row in cells]

    def column_of(self, hands: int) -> int:
        """The column where so many hands have been played."""
        last = len(self.levels) - 1
        dots = self.columns * _ACROSS - 1
        return (hands * dots // last if last else 0) // _ACROSS

    def hands_at(self, column: int) -> int:
        """How many hands have been played at a column, about."""
        last = len(self.levels) - 1
        return min(round(column * last / max(self.columns - 1, 1)), last)

    def row_of(self, level: int) -> int:
        """The row of a level that is in sight, from above."""
        return self._down(level) // _DOWN

    def half_row_of(self, level: int) -> int:
        """The half row of a level that is in sight, from above."""
        return self._down(level) // (_DOWN // 2)

    def _levels_at(self, across: int) -> list[int]:
        """The levels that fall on a column of dots: one between its neighbours, or several."""
        last, dots = len(self.levels) - 1, self.columns * _ACROSS - 1
        low, high = across * last / dots, (across + 1) * last / dots
        within = list(self.levels[-int(-low // 1) : max(-int(-high // 1), 1)])
        if within:
            return within
        left = int(low)
        share = low - left
        return [round(self.levels[left] * (1 - share) + self.levels[left + 1] * share)]

    def _down(self, level: int) -> int:
        dots, height = self.rows * _DOWN - 1, self._high - self._low
        return round((self._high - level) * dots / height) if height else dots // 2
