"""The picture of how deep sessions fell below an earlier peak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from let_it_ride.reports.numbers import money, percent
from let_it_ride.reports.page.drawing import (
    NARROW,
    Axis,
    box,
    centred,
    level,
    picture,
    round_step,
    text,
    upright,
)
from let_it_ride.reports.page.markup import Markup, element, prose
from let_it_ride.reports.page.tables import Column, table

if TYPE_CHECKING:
    from let_it_ride.simulation.results import SimulationResults

_HEIGHT: Final = 240
_LEFT: Final = 40
_BOTTOM: Final = 200
_TOP: Final = 28
_MOST: Final = 32

#: The picture reaches so far at least, in cents.
_LEAST: Final = 1000

#: What is deeper than in so many percent of the sessions is told and not drawn.
_DRAWN: Final = 99

_SHARES: Final = (5, 25, 50, 75, 95, 99)


def drawdowns_figure(results: SimulationResults) -> Markup:
    """How deep the sessions of a run fell."""
    drawdowns, summary = results.aggregates.drawdowns, results.summary
    deep = drawdowns.percentile(_DRAWN)
    width = int(round_step(max(deep, _LEAST) / _MOST))
    bins = deep // width + 1
    inside = drawdowns.values < bins * width
    places = drawdowns.values[inside] // width
    counts = np.bincount(places, drawdowns.counts[inside], bins)
    shares = (counts / drawdowns.count).tolist()
    beyond = 1 - sum(shares)
    x = Axis(0, bins * width, _LEFT, NARROW - 10)
    y = Axis(0, max(shares) * 1.04, _BOTTOM, _TOP)
    each = (x.end - x.start) / bins
    parts = []
    for tick in y.ticks(5):
        parts.append(level(y.place(tick), x.start, x.end, "grid" if tick else "axis"))
        words = percent(tick, 0 if round(tick * 100, 6).is_integer() else 1) if tick else "0"
        parts.append(text(x.start - 6, y.place(tick) + 4, words, "tick", "end"))
    for place, share in enumerate(shares):
        top = y.place(share)
        parts.append(box(x.start + place * each + 0.5, top, each - 1, _BOTTOM - top, "fall"))
    for tick in x.ticks(4):
        words = _whole(tick)
        parts += (
            upright(x.place(tick), _BOTTOM, _BOTTOM + 4, "axis"),
            text(centred(x.place(tick), words, 0, NARROW), _BOTTOM + 17, words, "tick"),
        )
    middles: list[tuple[str, float, str]] = [
        ("Median", summary.median_drawdown, "median"),
        ("Mean", summary.mean_drawdown, "mean"),
    ]
    middles.sort(key=lambda each: each[1])
    for (name, amount, class_), side, anchor in zip(
        middles, (-4, 4), ("end", "start"), strict=True
    ):
        line = min(x.place(amount), x.end)
        parts += (
            upright(line, 8, _BOTTOM, class_),
            text(line + side, 17, f"{name} {money(amount)}", f"label {class_}-words", anchor),
        )
    told = (
        f"Half of the sessions fell {money(summary.median_drawdown)} or less below an earlier"
        f" peak, the mean is {money(summary.mean_drawdown)}, the worst"
        f" {money(summary.max_drawdown)}."
    )
    if beyond >= 0.00005:
        told += f" {percent(beyond)} fell further than the picture goes."
    percentiles = [money(drawdowns.percentile(share)) for share in _SHARES]
    ranges = [
        f"{money(place * width)} to less than {money((place + 1) * width)}" for place in range(bins)
    ]
    return element(
        "figure",
        picture("drawdowns", "Drawdown", told, (NARROW, _HEIGHT - 16), *parts),
        element("figcaption", prose(f"Bars: this run, {_whole(width)} a bar. {told}")),
        element(
            "details",
            element("summary", "The numbers of this picture"),
            table(
                "Percentiles of the deepest fall",
                [
                    Column("Percentile", [f"{share} %" for share in _SHARES]),
                    Column("Fall", percentiles),
                ],
            ),
            table(
                "Shares of the sessions",
                [
                    Column("Deepest fall", ranges),
                    Column("Share", [percent(share, 3) for share in shares]),
                ],
            ),
        ),
    )


def _whole(cents: float) -> str:
    return money(cents).removesuffix(".00")
