"""Running a configuration from its seeds to its summary and its proof."""

import platform
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from threading import Event
from typing import Final

import let_it_ride
from let_it_ride.config import FullConfig
from let_it_ride.plan import SessionPlan, compile_plan
from let_it_ride.simulation.compiled import is_compiled
from let_it_ride.simulation.compiling import compile_apart
from let_it_ride.simulation.equivalence import Equivalence, blocks_to_check, check_equivalence
from let_it_ride.simulation.errors import RunCancelledError
from let_it_ride.simulation.parallel import ParallelExecutor, available_cpus
from let_it_ride.simulation.processes import prepare_processes, processes_are_ready
from let_it_ride.simulation.progress import Phase, Report, RunProgress, Throttle
from let_it_ride.simulation.results import SimulationResults
from let_it_ride.simulation.run_directory import Provenance, RunDirectory, RunLayout
from let_it_ride.simulation.seeds import fresh_base_seed, session_seeds
from let_it_ride.simulation.sequential import play_sequentially
from let_it_ride.simulation.stored_sessions import StoredSessions
from let_it_ride.simulation.temporary_runs import TemporaryRun
from let_it_ride.simulation.worker import RunTask, compile_kernel, kernel_of

_POLL_SECONDS: Final = 0.05


class SimulationController:
    """Runs one configuration.

    One worker plays in this process, one session after the other; more play in processes of their
    own. The results are the same.
    """

    def __init__(
        self,
        config: FullConfig,
        progress: Report | None = None,
        directory: Path | None = None,
    ) -> None:
        """Prepare a run; nothing happens before `run`.

        Args:
            config: what to run; without a seed, one is drawn from the system here.
            progress: called from the running thread with how far the run has come, some ten times
                a second.
            directory: a new or empty directory in which the run stays; without one, the run is
                removed when its results are no longer used or the program ends.
        """
        self.config = _with_seed(config)
        self._progress = progress or (lambda _: None)
        self._directory = directory
        self._cancelled = Event()

    def cancel(self) -> None:
        """Have `run` end within half a second; safe to call from any thread."""
        self._cancelled.set()

    def run(self) -> SimulationResults:
        """Play every session and check the equivalence as the configuration asks.

        Cancelled while it checks, it gives the results without a verdict.

        Raises:
            RunCancelledError: `cancel` was called while it played or added up.
            RunDirectoryError: the run cannot be written.
            CompilationFailedError: the kernel cannot be compiled.
            ProcessStartError: a worker cannot be started.
            WorkerFailedError: a worker raised an error or died.
        """
        plan = compile_plan(self.config)
        workers = self._worker_count()
        if self._directory is not None:
            return self._run_in(self._directory, plan, workers)
        temporary = TemporaryRun()
        try:
            results = self._run_in(temporary.path, plan, workers)
        except BaseException:
            temporary.remove()
            raise
        results.keep_alive(temporary)
        return results

    def _run_in(self, path: Path, plan: SessionPlan, workers: int) -> SimulationResults:
        started = datetime.now(UTC)
        task = RunTask(self.config.model_dump_json(), path)
        run = RunDirectory.create(path, RunLayout.of(plan))
        run.write_json("config", self.config.model_dump(mode="json", exclude_none=True))
        # Seeds are drawn while the fork server gets ready.
        if workers > 1:
            prepare_processes()
        self._write_seeds(plan, run)
        self._see_that_the_kernel_is_compiled(plan)
        if workers > 1:
            self._wait_for_processes(plan)
        began = time.monotonic()
        if workers == 1:
            play_sequentially(plan, run, self._progress, self._cancelled)
        else:
            ParallelExecutor(task, plan, run, workers, self._progress, self._cancelled).play()
        seconds = time.monotonic() - began
        stored = StoredSessions(run)
        equivalence = self._check(task, plan, len(stored), workers)
        provenance = self._provenance(plan, len(stored), workers, started, seconds)
        run.write_json("run", provenance.to_json())
        watch = self._watch_summing(plan, len(stored))
        return SimulationResults(plan, run, stored, provenance, equivalence, watch)

    def _watch_summing(self, plan: SessionPlan, sessions: int) -> Callable[[int], None]:
        began, throttle = time.monotonic(), Throttle()

        def note(summed: int) -> None:
            if self._cancelled.is_set():
                raise RunCancelledError(plan.table_count, plan.table_count, plan.counted)
            if summed == sessions or throttle.is_due():
                took = time.monotonic() - began
                self._progress(RunProgress(Phase.SUMMARISING, summed, sessions, took))

        return note

    def _worker_count(self) -> int:
        workers = self.config.simulation.workers
        return available_cpus() if isinstance(workers, str) else workers

    def _write_seeds(self, plan: SessionPlan, run: RunDirectory) -> None:
        began, throttle = time.monotonic(), Throttle()
        seed = self.config.simulation.random_seed or 0
        for written in run.write_seeds(session_seeds(seed, plan.table_count)):
            if self._cancelled.is_set():
                raise RunCancelledError(0, plan.table_count, plan.counted)
            if written == plan.table_count or throttle.is_due():
                self._tell(Phase.SEEDING, written, plan, began)

    def _tell(self, phase: Phase, completed: int, plan: SessionPlan, began: float) -> None:
        took = time.monotonic() - began
        self._progress(RunProgress(phase, completed, plan.table_count, took, plan.counted))

    def _wait_for_processes(self, plan: SessionPlan) -> None:
        while not processes_are_ready(_POLL_SECONDS):
            if self._cancelled.is_set():
                raise RunCancelledError(0, plan.table_count, plan.counted)

    def _see_that_the_kernel_is_compiled(self, plan: SessionPlan) -> None:
        """Compile the kernel in one process, before any worker needs it."""
        kernel = kernel_of(plan)
        if is_compiled(kernel):
            return
        prepare_processes()
        began = time.monotonic()

        def watch() -> None:
            self._tell(Phase.COMPILING, 0, plan, began)
            if self._cancelled.is_set():
                raise RunCancelledError(0, plan.table_count, plan.counted)

        compile_apart(kernel, compile_kernel, watch)

    def _check(
        self, task: RunTask, plan: SessionPlan, sessions: int, workers: int
    ) -> Equivalence | None:
        if workers == 1:
            return None
        blocks = blocks_to_check(plan, sessions, workers, self.config.simulation.verify)
        if not blocks:
            return None
        verdict = check_equivalence(task, plan, blocks, self._progress, self._cancelled)
        if verdict is None:
            self._cancelled.clear()  # that was the check; what is left can be cancelled again
        return verdict

    def _provenance(
        self, plan: SessionPlan, sessions: int, workers: int, started: datetime, seconds: float
    ) -> Provenance:
        simulation = self.config.simulation
        return Provenance(
            version=let_it_ride.__version__,
            python=platform.python_version(),
            numpy=version("numpy"),
            numba=version("numba"),
            platform=f"{platform.system()} {platform.machine()}",
            seed=simulation.random_seed or 0,
            generator=simulation.generator,
            workers=workers,
            sessions=sessions,
            tables=plan.table_count,
            block_tables=plan.block_tables,
            started=started.isoformat(timespec="seconds"),
            seconds_playing=seconds,
        )


def _with_seed(config: FullConfig) -> FullConfig:
    if config.simulation.random_seed is not None:
        return config
    seeded = config.simulation.model_copy(update={"random_seed": fresh_base_seed()})
    return config.model_copy(update={"simulation": seeded})
