"""The run beside the form: what would be played, how far it is, how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from let_it_ride.config.printing import quoted
from let_it_ride.reports.kept_runs import state_text
from let_it_ride.tui.editing.folders import readable
from let_it_ride.tui.runs import Ending, Outcome, Run
from let_it_ride.tui.styles import style_sheet
from let_it_ride.tui.widgets.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult

    from let_it_ride.config.full import FullConfig
    from let_it_ride.tui.app import LirApp

RESULT_KEYS: Final = (
    Binding("p", "screen.show_pictures", "Pictures", id="run_panel.pictures", show=False),
    Binding("s", "screen.replay", "Replay", id="run_panel.replay", show=False),
    Binding("e", "screen.export", "Export", id="run_panel.export", show=False),
)
"""Where the results lead to, and what the bar says of it."""


class RunPanel(Report):
    """A word on what would be run or how it ended, over the report of the run."""

    app: LirApp

    DEFAULT_CSS = style_sheet(__file__)
    SCOPED_CSS = False
    BORDER_TITLE = " Run "
    BINDING_GROUP_TITLE = "Run panel"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.stop", "Stop the run", id="run_panel.stop", show=False),
        *RESULT_KEYS,
        Binding("o", "screen.show_report", "Open report", id="run_panel.report", show=False),
    ]

    config: reactive[FullConfig | None] = reactive(None, init=False)
    """The configuration that would be run."""

    run_at_work: reactive[Run | None] = reactive(None, init=False)
    """The run that is being played."""

    outcome: reactive[Outcome | None] = reactive(None, init=False)
    """How the last run ended."""

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self._clock = clock

    def compose(self) -> ComposeResult:
        """Show a word on what there is."""
        yield Static(self._invitation(), id="run-note")

    def watch_config(self) -> None:
        """Say what would be run, or that the results are of something else."""
        self._show_note()

    async def watch_run_at_work(self, run: Run | None) -> None:
        """Show the report of a run."""
        if run is not None:
            await self._show_report()
            self.scroll_home(animate=False)
        self._show_note()

    def watch_outcome(self) -> None:
        """Show how a run ended."""
        self._show_note()

    async def _show_report(self) -> None:
        # The report is not needed for the first frame.
        from let_it_ride.tui.widgets.run_report import RunReport

        if not self.query(RunReport):
            report = RunReport(self._clock)
            report.data_bind(RunPanel.run_at_work, RunPanel.outcome)
            await self.mount(report)

    def _show_note(self) -> None:
        note = self._note()
        widget = self.query_one("#run-note", Static)
        ending = self.outcome.ending if self.outcome and self.run_at_work is None else None
        widget.set_class(ending is Ending.STOPPED, "-stopped")
        widget.set_class(ending is Ending.FAILED, "-failed")
        widget.display = note is not None
        widget.update(note or "")

    def _note(self) -> Content | None:
        if self.run_at_work is not None:
            return None
        outcome = self.outcome
        if outcome is None:
            return self._invitation()
        lines = list(_told(outcome, self.app.key_of))
        kept = outcome.kept
        if outcome.ending is Ending.COMPLETE and self.config != outcome.config:
            text = "These results are of an earlier configuration."
            if outcome.is_resumed and kept is not None:
                text = f"These results are of {quoted(kept.title)}, which was resumed."
            lines.insert(0, Content.styled(text, "bold $text-warning"))
        if kept is not None and outcome.directory is not None:
            where = readable(outcome.directory)
            if outcome.exported:
                lines.append(_exported(outcome, self.app.key_of("run_panel.report", "o")))
            lines.append(Content.styled(f"Kept as {quoted(kept.title)}: {where}", "$muted"))
        return Content("\n").join(lines) if lines else None

    def _invitation(self) -> Content:
        if self.config is None:
            return Content.styled("A configuration without errors can be run.", "$muted")
        what = _what_is_run(self.config)
        return Content.assemble((self.app.key_of("run"), "bold $accent"), f" plays {what}.")


def _told(outcome: Outcome, key_of: Callable[[str], str]) -> Iterator[Content]:
    """What a person should know of how a run ended, and which key leads on."""
    kept = outcome.kept if outcome.can_go_on else None
    match outcome.ending:
        case Ending.STOPPED:
            title = ("‖ STOPPED", "bold $text-warning")
            yield Content.assemble(title, f"  {_sentence(outcome.message)}")
        case Ending.FAILED:
            what = "✗ CANNOT BE RUN" if outcome.key else "✗ THE RUN FAILED"
            yield Content.styled(what, "bold $text-error")
            yield Content(_sentence(outcome.message))
        case Ending.COMPLETE:
            if outcome.message:
                yield Content.styled(f"✗ {outcome.message}", "bold $text-error")
            yield from (Content(f"Written: {file}") for file in outcome.files)
    if kept is not None:
        resume = (key_of("resume"), "bold $accent")
        how = f" goes on with it, and so does lir-tui resume {kept.id}."
        yield Content.assemble(f"{state_text(kept)}. ", resume, how)
    if outcome.ending is not Ending.COMPLETE:
        leads = " plays it when that is mended." if outcome.key else " plays it from the beginning."
        yield Content.assemble((key_of("run"), "bold $accent"), leads)


def _sentence(text: str) -> str:
    """A text with a full stop, but none after a command to be typed."""
    return text if text.endswith((".", "!", "?", "'")) else f"{text}."


def _exported(outcome: Outcome, key: str) -> Content:
    """Where the files are that were written last, and how to look at the report among them."""
    report = outcome.report in outcome.exported
    opens = (". ", (key, "bold $accent"), " opens the report.") if report else ()
    return Content.assemble(f"Exported into {readable(outcome.exported[0].parent)}", *opens)


def _what_is_run(config: FullConfig) -> str:
    simulation = config.simulation
    workers = simulation.workers
    who = "every processor" if workers == "auto" else f"{workers} workers"
    who = "one worker" if workers == 1 else who
    hands = f"at most {simulation.hands_per_session:,} hands"
    count, table = simulation.num_sessions, config.table
    seats, rounds = table.num_seats, table.total_rounds
    if rounds is None and seats == 1:
        what = f"{count:,} sessions of {hands}"
    elif rounds is None:
        what = f"{count:,} tables of {seats} seats, each for {hands}"
    else:
        what = f"{count:,} tables for {rounds:,} rounds, with sessions of {hands} on "
        what += f"each of {seats} seats" if seats > 1 else "its one seat"
    return f"{what}, on {who}"
