"""A session on the felt, hand by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from let_it_ride.reports.felt_text import ended_text, hand_title
from let_it_ride.reports.numbers import count
from let_it_ride.tui.replays import (
    NotANumberError,
    Sight,
    Stage,
    number_in,
    some_session,
)
from let_it_ride.tui.screens.field import FieldScreen
from let_it_ride.tui.screens.session import SessionScreen
from let_it_ride.tui.widgets.bankroll_view import BankrollView
from let_it_ride.tui.widgets.felt_view import FeltView
from let_it_ride.tui.widgets.key_bar import KeyBar, keys_of_bar

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.config.full import FullConfig

#: Seconds from one stage of a hand to the next, slow to fast, and the pace at first.
PACES: Final = (3.0, 1.5, 0.8, 0.4, 0.2, 0.1)
_PACE: Final = 2

_MANY: Final = 10
"""Hands of a large step."""


def _key(keys: str, action: str, label: str, name: str) -> Binding:
    return Binding(keys, action, label, id=f"replay.{name}", show=False)


class ReplayScreen(SessionScreen):
    """The table over the money, and what is looked at of a session."""

    CSS_PATH = "replay.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012  as Screen declares it
    BINDING_GROUP_TITLE = "Replay"
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("escape,q", "dismiss(None)", "Close", "close"),
        _key("right", "hand(1)", "Next hand", "next"),
        _key("left", "hand(-1)", "Hand before", "before"),
        _key("down,enter", "step(1)", "Next card", "step"),
        _key("up", "step(-1)", "Card before", "step_back"),
        _key("shift+right,ctrl+right,pagedown", f"hand({_MANY})", "Ten hands on", "ten_on"),
        _key("shift+left,ctrl+left,pageup", f"hand(-{_MANY})", "Ten hands back", "ten_back"),
        _key("home", "first", "First hand", "first"),
        _key("end", "last", "Last hand", "last"),
        _key("space", "play", "Play or pause", "play"),
        _key("plus", "pace(1)", "Play faster", "faster"),
        _key("minus", "pace(-1)", "Play slower", "slower"),
        _key("w", "biggest_win", "Biggest win", "win"),
        _key("x", "biggest_loss", "Biggest loss", "loss"),
        _key("d", "deepest_fall", "Deepest drawdown", "drawdown"),
        _key("t,colon", "type_hand", "Type a hand", "type_hand"),
        _key("s", "type_session", "Type a session", "type_session"),
        _key("n", "session(1)", "Next session", "next_session"),
        _key("p", "session(-1)", "Session before", "session_before"),
        _key("r", "random_session", "Session at random", "random_session"),
    ]

    is_playing: reactive[bool] = reactive(False, init=False)
    """Whether the hands go on by themselves."""

    def __init__(self, config: FullConfig, session: int = 0, sessions: int | None = None) -> None:
        """Show a session.

        Args:
            config: what was run, with its seed.
            session: the session that is shown first.
            sessions: how many the run had, where that is known.
        """
        super().__init__(config, session)
        self.player.sessions = sessions
        self._pace = _PACE

    def compose(self) -> ComposeResult:
        """Show the felt over the money."""
        yield Static(id="title")
        yield FeltView().data_bind(ReplayScreen.sight)
        yield BankrollView().data_bind(ReplayScreen.sight)
        yield KeyBar(self._keys())

    def on_mount(self) -> None:
        """Play the first session again."""
        self._playing = self.set_interval(PACES[self._pace], self._play_on, pause=True)
        self.begin()

    def action_hand(self, by: int) -> None:
        """Look at a hand some hands away, at its end; first at the end of this one."""
        if self.sight is None:
            return
        if by == 1 and self.sight.stage < Stage.PAID:
            by = 0
        self.look_at(self.sight.hand + by)

    def action_step(self, by: int) -> None:
        """Show the next card, or take the last one back."""
        if self.sight is not None:
            self.look_at(*self.sight.moved(by))

    def action_first(self) -> None:
        """Look at the beginning."""
        self.look_at(1, Stage.DEALT)

    def action_last(self) -> None:
        """Look at the end."""
        if self.sight is not None:
            self.look_at(len(self.sight.replay.hands))

    def action_play(self) -> None:
        """Have the hands go on by themselves, or no longer; from the end, from the beginning."""
        if self.sight is not None and self.sight.is_last and not self.is_playing:
            self.action_first()
        self.is_playing = not self.is_playing and self.sight is not None

    def action_pace(self, by: int) -> None:
        """Have the hands go on faster or slower."""
        self._pace = min(max(self._pace + by, 0), len(PACES) - 1)
        self._playing.stop()
        self._playing = self.set_interval(
            PACES[self._pace], self._play_on, pause=not self.is_playing
        )
        self._tell()

    def action_biggest_win(self) -> None:
        """Look at the hand that brought most."""
        if self.sight is not None:
            self.look_at(self.sight.replay.biggest_win)

    def action_biggest_loss(self) -> None:
        """Look at the hand that cost most."""
        if self.sight is not None:
            self.look_at(self.sight.replay.biggest_loss)

    def action_deepest_fall(self) -> None:
        """Look at the hand after which the money was furthest below its height."""
        if self.sight is None:
            return
        hand = self.sight.replay.deepest_fall
        if hand:
            self.look_at(hand)
        else:
            self.notify("The money of this session never fell.", timeout=4)

    @work(group="dialog", exclusive=True)
    async def action_type_hand(self) -> None:
        """Ask for a hand."""
        if self.sight is None:
            return
        hands = len(self.sight.replay.hands)
        number = await self._ask(f"Hand, 1 to {count(hands)}", "hand", 1, hands)
        if number is not None:
            self.look_at(number)

    @work(group="dialog", exclusive=True)
    async def action_type_session(self) -> None:
        """Ask for a session."""
        sessions = self.player.sessions
        last = sessions - 1 if sessions else None
        title = f"Session, 0 to {count(last)}" if last is not None else "Session, from 0"
        number = await self._ask(title, "session", 0, last)
        if number is not None:
            self._go_to(number)

    def action_session(self, by: int) -> None:
        """Look at the session after this one, or before it."""
        sessions, wanted = self.player.sessions, self.wanted + by
        if wanted < 0:
            self.notify("This is the first session.", timeout=4)
        elif sessions is not None and wanted >= sessions:
            self.notify("This is the last session.", timeout=4)
        else:
            self._go_to(wanted)

    def action_random_session(self) -> None:
        """Look at a session drawn at random; if how many there are is chance, of the first ones."""
        sessions = self.player.sessions
        if sessions is None:
            # Every player has a session at every table at least.
            sessions = self.config.simulation.num_sessions * self.config.table.num_seats
            self.notify(
                f"How many sessions there are is chance; one of the first {count(sessions)} was"
                " drawn.",
                timeout=6,
            )
        self._go_to(some_session(sessions, self.wanted))

    def watch_sight(self, sight: Sight | None) -> None:
        """Say where in the session it is."""
        felt = self.query_one(FeltView)
        felt.border_title = Content(hand_title(sight.replay, sight.hand)) if sight else Content("")
        is_over = sight is not None and sight.is_last
        felt.border_subtitle = Content(
            ended_text(sight.replay.session) if sight and is_over else ""
        )
        if sight is None or is_over:
            self.is_playing = False
        self._tell()

    def watch_session_name(self) -> None:
        """Say which session it is."""
        self._tell()

    def watch_doing(self) -> None:
        """Say what is being done."""
        self._tell()

    def watch_is_playing(self, is_playing: bool) -> None:
        """Let the time go on, or stop it."""
        if is_playing:
            self._playing.resume()
        else:
            self._playing.pause()
        self.query_one(KeyBar).keys = self._keys()
        self._tell()

    @on(FeltView.Pressed)
    def step_on(self) -> None:
        """Show the next card."""
        self.action_step(1)

    @on(BankrollView.Pointed)
    def look_at_place(self, event: BankrollView.Pointed) -> None:
        """Look at the hand at a place of the line."""
        self.look_at(event.hands) if event.hands else self.action_first()

    def _go_to(self, session: int) -> None:
        self.is_playing = False
        self.load(session)

    def _play_on(self) -> None:
        self.action_step(1)

    async def _ask(self, title: str, what: str, least: int, most: int | None) -> int | None:
        """Ask for a number; None if none is given."""
        self.is_playing = False
        wrong = partial(_flaw, least=least, most=most, what=what)
        hint = "Enter goes there, Escape closes."
        text = await self.app.push_screen_wait(FieldScreen(title, hint, wrong=wrong))
        return None if text is None else number_in(text, least, most, what)

    def _tell(self) -> None:
        if not self.is_mounted:
            return
        state = f"   {self.doing}" if self.doing else ""
        if self.is_playing:
            state += f"   ▶ a card every {PACES[self._pace]:g} s"
        self.query_one("#title", Static).update(
            Content.assemble(
                ("♠ Replay  ", "bold $primary"), (self.session_name, "bold"), (state, "$accent")
            )
        )

    def _keys(self) -> tuple[Binding, ...]:
        """Return the keys that are worth a place at the bottom."""
        keys = {
            "replay.before": "Back",
            "replay.next": "Next hand",
            "replay.step": "Next card",
            "replay.play": "Pause" if self.is_playing else "Play",
            "replay.win": "Biggest win",
            "replay.type_session": "Session",
            "help": "Help",
            "replay.close": "Close",
        }
        return keys_of_bar(self.BINDINGS, keys)


def _flaw(text: str, least: int, most: int | None, what: str) -> str:
    try:
        number_in(text, least, most, what)
    except NotANumberError as error:
        return str(error)
    return ""
