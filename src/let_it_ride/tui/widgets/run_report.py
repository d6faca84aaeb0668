"""What a run shows of itself: its bars while it plays, then the verdicts and the numbers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import work
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive

from let_it_ride.simulation.progress import Phase
from let_it_ride.tui.copying import Copy
from let_it_ride.tui.styles import style_sheet
from let_it_ride.tui.widgets.estimate_view import Course, EstimateView
from let_it_ride.tui.widgets.progress import OverallProgress, RunNews, Standing, WorkerBars
from let_it_ride.tui.widgets.side_by_side_view import SideBySideView
from let_it_ride.tui.widgets.summary_view import SummaryView
from let_it_ride.tui.widgets.verdict import LawVerdictView, VerdictView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import ComposeResult

    from let_it_ride.tui.runs import Outcome, Run

_LOOKS_A_SECOND: Final = 10

#: What the run has given so far is read from the disk, so not at every look.
_LOOKS_AN_ESTIMATE: Final = 4


class RunReport(Vertical):
    """A run at work or the results of one that has ended."""

    DEFAULT_CSS = style_sheet(__file__)
    SCOPED_CSS = False

    run_at_work: reactive[Run | None] = reactive(None)
    outcome: reactive[Outcome | None] = reactive(None)

    @dataclass
    class Paused(Message):
        """The run waits for something."""

        why: str

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self._clock = clock
        self._started = 0.0
        self._paused = ""
        self._looks = 0
        self._is_estimating = False

    def compose(self) -> ComposeResult:
        """Have a place for everything."""
        yield OverallProgress()
        yield RunNews()
        yield EstimateView()
        yield WorkerBars()
        yield VerdictView().data_bind(RunReport.outcome)
        yield LawVerdictView().data_bind(RunReport.outcome)
        yield SummaryView()
        yield SideBySideView()

    def on_mount(self) -> None:
        """Look at the run now and then while there is one."""
        self._looking = self.set_interval(1 / _LOOKS_A_SECOND, self.look, pause=True)
        self._arrange()

    def watch_run_at_work(self) -> None:
        """Begin to look at a run, or make an end of it."""
        if self.is_mounted:
            self._arrange()

    def watch_outcome(self) -> None:
        """Show the results of a run that has ended."""
        if self.is_mounted:
            self._arrange()

    def copies(self) -> Iterable[Copy]:
        """Return what names the run that has ended, and what it takes to repeat it."""
        outcome = self.outcome
        if outcome is None or outcome.results is None:
            return
        yield Copy(f"Digest {outcome.results.digest}", outcome.results.digest)
        seed = str(outcome.results.provenance.seed)
        yield Copy(f"Seed {seed}", seed)
        if outcome.kept is not None:
            yield Copy(f"Id {outcome.kept.id}", outcome.kept.id)
        if outcome.report is not None:
            yield Copy(f"Report {outcome.report}", str(outcome.report.absolute()))

    def look(self) -> None:
        """Show how far the run is."""
        run = self.run_at_work
        if run is not None:
            seconds = self._clock() - self._started
            standing = Standing(run.progress, run.played, seconds, run.is_stopping)
            self.query_one(OverallProgress).standing = standing
            self.query_one(RunNews).standing = standing
            self.query_one(WorkerBars).standing = standing
            self._tell_of_a_pause(run)
            self._looks += 1
            if self._looks % _LOOKS_AN_ESTIMATE == 0 and not self._is_estimating:
                self._is_estimating = run.can_be_looked_at and _has_played(run)
                if self._is_estimating:
                    self._estimate(run)

    @work(group="estimate")
    async def _estimate(self, run: Run) -> None:
        """Look what the run has given so far; there is one at a time that does."""
        try:
            await asyncio.to_thread(run.estimate)
        except Exception:  # noqa: BLE001  the run itself tells what is wrong
            return
        finally:
            self._is_estimating = False
        if run is self.run_at_work and run.played is not None:
            law = run.law()
            exact = law.mean_profit if law else None
            course = Course(tuple(run.estimates), run.played.total, exact)
            self.query_one(EstimateView).course = course

    def _tell_of_a_pause(self, run: Run) -> None:
        """Tell whoever does not look that the run waits for something."""
        paused = run.progress.paused if run.progress else ""
        if paused and paused != self._paused:
            self.post_message(self.Paused(paused))
        self._paused = paused

    def _arrange(self) -> None:
        run = self.run_at_work
        if run is None:
            self._looking.pause()
        else:
            self._started = self._clock()
            self.query_one(EstimateView).course = Course()
            self.look()
            self._looking.resume()
        outcome = self.outcome if self.outcome and self.outcome.results and not run else None
        self.query_one(OverallProgress).display = run is not None
        self.query_one(WorkerBars).display = run is not None
        if run is None:
            self.query_one(EstimateView).course = Course()
            self.query_one(RunNews).standing = Standing()
        for verdict in self.query(VerdictView):
            verdict.display = outcome is not None
        for numbers in (self.query_one(SummaryView), self.query_one(SideBySideView)):
            numbers.display = outcome is not None
            numbers.outcome = outcome


def _has_played(run: Run) -> bool:
    """Whether there may be sessions to look at, those of the end while they are verified too."""
    return run.played is not None and run.played.phase is Phase.PLAYING
