"""The picture of the money of sessions over their hands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from let_it_ride.reports.bankroll_line import BankrollLine
from let_it_ride.reports.numbers import count, percent
from let_it_ride.reports.pictures.axis import Axis
from let_it_ride.reports.pictures.drawdowns import whole_money
from let_it_ride.tui.pictures.canvas import MUTED, framed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from let_it_ride.reports.pictures.paths import Fan, Integers
    from let_it_ride.tui.pictures.canvas import Canvas

PATHS_TITLE: Final = "Money over the hands of a session"

#: Columns for the amounts at the left, and the names of the percentiles at the right.
_LEFT: Final = 9
_RIGHT: Final = 12
_ABOVE: Final = 1
_BELOW: Final = 2

#: What is between the middle half and its rim, and between nine in ten and theirs: a shade where
#: grounds have no colours, and the colour else. The first is outside of both.
_SHADES: Final = (("", ""), ("░", MUTED), ("▒", "$primary"))
_GROUNDS: Final = ("", "$fan-outer", "$fan-inner")
_OUTER: Final = 1
_INNER: Final = 2

_MEDIAN: Final = ("━", "bold $accent")
_SAMPLE: Final = "bold $foreground"
_LIMIT: Final = "╌"

_NAMES: Final = {share: "median" if share == 50 else f"{share} %" for share in (95, 75, 50, 25, 5)}


@dataclass(frozen=True, slots=True)
class PathsPicture:
    """Where most sessions stand after every hand, and one of them as it went.

    Attributes:
        fan: what is drawn.
        start: the money that they begin with, in cents.
        win: the money at which they leave ahead, if there is such a limit.
        loss: the money at which they leave behind, if there is such a limit.
        of: how many sessions the run has.
        shown: which of the samples is drawn, from 0.
    """

    fan: Fan
    start: int
    win: int | None
    loss: int | None
    of: int
    shown: int = 0
    title: str = PATHS_TITLE

    def next(self) -> Self:
        """The picture with another one of the samples."""
        return replace(self, shown=(self.shown + 1) % len(self.fan.samples))

    def words(self, columns: int) -> str:
        """Which sessions they are, and where they stand in the middle and at the end."""
        del columns
        fan, last = self.fan, len(self.fan.playing) - 1
        moments = sorted({last // 4, last // 2, last} - {0})
        if fan.sessions == 1:
            told = ["It is the only session, played again."]
            told += [
                f"After {_hands(fan.hands_at(moment))} it stands at"
                f" {whole_money(float(fan.bands[50][moment]))}."
                for moment in moments
            ]
            return " ".join(told)
        which = f", out of all {count(self.of)}," if fan.sessions < self.of else ""
        told = [
            f"{count(fan.sessions)} sessions{which} played again; those that have ended stay where"
            " they ended.",
            *(["Where all sessions ended is in picture 1."] if which else ()),
            f"Half stand between {', '.join(map(self._standing, moments))}.",
        ]
        return " ".join(told)

    def draw(self, canvas: Canvas) -> None:
        """Draw the bands, and over them the limits, the median and a session."""
        columns, rows = canvas.columns - _LEFT - _RIGHT, canvas.rows - _BELOW - _ABOVE
        if rows < 2 or columns < 8:
            return
        y = BankrollLine(self._reach(), (), columns, rows)
        moments = np.rint(np.linspace(0, len(self.fan.playing) - 1, columns)).astype(int)
        over = self._shade(canvas, y, moments)
        for level, style in self._limits():
            row = y.row_of(level)
            for column in range(columns):
                if canvas.has_grounds or not over.kinds[column, row]:
                    over.put(column, row, _LIMIT, style)
        for column, place in enumerate(moments.tolist()):
            over.put(column, y.row_of(int(self.fan.bands[50][place])), *_MEDIAN)
        self._line(over, columns, rows)
        x = Axis(0, self.fan.hands, _LEFT, _LEFT + columns - 1)
        ticks = {
            round(x.place(tick)): count(round(tick))
            for tick in x.ticks(max(columns // 12, 2))
            if float(tick).is_integer()
        }
        framed(canvas, _LEFT - 1, _ABOVE + rows, {}, ticks)
        canvas.put(_LEFT - 1, 0, " ")
        for level, name, style in self._levels():
            row = _ABOVE + y.row_of(level)
            canvas.put(0, row, f"{name:>{_LEFT - 2}}", style)
            canvas.put(_LEFT - 1, row, "┤", MUTED)
        for row, name in self._percentiles(y, rows):
            canvas.put(_LEFT + columns + 1, _ABOVE + row, name, MUTED)
        self._legend(canvas)

    def _legend(self, canvas: Canvas) -> None:
        """Say over the picture what is what, as far as there is room."""
        some, column = len(self.fan.samples), _LEFT
        if some < 2:
            return
        for kind, name in ((_INNER, "middle half"), (_OUTER, "nine in ten"), (0, "median")):
            letter, style = _SHADES[kind] if kind else _MEDIAN
            if kind and canvas.has_grounds:
                letter, style = " ", f"on {_GROUNDS[kind]}"
            canvas.put(column, 0, letter * 2, style)
            canvas.put(column + 3, 0, name, MUTED)
            column += len(name) + 5
        told = f"session {self.shown + 1} of {some}"
        if column + len(told) + 3 <= canvas.columns:
            canvas.put(column, 0, "⡠⠊", _SAMPLE)
            canvas.put(column + 3, 0, told, MUTED)

    def _standing(self, moment: int) -> str:
        at = {share: whole_money(float(band[moment])) for share, band in self.fan.bands.items()}
        playing = float(self.fan.playing[moment])
        on = f", {percent(playing, 0)} still play" if playing else ""
        hands = _hands(self.fan.hands_at(moment))
        return f"{at[25]} and {at[75]} after {hands} (median {at[50]}{on})"

    def _reach(self) -> tuple[int, int]:
        """The least and the greatest money that is in sight; lines can go beyond."""
        levels = [self.start, *(each for each in (self.win, self.loss) if each is not None)]
        low = min(*levels, int(self.fan.bands[5].min()))
        high = max(*levels, int(self.fan.bands[95].max()))
        return (low, high) if low < high else (low - 100, high + 100)

    def _limits(self) -> Iterator[tuple[int, str]]:
        if self.loss is not None:
            yield self.loss, "$error"
        if self.win is not None:
            yield self.win, "$success"

    def _levels(self) -> Iterator[tuple[int, str, str]]:
        """Yield the levels that have a name, those that matter most the last."""
        for end in self._reach():
            yield end, whole_money(end), MUTED
        yield self.start, whole_money(self.start), ""
        for level, style in self._limits():
            yield level, f"{'▲' if level == self.win else '▼'} {whole_money(level)}", style

    def _percentiles(self, y: BankrollLine, rows: int) -> Iterator[tuple[int, str]]:
        """Yield the names of the percentiles at the end, each at its row or one that is free."""
        ends: dict[int, list[int]] = {}
        for share in _NAMES:
            ends.setdefault(int(self.fan.bands[share][-1]), []).append(share)
        wanted = [y.row_of(level) for level in ends]
        for place in range(1, len(wanted)):
            wanted[place] = max(wanted[place], wanted[place - 1] + 1)
        lowest = rows
        for place in reversed(range(len(wanted))):
            lowest = wanted[place] = min(wanted[place], lowest - 1)
        for row, shares in zip(wanted, ends.values(), strict=True):
            if row >= 0:
                yield row, _together(shares)

    def _shade(self, canvas: Canvas, y: BankrollLine, moments: Integers) -> _Over:
        """Draw the bands, with rims of half rows where there are colours for it."""
        halves = [[0] * len(moments) for _ in range(2 * y.rows)]
        for kind, low, high in ((_OUTER, 5, 95), (_INNER, 25, 75)):
            ends = (self.fan.bands[share][moments].tolist() for share in (low, high))
            for column, (least, most) in enumerate(zip(*ends, strict=True)):
                for half in range(y.half_row_of(most), y.half_row_of(least) + 1):
                    halves[half][column] = kind
        kinds: dict[tuple[int, int], int] = {}
        for row in range(y.rows):
            for column, (above, below) in enumerate(
                zip(halves[2 * row], halves[2 * row + 1], strict=True)
            ):
                kinds[column, row] = max(above, below)
                if canvas.has_grounds:
                    letter, style = _cell(above, below)
                else:
                    letter, style = _SHADES[max(above, below)]
                canvas.put(_LEFT + column, _ABOVE + row, letter, style)
        return _Over(canvas, kinds)

    def _line(self, over: _Over, columns: int, rows: int) -> None:
        low, high = self._reach()
        path = self.fan.samples[self.shown]
        last = len(path) - 1
        padded = np.append(path, np.repeat(path[-1], len(self.fan.playing) - 1 - last))
        levels = np.clip(padded, low, high).tolist()
        line = BankrollLine(levels, (low, high), columns, rows)
        end = line.column_of(last)
        for row, cells in enumerate(line.cells()):
            for column, cell in enumerate(cells[: end + 1]):
                if cell != " ":
                    over.put(column, row, cell, _SAMPLE)


@dataclass(frozen=True, slots=True)
class _Over:
    """Draws over the bands, on their colours.

    Attributes:
        canvas: what is drawn on.
        kinds: the band in each cell, by column and row.
    """

    canvas: Canvas
    kinds: Mapping[tuple[int, int], int]

    def put(self, column: int, row: int, text: str, style: str) -> None:
        """Draw a character."""
        kind = self.kinds[column, row] if self.canvas.has_grounds else 0
        ground = f" on {_GROUNDS[kind]}" if kind else ""
        self.canvas.put(_LEFT + column, _ABOVE + row, text, f"{style}{ground}")


def _cell(above: int, below: int) -> tuple[str, str]:
    """Return what fills a cell whose halves are in these bands."""
    if above == below:
        return " ", f"on {_GROUNDS[above]}" if above else ""
    if not below:
        return "▀", _GROUNDS[above]
    return "▄", f"{_GROUNDS[below]} on {_GROUNDS[above]}" if above else _GROUNDS[below]


def _together(shares: Sequence[int]) -> str:
    """Name percentiles that are equal, from the highest."""
    if len(shares) == 1:
        return _NAMES[shares[0]]
    if len(shares) > 2 or 50 in shares:
        return f"{shares[-1]} to {shares[0]} %"
    return f"{shares[0]} % = {shares[1]} %"


def _hands(hands: int) -> str:
    return "1 hand" if hands == 1 else f"{count(hands)} hands"
