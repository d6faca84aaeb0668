"""A run and the files it is to leave: what the app and the command line both do."""

import time
from collections.abc import Callable, Sequence
from threading import Event
from typing import TYPE_CHECKING, Final, Literal, Self

from let_it_ride.analysis.agreement import Compared
from let_it_ride.analysis.agreement_service import ComparisonCancelledError, compare_apart
from let_it_ride.config import FullConfig
from let_it_ride.errors import LetItRideError
from let_it_ride.reports.exports import Export, ExportError
from let_it_ride.reports.ruins import ruins_of
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.progress import Phase, Report, RunProgress, Throttle
from let_it_ride.simulation.results import SimulationResults
from let_it_ride.simulation.run_identity import RunIdentity
from let_it_ride.simulation.run_outcome import RunOutcome

if TYPE_CHECKING:
    from pathlib import Path


_STOPPED: Final = Compared(why_not="The comparison was stopped before its end.")


def _with_configured(config: FullConfig, exports: Sequence[Export]) -> Sequence[Export]:
    configured = Export.configured(config)
    # Without formats there is the hand log alone, which goes where other files go.
    return (configured, *exports) if configured.formats or not exports else exports


class ReportedRun:
    """Runs a configuration, compares it with the exact law, and writes what `[output]` asks for.

    Attributes:
        config: what is run, with its seed.
        compared: what comparing the run with the exact law gave.
        files: the files that have been written.
    """

    def __init__(
        self,
        config: FullConfig,
        progress: Report | None = None,
        exports: Sequence[Export] = (),
        directory: "Path | None" = None,
    ) -> None:
        """Prepare a run; nothing happens before `run`.

        Args:
            config: what to run.
            progress: told how far the run and its files have come.
            exports: what is to be written beside what the configuration asks for.
            directory: where the run stays; without one, it is removed after use.

        Raises:
            MissingExtraError: the configuration asks for a format whose writer is not installed.
        """
        self._exports = _with_configured(config, exports)
        self._progress = progress or (lambda _: None)
        self._controller = SimulationController(config, progress, directory)
        self._cancelled = Event()
        self.config = self._controller.config
        self.compared = Compared(why_not="The run has not come to its end.")
        self.files: list[Path] = []

    @classmethod
    def resume(
        cls,
        directory: "Path",
        progress: Report | None = None,
        exports: Sequence[Export] = (),
        *,
        workers: int | Literal["auto"] | None = None,
    ) -> Self:
        """Prepare to go on with a run, or to open one that is complete.

        What the configuration asks for is written if the run is not complete.

        Args:
            directory: where the run is.
            progress: told how far the run and its files have come.
            exports: what is to be written beside that.
            workers: how many processes play; as configured, if it is not said.

        Raises:
            ValueError: a configuration cannot have so many workers.
            RunDirectoryError: there is no run, or it cannot be read.
            MissingExtraError: the configuration asks for a format whose writer is not installed.
        """
        controller = SimulationController.resume(directory, progress, workers=workers)
        reported = cls(controller.config, progress, exports)
        reported._controller = controller
        if RunOutcome.read(directory, RunIdentity.read(directory).mark) is not None:
            reported._exports = exports
        return reported

    def cancel(self) -> None:
        """Have `run` or `export` end within half a second; safe to call from any thread."""
        self._cancelled.set()
        self._controller.cancel()

    def run(self) -> SimulationResults:
        """Play, once it is sure that there is a place for the files, and compare.

        Cancelled while it compares, it gives the results and says that they are not compared.

        Raises:
            ExportError: the files could not be written.
            LetItRideError: what `SimulationController.run` raises.
        """
        for export in self._exports:
            export.check(self.config)
        results = self._controller.run()
        self.compared = self._compare(results)
        return results

    def export(self, results: SimulationResults) -> None:
        """Write the files, each whole or not at all.

        Raises:
            ExportError: it was cancelled.
            FileError: a file cannot be written.
            LetItRideError: the process that writes the hand log cannot be started, or died.
        """
        try:
            self._write(results)
        finally:
            results.release()

    def _write(self, results: SimulationResults) -> None:
        for export in self._exports:
            watch = self._watch(Phase.EXPORTING, len(results))
            watch_hands = self._watch(Phase.LOGGING, min(export.hands, len(results)))
            # Without a law of the run there is hardly one of other bankrolls.
            has_ruins = "html" in export.formats and self.compared.law is not None
            ruins = ruins_of(self.config, self._cancelled) if has_ruins else ()
            files = export.write(self.config, results, self.compared, watch, watch_hands, ruins)
            self.files.extend(files)

    def _compare(self, results: SimulationResults) -> Compared:
        """Compare with the exact law; whatever goes wrong, the results are there."""
        if self._cancelled.is_set():
            return _STOPPED
        began, sessions = time.monotonic(), len(results)

        def tell(share: float, phase: Phase = Phase.COMPARING) -> None:
            took = time.monotonic() - began
            self._progress(RunProgress(phase, round(share * sessions), sessions, took))

        tell(0)
        try:
            agreement, law = compare_apart(
                results,
                self._cancelled,
                tell,
                lambda: tell(0, Phase.COMPILING),
            )
        except ComparisonCancelledError:
            return _STOPPED
        except LetItRideError as error:
            return Compared(why_not=str(error), failed=True)
        tell(1)
        return Compared(agreement, law=law)

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
