"""A chart at a moment that the keys choose, worked out while it is looked at."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Input, Static

from let_it_ride.errors import LetItRideError
from let_it_ride.reports.chart_look import Look
from let_it_ride.reports.chart_text import chart_title, left_out, legend
from let_it_ride.tui.styles import style_sheet
from let_it_ride.tui.widgets.chance_strip import ChanceStrip
from let_it_ride.tui.widgets.chart_parts import ChartParts, PartList
from let_it_ride.tui.widgets.key_bar import KeyBar, keys_of_bar
from let_it_ride.tui.widgets.moment_fields import MomentFields
from let_it_ride.tui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.analysis.charts import Chart, Charts
    from let_it_ride.analysis.moments import Standing
    from let_it_ride.config.full import FullConfig

#: Seconds after which it is said that a chart is being worked out.
_PATIENCE: Final = 0.2

_LARGE: Final = 10
"""Units of money, or hands, of a large step."""


def _key(keys: str, action: str, label: str, name: str) -> Binding:
    return Binding(keys, action, label, id=f"chart.{name}", show=False)


CLOSE: Final = Binding("escape,q", "dismiss(None)", "Close", id="chart.close", show=False)
"""Of the screen that a chart is on."""


class ChartView(Vertical):
    """The chart, and the moment that it is the chart of."""

    DEFAULT_CSS = style_sheet(__file__)
    SCOPED_CSS = False

    BINDING_GROUP_TITLE = "Chart"
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("left", "bankroll(-1)", "Less money", "less"),
        _key("right", "bankroll(1)", "More money", "more"),
        _key("shift+left,ctrl+left", f"bankroll(-{_LARGE})", "Much less money", "much_less"),
        _key("shift+right,ctrl+right", f"bankroll({_LARGE})", "Much more money", "much_more"),
        _key("down,minus", "hands(-1)", "One hand fewer left", "fewer_hands"),
        _key("up,plus", "hands(1)", "One hand more left", "more_hands"),
        _key("shift+down,ctrl+down", f"hands(-{_LARGE})", "Ten hands fewer left", "ten_fewer"),
        _key("shift+up,ctrl+up", f"hands({_LARGE})", "Ten hands more left", "ten_more"),
        _key("b", "type_in('bankroll')", "Type the bankroll", "type_bankroll"),
        _key("t", "type_in('hands-left')", "Type the hands left", "type_hands"),
        _key("1", "look_at(0)", "The first bet", "first_part"),
        _key("2", "look_at(1)", "The second bet", "second_part"),
        _key("3", "look_at(2)", "The second bet where the first rides", "third_part"),
        _key("space,n", "look_on", "Next bet", "next_part"),
        _key("d,o", "only_different", "What the optimal chart decides otherwise", "different"),
        _key("c,e", "apart", "Every class of hands, or few lines", "apart"),
        _key("s", "sort", "Another order of the lines", "sort"),
        _key("v", "values", "What both ways are worth, beside each hand", "values"),
        _key("slash,f", "find", "Find hands by words or cards", "find"),
    ]

    chart: reactive[Chart | None] = reactive(None, init=False)
    """The last chart that was worked out."""

    standing: reactive[Standing | None] = reactive(None, init=False)
    """The moment that is asked for; None where there is none."""

    wrong: reactive[str] = reactive("", init=False)
    """Why there is no chart of what is asked for."""

    working: reactive[str] = reactive("", init=False)
    """What is being done; empty if nothing is, or not for long."""

    def __init__(self, config: FullConfig) -> None:
        """Show the chart of a configuration's strategy."""
        super().__init__()
        self._config = config
        self._charts: Charts | None = None
        self._turn = asyncio.Lock()
        self._cancelled = Event()

    def compose(self) -> ComposeResult:
        """Show the moment over the hands."""
        yield Static(id="title")
        if self._config.strategy.type == "goal":
            yield MomentFields().data_bind(ChartView.standing)
        yield Static(id="told")
        if self._config.strategy.type == "goal":
            yield ChanceStrip()
        yield SearchField()
        yield Static(id="look")
        yield ChartParts().data_bind(ChartView.chart)
        yield Static(id="note")
        yield KeyBar(self._keys())

    def on_mount(self) -> None:
        """Work out the chart of the beginning."""
        self.query_one("#told").display = False
        self.query_one("#look").display = False
        self.query_one(SearchField).display = False
        self._begin()

    def on_unmount(self) -> None:
        """Leave nothing at work."""
        self._cancelled.set()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what makes a difference."""
        if action in {"bankroll", "hands", "type_in"}:
            return self._config.strategy.type == "goal"
        if action == "look_at":
            return self.chart is not None and parameters[0] in range(len(self.chart.parts))
        return super().check_action(action, parameters)

    def action_bankroll(self, units: int) -> None:
        """Look at a moment with more or less money."""
        self._move(units=units)

    def action_hands(self, hands: int) -> None:
        """Look at a moment with more or fewer hands left."""
        self._move(hands=hands)

    def action_type_in(self, name: str) -> None:
        """Type a bankroll, or how many hands are left."""
        self.query_one(f"#{name}").focus()

    def action_look_at(self, part: int) -> None:
        """Look at a part of the chart."""
        self.query_one(ChartParts).part = part

    def action_look_on(self) -> None:
        """Look at the next part of the chart."""
        if self.chart is not None:
            parts = self.query_one(ChartParts)
            parts.part = (parts.part + 1) % len(self.chart.parts)

    def action_only_different(self) -> None:
        """Show only what the optimal chart decides otherwise, or everything again."""
        look = self._parts.look
        self._look_at(replace(look, only_different=not look.only_different))

    def action_apart(self) -> None:
        """Tell every class of hands apart, or have those that are played alike in few lines."""
        look = self._parts.look
        self._look_at(replace(look, apart=not look.apart))

    def action_sort(self) -> None:
        """Have the lines in another order."""
        look = self._parts.look
        self._look_at(replace(look, order=look.next_order))

    def action_values(self) -> None:
        """Tell beside each hand what both ways are worth, or only the difference."""
        self._parts.with_values = not self._parts.with_values

    def action_find(self) -> None:
        """Type words that the hands have to have."""
        field = self.query_one(SearchField)
        field.display = True
        field.focus()

    @on(Input.Changed, "SearchField")
    def find_typed(self, event: Input.Changed) -> None:
        """Show the hands that have what is typed."""
        event.stop()
        self._look_at(replace(self._parts.look, words=event.value))
        if cards := self._parts.look.cards:
            is_second = len(cards) > 3
            if is_second != (self._parts.part > 0):
                self._parts.part = int(is_second)

    def on_search_field_left(self) -> None:
        """Go back to the hands."""
        self.query_one(SearchField).display = False
        self.query_one(PartList).focus()

    @property
    def _parts(self) -> ChartParts:
        return self.query_one(ChartParts)

    def _look_at(self, look: Look) -> None:
        """Look at other lines, or at the same in another order."""
        self._parts.look = look
        told = self.query_one("#look", Static)
        told.update(Content(f"Shown: {look.text()}"))
        told.display = bool(look.text())
        self._tell_note()
        self.query_one(KeyBar).keys = self._keys()

    def watch_chart(self, chart: Chart | None) -> None:
        """Say which chart it is."""
        if chart is None:
            return
        name = "♠ " if chart.moment else "♠ Chart  "  # a moment takes a line by itself
        title = Content.assemble((name, "$primary"), chart_title(self._config, chart))
        self.query_one("#title", Static).update(title)
        self._tell_note()
        for each in self.query(ChanceStrip):
            each.moment = chart.moment

    def watch_wrong(self) -> None:
        """Say what is wrong, and dim the chart of another moment."""
        self._tell()

    def watch_working(self) -> None:
        """Say what is being done, and dim the chart of another moment."""
        self._tell()

    @on(MomentFields.Typed)
    def take_typed(self, event: MomentFields.Typed) -> None:
        """Take a moment that is typed."""
        event.stop()
        if self.standing is not None:
            self._ask(replace(self.standing, **event.changes))

    @on(MomentFields.Mistyped)
    def refuse_typed(self, event: MomentFields.Mistyped) -> None:
        """Say what is wrong with what is typed."""
        event.stop()
        self._refuse(event.why)

    @on(MomentFields.Left)
    def go_back_to_hands(self, event: MomentFields.Left) -> None:
        """Go back to the hands, unless what was typed has to be mended: digits choose a part."""
        event.stop()
        if not self.wrong or self._charts is None:
            self.query_one(PartList).focus()

    def _tell_note(self) -> None:
        if self.chart is not None:
            note = [legend(self.chart, apart=self._parts.look.apart), *left_out(self.chart)]
            self.query_one("#note", Static).update(Content(" ".join(note)))

    def _keys(self) -> tuple[Binding, ...]:
        """Return the keys that are worth a place at the bottom."""
        look = self._parts.look if self.is_mounted else Look()
        keys = {
            "chart.apart": "Few lines" if look.apart else "Every class",
            "chart.different": "Every hand" if look.only_different else "What differs",
        }
        if self._config.strategy.type == "goal":
            keys |= {"chart.type_bankroll": "Bankroll", "chart.type_hands": "Hands"}
            keys["chart.find"] = "Find"
        else:
            keys |= {"chart.sort": "Order", "chart.find": "Find", "chart.values": "Values"}
        keys |= {"help": "Help", "chart.close": "Close"}
        return keys_of_bar((*self.BINDINGS, CLOSE), keys)

    def _move(self, *, units: int = 0, hands: int = 0) -> None:
        if self._charts and self._charts.reach and self.standing:
            self._ask(self._charts.reach.moved(self.standing, units=units, hands=hands))

    def _ask(self, standing: Standing | None) -> None:
        if self._charts is None:
            return
        self.standing = standing
        try:
            if self._charts.reach and standing:
                self._charts.reach.refuse_what_never_comes(standing)
        except LetItRideError as refusal:
            self._refuse(str(refusal))
        else:
            self.wrong = ""
            self._work_out(self._charts, standing)

    def _refuse(self, why: str) -> None:
        self._cancelled.set()
        self.working, self.wrong = "", why

    @work(group="chart")
    async def _begin(self) -> None:
        try:
            self._charts = await asyncio.to_thread(_charts_of, self._config)
        except Exception as error:  # noqa: BLE001  a chart may be missing, the program may not
            self.wrong = str(error)
            return
        reach = self._charts.reach
        self._ask(reach.beginning if reach else None)

    @work(group="chart")
    async def _work_out(self, charts: Charts, standing: Standing | None) -> None:
        """Work out a chart, unless another one is asked for meanwhile."""
        self._cancelled.set()
        self._cancelled = cancelled = Event()
        work = _Work(cancelled)
        telling = self.set_interval(_PATIENCE, lambda: self._tell_of(work))
        try:
            async with self._turn:  # whoever had it has been told to hurry
                if cancelled.is_set():
                    return
                chart = await asyncio.to_thread(charts.at, standing, cancelled, work.progress)
        except Exception as error:  # noqa: BLE001  a chart may be missing, the program may not
            if not cancelled.is_set():
                self.working, self.wrong = "", str(error)
            return
        finally:
            telling.stop()
        if not cancelled.is_set():
            self.working = self.wrong = ""
            self.chart = chart

    def _tell_of(self, work: _Work) -> None:
        if not work.cancelled.is_set():
            self.wrong, self.working = "", f"Working out the chart: {int(100 * work.share)} %"

    def _tell(self) -> None:
        told = self.query_one("#told", Static)
        told.update(Content(f"✗ {self.wrong}" if self.wrong else self.working))
        told.display = bool(self.wrong or self.working)
        told.set_class(bool(self.wrong), "-wrong")
        for shown in self.query("#title, ChanceStrip, ChartParts"):
            shown.set_class(told.display, "-stale")


class _Work:
    """What a thread is at, and how far it is."""

    def __init__(self, cancelled: Event) -> None:
        self.cancelled = cancelled
        self.share = 0.0

    def progress(self, share: float) -> None:
        """Take the share that is done."""
        self.share = share


def _charts_of(config: FullConfig) -> Charts:
    # numpy would hold up the first frame.
    from let_it_ride.analysis.charts import Charts

    return Charts(config)
