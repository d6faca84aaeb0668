"""Practice: hands are dealt, a person decides, and mistakes have their price told."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from let_it_ride.analysis.practice import Practice, Priced
from let_it_ride.errors import LetItRideError
from let_it_ride.reports.practice_record import (
    MISTAKES_HEAD,
    Mistake,
    PracticeRecord,
    keep_decision,
    read_record,
)
from let_it_ride.tui.replays import Stage
from let_it_ride.tui.widgets.felt_view import FeltView
from let_it_ride.tui.widgets.key_bar import KeyBar, keys_of_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from let_it_ride.analysis.decisions import Decision
    from let_it_ride.config.full import FullConfig
    from let_it_ride.simulation.replay import PlayedHand
    from let_it_ride.tui.app import LirApp


def new_dealer() -> random.Random:
    """Whoever draws hands that nobody can foresee."""
    return random.Random()  # noqa: S311  no money hangs on it


@dataclass(frozen=True, slots=True)
class PracticeSight:
    """A hand and what has been decided on it.

    Attributes:
        played: the hand.
        priced: the decisions that have been made.
    """

    played: PlayedHand
    priced: tuple[Priced, ...] = ()

    @property
    def stage(self) -> Stage:
        """How far the hand has come: a card is shown after every decision."""
        return Stage(len(self.priced))

    @property
    def told(self) -> Sequence[Decision]:
        """The decisions that have been made."""
        return [each.decision for each in self.priced]

    @property
    def own_title(self) -> str:
        """Whose the three cards are."""
        return "Your cards"

    @property
    def so_far(self) -> Sequence[str]:
        """Nothing: the record is under the felt."""
        return ()


def _key(keys: str, action: str, label: str, name: str) -> Binding:
    return Binding(keys, action, label, id=f"practice.{name}", show=False)


class PracticeScreen(Screen[None]):
    """The felt over the record."""

    app: LirApp
    CSS_PATH = "practice.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012  as Screen declares it
    BINDING_GROUP_TITLE = "Practice"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("escape,q", "dismiss(None)", "Close", "close"),
        _key("r,right", "decide(True)", "Ride", "ride"),
        _key("p,left", "decide(False)", "Pull", "pull"),
        _key("space,enter,n", "deal", "Next hand", "deal"),
        _key("d", "hard", "Hard hands or all", "hard"),
        _key("v", "review", "Mistakes or the felt", "review"),
        _key("down", "scroll_mistakes(1)", "Down the mistakes", "down"),
        _key("up", "scroll_mistakes(-1)", "Up the mistakes", "up"),
    ]

    sight: reactive[PracticeSight | None] = reactive(None, init=False)
    """The hand that is decided on."""

    record: reactive[PracticeRecord | None] = reactive(None, init=False)
    """What has been practised in all; None where that cannot be kept."""

    is_reviewing: reactive[bool] = reactive(False, init=False, toggle_class="-reviewing")
    """Whether the mistakes are looked at and not the felt."""

    is_hard: reactive[bool] = reactive(False, init=False)
    """Whether hands come the more often the closer their decisions are."""

    def __init__(self, config: FullConfig) -> None:
        """Practise on the paytable and the base bet of a configuration."""
        super().__init__()
        self._config = config
        self._practice: Practice | None = None
        self._now = PracticeRecord()
        self._turn = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """Show the felt over the record."""
        yield Static(id="title")
        yield FeltView().data_bind(PracticeScreen.sight)
        yield Static(id="record")
        yield Static(id="mistakes-head")
        with VerticalScroll(can_focus=False):
            yield Static(id="mistakes")
        yield KeyBar(self._keys())

    def on_mount(self) -> None:
        """Read the record, and deal the first hand, of those that were practised last."""
        self.is_hard = self.app.practises_hard
        self._tell()
        self._begin()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the hand."""
        if action in {"decide", "deal"} and self.is_mounted:
            if self.sight is None or self.is_reviewing:
                return False
            return (self.sight.stage is Stage.PAID) == (action == "deal")
        return super().check_action(action, parameters)

    def action_decide(self, rides: bool) -> None:
        """Let the bet ride, or pull it."""
        sight, practice = self.sight, self._practice
        if sight is None or practice is None or sight.stage is Stage.PAID:
            return
        made = (*(each.rides for each in sight.priced), rides)
        priced = practice.price(sight.played, made)
        self.sight = PracticeSight(practice.decided(sight.played, made), (*sight.priced, priced))
        mistake, is_over = _mistake(sight, priced), self.sight.stage is Stage.PAID
        self._now = self._now.with_decision(mistake, ends_hand=is_over)
        self._keep(mistake, is_over)
        self._tell()

    def action_deal(self) -> None:
        """Deal another hand."""
        if self._practice is not None:
            hand = self._practice.deal(self._now.hands + 1, hard=self.is_hard)
            self.sight = PracticeSight(hand)

    def action_hard(self) -> None:
        """Deal hands that are hard to decide more often, or as they come."""
        self.is_hard = self.app.practises_hard = not self.is_hard

    def action_review(self) -> None:
        """Look at the mistakes, or at the felt again."""
        self.is_reviewing = not self.is_reviewing

    def action_scroll_mistakes(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False, immediate=True)

    def watch_sight(self, sight: PracticeSight | None) -> None:
        """Say which hand it is, and what can be done."""
        title = f"Hand {sight.played.hand}" if sight else ""
        self.query_one(FeltView).border_title = Content(title)
        self.query_one(KeyBar).keys = self._keys()

    def watch_record(self) -> None:
        """Show the record."""
        self._tell()

    def watch_is_reviewing(self) -> None:
        """Say what keys can do then."""
        self.query_one(KeyBar).keys = self._keys()

    def watch_is_hard(self) -> None:
        """Say which hands are dealt."""
        self.query_one(KeyBar).keys = self._keys()
        self._tell()

    @on(FeltView.Pressed)
    def deal_on(self) -> None:
        """Deal another hand where one is over."""
        if self.sight is not None and self.sight.stage is Stage.PAID:
            self.action_deal()

    @work(group="practice")
    async def _begin(self) -> None:
        try:
            self.record = await asyncio.to_thread(read_record)
        except LetItRideError as error:
            self._tell_not_kept(error)
        self._practice = await asyncio.to_thread(Practice, self._config, new_dealer())
        self.action_deal()

    @work(group="keep")
    async def _keep(self, mistake: Mistake | None, is_over: bool) -> None:
        """Add a decision to the record that is kept, after those before it."""
        async with self._turn:
            try:
                self.record = await asyncio.to_thread(keep_decision, mistake, ends_hand=is_over)
            except (LetItRideError, OSError) as error:
                self._tell_not_kept(error)

    def _tell_not_kept(self, error: Exception) -> None:
        self.record = None
        self.notify(str(error), title="Practice is not kept", severity="warning", timeout=8)

    def _tell(self) -> None:
        which = "Hard hands more often" if self.is_hard else "Hands as they come"
        played = f"   {self._config.paytables.main_game.type} pay table"
        title = ("♠ Practice  ", "bold $primary"), (which, "bold"), (played, "$muted")
        self.query_one("#title", Static).update(Content.assemble(*title))
        lines = [Content.assemble(("This time  ", "$muted"), self._now.text())]
        record = self.record or self._now
        if self.record is not None:
            lines.append(Content.assemble(("In all     ", "$muted"), record.text()))
        self.query_one("#record", Static).update(Content("\n").join(lines))
        mistakes = "\n".join(f"✗ {each.text()}" for each in record.latest)
        heads = Content.assemble(
            ("Mistakes", "bold $primary"),
            (", the latest first\n", "$muted"),
            (f"  {MISTAKES_HEAD}", "bold"),
        )
        self.query_one("#mistakes-head", Static).update(heads if mistakes else "")
        self.query_one("#mistakes", Static).update(Content(mistakes or "No mistakes yet."))

    def _keys(self) -> tuple[Binding, ...]:
        """Return the keys that are worth a place at the bottom."""
        is_over = self.sight is not None and self.sight.stage is Stage.PAID
        keys = {"practice.ride": "Ride", "practice.pull": "Pull"}
        if self.is_reviewing:
            keys = {"practice.down": "Down", "practice.up": "Up"}
        elif is_over:
            keys = {"practice.deal": "Next hand"}
        keys |= {
            "practice.hard": "All hands" if self.is_hard else "Hard hands",
            "practice.review": "The felt" if self.is_reviewing else "Mistakes",
            "help": "Help",
            "practice.close": "Close",
        }
        return keys_of_bar(self.BINDINGS, keys)


def _mistake(sight: PracticeSight, priced: Priced) -> Mistake | None:
    """What was decided for the worse on the cards that were in sight."""
    if not priced.cost:
        return None
    hand = sight.played
    seen = hand.own if sight.stage is Stage.DEALT else (*hand.own, hand.fourth)
    return Mistake(seen, priced.rides, priced.decision.line.hand, priced.cost, hand.bet)
