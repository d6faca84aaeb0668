"""The program on the screen."""

from __future__ import annotations

import gc
import os
import time
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.worker import WorkerFailed

from let_it_ride.files import NoHomeError
from let_it_ride.tui.commands import GROUPS, PROGRAM, PROGRAM_BINDINGS, Group
from let_it_ride.tui.editing.session import peeked
from let_it_ride.tui.keeping import HistoryFactory, user_history
from let_it_ride.tui.key_names import shown_key
from let_it_ride.tui.keymap import USUAL, Keymap, keymap_file
from let_it_ride.tui.keys import KeyDone, KeyQueue
from let_it_ride.tui.legible import LegibleLines
from let_it_ride.tui.runs import Reopener, RunnerFactory, engine, reopener
from let_it_ride.tui.screens.room import classes_at
from let_it_ride.tui.screens.workspace import WorkspaceScreen
from let_it_ride.tui.session_odds import Solver, solver
from let_it_ride.tui.themes import VARIABLES
from let_it_ride.tui.wardrobe import SECONDS_BETWEEN_LOOKS, Wardrobe
from let_it_ride.tui.what_if import Comparer, Sweeper, comparer, sweeper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.filter import LineFilter
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from let_it_ride.tui.screens.export_choice import Wanted


class LirApp(App[int], inherit_bindings=False):
    """Themes, keys and the workspace; the work is done in the screens."""

    TITLE = "Let It Ride"
    CSS_PATH: ClassVar[list[str | PurePath]] = [  # absolute, for the sake of subclasses elsewhere
        Path(__file__).parent / name
        for name in ("app.tcss", "screens/layout.tcss", "widgets/form.tcss")
    ]
    BINDING_GROUP_TITLE = "Program"
    BINDINGS: ClassVar[list[BindingType]] = [
        *PROGRAM_BINDINGS,
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(
        self,
        path: Path | None = None,
        *,
        make_runner: RunnerFactory = engine,
        reopen: Reopener = reopener,
        open_history: HistoryFactory = user_history,
        solve: Solver = solver,
        sweep: Sweeper = sweeper,
        compare: Comparer = comparer,
        clock: Callable[[], float] = time.monotonic,
        keymap: Keymap = USUAL,
        welcomes: bool = False,
    ) -> None:
        """Prepare the program; nothing happens before `run`.

        Args:
            path: the configuration to open.
            make_runner: who plays.
            reopen: who goes on with a run, or reads it back.
            open_history: who opens the history of runs.
            solve: who solves.
            sweep: who works out variations.
            compare: who compares configurations.
            clock: the time in seconds, for what is shown of it.
            keymap: which keys do what, where it is not as usual.
            welcomes: whether who has never been here is told what this is.
        """
        self.path = path
        self.make_runner = make_runner
        self.reopen = reopen
        self.open_history = open_history
        self.solve = solve
        self.sweep = sweep
        self.compare = compare
        self.clock = clock
        self.keymap = keymap
        self.welcomes = welcomes
        self._legible = LegibleLines()
        super().__init__()
        self._keys = KeyQueue(self, super().on_event, has_motion=keymap.has_motion)
        self.set_keymap({name: ",".join(keys) for name, keys in keymap.keys.items()})
        self.wardrobe = Wardrobe(self)
        self.wardrobe.begin()

    last_key = 0.0
    """When the last key came, by `time.monotonic`."""

    wanted_files: Wanted | None = None
    """Which files of a run were exported last, to be offered again."""

    practises_hard = False
    """Whether hands that are hard to decide were practised last."""

    def get_default_screen(self) -> Screen[None]:
        """Return the workspace."""
        # With the classes of its size from the start, its widgets are styled once and not twice.
        classes = " ".join(name for name, has in classes_at(*self.size).items() if has)
        return WorkspaceScreen(peeked(self.path), self.path, classes=classes)

    @property
    def workspace(self) -> WorkspaceScreen | None:
        """The workspace, which is under whatever dialogs are open."""
        bottom = self.screen_stack[0] if self.screen_stack else None
        return bottom if isinstance(bottom, WorkspaceScreen) else None

    def watch_app_focus(self, focus: bool) -> None:
        """Put the focus where a screen has it first: a browser's page begins with none."""
        screen = self.screen_stack[-1] if self.screen_stack else None
        if focus and self.is_web and screen is not None and screen.focused is None:
            screen.set_focus(next(iter(screen.query(screen.AUTO_FOCUS or "*")), None))

    def on_ready(self) -> None:
        """Go on with everything else when the first frame is out."""
        self.call_after_refresh(self._after_first_frame)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return what the style sheets use beyond Textual's own colours."""
        return VARIABLES

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what all lines go through on their way to the terminal."""
        return (self._legible, *super().get_line_filters())

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002  what comes from files is not trusted with any
    ) -> None:
        """Tell something, to the letter; what it says again or otherwise is told no longer."""
        is_news = bool(title) and severity == "information"
        for told in list(self._notifications):
            is_same = (told.message, told.title, told.severity) == (message, title, severity)
            if is_same or (is_news and (told.title, told.severity) == (title, severity)):
                self._unnotify(told, refresh=False)
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as it is called everywhere."""
        return shown_key(binding.key)

    def key_of(self, name: str, usual: str = "") -> str:
        """Return the best key of something as texts have it.

        Args:
            name: what a file of keys calls it.
            usual: what the texts call its usual key; not needed for a command.
        """
        if usual and name not in self.keymap.keys:
            return usual
        return shown_key(self.keymap.keys_of(name)[0])

    async def on_event(self, event: events.Event) -> None:
        """Have keys wait for those before them."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.last_key = time.monotonic()
            await self._keys.take(event)
        else:
            await super().on_event(event)

    @on(KeyDone)
    def go_on_with_keys(self, event: KeyDone) -> None:
        """Let the next key have its turn, after what the last one has asked for."""
        event.stop()
        self.call_later(self._keys.end, event.number)

    async def action_help(self) -> None:
        """Show the keys and help for the focused setting."""
        from let_it_ride.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            values = self.workspace.state.values if self.workspace else {}
            await self.push_screen(HelpScreen(self.screen, values, groups_of(self.screen)))

    async def action_topics(self) -> None:
        """Show the topics, at the one about the focused setting if there is one."""
        from let_it_ride.tui.screens.topics import TopicsScreen

        if not isinstance(self.screen, TopicsScreen):
            values = self.workspace.state.values if self.workspace else {}
            await self.push_screen(TopicsScreen.about(self.screen, values))

    def action_command_palette(self) -> None:
        """Find whatever there is by its name."""
        from textual.command import CommandPalette

        from let_it_ride.tui.palette import PLACEHOLDER, Palette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette((Palette,), placeholder=PLACEHOLDER))

    def action_copy(self) -> None:
        """Copy what has the focus."""
        from let_it_ride.tui.copying import copy_from_focus

        self.run_worker(copy_from_focus(self), group="dialog", exclusive=True)

    def action_help_quit(self) -> None:
        """Say how to leave, to whoever does it as elsewhere."""
        self.notify(f"{self.key_of('quit')} leaves the program.", timeout=4)

    async def action_quit(self) -> None:
        """Leave, having asked where something would be lost."""
        if not any(worker.group == "quit" for worker in self.workers):
            self.run_worker(self._leave_if_wanted(), group="quit")

    @property
    def fault(self) -> Exception | None:
        """The error that nobody expected and that has ended the app, if there is one."""
        fault = self._exception
        while isinstance(fault, WorkerFailed) and isinstance(fault.error, Exception):
            fault = fault.error
        return fault

    def _fatal_error(self) -> None:
        """End; whoever has started the app tells of the error, when the terminal is as it was."""
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        if self.fault is None:
            super()._print_error_renderables()

    def _after_first_frame(self) -> None:
        gc.freeze()  # all that is there now stays, and need not be looked through first
        gc.enable()
        if self.workspace is not None:
            self.workspace.wake_soon()
        self.wardrobe.tell()
        self.set_interval(SECONDS_BETWEEN_LOOKS, self.wardrobe.look_again)
        self._heed_local_keys()
        self._heed_signals()

    def _heed_local_keys(self) -> None:
        """Look closely at the keys of other screens, and tell what is wrong with any."""
        if any("." in name for name in self.keymap.keys):
            from let_it_ride.tui.keymap_file import with_local_keys
            from let_it_ride.tui.local_keys import local_keys

            self.keymap = with_local_keys(self.keymap, local_keys())
            self.set_keymap({name: ",".join(keys) for name, keys in self.keymap.keys.items()})
        if self.keymap.problems:
            text = "\n".join(self.keymap.told_problems)
            title = "Keys that are as usual, since the file is wrong"
            self.notify(text, title=title, severity="error", timeout=20)

    def _heed_signals(self) -> None:
        """Leave properly when told to from outside: the terminal as it was, no process behind."""
        if not self.is_headless:
            from let_it_ride.tui.signals import OutsideSignals

            OutsideSignals(self, self._leave_soon).heed()

    def _leave_soon(self, code: int) -> None:
        self.run_worker(self._leave(code), group="quit", exclusive=True)

    async def _leave_if_wanted(self) -> None:
        if self.workspace is None or await self.workspace.may_quit():
            await self._leave(0)

    async def _leave(self, code: int) -> None:
        if self.workspace is not None:
            await self.workspace.finish()
        self.exit(code)


def groups_of(screen: Screen[object]) -> tuple[Group, ...]:
    """Return the groups of commands that a screen has."""
    from let_it_ride.tui.screens.dialog import Dialog
    from let_it_ride.tui.screens.work_dialog import WorkDialog

    if isinstance(screen, WorkspaceScreen):
        return GROUPS
    is_small = isinstance(screen, Dialog) and not isinstance(screen, WorkDialog)
    return () if is_small else (PROGRAM,)


def run_app(path: Path | None) -> int:
    """Show the program until it is left; return the exit code.

    Raises:
        Exception: a fault in the app has ended it, this one; the terminal is as it was.
    """
    app = LirApp(path, keymap=_users_keymap(), welcomes=True)
    code = app.run()
    if app.fault is not None:
        from let_it_ride.tui.unsaved import left_behind

        if left_behind():
            app.fault.add_note(
                "Changes to the configuration that were not saved are offered at the next start."
            )
        raise app.fault
    return code or app.return_code or 0


def _users_keymap() -> Keymap:
    with suppress(NoHomeError):
        file = keymap_file()
        if os.path.lexists(file):
            from let_it_ride.tui.keymap_file import load_keymap

            return load_keymap(file)
    return USUAL
