"""What is in the workspace and where: the configuration, its odds, its runs."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final, Literal

from textual import on
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive

from let_it_ride.tui.commands import PROGRAM_BINDINGS, WORKSPACE_BINDINGS
from let_it_ride.tui.editing.outline import choice_named, keep_pages, pages
from let_it_ride.tui.editing.session import Saved, line_of
from let_it_ride.tui.editing.values import MISSING
from let_it_ride.tui.runs import load_engine
from let_it_ride.tui.screens.room import classes_at
from let_it_ride.tui.screens.running import RunningScreen
from let_it_ride.tui.widgets.field_help import FieldHelp
from let_it_ride.tui.widgets.form import Form
from let_it_ride.tui.widgets.form_page import FormPage, row_of
from let_it_ride.tui.widgets.key_bar import KeyBar
from let_it_ride.tui.widgets.odds_strip import OddsStrip
from let_it_ride.tui.widgets.section_list import SectionList
from let_it_ride.tui.widgets.title_bar import TitleBar
from let_it_ride.tui.widgets.words import Words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import Binding
    from textual.events import Resize

    from let_it_ride.config.full import FullConfig
    from let_it_ride.config.problems import Path, Problem
    from let_it_ride.tui.editing.state import State
    from let_it_ride.tui.runs import Outcome, Run
    from let_it_ride.tui.widgets.run_report import RunReport

View = Literal["form", "text", "odds", "run"]

#: The view that a widget belongs to.
_VIEWS: Final[dict[str, View]] = {
    "Form": "form",
    "SectionList": "form",
    "TextView": "text",
    "OddsPanel": "odds",
    "RunPanel": "run",
}

FIRST_PAGE: Final = "bankroll"
"""The section a person sees first."""

#: Seconds for the first keys to be taken before the program loads what it computes with.
_HEAD_START: Final = 0.1

#: Seconds without a key after which nobody is taken to be typing.
_PAUSE_IN_TYPING: Final = 0.3


class WorkspaceLayout(RunningScreen):
    """The views of the workspace, and which of them is looked at."""

    AUTO_FOCUS = "FormPage .entry"

    view: reactive[View] = reactive("form", init=False)
    """What is looked at; where there is room, the rest is in sight too."""

    page: reactive[str] = reactive(FIRST_PAGE, init=False)
    """The section that the form shows."""

    config: reactive[FullConfig | None] = reactive(None, init=False)
    """The configuration, while it is valid."""

    with_hands: reactive[bool] = reactive(True, init=False)
    """Whether the chance of every hand is shown."""

    def compose(self) -> ComposeResult:
        """Show the form; what else there is comes when the first frame is out."""
        yield TitleBar().data_bind(
            name_of_file=WorkspaceLayout.name_of_file,
            is_dirty=WorkspaceLayout.is_dirty,
            view=WorkspaceLayout.view,
        )
        with Horizontal(id="body"):
            with Vertical(id="configuration"):
                with Horizontal(id="editors"):
                    yield SectionList().data_bind(WorkspaceLayout.state, WorkspaceLayout.page)
                    yield Form(self.state, self.page).data_bind(WorkspaceLayout.state)
                yield OddsStrip().data_bind(
                    state=WorkspaceLayout.odds, session=WorkspaceLayout.session_odds
                )
                yield FieldHelp()
            yield Vertical(id="figures")
        yield KeyBar(self._keys())

    def on_resize(self, event: Resize) -> None:
        """Show what has room."""
        self.update_classes(classes_at(*event.size), animate=False)

    def wake_soon(self) -> None:
        """Load what the first frame does not show, now that it is out."""
        self.set_timer(_HEAD_START, self._wake_in_a_pause)

    @property
    def form(self) -> Form:
        """The form."""
        return self.query_one(Form)

    @property
    def place(self) -> str:
        """The section that is looked at."""
        return self.page

    @property
    def _has_results(self) -> bool:
        return self.outcome is not None and self.outcome.results is not None

    async def edit_text(self, text: str, saved: Saved) -> None:
        """Edit another configuration from here on."""
        await self.remember_file()
        self.session.replace(text, saved)
        if self.editor is not None:
            self.editor.load_text(text)
            self.session.text = self.editor.text
            if saved.text == text:
                self.session.saved = saved._replace(text=self.editor.text)
        await self.check()
        await self.look_at("text" if self.state.broken else "form")

    async def begin_without_file(self) -> None:
        """Begin where no file is named."""
        raise NotImplementedError

    async def remember_file(self) -> None:
        """Remember the file and the section that is looked at, to be opened again soon."""
        path = self.session.saved.path
        if path is not None:
            from let_it_ride.tui.recent import remember_file

            await asyncio.to_thread(remember_file, path, self.page)

    async def finish(self) -> None:
        """Leave things in order, and remember where."""
        await self.keep_unsaved()
        await self.remember_file()
        await super().finish()

    async def look_at(self, view: View) -> None:
        """Show a view and put the focus in it."""
        await self.settle()
        self.view = view
        match view:
            case "form":
                inside = self.focused is not None and self.form in self.focused.ancestors
                if not inside:
                    self.form.current.focus_last()
            case "text":
                if self.editor is not None:
                    self.editor.focus()
            case "odds":
                self.query_one("OddsPanel").focus()
            case _:
                self.query_one("RunPanel").focus()

    async def show_page(self, name: str) -> None:
        """Show a section of the form."""
        self.page = name
        await self.form.show_page(name)

    async def go_to_section(self, name: str) -> None:
        """Show a section and put the focus into it."""
        self.view = "form"
        await self.show_page(name)
        self.form.current.focus_first()

    async def show_setting(self, path: Path) -> bool:
        """Show a setting and focus it; return whether the form has it."""
        if self.state.broken or not path or path[0] not in {page.name for page in pages()}:
            return False
        self.view = "form"
        await self.show_page(str(path[0]))
        return await self.form.current.focus_path(path)

    async def show_problem(self, problem: Problem) -> None:
        """Show where a problem is: in the form, or in the text if the form has no place for it."""
        if await self.show_setting(problem.path):
            return
        line = problem.line or line_of(self.session.text, problem.path)
        await self.look_at("text")
        if line is not None and self.editor is not None:
            self.editor.go_to_line(line)

    def watch_view(self, view: View) -> None:
        """Lay out what is looked at."""
        for name in ("form", "text", "odds", "run"):
            self.set_class(name == view, f"-{name}")
        if view in {"form", "text"}:
            self.set_class(view == "text", "-writing")
        self._show_keys()
        self._share_room()

    def watch_state(self, state: State) -> None:
        """Say what would be run."""
        super().watch_state(state)
        self.config = state.config
        self.show_help()

    def ended(self, outcome: Outcome) -> None:
        """Show how a run ended; if a setting stood in its way, go there."""
        super().ended(outcome)
        self.refresh_bindings()
        if self.view != "run" and outcome.compared.disagrees:
            text = (
                "The run does not agree with the exact law: do not trust it."
                f" {self.app.key_of('run_panel')} shows why."
            )
            self.notify(text, title="✗ Does not agree", severity="error", timeout=10)
        elif self.view != "run" and outcome.key is None:
            text = f"The run is {outcome.ending}. {self.app.key_of('run_panel')} shows it."
            self.notify(text, timeout=6)
        if outcome.key is not None:
            self.notify(outcome.message, title="Cannot be run", severity="error", timeout=10)
            self.run_worker(self.show_setting(tuple(outcome.key.split("."))))

    def on_run_report_paused(self, event: RunReport.Paused) -> None:
        """Tell that the run waits, where that is not in sight."""
        event.stop()
        if self.view != "run":
            key = self.app.key_of("run_panel")
            text = f"{event.why[:1].upper()}{event.why[1:]}. {key} shows it."
            self.notify(text, title="‖ The run waits", severity="warning", timeout=15)

    def watch_run_at_work(self, _run: Run | None) -> None:
        """Offer to run or to stop, whichever can be done."""
        self.refresh_bindings()
        self._show_keys()
        self._share_room()

    def watch_outcome(self, _outcome: Outcome | None) -> None:
        """Give the results room, and name where they lead to."""
        self._show_keys()
        self._share_room()

    def _keys(self) -> tuple[Binding, ...]:
        """Return the keys that are worth a place at the bottom."""
        useless = {"run" if self.run_at_work else "stop"}
        leads: tuple[Binding, ...] = ()
        if self._has_results and self.view == "run":
            from let_it_ride.tui.widgets.run_panel import RESULT_KEYS

            leads, useless = RESULT_KEYS, useless | {"save", "show_text"}
        bindings = (*WORKSPACE_BINDINGS, *PROGRAM_BINDINGS)
        return (*leads, *(each for each in bindings if each.show and each.action not in useless))

    def _show_keys(self) -> None:
        for bar in self.query(KeyBar):  # none while the program ends
            bar.keys = self._keys()

    def _share_room(self) -> None:
        """Give the run the room it needs: all there is, while it is looked at and has numbers."""
        has_run = self.run_at_work is not None or self.outcome is not None
        has_numbers = self.run_at_work is not None or self._has_results
        self.with_hands = not has_run or self.view == "odds"
        self.set_class(has_numbers and self.view == "run", "-running")

    @on(SectionList.Chosen)
    async def show_section(self, event: SectionList.Chosen) -> None:
        """Show a section that was chosen in the list."""
        event.stop()
        await self.show_page(event.page)
        if event.enter:
            self.form.current.focus_first()

    def on_descendant_focus(self) -> None:
        """Show help for what has got the focus, and take its view for what is looked at."""
        self.show_help()
        for node in self.focused.ancestors_with_self if self.focused else ():
            view = _VIEWS.get(type(node).__name__)
            if view is not None:
                self.view = view

    def show_help(self) -> None:
        """Show help for the setting that has the focus."""
        row = row_of(self.focused)
        if row is None:
            return
        value = row.value(self.state.values)
        help_panel = self.query_one(FieldHelp)
        help_panel.row = row
        help_panel.choice = (
            self.focused.pointed
            if isinstance(self.focused, Words)
            else choice_named(row.field, row.field.default if value is MISSING else value)
        )

    @on(Words.Pointed)
    @on(FormPage.Pointed)
    def show_help_for_pointed(self) -> None:
        """Show help for the word or the setting that is pointed at."""
        self.show_help()

    async def _wake_in_a_pause(self) -> None:
        """Load when nobody is typing, whose letters would have to wait."""
        if time.monotonic() - self.app.last_key < _PAUSE_IN_TYPING:
            self.wake_soon()
        else:
            await self._wake()

    async def _wake(self) -> None:
        # None of this is needed for the first frame.
        from let_it_ride.tui.widgets.odds_panel import OddsPanel
        from let_it_ride.tui.widgets.run_panel import RunPanel
        from let_it_ride.tui.widgets.toml_editor import TextView, TomlEditor

        text = TextView(self.session.text).data_bind(WorkspaceLayout.state)
        odds = OddsPanel().data_bind(
            WorkspaceLayout.with_hands,
            state=WorkspaceLayout.odds,
            session=WorkspaceLayout.session_odds,
        )
        run = RunPanel(self.app.clock).data_bind(
            WorkspaceLayout.config, WorkspaceLayout.run_at_work, WorkspaceLayout.outcome
        )
        with self.app.batch_update():
            await self.query_one("#figures").mount(odds, run)
            await self.query_one("#editors").mount(text)
        self.editor = text.query_one(TomlEditor)
        await self.check()
        self.awake.set()
        if self.path_to_open is not None and self.session.saved.path is None:
            self.run_worker(self.open_file(self.path_to_open))
        elif self.path_to_open is None:
            self.run_worker(self.begin_without_file(), group="dialog", exclusive=True)
        else:
            await self.remember_file()
            self.run_worker(self.offer_unsaved(is_start=True), group="dialog", exclusive=True)
        await self.offer_unfinished()
        await asyncio.to_thread(load_engine)
        await asyncio.to_thread(keep_pages)
