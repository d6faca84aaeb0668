"""Workers that die, hang or fail: the run goes on, and ends with the bits it would have had."""

import gc
import os
import signal
import threading
import time
from multiprocessing.resource_tracker import _resource_tracker as tracker
from pathlib import Path
from random import Random

import psutil
import pytest

from failures.laboratory import Laboratory
from let_it_ride.config import FullConfig
from let_it_ride.simulation import parallel, posts
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.errors import RunCancelledError, WorkerFailedError
from let_it_ride.simulation.ledger import FinishedBlock
from let_it_ride.simulation.posts import Done
from let_it_ride.simulation.processes import Outbox
from let_it_ride.simulation.progress import Phase, RunProgress, WorkerState
from let_it_ride.simulation.worker import Batch, play_batch
from process_family import no_worker_is_left, workers_at_work

_SESSIONS = 3_000_000


def configuration(sessions: int = 1000, **simulation: object) -> FullConfig:
    settings = {"num_sessions": sessions, "workers": 2, "random_seed": 7, "verify": "off"}
    return FullConfig.model_validate({"simulation": settings | simulation})


@pytest.fixture(scope="module")
def undisturbed() -> str:
    return SimulationController(configuration(_SESSIONS)).run().digest


def raising_at_700(batch: Batch, outbox: Outbox) -> None:
    if plays_but_for_700(batch, outbox):
        raise ValueError("a sudden attack of hiccups")


def killed_at_700(batch: Batch, outbox: Outbox) -> None:
    if plays_but_for_700(batch, outbox):
        os.kill(os.getpid(), signal.SIGKILL)


def vanishing_at_700(batch: Batch, outbox: Outbox) -> None:
    if plays_but_for_700(batch, outbox):
        os._exit(3)


def plays_but_for_700(batch: Batch, outbox: Outbox) -> bool:
    """Play the blocks before the one with session 700, and say whether that is then to come."""
    before = [block for block in batch.blocks if block < 43]
    play_batch(Batch(batch.run, batch.worker, before), outbox)
    return before != list(batch.blocks)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (raising_at_700, "failed: ValueError: a sudden attack of hiccups"),
        (killed_at_700, "was killed by SIGKILL"),
        (vanishing_at_700, "ended unexpectedly with exit code 3"),
    ],
)
def test_a_block_that_kills_whoever_plays_it_ends_the_run_and_is_named(
    target: object, reason: str, monkeypatch: pytest.MonkeyPatch, run_directory: Path
) -> None:
    config = configuration(hands_per_session=50)
    monkeypatch.setattr(parallel, "play_batch", target)
    with pytest.raises(WorkerFailedError) as caught:
        SimulationController(config, directory=run_directory).run()
    assert caught.value.worker == "worker 2"
    assert caught.value.missing == range(688, 704)
    assert reason in str(caught.value)
    assert "sessions 688 to 703" in str(caught.value)
    assert no_worker_is_left()
    # The rest is kept, and when the cause is gone the run comes to the end it would have had.
    monkeypatch.undo()
    kept = (run_directory / "ledger").read_text()
    assert len(kept.splitlines()) >= 11
    resumed = SimulationController.resume(run_directory).run()
    assert (run_directory / "ledger").read_text().startswith(kept)
    assert resumed.digest == SimulationController(config).run().digest


def test_of_a_run_that_does_not_stay_nothing_is_said_to_be_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parallel, "play_batch", raising_at_700)
    with pytest.raises(WorkerFailedError, match="Nothing of the run is kept") as caught:
        SimulationController(configuration(hands_per_session=50)).run()
    assert caught.value.missing == range(688, 704)


def test_a_worker_that_fails_once_is_only_a_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch, run_directory: Path
) -> None:
    monkeypatch.setattr(parallel, "play_batch", failing_at_every_third_block)
    config = configuration(hands_per_session=50)
    told: list[RunProgress] = []
    results = SimulationController(config, told.append, run_directory).run()
    monkeypatch.undo()
    assert results.digest == SimulationController(config).run().digest
    last = _last_playing(told)
    assert [worker.restarts for worker in last.workers] == [10, 10]
    assert last.completed == last.total == 1000
    assert last.events[0].endswith("failed: ValueError: hiccups; a fresh process goes on")
    log = (run_directory / "log").read_text().splitlines()
    assert [line.partition(" ")[2] for line in log] == list(last.events)


def failing_at_every_third_block(batch: Batch, outbox: Outbox) -> None:
    play_batch(Batch(batch.run, batch.worker, batch.blocks[:3]), outbox)
    if len(batch.blocks) > 3:
        raise ValueError("hiccups")


def test_messages_out_of_turn_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "play_batch", lying_worker)
    config = configuration(hands_per_session=50)
    digest = SimulationController(config).run().digest
    monkeypatch.undo()
    assert digest == SimulationController(config).run().digest


def lying_worker(batch: Batch, outbox: Outbox) -> None:
    wrong = batch.blocks[-1]
    if len(batch.blocks) > 1:
        outbox.send(Done(wrong, FinishedBlock(wrong, 0, 1, 1, "ab" * 32)))
    play_batch(batch, outbox)


def living_dangerously(batch: Batch, outbox: Outbox) -> None:
    """Play, and be killed at any moment: while it begins, plays, writes, or sends."""

    def kill() -> None:
        time.sleep(Random(time.monotonic_ns()).uniform(0, 0.03))
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=kill, daemon=True).start()
    for block in batch.blocks:
        play_batch(Batch(batch.run, batch.worker, [block]), outbox)
        time.sleep(0.01)  # so that few come further than some blocks


@pytest.mark.slow
@pytest.mark.parametrize("number", range(3))
def test_hundreds_of_kills_at_any_moment_change_nothing(
    number: int, monkeypatch: pytest.MonkeyPatch, laboratory: Laboratory, run_directory: Path
) -> None:
    config = configuration(300_000, hands_per_session=50, workers=3, random_seed=number)
    told: list[RunProgress] = []
    monkeypatch.setattr(parallel, "play_batch", living_dangerously)
    monkeypatch.setattr(posts, "_GIVEN_UP", 10_000)
    results = SimulationController(config, told.append, run_directory).run()
    monkeypatch.undo()
    assert results.digest == SimulationController(config).run().digest
    restarts = sum(worker.restarts for worker in _last_playing(told).workers)
    assert restarts >= 20
    for _ in range(restarts):
        laboratory.killed("workers")
    assert no_worker_is_left()


def _last_playing(told: list[RunProgress]) -> RunProgress:
    return [each for each in told if each.phase is Phase.PLAYING][-1]


class Trouble:
    """Makes trouble for the workers of a run, from its progress reports."""

    def __init__(self, act: str, laboratory: Laboratory, seed: int = 1) -> None:
        self.done = 0
        self._laboratory = laboratory
        self.reports: list[RunProgress] = []
        self._act = act
        self._random = Random(seed)
        self._last = -1.0

    def __call__(self, progress: RunProgress) -> None:
        self.reports.append(progress)
        if progress.phase is not Phase.PLAYING or progress.completed == progress.total:
            return
        if progress.seconds - self._last < 0.2:
            return
        workers = list(workers_at_work())
        if not workers:
            return
        self._last = progress.seconds
        worker = self._random.choice(workers)
        try:
            worker.send_signal(getattr(signal, self._act))
            self.done += 1
            self._laboratory.killed("workers")
        except psutil.NoSuchProcess:
            pass


@pytest.mark.slow
@pytest.mark.parametrize("act", ["SIGKILL", "SIGTERM"])
def test_a_run_whose_workers_are_killed_all_the_time_has_the_same_digest(
    act: str, undisturbed: str, laboratory: Laboratory
) -> None:
    trouble = Trouble(act, laboratory)
    results = SimulationController(configuration(_SESSIONS), trouble).run()
    assert trouble.done >= 3
    assert results.digest == undisturbed
    assert results.summary.sessions == _SESSIONS
    completed = [each.completed for each in trouble.reports if each.phase is Phase.PLAYING]
    assert completed == sorted(completed)
    assert no_worker_is_left()


@pytest.mark.slow
def test_the_equivalence_check_survives_being_killed(undisturbed: str) -> None:
    killed = []

    def kill(progress: RunProgress) -> None:
        if progress.phase is Phase.VERIFYING and progress.completed and len(killed) < 3:
            for worker in workers_at_work():
                worker.kill()
                killed.append(worker)

    config = configuration(_SESSIONS, verify="full")
    results = SimulationController(config, kill).run()
    assert len(killed) == 3
    assert results.equivalence is not None
    assert results.equivalence.equal
    assert results.equivalence.complete
    assert results.equivalence.digest_sequential == undisturbed


@pytest.mark.slow
def test_a_stopped_worker_is_noticed_by_its_silence_and_replaced(undisturbed: str) -> None:
    stopped: list[psutil.Process] = []
    states: list[WorkerState] = []

    def stop_one(progress: RunProgress) -> None:
        if progress.phase is Phase.PLAYING and progress.completed and not stopped:
            stopped.extend(list(workers_at_work())[:1])
            stopped[0].suspend()
        states.extend(worker.state for worker in progress.workers)

    results = SimulationController(configuration(_SESSIONS), stop_one).run()
    assert WorkerState.SILENT in states
    assert results.digest == undisturbed
    assert not stopped[0].is_running() or stopped[0].status() == psutil.STATUS_ZOMBIE
    assert no_worker_is_left()


def test_cancelling_ends_a_stopped_worker_too() -> None:
    stopped: list[psutil.Process] = []

    def stop_one(progress: RunProgress) -> None:
        if progress.phase is Phase.PLAYING and progress.completed and not stopped:
            stopped.extend(list(workers_at_work())[:1])
            stopped[0].suspend()
            controller.cancel()

    controller = SimulationController(configuration(50_000_000), stop_one)
    with pytest.raises(RunCancelledError):
        controller.run()
    assert no_worker_is_left()


@pytest.mark.slow
@pytest.mark.parametrize("among", [["forkserver"], ["resource_tracker", "forkserver"]])
def test_the_run_survives_the_death_of_what_its_workers_are_forked_from(
    among: list[str], undisturbed: str, capfd: pytest.CaptureFixture[str]
) -> None:
    killed: list[psutil.Process] = []

    def kill(progress: RunProgress) -> None:
        if progress.phase is Phase.PLAYING and progress.completed and not killed:
            for process in psutil.Process().children():
                if any(name in " ".join(process.cmdline()) for name in among):
                    killed.append(process)
                    process.kill()

    results = SimulationController(configuration(_SESSIONS), kill).run()
    assert len(killed) == len(among)
    assert results.digest == undisturbed
    assert no_worker_is_left()
    gc.collect()
    tracker._stop()  # which it says all before
    assert capfd.readouterr() == ("", "")


def hanging_once(batch: Batch, outbox: Outbox) -> None:
    """Play; the first process of the second worker comes to a stand in its second block."""
    if batch.worker == 1 and len(batch.blocks) > 30:
        play_batch(Batch(batch.run, batch.worker, batch.blocks[:1]), outbox)
        threading.Event().wait()
    play_batch(batch, outbox)


@pytest.mark.slow
def test_a_worker_that_comes_no_further_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "play_batch", hanging_once)
    monkeypatch.setattr(posts, "SECONDS_TO_STUCK", 3.0)
    config = configuration(hands_per_session=50)
    told: list[RunProgress] = []
    results = SimulationController(config, told.append).run()
    monkeypatch.undo()
    states = {each.workers[1].state for each in told if each.workers}
    assert WorkerState.SILENT in states
    events = [each.events for each in told if each.events][-1]
    assert events == ("worker 2 came no further and was ended; a fresh process goes on",)
    assert results.digest == SimulationController(config).run().digest


@pytest.mark.slow
def test_a_run_goes_on_when_what_its_workers_are_forked_from_is_stopped(undisturbed: str) -> None:
    stopped: list[psutil.Process] = []

    def stop_server(progress: RunProgress) -> None:
        if progress.phase is Phase.PLAYING and progress.completed and not stopped:
            worker = next(iter(workers_at_work()))
            server = worker.parent()
            assert server is not None
            stopped.append(server)
            server.suspend()
            worker.kill()

    results = SimulationController(configuration(_SESSIONS), stop_server).run()
    assert stopped
    assert stopped[0].status() != psutil.STATUS_STOPPED
    assert results.digest == undisturbed
    assert no_worker_is_left()


@pytest.mark.slow
def test_workers_start_though_what_they_are_forked_from_is_killed(undisturbed: str) -> None:
    killed: list[psutil.Process] = []

    def kill_server(progress: RunProgress) -> None:
        states = [worker.state for worker in progress.workers]
        if WorkerState.STARTING in states and not killed:
            for worker in list(workers_at_work())[:1]:
                killed.append(worker.parent())
                killed[0].kill()

    config = configuration(_SESSIONS, workers=8)
    assert SimulationController(config, kill_server).run().digest == undisturbed
    assert no_worker_is_left()
