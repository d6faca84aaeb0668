"""How a picture of profits is drawn in characters.

What is behind is dotted, what is ahead is solid, so that it reads without colour.
"""

from __future__ import annotations

from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from let_it_ride.reports.numbers import percent
from let_it_ride.reports.profit_chart import CUT, Ink, ink_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from let_it_ride.analysis.session_law import Chances
    from let_it_ride.reports.profit_chart import Chart

#: What a cell of a bar can be filled with, from nothing to all.
_SOLID: Final = " ▁▂▃▄▅▆▇█"
_DOTTED: Final = " ⣀⣤⣶⣿"

#: So little of a cell is seen as something; what is less is left out.
_VISIBLE: Final = 0.02

#: A difference that can be seen, in rows.
_SEEN: Final = 0.5

#: What fills so little of a cell, or points at a bar, is no ground for what is drawn over it.
_NO_GROUND: Final = f" ▁▂▃▄⣀⣤▼┃{CUT}"

_FULL: Final = (_SOLID[-1], _DOTTED[-1])
_FILLS: Final = (Ink.BEHIND, Ink.EVEN, Ink.AHEAD, Ink.CURSOR)


class Cell(NamedTuple):
    """A character of a picture, and what it stands for; None for the ground.

    Attributes:
        text: the character.
        ink: what it stands for.
        on: the bar that it is drawn over, if there is one.
    """

    text: str
    ink: Ink | None
    on: Ink | None = None


_GROUND: Final = Cell(" ", None)


def over(cell: Cell, text: str, ink: Ink) -> Cell:
    """Return a character that is drawn over a cell, on the bar that fills it."""
    if cell.on is not None:
        return Cell(text, ink, cell.on)
    is_ground = cell.ink in _FILLS and cell.text not in _NO_GROUND
    return Cell(text, ink, cell.ink if is_ground else None)


def paint(chart: Chart, columns: int, rows: int) -> list[list[Cell]]:
    """Return the rows of a picture from top to bottom, each with a cell for every column.

    Args:
        chart: what is drawn.
        columns: how many there are, at least as many as bins.
        rows: how many there are, at least one.
    """
    picture = [[_GROUND] * columns for _ in range(rows)]
    for draw in (_bars, _lines) if chart.marks_over else (_lines, _bars):
        draw(chart, picture)
    if chart.saved is not None:
        _outline(chart, chart.saved, picture)
    if chart.tells_cuts:
        _tell_cuts(chart, chart.values, picture)
        if chart.saved is not None:
            _tell_cuts(chart, chart.saved, picture, Ink.SAVED)
    return picture


def _lines(chart: Chart, picture: list[list[Cell]]) -> None:
    for mark in reversed(chart.marks):
        column = chart.column(mark.profit, len(picture[0]))
        if column is not None:
            for row in picture:
                cell = row[column]
                if cell.ink not in _FILLS or cell.text in _FULL:
                    row[column] = over(cell, mark.line, mark.ink)


def _bars(chart: Chart, picture: list[list[Cell]]) -> None:
    each = chart.columns_of_bin(len(picture[0]))
    for place in range(len(chart.bins)):
        for height, cell in enumerate(_bar(chart, place, len(picture)), 1):
            if cell.text != " ":
                picture[-height][place * each : (place + 1) * each] = [cell] * each


def _bar(chart: Chart, place: int, rows: int) -> Iterator[Cell]:
    """Yield the cells of a bin from bottom to top; blank ones show what is behind."""
    ink = ink_of(chart.bins, place)
    steps = _DOTTED if ink is Ink.BEHIND else _SOLID
    full = len(steps) - 1
    high = float(chart.values[place]) / chart.top * rows if chart.top else 0.0
    is_cut = high > rows * (1 + 1e-9)
    filled = max(round(high * full), 1 if high > _VISIBLE else 0)
    for row in range(rows):
        level = min(max(filled - row * full, 0), full)
        if is_cut and row == rows - 2:
            yield Cell(CUT, ink)
        elif is_cut and chart.tells_cuts and 0 < row == rows - 1 and place != chart.cursor:
            yield _GROUND
        elif place == chart.cursor:
            blank = "▼" if row == rows - 1 else "┃"
            yield Cell(steps[level] if level and blank == "┃" else blank, Ink.CURSOR)
        else:
            yield Cell(steps[level], ink)


def _outline(chart: Chart, saved: Chances, picture: list[list[Cell]]) -> None:
    """Draw how high bars were, wherever that makes a difference that can be seen.

    Steps are joined where there is no bar, so that none is cut in two.
    """
    each, rows = chart.columns_of_bin(len(picture[0])), len(picture)
    highest = rows - (2 if chart.tells_cuts else 1)
    before: int | None = None
    for place, share in enumerate(saved.tolist()):
        now, once = (
            min(value / chart.top, 1.0) * rows for value in (float(chart.values[place]), share)
        )
        if abs(now - once) < _SEEN:
            before = None
            continue
        level = min(max(ceil(once - 1e-9) - 1, 0), max(highest, 0))
        letters = [CUT if share > chart.top else "━"] * each
        start = place * each
        if before is not None and before != level:
            rises = level > before
            ends = {before: "┛" if rises else "┓"}
            ends |= dict.fromkeys(range(min(before, level) + 1, max(before, level)), "┃")
            for row, letter in ends.items():
                if picture[-1 - row][start].ink not in _FILLS:
                    picture[-1 - row][start] = Cell(letter, Ink.SAVED)
            if picture[-1 - level][start].ink not in _FILLS and letters[0] != CUT:
                letters[0] = "┏" if rises else "┗"
        row_of_level = picture[-1 - level]
        for column, letter in enumerate(letters, start):
            row_of_level[column] = over(row_of_level[column], letter, Ink.SAVED)
        before = level


def _tell_cuts(
    chart: Chart, values: Chances, picture: list[list[Cell]], ink: Ink | None = None
) -> None:
    """Tell in the top row how high bars are that are cut off, where there is room for it.

    Args:
        chart: what is drawn.
        values: how high they are.
        picture: where it is told.
        ink: what the numbers stand for; None for what the bars do.
    """
    row, each = picture[0], chart.columns_of_bin(len(picture[0]))
    places = [place for place, value in enumerate(values.tolist()) if value > chart.top]
    for _, numbered in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        beside = [place for _, place in numbered]
        middle = (beside[0] + beside[-1] + 1) * each // 2
        highest = max(values[beside].tolist())
        each_of_them = " ".join(percent(float(values[place]), 0) for place in beside)
        for told in (each_of_them, percent(highest, 0)):
            start = _start(row, len(told), middle)
            if start is not None:
                shown_as = ink or ink_of(chart.bins, beside[0])
                row[start : start + len(told)] = [Cell(letter, shown_as) for letter in told]
                break


def _start(row: Sequence[Cell], length: int, middle: int) -> int | None:
    """Return where a text can begin that touches a column, on nothing but lines of marks."""
    free = [cell.text == " " or cell.ink in (Ink.LIMIT, Ink.MARK) for cell in row]
    blank = [not cell.text.isalnum() and cell.text != "%" for cell in row]
    wanted = middle - length // 2
    for start in sorted(range(middle - length, middle + 2), key=lambda at: abs(at - wanted)):
        around = blank[max(start - 1, 0) : start + length + 1]
        inside = 0 <= start <= len(row) - length
        if inside and all(free[start : start + length]) and all(around):
            return start
    return None
