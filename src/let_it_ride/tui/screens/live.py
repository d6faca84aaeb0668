"""Keeping the form, the text and the odds of a configuration in step."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.reactive import reactive
from textual.screen import Screen

from let_it_ride.analysis.pace import Wait, so_far
from let_it_ride.tui.editing.session import Session, text_for
from let_it_ride.tui.editing.state import State, checked, read
from let_it_ride.tui.known_laws import KnownLaws, law_key
from let_it_ride.tui.session_odds import SessionOdds
from let_it_ride.tui.widgets.edits import Edited, TextEdited
from let_it_ride.tui.widgets.odds_strip import OddsState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from let_it_ride.analysis.goal_gain import GoalGain
    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.config.full import FullConfig
    from let_it_ride.tui.app import LirApp
    from let_it_ride.tui.widgets.toml_editor import TomlEditor

#: Seconds without a key before what follows from the keys is worked out.
_PAUSE: Final = 0.12

#: Seconds after which it is said that the odds of a session are being solved.
_SOON: Final = 0.25


class LiveScreen(Screen[None]):
    """A screen on which a change in one view shows in the others."""

    app: LirApp

    state: reactive[State] = reactive(State, init=False)
    """The configuration as the form shows it."""

    odds: reactive[OddsState] = reactive(OddsState, init=False)
    """What is known about its odds."""

    session_odds: reactive[SessionOdds] = reactive(SessionOdds, init=False)
    """What is known about the odds of a session."""

    is_dirty: reactive[bool] = reactive(False, init=False)
    """Whether there are changes that are not in the file."""

    name_of_file: reactive[str] = reactive("", init=False)
    """What to call the configuration."""

    def __init__(
        self, session: Session, path: Path | None = None, classes: str | None = None
    ) -> None:
        """Edit a session.

        Args:
            session: what is edited.
            path: the file it is of, to be opened properly when the first frame is out.
            classes: style classes.
        """
        super().__init__(classes=classes)
        self.session = session
        self.path_to_open = path
        self.awake = asyncio.Event()
        self._edited_at: object = None
        self._step: object = None
        self._last_write: tuple[str, object, str] | None = None
        self._text_is_behind = False
        self._form_is_behind = False
        self._solving: Event | None = None
        self._laws = KnownLaws()
        self._law_wanted: str | None = None
        self.set_reactive(LiveScreen.state, session.state)
        self.set_reactive(LiveScreen.name_of_file, session.name)

    editor: TomlEditor | None = None
    """The text, once there is a view of it."""

    def law_of(self, config: FullConfig) -> SessionLaw | None:
        """The law of a configuration's sessions, if it is known."""
        return self._laws.of(config)

    @on(Edited)
    def take_edit(self, event: Edited) -> None:
        """Take a change in the form; the text follows when the keys pause."""
        event.stop()
        self.state = self.session.edit(
            event.row, event.value, is_typed=event.is_typed, check=self.awake.is_set()
        )
        self._edited_at = event.row.path
        # Letters typed into a field are one step to undo; anything else is a step of its own.
        self._step = event.row.path if event.is_typed else object()
        self._text_is_behind = True
        self._note_saved()
        self._write_text()

    @on(TextEdited)
    def take_text(self, event: TextEdited) -> None:
        """Take a change in the text; the form follows when the keys pause."""
        event.stop()
        self.take_editor_text(event.text)

    def take_editor_text(self, text: str) -> None:
        """Take the text of the text view, if it is another one than the form's."""
        if text == self.session.text:
            return
        self.session.text = text
        self._form_is_behind = True
        self._note_saved()
        self._read_text()

    async def settle(self) -> None:
        """Have the form and the text say the same, without waiting for a pause."""
        await self.awake.wait()
        if self._text_is_behind:
            self.workers.cancel_group(self, "text")
            await self._have_text_follow()
        if self._form_is_behind:
            self.workers.cancel_group(self, "form")
            await self._have_form_follow()

    async def check(self) -> None:
        """Find out what is wrong with the configuration as it was opened, or edited since."""
        while True:
            before = self.session.state
            if self._text_is_behind:
                state = await asyncio.to_thread(checked, before.values)
            else:
                state = await asyncio.to_thread(read, self.session.text, before)
            if self.session.state is before:
                break
        self.show_state(replace(state, typed_at=before.typed_at))

    def show_state(self, state: State) -> None:
        """Show a state in the form, and what follows from it."""
        self.session.state = state
        self.state = state
        self._note_saved()

    def watch_state(self, state: State) -> None:
        """Work out the odds of the configuration, unless they are those that are worked out."""
        self._work_out_odds(state)
        law = None if state.config is None else law_key(state.config)
        if law is None or law != self._law_wanted:
            self._law_wanted = law
            self._solve_sessions(state)

    @work(exclusive=True, group="text")
    async def _write_text(self) -> None:
        await asyncio.sleep(_PAUSE)
        await self._have_text_follow()

    @work(exclusive=True, group="form")
    async def _read_text(self) -> None:
        await asyncio.sleep(_PAUSE)
        await self._have_form_follow()

    async def _have_text_follow(self) -> None:
        state, before = self.session.state, self.session.text
        base, edited_at, step = before, self._edited_at, self._step
        if self._last_write is not None and self._last_write[1:] == (edited_at, before):
            base = self._last_write[0]  # as if the field had been changed once
        try:
            text = await asyncio.to_thread(text_for, base, state)
        except Exception as error:  # noqa: BLE001  nothing may take the program and the work down
            self.notify(str(error), title="The text cannot follow the form", severity="error")
            return
        self._text_is_behind = state is not self.session.state
        if self.session.text is not before:
            return  # it was changed by hand meanwhile, and the form follows it
        if self.editor is not None:
            self.editor.show_text(text, step)
            text = self.editor.text
        self.session.text = text
        self._last_write = (base, edited_at, text)
        self._note_saved()

    async def _have_form_follow(self) -> None:
        text = self.session.text
        state = await asyncio.to_thread(read, text, self.session.state)
        if self.session.text is text:
            self._form_is_behind = False
            self.show_state(state)

    def _note_saved(self) -> None:
        self.is_dirty = self.session.is_dirty or self._text_is_behind
        self.name_of_file = self.session.name
        if not self.is_dirty and self._laws.saved is not self.state.config:
            self._laws.saved = self.state.config
            self.session_odds = self.session_odds._replace(saved=self._laws.of(self._laws.saved))

    @work(exclusive=True, group="odds")
    async def _work_out_odds(self, state: State) -> None:
        if state.config is None:
            if state.problems or state.broken:
                stale = "Not of these settings: they have errors"
                self.odds = self.odds._replace(stale=stale)
            return
        await asyncio.sleep(_PAUSE / 2)
        try:
            self.odds = await asyncio.to_thread(_odds_of, state.config)
        except Exception as error:  # noqa: BLE001  the odds may be missing, the program may not
            self.odds = OddsState(refusal=str(error) or type(error).__name__)

    def stop_or_solve(self) -> None:
        """Stop solving the sessions, or begin again if nothing is being solved."""
        if self._solving is not None:
            self._solving.set()
        else:
            self._solve_sessions(self.state)

    @work(exclusive=True, group="session")
    async def _solve_sessions(self, state: State) -> None:
        """Solve the sessions of the configuration; what is out of date by then is dropped."""
        config = state.config
        if config is None:
            if state.problems or state.broken:
                stale = "Not of these settings: they have errors"
                self.session_odds = self.session_odds._replace(stale=stale, working="", refusal="")
            return
        if self._show_known(config):
            return
        await self.awake.wait()
        await asyncio.sleep(2 * _PAUSE)
        cancelled, wait = Event(), Wait()
        self._solving = cancelled
        loop = asyncio.get_running_loop()

        def show(what: str) -> None:
            if not cancelled.is_set():
                odds = self.session_odds
                self.session_odds = odds._replace(stale="", refusal="", working=what)

        # What is shown is not of these settings; that is not said where it changes at once.
        soon = loop.call_later(_SOON, show, "Solving…")

        def show_instead(what: str) -> None:
            soon.cancel()
            show(what)

        def tell(what: str) -> None:
            loop.call_soon_threadsafe(show_instead, what)

        try:
            await asyncio.to_thread(
                self._solve,
                config,
                cancelled,
                lambda share: tell(self._so_far(wait, share)),
                lambda: tell("Compiling the solver for this machine, once"),
            )
            self._show_known(config)
            if self._laws.saved is not None and not self._laws.knows(self._laws.saved):
                await asyncio.to_thread(self._solve_other, self._laws.saved, cancelled)
                self._show_known(config)
        except Exception as error:  # noqa: BLE001  the odds may be missing, the program may not
            refusal = str(error) or type(error).__name__
            if cancelled.is_set():
                refusal = f"Solving was stopped; {self.app.key_of('stop_or_solve')} begins it again"
            self.session_odds = self.session_odds._replace(stale="", working="", refusal=refusal)
        finally:
            soon.cancel()
            cancelled.set()
            if self._solving is cancelled:
                self._solving = None

    def _so_far(self, wait: Wait, share: float) -> str:
        """Say how far solving is, and how long it takes if that is long."""
        in_all = wait.in_all(share)
        hint = f"\n{self.app.key_of('stop_or_solve')} stops it" if in_all else ""
        return f"Solving: {so_far(share, in_all)}{hint}"

    def _solve(
        self,
        config: FullConfig,
        cancelled: Event,
        progress: Callable[[float], None],
        compiling: Callable[[], None],
    ) -> None:
        """Solve what is shown of a configuration; of play for a goal the basic chart, too."""
        self._laws.keep(config, self.app.solve(config, cancelled, progress, compiling))
        basic = _by_the_basic_chart(config)
        if basic is not None and not self._laws.knows(basic):
            self._solve_other(basic, cancelled)

    def _solve_other(self, config: FullConfig, cancelled: Event) -> None:
        """Solve what the configuration is compared with, if that can be done."""
        try:
            law = self.app.solve(config, cancelled, lambda _: None, lambda: None)
        except Exception:
            if cancelled.is_set():
                raise
            self._laws.keep(config, None)
        else:
            self._laws.keep(config, law)

    def _show_known(self, config: FullConfig) -> bool:
        """Show the law of a configuration if it is known; return whether it is."""
        law, basic = self._laws.of(config), _by_the_basic_chart(config)
        if law is None or (basic is not None and not self._laws.knows(basic)):
            return False
        self.session_odds = SessionOdds(
            law,
            self._laws.of(self._laws.saved),
            _gain_of(config, law, self._laws.of(basic)),
            config.table.hands_per_hour,
            config.bankroll.stop_conditions,
        )
        return True


def _by_the_basic_chart(config: FullConfig) -> FullConfig | None:
    """The same sessions by the basic chart, where they are played for a goal."""
    if config.strategy.type != "goal":
        return None
    # numpy would hold up the first frame.
    from let_it_ride.analysis.goal_gain import by_the_basic_chart

    return by_the_basic_chart(config)


def _gain_of(config: FullConfig, law: SessionLaw, basic: SessionLaw | None) -> GoalGain | None:
    """What play for a goal gains over the basic chart; None where there is no goal."""
    if config.strategy.type != "goal" or basic is None:
        return None
    # numpy would hold up the first frame.
    from let_it_ride.analysis.goal_gain import GoalGain

    return GoalGain.of(config.strategy.goal, law, basic)


def _odds_of(config: FullConfig) -> OddsState:
    # numpy would hold up the first frame.
    from let_it_ride.planning import bonus_of_the_odds, compile_odds
    from let_it_ride.reports.hours import exact_cost_per_hour
    from let_it_ride.reports.play_cost import play_cost

    odds = compile_odds(config)
    has_meter = config.paytables.bonus.type == "paytable_c"
    is_for_goal = config.strategy.type == "goal"
    return OddsState(
        odds,
        None if is_for_goal else play_cost(config),
        exact_cost_per_hour(config, odds),
        config.table.hands_per_hour,
        is_of_chart=is_for_goal,
        has_bonus=config.bonus_strategy.type != "never",
        bonus_of_the_odds=bonus_of_the_odds(config) if has_meter else None,
    )
