"""The picture of the money of sessions over their hands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from let_it_ride.reports.bankroll_line import BankrollLine
from let_it_ride.reports.numbers import count, money, percent
from let_it_ride.reports.pictures.axis import Axis
from let_it_ride.reports.pictures.drawdowns import whole_money
from let_it_ride.tui.pictures.canvas import MUTED, framed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from let_it_ride.reports.pictures.paths import Fan, Integers
    from let_it_ride.tui.pictures.canvas import Canvas

PATHS_TITLE: Final = "Money over the hands of a session"

#: Columns for the amounts at the left, and the names of the bands at the right.
_LEFT: Final = 12
_RIGHT: Final = 8
_BELOW: Final = 2

_INNER: Final = ("▒", "$primary")
_OUTER: Final = ("░", MUTED)
_ON_INNER: Final = "$fan-ink on $fan-inner"
_ON_OUTER: Final = "bold $foreground on $fan-outer"
_MEDIAN: Final = ("━", "bold $accent on $fan-median")
_SAMPLE: Final = "bold $foreground"
_BLANK: Final = "\u2800"

_NAMES: Final = {50: "median", 95: "95 %", 5: "5 %", 75: "75 %", 25: "25 %"}


@dataclass(frozen=True, slots=True)
class PathsPicture:
    """Where most sessions stand after every hand, and some of them as they went.

    Attributes:
        fan: what is drawn.
        start: the money that they begin with, in cents.
        win: the money at which they leave ahead, if there is such a limit.
        loss: the money at which they leave behind, if there is such a limit.
        of: how many sessions the run has.
    """

    fan: Fan
    start: int
    win: int | None
    loss: int | None
    of: int
    title: str = PATHS_TITLE

    def words(self, columns: int) -> str:
        """What bands and lines are, and where sessions stand in the middle and at the end."""
        del columns
        fan = self.fan
        some = len(fan.samples)
        which = f", out of all {count(self.of)}," if fan.sessions < self.of else ""
        told = [
            f"{_INNER[0]} the middle half of {count(fan.sessions)} sessions{which} played again,"
            f" {_OUTER[0]} nine in ten of them, {_MEDIAN[0]} the median; dotted lines are {some} of"
            " them."
            if some > 1
            else "It is the only session, played again."
        ]
        last = len(fan.playing) - 1
        moments = sorted({last // 4, last // 2, last} - {0})
        told += [
            f"After {_hands(fan.hands_at(moment))} {self._standing(moment)}." for moment in moments
        ]
        if some > 1:
            told.append("Those that have ended stay where they ended.")
        if which:
            told.append("They are a sample: where all sessions ended is in picture 1.")
        return " ".join(told)

    def draw(self, canvas: Canvas) -> None:
        """Draw the bands, the lines of some sessions, and the median over them."""
        columns, rows = canvas.columns - _LEFT - _RIGHT, canvas.rows - _BELOW
        if rows < 2 or columns < 8:
            return
        y = BankrollLine(self._reach(), (), columns, rows)
        moments = np.rint(np.linspace(0, len(self.fan.playing) - 1, columns)).astype(int)
        on_bands = self._shade(canvas, y, moments, rows)
        self._lines(canvas, columns, rows, on_bands)
        for column, place in enumerate(moments.tolist(), _LEFT):
            canvas.put(column, y.row_of(int(self.fan.bands[50][place])), *_MEDIAN)
        x = Axis(0, self.fan.hands, _LEFT, _LEFT + columns - 1)
        ticks = {
            round(x.place(tick)): count(round(tick))
            for tick in x.ticks(max(columns // 12, 2))
            if float(tick).is_integer()
        }
        framed(canvas, _LEFT - 1, rows, {}, ticks)
        for level, name, style in self._levels():
            row = y.row_of(level)
            canvas.put(0, row, f"{name:>{_LEFT - 2}}", style)
            canvas.put(_LEFT - 1, row, "┤", MUTED)
        taken: set[int] = set()
        for share, name in _NAMES.items():
            row = y.row_of(int(self.fan.bands[share][-1]))
            if row not in taken:
                taken.add(row)
                canvas.put(_LEFT + columns + 1, row, name, MUTED)

    def _standing(self, moment: int) -> str:
        at = {share: whole_money(float(band[moment])) for share, band in self.fan.bands.items()}
        if self.fan.sessions == 1:
            return f"it stands at {at[50]}"
        playing = float(self.fan.playing[moment])
        on = f", {percent(playing, 0)} still play" if playing else ""
        return f"half stand between {at[25]} and {at[75]}, median {at[50]}{on}"

    def _reach(self) -> tuple[int, int]:
        """The least and the greatest money that is in sight; lines can go beyond."""
        levels = [self.start, *(each for each in (self.win, self.loss) if each is not None)]
        low = min(*levels, int(self.fan.bands[5].min()))
        high = max(*levels, int(self.fan.bands[95].max()))
        return (low, high) if low < high else (low - 100, high + 100)

    def _levels(self) -> Iterator[tuple[int, str, str]]:
        """Yield the levels that have a name, those that matter most the last."""
        for end in self._reach():
            yield end, money(end), MUTED
        yield self.start, money(self.start), ""
        if self.loss is not None:
            yield self.loss, f"▼ {whole_money(self.loss)}", "$error"
        if self.win is not None:
            yield self.win, f"▲ {whole_money(self.win)}", "$success"

    def _shade(
        self, canvas: Canvas, y: BankrollLine, moments: Integers, rows: int
    ) -> dict[tuple[int, int], str]:
        """Draw the bands, and return the styles of lines on them, by column and row."""
        bands = {share: band[moments].tolist() for share, band in self.fan.bands.items()}
        on_bands: dict[tuple[int, int], str] = {}
        for low, high, (letter, style), on_band in (
            (5, 95, _OUTER, _ON_OUTER),
            (25, 75, _INNER, _ON_INNER),
        ):
            for column, (least, most) in enumerate(zip(bands[low], bands[high], strict=True)):
                top, bottom = y.row_of(most), y.row_of(least)
                for row in range(max(top, 0), min(bottom, rows - 1) + 1):
                    canvas.put(_LEFT + column, row, letter, style)
                    on_bands[column, row] = on_band
        return on_bands

    def _lines(
        self, canvas: Canvas, columns: int, rows: int, on_bands: Mapping[tuple[int, int], str]
    ) -> None:
        low, high = self._reach()
        merged = [[0] * columns for _ in range(rows)]
        for path in self.fan.samples:
            last = len(path) - 1
            padded = np.append(path, np.repeat(path[-1], len(self.fan.playing) - 1 - last))
            levels = np.clip(padded, low, high).tolist()
            line = BankrollLine(levels, (low, high), columns, rows)
            end = line.column_of(last)
            for row, cells in enumerate(line.cells()):
                for column, cell in enumerate(cells[: end + 1]):
                    if cell != " ":
                        merged[row][column] |= ord(cell) - ord(_BLANK)
        for row, dots in enumerate(merged):
            for column, each in enumerate(dots):
                if each:
                    style = on_bands.get((column, row), _SAMPLE)
                    canvas.put(_LEFT + column, row, chr(ord(_BLANK) + each), style)


def _hands(hands: int) -> str:
    return "1 hand" if hands == 1 else f"{count(hands)} hands"
