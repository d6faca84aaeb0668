"""The picture of how deep sessions fell below an earlier peak."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import money
from let_it_ride.reports.pictures.axis import Axis, even_scale, share_text
from let_it_ride.reports.pictures.drawdowns import FALL_SHARES, Drawdowns, whole_money
from let_it_ride.tui.pictures.canvas import framed

if TYPE_CHECKING:
    from let_it_ride.reports.pictures.played import Played
    from let_it_ride.tui.pictures.canvas import Canvas

_LEFT: Final = 8
_BELOW: Final = 2
_ABOVE: Final = 1
_LEAST_WIDTH: Final = 2
_MIDDLE: Final = "bold $accent"


@dataclass(frozen=True, slots=True)
class DrawdownPicture:
    """How deep the sessions of a run fell.

    Attributes:
        results: the run.
    """

    results: Played
    title: str = "Deepest fall below an earlier peak"

    def words(self, columns: int) -> str:
        """What a bar is, and what the picture says."""
        falls, drawdowns = self._falls(columns), self.results.aggregates.drawdowns
        shares = ", ".join(
            f"{share} % {whole_money(drawdowns.percentile(share))}" for share in FALL_SHARES
        )
        told = falls.words(self.results.summary)
        return f"{falls.legend} {told} No deeper than: {shares}."

    def draw(self, canvas: Canvas) -> None:
        """Draw a bar for each range of falls, with the median and the mean."""
        rows = canvas.rows - _BELOW - _ABOVE
        if rows < 2 or canvas.columns < 2 * _LEFT:
            return
        falls, summary = self._falls(canvas.columns), self.results.summary
        each = (canvas.columns - _LEFT) // len(falls.shares)
        bottom, right = _ABOVE + rows, _LEFT + each * len(falls.shares)
        x = Axis(0, falls.end, _LEFT, right)
        top, shares = even_scale(max(falls.shares), rows)
        bars = [share / top * rows for share in falls.shares]
        for place, height in enumerate(bars):
            start = _LEFT + place * each
            canvas.bar_up(range(start, start + max(each - 1, 1)), bottom - 1, height, "$primary")
        heights = {bottom - row: share_text(share) for row, share in shares.items()}
        ticks = {
            int(x.place(tick)): whole_money(tick)
            for tick in x.ticks(max((right - _LEFT) // 12, 2))
            if x.place(tick) < canvas.columns
        }
        framed(canvas, _LEFT - 1, bottom, heights, ticks)
        middles: list[tuple[float, str, str]] = [
            (summary.median_drawdown, "median", "┃"),
            (summary.mean_drawdown, "mean", "╎"),
        ]
        for number, (amount, name, line) in enumerate(sorted(middles)):
            column, told = int(x.place(amount)), f"{name} {money(amount)}"
            if column < right:
                above = bottom - ceil(bars[min((column - _LEFT) // each, len(bars) - 1)])
                canvas.upright(column, range(above), line, _MIDDLE)
                canvas.put(column + 2 if number else column - len(told) - 1, 0, told, _MIDDLE)

    def _falls(self, columns: int) -> Drawdowns:
        most = max((columns - _LEFT) // _LEAST_WIDTH, 2)
        return Drawdowns.of(self.results.aggregates.drawdowns, most)
