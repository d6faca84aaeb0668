"""A run and the files it is to leave: what the app and the command line both do."""

import time
from collections.abc import Callable, Sequence
from threading import Event
from typing import TYPE_CHECKING

from let_it_ride.config import FullConfig
from let_it_ride.reports.exports import Export, ExportError
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.progress import Phase, Report, RunProgress, Throttle
from let_it_ride.simulation.results import SimulationResults

if TYPE_CHECKING:
    from pathlib import Path


class ReportedRun:
    """Runs a configuration and writes the files that its `[output]` asks for.

    Attributes:
        config: what is run, with its seed.
        files: the files that have been written.
    """

    def __init__(
        self, config: FullConfig, progress: Report | None = None, exports: Sequence[Export] = ()
    ) -> None:
        """Prepare a run; nothing happens before `run`.

        Args:
            config: what to run.
            progress: told how far the run and its files have come.
            exports: what is to be written beside what the configuration asks for.

        Raises:
            NotRunnableError: the configuration asks for files that this version does not write.
        """
        configured = Export.configured(config)
        # Without formats there is the hand log alone, which goes where other files go.
        self._exports = (configured, *exports) if configured.formats or not exports else exports
        self._progress = progress or (lambda _: None)
        self._controller = SimulationController(config, progress)
        self._cancelled = Event()
        self.config = self._controller.config
        self.files: list[Path] = []

    def cancel(self) -> None:
        """Have `run` or `export` end within half a second; safe to call from any thread."""
        self._cancelled.set()
        self._controller.cancel()

    def run(self) -> SimulationResults:
        """Play, once it is sure that there is a place for the files.

        Raises:
            ExportError: the files could not be written.
            LetItRideError: what `SimulationController.run` raises.
        """
        for export in self._exports:
            export.check()
        return self._controller.run()

    def export(self, results: SimulationResults) -> None:
        """Write the files, each whole or not at all.

        Raises:
            ExportError: it was cancelled.
            FileError: a file cannot be written.
            LetItRideError: the process that writes the hand log cannot be started, or died.
        """
        for export in self._exports:
            watch = self._watch(Phase.EXPORTING, len(results))
            watch_hands = self._watch(Phase.LOGGING, min(export.hands, len(results)))
            self.files.extend(export.write(self.config, results, watch, watch_hands))

    def _watch(self, phase: Phase, sessions: int) -> Callable[[int], None]:
        throttle = Throttle()
        began: float | None = None

        def note(written: int) -> None:
            nonlocal began
            began = began or time.monotonic()
            if self._cancelled.is_set():
                raise ExportError(
                    f"writing was cancelled after {written:,} of {sessions:,} sessions;"
                    " the file is not there"
                )
            if written == sessions or throttle.is_due():
                took = time.monotonic() - began
                self._progress(RunProgress(phase, written, sessions, took))

        return note
