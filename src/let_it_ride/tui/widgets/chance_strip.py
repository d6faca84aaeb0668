"""What other money would be worth at the same moment, as a row of blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive

from let_it_ride.reports.numbers import money
from let_it_ride.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from let_it_ride.analysis.charts import Moment

_BLOCKS: Final = "▁▂▃▄▅▆▇█"
_HERE: Final = "▲"


class ChanceStrip(Fitted):
    """A block for each bankroll, higher where it is worth more, over a mark where one stands."""

    moment: reactive[Moment | None] = reactive(None, layout=True)

    def content_at(self, width: int) -> Content:
        """Return the blocks over the least and the most money and the mark between them."""
        moment = self.moment
        if moment is None or len(moment.prospects) < 2 or width < 20:
            return Content("")
        blocks, here = strip(moment, width)
        (least, _), *_, (most, _) = moment.prospects
        axis = _axis(money(least), money(most), here, len(blocks))
        return Content.assemble(
            (blocks[:here], "$primary"),
            (blocks[here : here + 1], "bold $text-accent"),
            (blocks[here + 1 :], "$primary"),
            "\n",
            *axis,
        )

    def watch_moment(self, moment: Moment | None) -> None:
        """Take no room where there is only one bankroll."""
        self.display = moment is not None and len(moment.prospects) > 1


def strip(moment: Moment, width: int) -> tuple[str, int]:
    """The blocks for a width, and the place of the bankroll among them.

    A chance fills its block by its share of one, money by its share of the way from the least to
    the most there is. Where there are more bankrolls than places, each place shows one of them.
    """
    prospects = moment.prospects
    places = min(width, len(prospects))
    step = (len(prospects) - 1) / (places - 1)
    shown = [prospects[round(place * step)] for place in range(places)]
    low, high = 0.0, 1.0
    if moment.goal == "mean":
        low, high = prospects[0][1], prospects[-1][1]
    blocks = "".join(_block((value - low) / ((high - low) or 1.0)) for _, value in shown)
    distances = [abs(bankroll - moment.bankroll) for bankroll, _ in shown]
    return blocks, distances.index(min(distances))


def _block(share: float) -> str:
    return _BLOCKS[min(max(int(share * len(_BLOCKS)), 0), len(_BLOCKS) - 1)]


def _axis(low: str, high: str, here: int, width: int) -> list[tuple[str, str]]:
    """The mark, and the ends where it leaves them room."""
    before = low if len(low) < here else ""
    room = width - here - 1
    after = high if len(high) < room else ""
    return [
        (f"{before:<{here}}", "$muted"),
        (_HERE, "bold $text-accent"),
        (f"{after:>{room}}", "$muted"),
    ]
