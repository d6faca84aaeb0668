"""The picture of the seats of a table side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import count, money, percent, signed_minus
from let_it_ride.reports.pictures.axis import Axis
from let_it_ride.reports.pictures.seats import interval, reach_of_means, seats_legend
from let_it_ride.reports.profit_chart import short_money
from let_it_ride.tui.pictures.canvas import MUTED

if TYPE_CHECKING:
    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.simulation.summary import Summary
    from let_it_ride.tui.pictures.canvas import Canvas

SEATS_TITLE: Final = "Mean profit by seat"

_LEFT: Final = 8
_ABOVE: Final = 1
_HEADS: Final = ("mean", "ahead", "sessions")
_EXACT: Final = ("┃", "bold $accent")


@dataclass(frozen=True, slots=True)
class SeatsPicture:
    """The mean profit of each seat, with its interval.

    Attributes:
        summary: of a run which has seats.
        law: the law that all its sessions follow, if that is known.
        note: what is missing.
    """

    summary: Summary
    law: SessionLaw | None
    note: str = ""
    title: str = SEATS_TITLE

    def words(self, columns: int) -> str:
        """What dots and lines are, and how the seats go together."""
        del columns
        told = [seats_legend(self.law)]
        if self.law is not None:
            told.append(f"Exactly {money(self.law.mean_profit, signed=True)}.")
        correlation = self.summary.seat_correlation
        together = correlation.mean_of_profits if correlation else None
        if together is not None:
            value = signed_minus(f"{together:+.4f}")
            told.append(f"What two seats of a table win is correlated by {value} on average.")
        return " ".join(filter(None, [*told, self.note]))

    def draw(self, canvas: Canvas) -> None:
        """Draw a row for each seat between its name and its numbers."""
        seats = self.summary.seats
        rows = [
            (
                money(seat.mean_profit.value, signed=True),
                percent(seat.win_rate.value),
                count(seat.sessions),
            )
            for seat in seats
        ]
        widths = [max(map(len, column)) for column in zip(_HEADS, *rows, strict=True)]
        told = [
            "  ".join(f"{text:>{width}}" for text, width in zip(row, widths, strict=True))
            for row in (_HEADS, *rows)
        ]
        right = canvas.columns - len(told[0]) - 2
        if right - _LEFT < 8:
            return
        each = max(1, (canvas.rows - _ABOVE - 2) // len(seats))
        bottom = min(_ABOVE + each * len(seats), canvas.rows - 2)
        x = Axis(*reach_of_means(self.summary, self.law), _LEFT, right - 1)
        ticks = {
            round(x.place(tick)): short_money(tick)
            for tick in x.ticks(max((right - _LEFT) // 9, 2))
        }
        for column in ticks:
            canvas.upright(column, range(_ABOVE, bottom), "┊", MUTED)
        canvas.put(canvas.columns - len(told[0]), 0, told[0], MUTED)
        if self.law is not None:
            place = round(x.place(self.law.mean_profit))
            canvas.upright(place, range(_ABOVE, bottom), *_EXACT)
            named = f"exact {money(self.law.mean_profit, signed=True)}"
            canvas.labels(0, range(_LEFT, right), [(place, named)], _EXACT[1])
        for number, (seat, numbers) in enumerate(zip(seats, told[1:], strict=True)):
            row = _ABOVE + number * each + each // 2
            low, high = (round(x.place(end)) for end in interval(seat.mean_profit, x.low, x.high))
            canvas.put(0, row, f"Seat {seat.seat + 1}", "bold")
            canvas.put(low, row, "─" * (high - low + 1), "$primary")
            canvas.put(low, row, "├", "$primary")
            canvas.put(high, row, "┤", "$primary")
            canvas.put(round(x.place(seat.mean_profit.value)), row, "●", "bold $foreground")
            canvas.put(canvas.columns - len(numbers), row, numbers)
        canvas.put(_LEFT, bottom, "─" * (right - _LEFT), MUTED)
        canvas.labels(bottom + 1, range(_LEFT, right), ticks.items())
