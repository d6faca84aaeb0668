"""Waiting for something that takes its time, with a way to stop it."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from let_it_ride.errors import LetItRideError
from let_it_ride.tui.screens.dialog import Dialog
from let_it_ride.tui.widgets.progress import OverallProgress, Standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.screen import Screen

    from let_it_ride.simulation.progress import RunProgress
    from let_it_ride.tui.app import LirApp
    from let_it_ride.tui.runs import Report

_LOOKS_A_SECOND = 10

Made = TypeVar("Made")


class BusyScreen(Dialog["Made | LetItRideError"], Generic[Made]):
    """A bar while a thread is at work; the result is what it made, or why it made nothing."""

    app: LirApp
    BINDING_GROUP_TITLE = "While it works"
    ABOUT = "Something is done that takes its time. Escape stops it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "Stop it", id="busy.stop", show=False)
    ]

    def __init__(self, title: str, job: Callable[[Report, Event], Made]) -> None:
        """Begin to work when it is shown.

        Args:
            title: what is done.
            job: does it in a thread, tells how far it is, and ends soon when the event is set.
        """
        super().__init__()
        self._title, self._job = title, job
        self._stopped = Event()
        self._progress: RunProgress | None = None
        self._made: tuple[Made | LetItRideError, ...] = ()

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped."""
        return self._stopped.is_set()

    def compose(self) -> ComposeResult:
        """Show the bar."""
        box = Vertical()
        box.border_title = Content(self._title)
        with box:
            yield OverallProgress()
            yield Static(Content("Escape stops it."), classes="hint")

    def on_mount(self) -> None:
        """Begin to work, and to look how far it is."""
        self._began = self.app.clock()
        self.set_interval(1 / _LOOKS_A_SECOND, self._look)
        self._work()

    def on_unmount(self) -> None:
        """Let nobody work for nothing."""
        self._stopped.set()

    def action_stop(self) -> None:
        """Have it end soon."""
        self._stopped.set()
        self._look()

    @work(group="run")
    async def _work(self) -> None:
        try:
            made: Made | LetItRideError = await asyncio.to_thread(
                self._job, self._note, self._stopped
            )
        except LetItRideError as error:
            made = error
        self._made = (made,)
        self._close_when_done()

    def on_screen_resume(self) -> None:
        """Close if it was done while the help was over it."""
        self._close_when_done()

    def _close_when_done(self) -> None:
        if self._made and self.is_mounted and self.app.screen is self:
            self.dismiss(self._made[0])

    def _note(self, progress: RunProgress) -> None:
        self._progress = progress

    def _look(self) -> None:
        seconds, is_stopping = self.app.clock() - self._began, self._stopped.is_set()
        standing = Standing(self._progress, None, seconds, is_stopping)
        self.query_one(OverallProgress).standing = standing


async def busy(
    screen: Screen[Any], title: str, job: Callable[[Report, Event], Made]
) -> Made | None:
    """Do something in a thread while a bar is shown; None if it was stopped.

    Args:
        screen: where it is asked for, in a worker.
        title: what is done.
        job: does it, tells how far it is, and ends soon when the event is set.

    Raises:
        LetItRideError: it failed.
    """
    screen_of_job: BusyScreen[Made] = BusyScreen(title, job)
    made = await screen.app.push_screen_wait(screen_of_job)
    if isinstance(made, LetItRideError) and not screen_of_job.is_stopped:
        raise made
    return None if isinstance(made, LetItRideError) else made
