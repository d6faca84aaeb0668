"""All runs that are kept, on a screen of their own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.widgets import Input, Static

from let_it_ride.reports.numbers import count
from let_it_ride.simulation.run_state import RunState
from let_it_ride.tui.screens import run_actions
from let_it_ride.tui.screens.work_dialog import WorkDialog
from let_it_ride.tui.widgets.key_hints import Hint, KeyHints
from let_it_ride.tui.widgets.run_list import MARKED, PINNED, RunList
from let_it_ride.tui.widgets.run_words import about, has_words, room_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult

    from let_it_ride.history import Entry, History
    from let_it_ride.tui.app import LirApp
    from let_it_ride.tui.screens.workspace import WorkspaceScreen

_KEYS: Final = (
    (
        Hint("runs.open", "enter", "Open"),
        Hint("runs.resume", "r", "Resume"),
        Hint("runs.replay", "s", "Replay"),
        Hint("runs.compare", "c", "Compare"),
        Hint("runs.export", "e", "Export"),
        Hint("runs.verify", "v", "Verify"),
        Hint("runs.delete", "d", "Delete"),
    ),
    (
        Hint("runs.mark", "space", f"{MARKED} Mark"),
        Hint("runs.rename", "n", "Name"),
        Hint("runs.pin", "p", f"{PINNED} Pin"),
        Hint("runs.take", "f", "Into the form"),
        Hint("runs.limit", "l", "Limit"),
        Hint("runs.filter", "slash", "Filter"),
        Hint("runs.close", "escape", "Close"),
    ),
)
_KEYS_OF_WORDS: Final = (
    (Hint("", "enter", "Into the list"), Hint("runs.close", "escape", "Every run again")),
)

_KEYS_OF_NONE: Final = ((Hint("runs.limit", "l", "Limit"), Hint("runs.close", "escape", "Close")),)

_NO_RUNS: Final = """\
No run is kept yet.

Escape goes back to the configuration, and {run} plays it there. Every run is then kept here: \
to look at again, to compare with others, and to go on with where it was stopped."""

_TITLE: Final = "♠ Runs"

#: Between what is said of the runs and what they take.
_LEAST_GAP: Final = 2

#: While a run is played.
_SECONDS_BETWEEN_LOOKS: Final = 2.0

_NONE_FITS: Final = "No run has these words. Escape takes them away."


class RunsScreen(WorkDialog[None]):
    """The list of runs, what there is to say of the one pointed at, and the keys."""

    app: LirApp
    BINDING_GROUP_TITLE = "Runs"
    AUTO_FOCUS = "RunList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open the run", id="runs.open", show=False),
        Binding("r", "resume", "Resume an unfinished run", id="runs.resume", show=False),
        Binding("s", "replay", "Play a session again, hand by hand", id="runs.replay", show=False),
        Binding("space", "mark", "Mark the run, or no longer", id="runs.mark", show=False),
        Binding("c", "compare", "Compare two marked runs", id="runs.compare", show=False),
        Binding("n", "rename", "Call the run something else", id="runs.rename", show=False),
        Binding("p", "pin", "Keep the run when room is made", id="runs.pin", show=False),
        Binding(
            "e", "export", "Write files of the run or the marked", id="runs.export", show=False
        ),
        Binding("v", "verify", "Check every block's digest again", id="runs.verify", show=False),
        Binding("f", "take", "Load its configuration into the form", id="runs.take", show=False),
        Binding("d,delete", "delete", "Delete the run or the marked", id="runs.delete", show=False),
        Binding("l", "limit", "Set the limit on space", id="runs.limit", show=False),
        Binding("slash", "filter", "Find runs by words", id="runs.filter", show=False),
        Binding("escape,q", "close", "Close", id="runs.close", show=False),
    ]

    def __init__(self, workspace: WorkspaceScreen) -> None:
        """Show the runs.

        Args:
            workspace: where a run is gone on with, and configurations are edited.
        """
        super().__init__()
        self.workspace = workspace
        self._history: History | None = None
        self._entries: tuple[Entry, ...] | None = None
        self._limit: int | None = None
        self._failure = ""

    def compose(self) -> ComposeResult:
        """Show the title, the words looked for, the list, and what there is to say of a run."""
        with Vertical():
            yield Static(id="title")
            yield Input(placeholder="Words of a name, an id or a state", compact=True)
            yield RunList()
            yield Static(id="empty")
            yield Static(id="about")
            yield KeyHints(id="keys")

    def on_mount(self) -> None:
        """Look at the runs, and again when the one at work has ended."""
        self.query_one(Input).display = False
        self.watch(self.workspace, "run_at_work", self._follow)
        self.set_interval(_SECONDS_BETWEEN_LOOKS, self._look_at_what_is_played)

    def on_resize(self) -> None:
        """Say as much of the runs as there is room for."""
        self.call_after_refresh(self.show_about)
        self.call_after_refresh(self._show_title)

    @property
    def history(self) -> History:
        """The history, which is open."""
        assert self._history is not None  # noqa: S101  nothing is listed before
        return self._history

    @property
    def marked(self) -> tuple[Entry, ...]:
        """The runs that are marked, in the order of the list."""
        marked = self.query_one(RunList).marked
        return tuple(entry for entry in self._entries or () if entry.id in marked)

    @property
    def pointed(self) -> Entry | None:
        """The run that is pointed at."""
        return self.query_one(RunList).pointed

    async def look(self) -> None:
        """Look at the runs, and show them."""
        try:
            self._history, self._entries, self._limit = await asyncio.to_thread(self._read)
            self._failure = ""
        except Exception as error:  # noqa: BLE001  the list may be missing, the program may not
            self._failure = str(error) or type(error).__name__
        if self.is_mounted:
            self._show()

    @on(DescendantFocus)
    def show_keys(self) -> None:
        """Say what the keys do where the focus is."""
        keys = _KEYS if self._entries else _KEYS_OF_NONE
        self.query_one(KeyHints).lines = _KEYS_OF_WORDS if isinstance(self.focused, Input) else keys

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the runs with all the words."""
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on in the list."""
        event.stop()
        self.query_one(RunList).focus()

    @on(RunList.Pointed)
    def show_about(self) -> None:
        """Say what there is to say of the run that is pointed at."""
        entry = self.pointed
        told = self.query_one("#about", Static)
        told.display = entry is not None
        if entry is not None:
            width = self.query_one("#title").content_size.width
            name, *lines = about(entry, width, self.app.key_of)
            title = Content.styled(name, "bold $foreground")
            told.update(Content("\n").join([title, *map(Content, lines)]))

    @on(RunList.Chosen)
    def open_chosen(self) -> None:
        """Open the run that was clicked."""
        self.action_open()

    def action_open(self) -> None:
        """Show the run as if it had just ended."""
        self._act(run_actions.open_run)

    def action_resume(self) -> None:
        """Go on with the run."""
        self._act(run_actions.resume)

    def action_replay(self) -> None:
        """Play a session of the run again."""
        self._act(run_actions.replay)

    def action_mark(self) -> None:
        """Mark the run, or no longer, and go to the next."""
        entry, runs = self.pointed, self.query_one(RunList)
        if entry is not None:
            runs.marked = runs.marked ^ {entry.id}
            runs.action_move(1)
            self._show_title()

    def action_compare(self) -> None:
        """Put two runs beside each other."""
        self._act(run_actions.compare)

    def action_rename(self) -> None:
        """Call the run something else."""
        self._act(run_actions.rename)

    def action_pin(self) -> None:
        """Keep the run when room is made, or no longer."""
        self._act(run_actions.pin)

    def action_export(self) -> None:
        """Write files of the marked runs or, if there are none, of the one that is pointed at."""
        self._act(run_actions.export)

    def action_verify(self) -> None:
        """Check the digest of every block."""
        self._act(run_actions.verify)

    def action_take(self) -> None:
        """Load the run's configuration into the form."""
        self._act(run_actions.take)

    def action_delete(self) -> None:
        """Delete the marked runs or, if there are none, the one that is pointed at."""
        self._act(run_actions.delete)

    def action_limit(self) -> None:
        """Set what all runs may take."""
        self._act(run_actions.limit)

    def action_filter(self) -> None:
        """Type words to look for."""
        field = self.query_one(Input)
        field.display = True
        field.focus()

    def action_close(self) -> None:
        """Take the words away that are looked for, or close."""
        field = self.query_one(Input)
        if field.display:
            field.value = ""
            field.display = False
            self.query_one(RunList).focus()
        else:
            self.dismiss(None)

    def _follow(self) -> None:
        self._look_again()

    def _look_at_what_is_played(self) -> None:
        """Look again while a run is played, by this program or another."""
        if any(entry.state is RunState.RUNNING for entry in self._entries or ()):
            self._look_again()

    @work(group="runs", exclusive=True)
    async def _look_again(self) -> None:
        await self.look()

    @work(group="dialog", exclusive=True)
    async def _act(self, action: Callable[[RunsScreen], Awaitable[None]]) -> None:
        """Do something that may ask; what is wrong is told."""
        try:
            if self._history is not None:
                await action(self)
        except Exception as error:  # noqa: BLE001  it may not be done, the program goes on
            text = str(error) or type(error).__name__
            self.notify(text, title="This cannot be done", severity="error", timeout=10)

    def _read(self) -> tuple[History, tuple[Entry, ...], int | None]:
        history = self.app.open_history()
        return history, tuple(history.entries()), history.limit

    def _show(self) -> None:
        """List the runs that have the words, or say why there are none."""
        words = self.query_one(Input).value.lower().split()
        entries = self._entries or ()
        found = tuple(entry for entry in entries if has_words(entry, words)) if words else entries
        runs, empty = self.query_one(RunList), self.query_one("#empty", Static)
        runs.show(found)
        runs.marked &= {entry.id for entry in entries}
        why = _NONE_FITS if words else _NO_RUNS.format(run=self.app.key_of("run"))
        if self._failure:
            why = f"✗ {self._failure}"
        elif self._entries is None:
            why = "Looking…"
        runs.display = bool(found)
        empty.display = not found
        empty.update(Content(why))
        self.show_keys()
        self._show_title()

    def _show_title(self) -> None:
        """Say how many runs there are, how many are in sight and marked, and what they take."""
        entries, runs = self._entries or (), self.query_one(RunList)
        parts = [f"{count(len(entries))} kept"]
        if left := sum(entry.is_unfinished for entry in entries):
            parts.append(f"{count(left)} unfinished")
        if len(runs.entries) < len(entries):
            parts.append(f"{count(len(runs.entries))} with these words")
        if runs.marked:
            parts.append(f"{count(len(runs.marked))} marked")
        size = sum(entry.size for entry in entries)
        taken = room_text(size, self._limit)
        title = self.query_one("#title", Static)
        told = f"{_TITLE}   {' · '.join(parts)}"
        while parts and len(told) + _LEAST_GAP + len(taken) > title.content_size.width:
            parts.pop()
            told = f"{_TITLE}   {' · '.join(parts)}"
        is_over = self._limit is not None and size > self._limit
        title.update(
            Content.assemble(
                (_TITLE, "bold $primary"),
                told.removeprefix(_TITLE),
                " " * (title.content_size.width - len(told) - len(taken)),
                (taken, "$text-warning" if is_over else ""),
            )
        )
