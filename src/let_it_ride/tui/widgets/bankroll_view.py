"""The money of a session as a line, with the hand that is looked at and the limits marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.reports.bankroll_line import BankrollLine
from let_it_ride.reports.numbers import count, money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.events import Click

    from let_it_ride.tui.replays import Sight

#: The column of amounts, and the blank behind it.
_AMOUNTS: Final = 13

_HERE: Final = "◆"

#: From this height on there are the numbers of hands.
_WITH_AXIS: Final = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a session ends, in cents of money; None where there is no such limit."""

    win: int | None = None
    loss: int | None = None


class BankrollView(Widget):
    """The line under its legend."""

    sight: reactive[Sight | None] = reactive(None)
    """What is looked at."""

    limits: reactive[Limits] = reactive(Limits)
    """Where sessions end."""

    @dataclass
    class Pointed(Message):
        """A place on the line was clicked."""

        hands: int

    def render(self) -> Content:
        """Render the line for the room there is."""
        if self.sight is None:
            return Content("")
        return Content("\n").join([self._legend(self.sight), *self._rows(self.sight)])

    def on_click(self, event: Click) -> None:
        """Tell how many hands have been played at the place."""
        event.stop()
        line, column = self._line(), event.x - self.gutter.left - _AMOUNTS
        if line is not None and 0 <= column < line.columns:
            self.post_message(self.Pointed(line.hands_at(column)))

    def _legend(self, sight: Sight) -> Content:
        done, levels = sight.hands_done, sight.replay.bankrolls
        height = max(levels[: done + 1])
        fall = height - levels[done]
        after = "before the first hand" if not done else f"after hand {count(done)}"
        parts = [
            ("Bankroll ", "$muted"),
            (money(levels[done]), "bold $accent"),
            (f" {_HERE} {after}", "$muted"),
            (f"   highest {money(height)}", "$muted"),
        ]
        if fall:
            parts.append((f"   {money(fall)} below it", "$muted"))
        legend = Content("")
        for part in parts:
            if legend.cell_length + len(part[0]) <= self.content_size.width:
                legend = Content.assemble(legend, part)
        return legend

    def _line(self) -> BankrollLine | None:
        size, sight = self.content_size, self.sight
        if sight is None or size.width <= _AMOUNTS or size.height < 2:
            return None
        return BankrollLine(
            sight.replay.bankrolls,
            [limit for limit in (self.limits.win, self.limits.loss) if limit is not None],
            size.width - _AMOUNTS,
            size.height - 1 - _has_axis(size.height),
        )

    def _rows(self, sight: Sight) -> Iterator[Content]:
        line = self._line()
        if line is None:
            return
        marks = self._marks(sight, line)
        here = line.column_of(sight.hands_done)
        at = line.row_of(sight.replay.bankrolls[sight.hands_done])
        for row, cells in enumerate(line.cells()):
            name, style = marks.get(row, ("", ""))
            parts = [(f"{name:>{_AMOUNTS - 1}} ", style or "$muted")]
            for column, cell in enumerate(cells):
                if column == here:
                    mark = _HERE if row == at else cell if cell != " " else "│"
                    parts.append((mark, "bold $accent"))
                elif cell != " ":
                    parts.append((cell, "$primary" if column < here else "$muted"))
                else:
                    parts.append(("╌" if style else " ", style))
            yield Content.assemble(*parts)
        if _has_axis(self.content_size.height):
            last = len(sight.replay.hands)
            numbers = _axis(sight.hands_done, here, last, line.columns)
            yield Content.assemble((f"{'hand':>{_AMOUNTS - 1}} ", "$muted"), *numbers)

    def _marks(self, sight: Sight, line: BankrollLine) -> Mapping[int, tuple[str, str]]:
        """The names and styles of levels by their rows, those that matter most the last."""
        start, levels = sight.replay.starting_bankroll, sight.replay.bankrolls
        marks = {line.row_of(level): (money(level), "") for level in (min(levels), max(levels))}
        marks[line.row_of(start)] = money(start), "$muted"
        if self.limits.loss is not None:
            marks[line.row_of(self.limits.loss)] = (f"▼ {money(self.limits.loss)}", "$error")
        if self.limits.win is not None:
            marks[line.row_of(self.limits.win)] = (f"▲ {money(self.limits.win)}", "$success")
        return marks


def _has_axis(height: int) -> bool:
    """Whether there is room for the numbers of hands under the line."""
    return height >= _WITH_AXIS


def _axis(done: int, here: int, last: int, columns: int) -> Iterator[tuple[str, str]]:
    """How many hands have been played at the ends and where one is; nothing over another."""
    end = count(last) if last else ""
    shown = count(done)
    start = min(max(here - len(shown) // 2, 0), columns - len(shown))
    before = "0" if start > 1 else ""
    after = end if start + len(shown) + 1 <= columns - len(end) else ""
    yield f"{before:<{start}}", "$muted"
    yield shown, "bold $accent"
    yield f"{after:>{columns - start - len(shown)}}", "$muted"
