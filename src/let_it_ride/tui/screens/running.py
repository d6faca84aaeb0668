"""Running the configuration, stopping it, and leaving while it runs."""

from __future__ import annotations

import asyncio
from typing import Final

from textual import work
from textual.reactive import reactive

from let_it_ride.tui.runs import Outcome, Run
from let_it_ride.tui.screens.files import FilesScreen

STAY: Final = "Stay"
LEAVE: Final = "Stop and leave"


class RunningScreen(FilesScreen):
    """A screen whose configuration can be run."""

    run_at_work: reactive[Run | None] = reactive(None, init=False)
    """The run that is being played."""

    outcome: reactive[Outcome | None] = reactive(None, init=False)
    """How the last run ended."""

    def start_run(self) -> None:
        """Play the configuration, which is valid, in a thread."""
        if self.state.config is None or self.run_at_work is not None:
            return
        self.close_results()
        self.run_at_work = Run(self.state.config, self.app.make_runner)
        self._play(self.run_at_work)

    def stop_run(self) -> None:
        """Have the run end soon."""
        if self.run_at_work is not None:
            self.run_at_work.stop()

    async def may_quit(self) -> bool:
        """Return whether to quit, having asked where a run or changes would be lost."""
        if self.run_at_work is not None:
            text = "A run is being played. Leaving stops it, and its results are lost."
            if await self.ask("Leave the run?", text, (STAY, LEAVE)) != LEAVE:
                return False
        return await self.may_leave()

    async def finish(self) -> None:
        """Stop what is being played and let go of what it has left on the disk."""
        self.stop_run()
        while self.run_at_work is not None:
            await asyncio.sleep(0.02)
        self.close_results()

    def on_unmount(self) -> None:
        """Leave no run behind, however the program ends."""
        self.stop_run()
        self.close_results()

    def close_results(self) -> None:
        """Let go of the results of the last run."""
        if self.outcome is not None and self.outcome.results is not None:
            self.outcome.results.close()
        self.outcome = None

    def ended(self, outcome: Outcome) -> None:
        """Take notice of how a run ended."""
        self.run_at_work = None
        self.outcome = outcome

    @work(group="run")
    async def _play(self, run: Run) -> None:
        self.ended(await asyncio.to_thread(run.play))
