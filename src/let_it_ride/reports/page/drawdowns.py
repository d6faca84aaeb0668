"""The picture of how deep sessions fell below an earlier peak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import money, percent
from let_it_ride.reports.page.drawing import (
    NARROW,
    box,
    centred,
    level,
    picture,
    text,
    upright,
)
from let_it_ride.reports.page.markup import Markup, element, prose
from let_it_ride.reports.page.tables import Column, table
from let_it_ride.reports.pictures.axis import Axis
from let_it_ride.reports.pictures.drawdowns import FALL_SHARES, Drawdowns, whole_money

if TYPE_CHECKING:
    from let_it_ride.simulation.results import SimulationResults

_HEIGHT: Final = 240
_LEFT: Final = 40
_BOTTOM: Final = 200
_TOP: Final = 28
_MOST: Final = 32


def drawdowns_figure(results: SimulationResults) -> Markup:
    """How deep the sessions of a run fell."""
    drawdowns, summary = results.aggregates.drawdowns, results.summary
    falls = Drawdowns.of(drawdowns, _MOST)
    shares, width = falls.shares, falls.width
    x = Axis(0, falls.end, _LEFT, NARROW - 10)
    y = Axis(0, max(shares) * 1.04, _BOTTOM, _TOP)
    each = (x.end - x.start) / len(shares)
    parts = []
    for tick in y.ticks(5):
        parts.append(level(y.place(tick), x.start, x.end, "grid" if tick else "axis"))
        words = percent(tick, 0 if round(tick * 100, 6).is_integer() else 1) if tick else "0"
        parts.append(text(x.start - 6, y.place(tick) + 4, words, "tick", "end"))
    for place, share in enumerate(shares):
        top = y.place(share)
        parts.append(box(x.start + place * each + 0.5, top, each - 1, _BOTTOM - top, "fall"))
    for tick in x.ticks(4):
        words = whole_money(tick)
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
    told = falls.words(summary)
    percentiles = [money(drawdowns.percentile(share)) for share in FALL_SHARES]
    ranges = [
        f"{money(place * width)} to less than {money((place + 1) * width)}"
        for place in range(len(shares))
    ]
    return element(
        "figure",
        picture("drawdowns", "Drawdown", told, (NARROW, _HEIGHT - 16), *parts),
        element("figcaption", prose(f"{falls.legend} {told}")),
        element(
            "details",
            element("summary", "The numbers of this picture"),
            table(
                "Percentiles of the deepest fall",
                [
                    Column("Percentile", [f"{share} %" for share in FALL_SHARES]),
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
