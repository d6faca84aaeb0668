"""A run that is kept, shown as if it had just ended."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from let_it_ride.tui.runs import Ending, Outcome, Run
from let_it_ride.tui.screens.work_dialog import WorkDialog
from let_it_ride.tui.widgets.key_hints import ESCAPE, FIND, SCROLL, Hint, KeyHints
from let_it_ride.tui.widgets.report import Report
from let_it_ride.tui.widgets.run_report import RunReport

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from let_it_ride.config.full import FullConfig
    from let_it_ride.history import Entry
    from let_it_ride.tui.app import LirApp

_KEYS: Final = (
    SCROLL,
    Hint("kept_run.pictures", "p", "Pictures"),
    Hint("kept_run.replay", "s", "Replay"),
    Hint("kept_run.export", "e", "Export"),
    FIND,
    ESCAPE,
)
_WORKING: Final = (replace(ESCAPE, what="Stop"),)


class KeptRunScreen(WorkDialog[None]):
    """The verdicts and the numbers of a run, which is read back first."""

    app: LirApp
    BINDING_GROUP_TITLE = "Run"
    AUTO_FOCUS = "#report"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "pictures", "Look at it in pictures", id="kept_run.pictures", show=False),
        Binding("s", "replay", "Play a session again", id="kept_run.replay", show=False),
        Binding("e", "export", "Write files of it", id="kept_run.export", show=False),
        Binding("o", "show_report", "Open its report", id="kept_run.report", show=False),
        Binding("q,enter", "dismiss(None)", "Close", id="kept_run.close", show=False),
    ]

    run_at_work: reactive[Run | None] = reactive(None)
    """The run while it is read back."""

    outcome: reactive[Outcome | None] = reactive(None)
    """What was read."""

    def __init__(self, entry: Entry, config: FullConfig, directory: Path) -> None:
        """Show a complete run.

        Args:
            entry: what the history says of it.
            config: what was run.
            directory: where it is.
        """
        super().__init__()
        self._entry, self._config, self._directory = entry, config, directory

    def compose(self) -> ComposeResult:
        """Show the title over the report."""
        entry = self._entry
        with Vertical():
            title = Content.assemble((entry.title, "bold $primary"), (f"   {entry.id}", "$muted"))
            yield Static(title, id="title")
            with Report(id="report"):
                yield Static(id="failure")
                report = RunReport(self.app.clock)
                yield report.data_bind(KeptRunScreen.run_at_work, KeptRunScreen.outcome)
            yield KeyHints(id="keys")

    def on_mount(self) -> None:
        """Begin to read."""
        run = Run(self._config, partial(self.app.reopen, self._directory))
        self.run_at_work = run
        self._read(run)

    def on_unmount(self) -> None:
        """Let nobody read for nothing."""
        if self.run_at_work is not None:
            self.run_at_work.stop()
        if self.outcome is not None and self.outcome.results is not None:
            self.outcome.results.close()

    def watch_run_at_work(self, run: Run | None) -> None:
        """Say what escape does."""
        for keys in self.query(KeyHints):
            keys.lines = (_KEYS if run is None else _WORKING,)

    @work(group="dialog", exclusive=True)
    async def action_pictures(self) -> None:
        """Look at it in pictures, once it is read."""
        from let_it_ride.tui.screens.pictures import PicturesScreen, ended

        run = ended(self.outcome)
        if run is not None:
            await self.app.push_screen_wait(PicturesScreen(run))

    @work(group="dialog", exclusive=True)
    async def action_replay(self) -> None:
        """Watch its sessions, hand by hand, once it is read."""
        from let_it_ride.tui.replays import seeded
        from let_it_ride.tui.screens.replay import ReplayScreen

        results = self.outcome.results if self.outcome else None
        if results is not None:
            config = seeded(self._config, results.provenance.seed)
            sessions = results.summary.sessions
            await self.app.push_screen_wait(ReplayScreen(config, sessions=sessions))

    @work(group="dialog", exclusive=True)
    async def action_export(self) -> None:
        """Write files of it, once it is read."""
        from let_it_ride.tui.screens.results import export_results

        if self.outcome is not None:
            self.outcome = await export_results(self, self.outcome) or self.outcome

    @work(group="dialog", exclusive=True)
    async def action_show_report(self) -> None:
        """Show its report in a browser, once there is one."""
        from let_it_ride.tui.screens.results import show_report

        await show_report(self, self.outcome, self.app.key_of("kept_run.export", "e"))

    @work(group="run")
    async def _read(self, run: Run) -> None:
        outcome = await asyncio.to_thread(run.play)
        if not self.is_mounted:
            return
        self.run_at_work = None
        self.outcome = replace(outcome, kept=self._entry, directory=self._directory)
        failure = self.query_one("#failure", Static)
        failure.display = outcome.ending is not Ending.COMPLETE
        failure.update(Content.styled(f"✗ {outcome.message}", "bold $text-error"))
