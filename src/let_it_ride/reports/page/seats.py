"""The picture of the seats of a table side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import count, decimal_text, money, percent, signed_minus
from let_it_ride.reports.page.drawing import (
    NARROW,
    centred,
    dot,
    level,
    picture,
    text,
    upright,
)
from let_it_ride.reports.page.markup import Markup, element
from let_it_ride.reports.page.tables import Column, table
from let_it_ride.reports.pictures.axis import Axis
from let_it_ride.reports.pictures.seats import interval, reach_of_means, seats_legend

if TYPE_CHECKING:
    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.simulation.summary import Summary

_ROW: Final = 28
_LEFT: Final = 58
_RIGHT: Final = 76


def seats_figure(summary: Summary, law: SessionLaw | None) -> Markup:
    """The mean profits of seats with their intervals, and how the seats go together.

    Args:
        summary: of the run, which has seats.
        law: the law that all its sessions follow, if that is known.
    """
    means = [seat.mean_profit for seat in summary.seats]
    x = Axis(*reach_of_means(summary, law), _LEFT, NARROW - _RIGHT)
    bottom = len(means) * _ROW + 6
    parts = [level(bottom, x.start, x.end, "axis")]
    for tick in x.ticks(3):
        words = money(tick, signed=True)
        at = centred(x.place(tick), words, 0, NARROW)
        parts += (
            upright(x.place(tick), 0, bottom, "grid"),
            text(at, bottom + 16, words, "tick"),
        )
    if law is not None:
        parts.append(upright(x.place(law.mean_profit), 0, bottom, "exact"))
    for row, (seat, mean) in enumerate(zip(summary.seats, means, strict=True)):
        y = row * _ROW + 18
        low, high = map(x.place, interval(mean, x.low, x.high))
        parts += (
            text(0, y + 4, f"Seat {seat.seat + 1}", "name", "start"),
            level(y, low, high, "interval"),
            dot(x.place(mean.value), y, 4.5, "seat"),
            text(NARROW, y + 4, money(mean.value, signed=True), "value", "end"),
        )
    words = "; ".join(
        f"seat {seat.seat + 1}: {money(seat.mean_profit.value, signed=True)}"
        for seat in summary.seats
    )
    return element(
        "figure",
        picture("seats", "Mean profit by seat", words, (NARROW, bottom + 24), *parts),
        element("figcaption", seats_legend(law)),
        element(
            "details",
            element("summary", "The numbers of this picture"),
            _by_seat(summary),
            _together(summary),
        ),
    )


def _by_seat(summary: Summary) -> Markup:
    seats = summary.seats
    return table(
        "By seat",
        [
            Column("Seat", [str(seat.seat + 1) for seat in seats]),
            Column("Sessions", [count(seat.sessions) for seat in seats]),
            Column("Ahead", [percent(seat.win_rate.value) for seat in seats]),
            Column("Mean profit", [money(seat.mean_profit.value, signed=True) for seat in seats]),
            Column("Spread (sd)", [money(seat.std_profit) for seat in seats]),
            Column("Mean hands", [decimal_text(seat.mean_hands, 1) for seat in seats]),
        ],
    )


def _together(summary: Summary) -> Markup | None:
    correlation = summary.seat_correlation
    if correlation is None or correlation.profits is None:
        return None
    columns = [
        Column(
            f"Seat {seat + 1}", [signed_minus(f"{row[seat]:+.4f}") for row in correlation.profits]
        )
        for seat in range(len(correlation.profits))
    ]
    names = [f"Seat {seat + 1}" for seat in range(len(columns))]
    return table("Correlation of their profits at a table", [Column("", names), *columns])
