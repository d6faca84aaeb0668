"""The chance of the goal with other money at the same moment, as a row of blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive

from let_it_ride.reports.chart_text import GOAL_WORDS
from let_it_ride.reports.numbers import money
from let_it_ride.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from let_it_ride.analysis.charts import Moment

_BLOCKS: Final = "▁▂▃▄▅▆▇█"
_HERE: Final = "▲"


class ChanceStrip(Fitted):
    """A block for each bankroll, higher where the goal is likelier, over a mark for one's own."""

    moment: reactive[Moment | None] = reactive(None, layout=True)

    def content_at(self, width: int) -> Content:
        """Return what they show, the blocks, the least and the most money and the mark between."""
        moment = self.moment
        if moment is None or not _has_strip(moment) or width < 2:
            return Content("")
        blocks, here = strip(moment, width)
        (least, _), *_, (most, _) = moment.prospects
        title = f"Chance {GOAL_WORDS[moment.goal]}, by bankroll"
        axis = _axis(money(least), money(most), here, len(blocks))
        return Content.assemble(
            (title if len(title) <= width else title[: width - 1] + "…", "$muted"),
            "\n",
            (blocks[:here], "$primary"),
            (blocks[here : here + 1], "bold $text-accent"),
            (blocks[here + 1 :], "$primary"),
            "\n",
            *axis,
        )

    def watch_moment(self, moment: Moment | None) -> None:
        """Take no room where it would say nothing."""
        self.display = moment is not None and _has_strip(moment)


def _has_strip(moment: Moment) -> bool:
    """Whether there is other money; a mean only follows it."""
    return len(moment.prospects) > 1 and moment.goal != "mean"


def strip(moment: Moment, width: int) -> tuple[str, int]:
    """The blocks for a width, and the place of the bankroll among them.

    Where there are more bankrolls than places, each place shows one of them.
    """
    prospects = moment.prospects
    places = min(width, len(prospects))
    step = (len(prospects) - 1) / (places - 1)
    shown = [prospects[round(place * step)] for place in range(places)]
    blocks = "".join(_block(value) for _, value in shown)
    distances = [abs(bankroll - moment.bankroll) for bankroll, _ in shown]
    return blocks, distances.index(min(distances))


def _block(chance: float) -> str:
    return _BLOCKS[min(int(chance * len(_BLOCKS)), len(_BLOCKS) - 1)]


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
