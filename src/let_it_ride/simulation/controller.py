"""Running a configuration from its seeds to its summary and its proof."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Final, Literal

from let_it_ride.config import FullConfig
from let_it_ride.config.simulation import MOST_WORKERS
from let_it_ride.errors import LetItRideError
from let_it_ride.plan import SessionPlan
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.block_digest import digest_of_blocks
from let_it_ride.simulation.compiled import is_compiled
from let_it_ride.simulation.compiling import compile_apart
from let_it_ride.simulation.equality import Equivalence
from let_it_ride.simulation.equivalence import blocks_to_check, check_equivalence
from let_it_ride.simulation.errors import (
    DamagedBlocksError,
    RunCancelledError,
    RunGoneError,
    RunMismatchError,
    RunUse,
    WorkerFailedError,
)
from let_it_ride.simulation.ledger import seconds_of_playing
from let_it_ride.simulation.parallel import ParallelExecutor, available_cpus
from let_it_ride.simulation.processes import prepare_processes, processes_are_ready
from let_it_ride.simulation.progress import Phase, Report, RunProgress, Throttle
from let_it_ride.simulation.provenance import Provenance
from let_it_ride.simulation.results import SimulationResults
from let_it_ride.simulation.run_beginning import is_begun
from let_it_ride.simulation.run_check import (
    CheckedBlocks,
    check_blocks,
    keep_only_whole,
    left_to_play,
)
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.run_identity import (
    RunIdentity,
    mend_beginning,
    read_config,
    write_beginning,
)
from let_it_ride.simulation.run_layout import RunLayout
from let_it_ride.simulation.run_log import RunLog
from let_it_ride.simulation.run_outcome import RunOutcome
from let_it_ride.simulation.seeds import fresh_base_seed, session_seeds
from let_it_ride.simulation.sequential import play_sequentially
from let_it_ride.simulation.stored_sessions import StoredSessions
from let_it_ride.simulation.temporary_runs import TemporaryRun
from let_it_ride.simulation.worker import RunTask, compile_kernel, kernel_of

_POLL_SECONDS: Final = 0.05

#: A run is given up whose blocks are so often not as they were written.
_TRIES: Final = 3


class SimulationController:
    """Runs one configuration.

    A session's seed is drawn by ``random.Random(seed).randint(0, 2**31 - 1)``, in the order of the
    sessions and before any is played; its deals come from a stream of its own, xoshiro256++
    (D. Blackman and S. Vigna, Scrambled linear pseudorandom number generators, 2021) or ChaCha20
    (RFC 8439), drawn from the exact law of a deal.

    One worker plays in this process, one session after the other; more play in processes of their
    own. The results are the same.

    Attributes:
        config: what is run, with its seed.
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
            directory: a new or empty directory in which the run stays, and can be gone on with if
                it does not come to its end; without one, the run is removed when its results are
                no longer used or the program ends.
        """
        self.config = _with_seed(config)
        self._progress = progress or (lambda _: None)
        self._directory = directory
        self._is_there = False
        self._checks = False
        self._cancelled = Event()

    @classmethod
    def resume(
        cls,
        directory: Path,
        progress: Report | None = None,
        *,
        workers: int | Literal["auto"] | None = None,
        checks: bool = False,
    ) -> "SimulationController":
        """Prepare to go on with a run, or to open one that is complete.

        `run` reads what is there, plays what is missing or damaged, and gives the results of a run
        that was never interrupted. Nothing is played where nothing is missing.

        Args:
            directory: where the run is.
            progress: called as for a new run.
            workers: how many processes play what is missing; as configured, if it is not said.
            checks: whether the equivalence of a complete run is checked now, if it was not.

        Raises:
            ValueError: a configuration cannot have so many workers.
            RunDirectoryError: there is no run, or its configuration cannot be read.
        """
        config = read_config(directory)
        if workers is not None:
            if workers != "auto" and not 1 <= workers <= MOST_WORKERS:
                raise ValueError(f"{workers} workers; allowed: 1 to {MOST_WORKERS}, or auto")
            simulation = config.simulation.model_copy(update={"workers": workers})
            config = config.model_copy(update={"simulation": simulation})
        controller = cls(config, progress, directory)
        controller._is_there = True
        controller._checks = checks
        return controller

    def cancel(self) -> None:
        """Have `run` end within half a second; safe to call from any thread."""
        self._cancelled.set()

    def run(self) -> SimulationResults:
        """Play every session that is missing and check the equivalence as configured.

        Cancelled while it checks, it gives the results without a verdict.

        Raises:
            RunCancelledError: `cancel` was called while it played or added up.
            RunDirectoryError: the run cannot be written, or there is no room for it.
            DamagedBlocksError: what is played is damaged on the disk time and again.
            RunGoneError: the run was removed while it was played.
            RunLockedError: another program plays it.
            RunMismatchError: this version would not play what was begun.
            CompilationFailedError: the kernel cannot be compiled.
            ProcessStartError: a worker cannot be started.
            WorkerFailedError: some sessions have ended one fresh worker after the other.
        """
        plan = compile_plan(self.config, self._watch_planning())
        if self._directory is not None:
            return self._run_in(self._directory, plan)
        temporary = TemporaryRun()
        try:
            results = self._run_in(temporary.path, plan)
        except WorkerFailedError as error:
            temporary.remove()
            raise error.of_what_goes() from error
        except BaseException:
            temporary.remove()
            raise
        results.keep_alive(temporary)
        return results

    def _watch_planning(self) -> Callable[[float], None]:
        sessions = self.config.simulation.num_sessions
        began, throttle = time.monotonic(), Throttle()

        def watch(share: float) -> None:
            if self._cancelled.is_set():
                raise RunCancelledError(0, sessions)
            if throttle.is_due():
                took = time.monotonic() - began
                self._progress(RunProgress(Phase.PLANNING, round(share * sessions), sessions, took))

        return watch

    def _run_in(self, path: Path, plan: SessionPlan) -> SimulationResults:
        layout = RunLayout.of(plan)
        now = RunIdentity.of(self.config, plan, layout)
        if self._is_there:
            identity = RunIdentity.read(path)
            identity.refuse_unless_same(now, path, RunUse.READ)
            run = RunDirectory.reopen(path, layout, identity.mark)
        else:
            identity = now
            run = RunDirectory.create(path, layout, identity.mark)
        try:
            results = self._run_locked(plan, run, identity, now)
        except BaseException:
            run.release()
            raise
        run.share()
        return results

    def _run_locked(
        self,
        plan: SessionPlan,
        run: RunDirectory,
        identity: RunIdentity,
        now: RunIdentity,
    ) -> SimulationResults:
        """Play what is missing, and add up.

        Args:
            plan: what is played.
            run: where.
            identity: the run's.
            now: what this program would play; where that is another run, it only reads.
        """
        log = RunLog(run.path)
        missing: Sequence[int] = range(plan.blocks)
        if self._is_there:
            checked = self._checked(plan, run)
            outcome = RunOutcome.read(run.path, run.mark)
            if outcome is not None and len(checked.whole) == plan.blocks:
                keep_only_whole(run, checked)
                stored = StoredSessions(run)
                if outcome.digest == digest_of_blocks(entry.sha256 for entry in stored.ledger):
                    if not checked.has_seeds:
                        identity.refuse_unless_same(now, run.path)
                        run.refuse_unless_own()
                        self._mend_seeds(plan, run, log)
                    try:
                        return self._opened(plan, run, outcome, identity, now, log)
                    except DamagedBlocksError as error:  # since they were checked
                        checked = checked.without(error.blocks)
                else:
                    checked = checked.without(range(plan.blocks))  # none of them can be believed
            identity.refuse_unless_same(now, run.path)
            run.refuse_unless_own()
            mend_beginning(run.path, log)
            missing = left_to_play(plan, run, checked, log)
            if not missing and not checked.has_seeds:
                self._mend_seeds(plan, run, log)
        else:
            write_beginning(self.config, identity, run.path)
        RunOutcome.remove(run.path)
        try:
            results = self._completed(plan, run, missing, identity, log)
        except RunCancelledError:
            raise
        except LetItRideError as error:
            if is_begun(run.path):
                raise
            raise RunGoneError(run.path) from error
        RunOutcome.of(results).write(run.path, run.mark)
        return results

    def _completed(
        self,
        plan: SessionPlan,
        run: RunDirectory,
        missing: Sequence[int],
        identity: RunIdentity,
        log: RunLog,
    ) -> SimulationResults:
        """Play what is missing, and again what is found to be damaged when it is added up."""
        workers = self._worker_count()
        tries = 0
        while True:
            if missing:
                self._play(plan, run, missing, workers, log)
            equivalence = self._check(plan, run, workers, log)
            provenance = _provenance(identity, run, workers, log)
            try:
                return self._added_up(plan, run, provenance, equivalence)
            except DamagedBlocksError as error:
                tries += 1
                if tries == _TRIES:
                    raise
                there = CheckedBlocks(run.entries(), (), has_seeds=False)
                missing = left_to_play(plan, run, there.without(error.blocks), log)
                run.make_room()

    def _opened(
        self,
        plan: SessionPlan,
        run: RunDirectory,
        outcome: RunOutcome,
        identity: RunIdentity,
        now: RunIdentity,
        log: RunLog,
    ) -> SimulationResults:
        # What it was played on and how long is told by the other files, which are checked.
        provenance = _provenance(identity, run, outcome.provenance.workers, log)
        equivalence = outcome.equivalence
        if equivalence is None and self._checks:
            identity.refuse_unless_same(now, run.path)
            equivalence = self._check(plan, run, provenance.workers, log)
        results = self._added_up(plan, run, provenance, equivalence)
        if RunOutcome.of(results) != outcome:  # somebody has changed it
            with suppress(RunMismatchError):
                identity.refuse_unless_same(now, run.path)
                RunOutcome.of(results).write(run.path, run.mark)
        return results

    def _checked(self, plan: SessionPlan, run: RunDirectory) -> CheckedBlocks:
        began, throttle = time.monotonic(), Throttle()

        def note(read: int) -> None:
            if self._cancelled.is_set():
                raise RunCancelledError(read, plan.table_count, plan.counted)
            if throttle.is_due():
                self._tell(Phase.CHECKING, read, plan, began)

        checked = check_blocks(plan, run, self._base_seed, note)
        self._tell(Phase.CHECKING, plan.table_count, plan, began)
        return checked

    def _play(
        self,
        plan: SessionPlan,
        run: RunDirectory,
        missing: Sequence[int],
        workers: int,
        log: RunLog,
    ) -> None:
        if self._is_there:
            run.make_room()
        # Seeds are drawn while the fork server gets ready.
        if workers > 1:
            prepare_processes()
        self._write_seeds(plan, run)
        self._see_that_the_kernel_is_compiled(plan)
        if workers == 1:
            play_sequentially(plan, run, self._progress, self._cancelled, missing=missing, log=log)
            return
        self._wait_for_processes(plan)
        ParallelExecutor(
            self._task(run),
            plan,
            run,
            workers,
            self._progress,
            self._cancelled,
            missing=missing,
            log=log,
        ).play()

    def _task(self, run: RunDirectory) -> RunTask:
        return RunTask(self.config.model_dump_json(), run.path, run.mark)

    def _added_up(
        self,
        plan: SessionPlan,
        run: RunDirectory,
        provenance: Provenance,
        equivalence: Equivalence | None,
    ) -> SimulationResults:
        stored = StoredSessions(run)
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
        for written in run.write_seeds(session_seeds(self._base_seed, plan.table_count)):
            if self._cancelled.is_set():
                raise RunCancelledError(0, plan.table_count, plan.counted)
            if written == plan.table_count or throttle.is_due():
                self._tell(Phase.SEEDING, written, plan, began)

    def _mend_seeds(self, plan: SessionPlan, run: RunDirectory, log: RunLog) -> None:
        log.note("the seeds were not as they had been written; they are drawn again")
        run.make_room()
        self._write_seeds(plan, run)

    @property
    def _base_seed(self) -> int:
        return self.config.simulation.random_seed or 0

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
        self, plan: SessionPlan, run: RunDirectory, workers: int, log: RunLog
    ) -> Equivalence | None:
        if workers == 1:
            return None
        sessions = len(StoredSessions(run))
        verify = self.config.simulation.verify
        if verify == "off" and self._checks:
            verify = "auto"
        blocks = blocks_to_check(plan, sessions, workers, verify)
        if not blocks:
            return None
        verdict = check_equivalence(
            self._task(run), plan, blocks, sessions, self._progress, self._cancelled, log
        )
        if verdict is None:
            self._cancelled.clear()  # that was the check; what is left can be cancelled again
        return verdict


def _with_seed(config: FullConfig) -> FullConfig:
    if config.simulation.random_seed is not None:
        return config
    seeded = config.simulation.model_copy(update={"random_seed": fresh_base_seed()})
    return config.model_copy(update={"simulation": seeded})


def _provenance(identity: RunIdentity, run: RunDirectory, workers: int, log: RunLog) -> Provenance:
    entries = run.entries()
    return Provenance(
        version=identity.version,
        python=identity.python,
        numpy=identity.numpy,
        numba=identity.numba,
        platform=identity.platform,
        seed=identity.seed,
        generator=identity.generator,
        workers=workers,
        sessions=sum(entry.sessions for entry in entries),
        tables=identity.tables,
        block_tables=identity.block_tables,
        started=identity.started,
        seconds_playing=seconds_of_playing(entries),
        mended=log.lines(),
    )
