"""The picture of the chance to run out of money, by the bankroll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import percent
from let_it_ride.reports.pictures.axis import Axis, even_scale, share_text
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

#: The picture ends where ruin is as rare as this.
_RAREST: Final = 0.001

#: Each bankroll is named, or every second one, and so on: the own one is the tenth.
_NAMED: Final = (1, 2, 5, 10)


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
        drawn = self._drawn()
        if len(drawn) < len(self.ruins):
            beyond = whole_money(self.ruins[len(drawn)].bankroll)
            told += f" From {beyond} on, not drawn, it is below {share_text(_RAREST)}."
        return f"{told} {self.doing}".rstrip()

    def draw(self, canvas: Canvas) -> None:
        """Draw a bar for each bankroll, that of the run marked."""
        ruins, rows = self._drawn(), canvas.rows - _BELOW - _ABOVE
        each = (canvas.columns - _LEFT) // max(len(ruins), 1)
        if rows < 2 or each < 1:
            return
        bottom = _ABOVE + rows
        known = [ruin.chance.value for ruin in ruins if ruin.chance is not None]
        top, shares = even_scale(max([*known, 0.01]), rows)
        heights = {bottom - row: share_text(share) for row, share in shares.items() if share <= 1}
        y = Axis(0, top, bottom, _ABOVE)
        names = [whole_money(ruin.bankroll) for ruin in ruins]
        room = max(map(len, names), default=0) + 1
        every = next((some for some in _NAMED if some * each >= room), _NAMED[-1])
        ticks = {}
        for place, ruin in enumerate(ruins):
            start = _LEFT + place * each
            columns = range(start, start + max(each - 1, 1))
            is_own = ruin.bankroll == self.own
            middle = start + len(columns) // 2
            if (place + 1) % every == 0:
                ticks[middle] = names[place]
            if is_own:
                canvas.upright(middle, range(bottom), "┊", "bold $accent")
                chance = f" {percent(ruin.chance.value, 1)}" if ruin.chance else ""
                told = f"▼ {names[place]}{chance}"
                canvas.put(min(middle, canvas.columns - len(told)), 0, told, "bold $accent")
            self._bar(canvas, ruin, columns, y, "$accent" if is_own else "$error")
        framed(canvas, _LEFT - 1, bottom, heights, ticks)

    def _drawn(self) -> Sequence[Ruin]:
        """The bankrolls that are drawn: not those at the end for which ruin is very rare."""
        last = len(self.ruins)
        while last and self._is_very_rare(self.ruins[last - 1]):
            last -= 1
        return self.ruins[:last] or self.ruins

    def _is_very_rare(self, ruin: Ruin) -> bool:
        is_rare = ruin.chance is not None and ruin.chance.value < _RAREST
        return is_rare and ruin.bankroll > self.own

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
            if top >= 0:
                canvas.put(columns.start, top, told, MUTED)
