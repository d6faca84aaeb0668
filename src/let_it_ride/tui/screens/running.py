"""Running the configuration, going on with a run, stopping it, and leaving while it runs."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import work
from textual.reactive import reactive

from let_it_ride.errors import LetItRideError
from let_it_ride.tui.keeping import (
    entry_of,
    kept_config,
    name_run,
    title_of,
    to_make_room,
)
from let_it_ride.tui.runs import Outcome, Run
from let_it_ride.tui.screens.files import CANCEL, FilesScreen
from let_it_ride.tui.told import note_told, untold

if TYPE_CHECKING:
    from pathlib import Path

    from let_it_ride.config.full import FullConfig
    from let_it_ride.history import Entry

STAY: Final = "Stay"
LEAVE: Final = "Stop and leave"
KEEP: Final = "Keep all"
REMOVE: Final = "Remove them"

_ALL_STAY: Final = (
    "No run can go: they are pinned or not complete. {runs} lists them, and sets the limit."
)

#: Seconds for which an unfinished run is offered.
_OFFERED: Final = 12


class RunningScreen(FilesScreen):
    """A screen whose configuration can be run."""

    run_at_work: reactive[Run | None] = reactive(None, init=False)
    """The run that is being played."""

    outcome: reactive[Outcome | None] = reactive(None, init=False)
    """How the last run ended."""

    _is_starting = False

    def start_run(self) -> None:
        """Play the configuration, which is valid, in a thread, and keep the run."""
        config = self.state.config
        if config is not None and self._may_start():
            self._begin(config)

    def resume_run(self, run: str) -> bool:
        """Go on with a run of the history, which nobody plays, in a thread.

        Args:
            run: its id.

        Returns:
            Whether it is begun; not where a run is being played, which is told.
        """
        may_start = self._may_start()
        if may_start:
            self._go_on(run)
        return may_start

    def stop_run(self) -> None:
        """Have the run end soon."""
        if self.run_at_work is not None:
            self.run_at_work.stop()

    async def may_quit(self) -> bool:
        """Return whether to quit, having asked where a run is played or changes would be lost."""
        if self.run_at_work is not None:
            text = (
                "A run is being played. Leaving stops it; what is played by then is kept, and"
                f" {self.app.key_of('resume')} goes on with it at the next start."
            )
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

    async def offer_unfinished(self) -> None:
        """Tell of runs that can be gone on with, of each once."""
        try:
            entries = await asyncio.to_thread(lambda: untold(self.app.open_history()))
        except Exception:  # noqa: BLE001  who does not look at the runs need not hear of it
            return
        if entries and self.run_at_work is None:
            from let_it_ride.tui.widgets.run_words import offer

            title, text = offer(entries, self.app.key_of)
            self.notify(text, title=title, timeout=_OFFERED)
            await asyncio.to_thread(note_told, entries)

    async def resume_last(self) -> bool:
        """Go on with the newest run that is not finished; return whether there is one."""
        try:
            entries = await asyncio.to_thread(lambda: self.app.open_history().unfinished())
        except LetItRideError as error:
            self.notify(str(error), title="The runs cannot be read", severity="error")
            return False
        if not entries:
            self.notify("No run is unfinished.", timeout=4)
        return bool(entries) and self.resume_run(entries[0].id)

    def _may_start(self) -> bool:
        """Return whether a run can be started; until it is, no other can."""
        if self.run_at_work is not None:
            self.notify("A run is being played. Let it end, or stop it first.", timeout=4)
        if self.run_at_work is not None or self._is_starting:
            return False
        self._is_starting = True
        return True

    @work(group="start")
    async def _begin(self, config: FullConfig) -> None:
        try:
            if not await self._has_room(config):
                return
            title = await asyncio.to_thread(title_of, config, self.session.name)
            directory = await self._new_directory(title)
            make, begun = partial(self.app.make_runner, config, directory), _nothing
            if directory is not None:
                begun = partial(name_run, self.app.open_history(), directory, title)
            law = partial(self.law_of, config)
            self._start(Run(config, make, begun, directory, law), directory)
        finally:
            self._is_starting = False

    @work(group="start")
    async def _go_on(self, run: str) -> None:
        try:
            directory = self.app.open_history().path(run)
            config = await asyncio.to_thread(kept_config, directory)
        except LetItRideError as error:
            self.notify(str(error), title="The run cannot be resumed", severity="error")
        else:
            make = partial(self.app.reopen, directory)
            self.app.clear_notifications()  # the offer is taken
            run_again = Run(config, make, directory=directory, law=partial(self.law_of, config))
            self._start(run_again, directory, is_resumed=True)
        finally:
            self._is_starting = False

    async def _has_room(self, config: FullConfig) -> bool:
        """Return whether to play, having asked where the runs would take more than they may."""
        try:
            history = await asyncio.to_thread(self.app.open_history)
            going = await asyncio.to_thread(to_make_room, history, config)
        except Exception:  # noqa: BLE001  what is wrong is told where the run is to go
            return True
        if going is None:
            return True
        if not going:
            text = _ALL_STAY.format(runs=self.app.key_of("runs"))
            self.notify(text, title="The limit on space is exceeded", severity="warning")
            return True
        from let_it_ride.tui.widgets.run_words import room_question

        title, text = room_question(going, history.limit)
        answer = await self.ask(title, text, (KEEP, REMOVE, CANCEL))
        if answer == REMOVE:
            try:
                for entry in going:
                    await asyncio.to_thread(history.delete, entry.id)
            except LetItRideError as error:
                self.notify(str(error), title="Not every run is removed", severity="error")
        return answer in {KEEP, REMOVE}

    async def _new_directory(self, title: str) -> Path | None:
        """Return where a new run goes; None where it cannot be kept, which is told."""
        try:
            return await asyncio.to_thread(lambda: self.app.open_history().new_directory(title))
        except Exception as error:  # noqa: BLE001  what cannot be kept can be played
            text = str(error) or type(error).__name__
            self.notify(text, title="This run is not kept", severity="warning", timeout=10)
            return None

    def _start(self, run: Run, directory: Path | None, *, is_resumed: bool = False) -> None:
        self.close_results()
        self.run_at_work = run
        self._play(run, directory, is_resumed=is_resumed)

    @work(group="run")
    async def _play(self, run: Run, directory: Path | None, *, is_resumed: bool) -> None:
        outcome = await asyncio.to_thread(run.play)
        kept = await asyncio.to_thread(self._kept, directory) if directory else None
        if kept is not None:
            outcome = replace(
                outcome,
                kept=kept,
                directory=directory,
                is_resumed=is_resumed,
                can_go_on=run.played is not None and kept.is_unfinished,
            )
            if kept.is_unfinished:
                await asyncio.to_thread(note_told, [kept])
        self.ended(outcome)

    def _kept(self, directory: Path) -> Entry | None:
        try:
            return entry_of(self.app.open_history(), directory)
        except Exception:  # noqa: BLE001  the run is there all the same
            return None


def _nothing() -> None:
    """Do nothing."""
