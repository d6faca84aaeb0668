"""The picture of the chance to run out of money, by the bankroll."""

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
    width_of,
)
from let_it_ride.reports.page.markup import Markup, element, prose
from let_it_ride.reports.page.tables import Column, table
from let_it_ride.reports.pictures.axis import Axis
from let_it_ride.reports.pictures.drawdowns import whole_money
from let_it_ride.reports.pictures.ruin import ruin_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from let_it_ride.reports.pictures.ruin import Ruin

_LEFT: Final = 46
_TOP: Final = 26
_BOTTOM: Final = 184
_HEIGHT: Final = 208

#: The axis has room for so rare a ruin.
_LEAST: Final = 0.01


def ruin_figure(ruins: Sequence[Ruin], own: int, *, had_loss_limit: bool) -> Markup:
    """The chance to run out of money, by the bankroll.

    Args:
        ruins: what is known, by rising bankrolls.
        own: the bankroll of the run, in cents.
        had_loss_limit: whether the run had a loss limit.
    """
    chances = [0.0 if ruin.chance is None else ruin.chance.value for ruin in ruins]
    x = Axis(0, len(ruins), _LEFT, NARROW - 10)
    y = Axis(0, max([*chances, _LEAST]), _BOTTOM, _TOP)
    parts = [*_ground(y, x), *_amounts(ruins, x)]
    width = (x.end - x.start) / len(ruins)
    for place, (ruin, chance) in enumerate(zip(ruins, chances, strict=True)):
        top = y.place(chance)
        if ruin.chance is not None:
            parts.append(box(x.place(place) + 0.5, top, width - 1, _BOTTOM - top, "fall"))
        if ruin.bankroll == own:
            words = f"{whole_money(own)}, as in this run: {percent(chance)}"
            middle = x.place(place + 0.5)
            parts += (
                upright(middle, _TOP - 8, _BOTTOM, "mean"),
                text(centred(middle, words, 0, NARROW), 13, words, "label mean-words"),
            )
    told = ruin_words(ruins, own, had_loss_limit=had_loss_limit)
    return element(
        "figure",
        picture("ruin", "Risk of ruin by the bankroll", told, (NARROW, _HEIGHT), *parts),
        element("figcaption", prose(told)),
        element(
            "details",
            element("summary", "The numbers of this picture"),
            table(
                "Chance to run out of money",
                [
                    Column("Bankroll", [money(ruin.bankroll) for ruin in ruins]),
                    Column("Chance", [_chance(ruin) for ruin in ruins]),
                ],
            ),
        ),
    )


def _ground(y: Axis, x: Axis) -> Iterator[Markup]:
    for tick in y.ticks(5):
        yield level(y.place(tick), x.start, x.end, "grid" if tick else "axis")
        words = percent(tick, 0 if round(tick * 100, 6).is_integer() else 1) if tick else "0"
        yield text(x.start - 6, y.place(tick) + 4, words, "tick", "end")


def _amounts(ruins: Sequence[Ruin], x: Axis) -> Iterator[Markup]:
    """Yield as many of the bankrolls as have room, equally far apart, the last among them."""
    words = [whole_money(ruin.bankroll) for ruin in ruins]
    room = (x.end - x.start) / len(ruins)
    step = -(-(max(map(width_of, words)) + 8) // room)
    for place in range(len(ruins) - 1, -1, -int(step)):
        middle = x.place(place + 0.5)
        yield upright(middle, _BOTTOM, _BOTTOM + 4, "axis")
        yield text(centred(middle, words[place], 0, NARROW), _BOTTOM + 17, words[place], "tick")


def _chance(ruin: Ruin) -> str:
    return "no session" if ruin.chance is None else percent(ruin.chance.value, 4)
