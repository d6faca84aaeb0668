"""The picture of the chance to run out of money, by the bankroll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import percent
from let_it_ride.reports.pictures.axis import Axis
from let_it_ride.reports.pictures.drawdowns import whole_money
from let_it_ride.reports.pictures.ruin import ruin_words
from let_it_ride.tui.pictures.canvas import MUTED, framed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.reports.pictures.ruin import Ruin
    from let_it_ride.tui.pictures.canvas import Canvas

RUIN_TITLE: Final = "Risk of ruin by the bankroll"

_LEFT: Final = 8
_BELOW: Final = 2
_ABOVE: Final = 1

#: A bar has room for its number over it.
_WIDE: Final = 6


@dataclass(frozen=True, slots=True)
class RuinPicture:
    """The chance to run out of money, by the bankroll.

    Attributes:
        ruins: what is known, by rising bankrolls.
        own: the bankroll of the run, in cents.
        had_loss_limit: whether the run had one.
        doing: what is still being done.
    """

    ruins: Sequence[Ruin]
    own: int
    had_loss_limit: bool
    doing: str = ""
    title: str = RUIN_TITLE

    def words(self, columns: int) -> str:
        """What bars are, and what the picture says."""
        del columns
        told = ruin_words(self.ruins, self.own, had_loss_limit=self.had_loss_limit)
        return f"{told} {self.doing}".rstrip()

    def draw(self, canvas: Canvas) -> None:
        """Draw a bar for each bankroll, that of the run marked."""
        rows, count = canvas.rows - _BELOW - _ABOVE, len(self.ruins)
        each = (canvas.columns - _LEFT) // max(count, 1)
        if rows < 2 or each < 1:
            return
        bottom = _ABOVE + rows
        known = [ruin.chance.value for ruin in self.ruins if ruin.chance is not None]
        y = Axis(0, max([*known, 0.01]), bottom, _ABOVE)
        ticks = {}
        for place, ruin in enumerate(self.ruins):
            start = _LEFT + place * each
            columns = range(start, start + max(each - 1, 1))
            is_own = ruin.bankroll == self.own
            middle = start + len(columns) // 2
            ticks[middle] = whole_money(ruin.bankroll)
            if is_own:
                canvas.upright(middle, range(bottom), "┊", "bold $accent")
                canvas.put(middle, 0, "▼", "bold $accent")
            self._bar(canvas, ruin, columns, y, "$accent" if is_own else "$error")
        heights = {round(y.place(tick)): _share(tick) for tick in y.ticks(max(rows // 3, 2))}
        own_first = sorted(ticks.items(), key=lambda tick: tick[1] != whole_money(self.own))
        framed(canvas, _LEFT - 1, bottom, heights, dict(own_first))

    def _bar(self, canvas: Canvas, ruin: Ruin, columns: range, y: Axis, style: str) -> None:
        bottom = int(y.start) - 1
        if ruin.chance is None:
            canvas.put(columns.start, bottom, "×" if ruin.flaw else "?", MUTED)
            return
        height = y.start - y.place(ruin.chance.value)
        canvas.bar_up(columns, bottom, height, style)
        if len(columns) >= _WIDE - 1:
            told = percent(ruin.chance.value, 1)
            top = bottom - int(-(-height // 1))
            if top > 0:
                canvas.put(columns.start, top, told, MUTED)


def _share(tick: float) -> str:
    return percent(tick, 0 if round(tick * 100, 6).is_integer() else 1) if tick else "0"
