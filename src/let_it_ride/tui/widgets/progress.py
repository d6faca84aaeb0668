"""How far a run is: a bar for the whole and one for every worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive
from textual.visual import Visual
from textual.widget import Widget

from let_it_ride.reports.numbers import count, duration, percent, rate
from let_it_ride.reports.phases import PHASE_WORDS
from let_it_ride.simulation.progress import Phase, RunProgress, WorkerState
from let_it_ride.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.strip import Strip

    from let_it_ride.simulation.progress import WorkerProgress

#: From this width on a worker takes one line.
_ONE_LINE: Final = 70

#: Columns for what a worker does, where it takes one line; more if a word is longer.
_STATE: Final = 9

#: Said of phases in which nothing is counted.
_UNCOUNTED: Final = {
    Phase.PLANNING: "Every bankroll and every number of hands left is looked at.",
    Phase.COMPILING: "Later runs on this machine need not wait.",
    Phase.COMPARING: "The law is solved, then every session looked up.",
}

#: The phases that can be long, with a time that can be foretold.
_STYLES: Final = {
    WorkerState.SILENT: "bold $text-warning",
}

#: Columns that a rate may take, with the gap before it.
_LEAST_RATE: Final = 8

_LASTING: Final = {
    Phase.PLANNING,
    Phase.CHECKING,
    Phase.PLAYING,
    Phase.VERIFYING,
    Phase.COMPARING,
    Phase.EXPORTING,
    Phase.LOGGING,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run is at one moment.

    Attributes:
        progress: the latest report; None before the first.
        played: the latest report with workers.
        seconds: since the run was started.
        is_stopping: it has been asked to stop.
    """

    progress: RunProgress | None = None
    played: RunProgress | None = None
    seconds: float = 0.0
    is_stopping: bool = False


class OverallProgress(Widget):
    """The phase of a run, its bar, its rate and its time."""

    standing: reactive[Standing] = reactive(Standing)

    def watch_standing(self, before: Standing, now: Standing) -> None:
        """Take the height that the first report needs."""
        if (before.progress is None) != (now.progress is None):
            self.refresh(layout=True)

    def render(self) -> Content:
        """Render the phase, the bar, and the numbers under it."""
        standing, width = self.standing, self.content_size.width
        progress = standing.progress
        if progress is None:
            what = "Stopping" if standing.is_stopping else "Starting"
            return Content.assemble((f"{what}…", "bold"), f"   {duration(standing.seconds)}")
        what = "Paused" if progress.paused else PHASE_WORDS[progress.phase]
        what = "Stopping…" if standing.is_stopping else what
        share = percent(progress.fraction, 0)
        gap = " " * max(1, width - len(what) - len(share))
        lines = [Content.assemble((what, "bold $accent"), gap, (share, "bold"))]
        lines.append(bar(progress.fraction, width))
        uncounted = _UNCOUNTED.get(progress.phase)
        lines.append(_counted(progress) if uncounted is None else Content(uncounted))
        lines.append(_timed(standing, progress))
        return Content("\n").join(lines)


class RunNews(Fitted):
    """What the run waits for, if it does, and the last line of its log."""

    standing: reactive[Standing] = reactive(Standing)

    def on_mount(self) -> None:
        """Take no room while there is nothing to tell."""
        self.display = False

    def watch_standing(self, before: Standing, now: Standing) -> None:
        """Make it stand out that the run waits, and take the height that the news need."""
        paused, event = _news(now)
        self.display = bool(paused or event)
        if _news(before) != (paused, event):
            self.set_class(bool(paused), "-paused")
            self.refresh(layout=True)

    def content_at(self, width: int) -> Content:
        """Return what the run waits for, and what went wrong last."""
        del width
        paused, event = _news(self.standing)
        lines = []
        if paused:
            lines.append(Content.assemble(("‖ PAUSED: ", "bold $text-warning"), (paused, "bold")))
        if event:
            lines.append(event)
        return Content("\n").join(lines)


class WorkerBars(Widget):
    """A bar for every worker; there may be hundreds, so only the lines in sight are rendered."""

    standing: reactive[Standing] = reactive(Standing)

    def watch_standing(self, before: Standing, now: Standing) -> None:
        """Take the height that the workers need."""
        if len(_workers(before)) != len(_workers(now)):
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return one line a worker where there is room, else two."""
        del container, viewport
        return len(_workers(self.standing)) * (1 if width >= _ONE_LINE else 2)

    def render_line(self, y: int) -> Strip:
        """Render one line."""
        width = self.content_size.width
        each = 1 if width >= _ONE_LINE else 2
        place, part = divmod(y, each)
        workers = _workers(self.standing)
        line = Content("")
        if place < len(workers) and each == 1:
            states = max(len(_state(worker)[0]) for worker in workers)
            line = _wide(workers[place], width, max(states, _STATE))
        elif place < len(workers):
            line = _narrow(workers[place], width)[part]
        return Visual.to_strips(self, line, width, 1, self.visual_style)[0]


def bar(fraction: float, width: int) -> Content:
    """Return a bar that can be read without colours: heavy is done, light is to do."""
    filled = round(max(0.0, min(1.0, fraction)) * width)
    return Content.assemble(("━" * filled, "$primary"), ("─" * (width - filled), "$muted"))


def _news(standing: Standing) -> tuple[str, Content | None]:
    """What a run waits for, and the last line of its log."""
    progress = standing.progress
    if progress is None:
        return "", None
    events, paused = progress.events, progress.paused
    if not events or (paused and paused in events[-1]):
        return paused, None
    more = f" (and {count(len(events) - 1)} before)" if len(events) > 1 else ""
    return paused, Content.assemble(events[-1], (more, "$muted"))


def _counted(progress: RunProgress) -> Content:
    done = f"{count(progress.completed)} of {count(progress.total)} {progress.counted}"
    speed = rate(progress.per_second)
    return Content.assemble(done, ("  " + speed, "$muted"))


def _timed(standing: Standing, progress: RunProgress) -> Content:
    left = progress.seconds_left
    text = f"{duration(standing.seconds)} gone"
    if left is not None and progress.phase in _LASTING and not progress.paused:
        text += f", {duration(left)} left of this"
    return Content.styled(text, "$muted")


def _state(worker: WorkerProgress) -> tuple[str, str]:
    """What a worker does, how often it had to be replaced, and how that looks."""
    style = _STYLES.get(worker.state, "$accent" if worker.restarts else "")
    times = f", restarted {worker.restarts}×" if worker.restarts else ""
    return f"{worker.state.value}{times}", style


def _rate(worker: WorkerProgress) -> str:
    """How fast a worker is, while it has something to do."""
    return "" if worker.state in {WorkerState.DONE, WorkerState.IDLE} else rate(worker.per_second)


def _wide(worker: WorkerProgress, width: int, states: int) -> Content:
    state, style = _state(worker)
    name = f"worker {worker.worker + 1:<4}"
    done = f"{count(worker.completed)}/{count(worker.total)}"
    tail = f" {done:>23} {_rate(worker):>9} "
    if states > _STATE:  # the words have the room of what is only there for the looks of it
        longest = 2 * len(count(worker.total)) + 1
        tail = f" {done:>{longest}} {_rate(worker):>8} "
    room = max(4, width - len(name) - len(tail) - states)
    return Content.assemble(name, bar(_fraction(worker), room), tail, (f"{state:<{states}}", style))


def _narrow(worker: WorkerProgress, width: int) -> list[Content]:
    state, style = _state(worker)
    name = f"worker {worker.worker + 1}  "
    room = width - len(name) - len(state)
    speed = _rate(worker) if room > _LEAST_RATE else ""
    gap = " " * (room - len(speed))
    done = f" {count(worker.completed)}/{count(worker.total)}"
    return [
        Content.assemble(name, (state, style), gap, (speed, "$muted")),
        Content.assemble(bar(_fraction(worker), max(4, width - len(done))), done),
    ]


def _workers(standing: Standing) -> tuple[WorkerProgress, ...]:
    return standing.played.workers if standing.played else ()


def _fraction(worker: WorkerProgress) -> float:
    return worker.completed / worker.total if worker.total else 1.0
