"""Sessions played in parallel are the sessions played in sequence."""

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from let_it_ride.config import FullConfig
from let_it_ride.planning import compile_plan
from let_it_ride.simulation import posts
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.equality import Equivalence
from let_it_ride.simulation.equivalence import blocks_to_check, check_equivalence
from let_it_ride.simulation.errors import RunCancelledError
from let_it_ride.simulation.parallel import available_cpus, contiguous_batches
from let_it_ride.simulation.progress import Phase, RunProgress, WorkerState
from let_it_ride.simulation.records import NARROW_SESSION_RECORD, SESSION_COLUMNS
from let_it_ride.simulation.results import SimulationResults
from let_it_ride.simulation.run_log import RunLog
from let_it_ride.simulation.worker import RunTask
from process_family import SOON, no_worker_is_left


def configuration(
    sessions: int = 1000,
    workers: int | str = 2,
    seed: int = 7,
    verify: str = "off",
    hands: int = 50,
) -> FullConfig:
    return FullConfig.model_validate(
        {
            "simulation": {
                "num_sessions": sessions,
                "hands_per_session": hands,
                "workers": workers,
                "random_seed": seed,
                "verify": verify,
                "progress_interval": 1,
            },
            "bankroll": {"stop_conditions": {"win_limit": 100, "loss_limit": 100}},
            "bonus_strategy": {"type": "always"},
        }
    )


def run(config: FullConfig, directory: Path | None = None) -> SimulationResults:
    return SimulationController(config, directory=directory).run()


def all_records(results: SimulationResults) -> bytes:
    return b"".join(records.tobytes() for records in results.columns())


@pytest.fixture(scope="module")
def played_in_sequence() -> SimulationResults:
    return run(configuration(workers=1))


@pytest.mark.parametrize("workers", [2, 3, 7])
def test_any_number_of_workers_gives_the_bits_of_one(
    workers: int, played_in_sequence: SimulationResults
) -> None:
    results = run(configuration(workers=workers))
    assert all_records(results) == all_records(played_in_sequence)
    assert results.digest == played_in_sequence.digest
    assert results.aggregates == played_in_sequence.aggregates
    assert np.array_equal(results.dealt, played_in_sequence.dealt)
    assert results.summary == played_in_sequence.summary


def test_another_seed_gives_other_results(played_in_sequence: SimulationResults) -> None:
    assert run(configuration(seed=8)).digest != played_in_sequence.digest


@pytest.mark.parametrize("sessions", [1, 2, 63, 64, 65, 1000])
def test_every_session_is_played_once(sessions: int) -> None:
    results = run(configuration(sessions=sessions, workers=3))
    assert len(results) == len(list(results)) == sessions == results.summary.sessions
    assert [result.session for result in results] == list(range(sessions))
    assert all(result.hands >= 1 for result in results)


def test_more_workers_than_sessions_leave_some_idle() -> None:
    last: list[RunProgress] = []
    controller = SimulationController(configuration(sessions=2, workers=5), progress=last.append)
    assert len(controller.run()) == 2
    playing = [told for told in last if told.phase is Phase.PLAYING]
    states = [worker.state for worker in playing[-1].workers]
    assert states == [WorkerState.DONE] * 2 + [WorkerState.IDLE] * 3


def test_a_worker_s_batch_is_contiguous_and_every_block_is_in_one() -> None:
    plan = compile_plan(configuration(sessions=1000))
    for workers in range(1, 80):
        batches = contiguous_batches(range(plan.blocks), workers)
        assert len(batches) == workers
        assert [block for batch in batches for block in batch] == list(range(plan.blocks))
        assert max(map(len, batches)) == -(-plan.blocks // workers)


def test_seeds_are_those_of_the_plain_loop() -> None:
    rng = random.Random(7)
    expected = [rng.randint(0, 2**31 - 1) for _ in range(1000)]
    assert [result.seed for result in run(configuration(workers=3))] == expected


def test_every_seed_is_written_before_a_worker_starts(
    run_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[int] = []

    class Recorded(posts.Child):
        def __init__(self, *arguments: object, beats: bool) -> None:
            found.append((run_directory / "seeds.bin").stat().st_size)
            super().__init__(*arguments, beats=beats)  # type: ignore[arg-type]

    monkeypatch.setattr(posts, "Child", Recorded)
    run(configuration(workers=2), run_directory)
    assert found == [4000, 4000]


def test_auto_counts_the_cpus_this_process_may_use() -> None:
    results = run(configuration(workers="auto"))
    assert results.provenance.workers == available_cpus()


def test_only_processors_that_may_be_used_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {1, 3, 5}, raising=False)
    assert available_cpus() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    assert available_cpus() == os.cpu_count()


@pytest.mark.parametrize("workers", [1, 3])
def test_progress_rises_to_the_total_and_agrees_with_its_workers(workers: int) -> None:
    told: list[RunProgress] = []
    config = configuration(sessions=300_000, workers=workers, verify="full")
    SimulationController(config, progress=told.append).run()
    phases = [progress.phase for progress in told if progress.phase is not Phase.COMPILING]
    assert sorted(set(phases), key=phases.index) == [
        Phase.SEEDING,
        Phase.PLAYING,
        *([Phase.VERIFYING] if workers > 1 else []),
        Phase.SUMMARISING,
    ]
    for phase in set(phases):
        completed = [progress.completed for progress in told if progress.phase is phase]
        assert completed == sorted(completed)
        assert completed[-1] == 300_000
    for progress in told:
        if progress.phase is Phase.PLAYING:
            assert progress.total == 300_000
            assert sum(worker.completed for worker in progress.workers) == progress.completed
            assert sum(worker.total for worker in progress.workers) == progress.total


def test_without_a_seed_every_run_has_its_own_and_records_it() -> None:
    config = FullConfig.model_validate({"simulation": {"num_sessions": 10, "workers": 1}})
    first, second = run(config), run(config)
    assert first.provenance.seed != second.provenance.seed
    seed = first.provenance.seed
    again = FullConfig.model_validate(
        {"simulation": {"num_sessions": 10, "workers": 1, "random_seed": seed}}
    )
    assert run(again).digest == first.digest


def test_a_run_that_is_not_asked_to_stay_is_removed() -> None:
    results = run(configuration())
    directory = results.directory
    assert directory.exists()
    del results
    assert not directory.exists()


def test_a_run_stays_in_the_directory_it_is_given(run_directory: Path) -> None:
    run(configuration(), run_directory)
    size = NARROW_SESSION_RECORD.itemsize
    assert (run_directory / "sessions.bin").stat().st_size == 1000 * size
    assert len((run_directory / "ledger").read_text().splitlines()) == 63


class TestEquivalence:
    def test_a_parallel_run_equals_the_sequential_one(self) -> None:
        verdict = run(configuration(workers=3, verify="full")).equivalence
        assert verdict is not None
        assert verdict.equal
        assert verdict.complete
        assert verdict.sessions_compared == 1000
        assert verdict.digest_parallel == verdict.digest_sequential

    def test_the_verdict_s_digest_is_the_run_s(self) -> None:
        results = run(configuration(verify="full"))
        assert results.equivalence is not None
        assert results.equivalence.digest_parallel == results.digest

    def test_one_worker_has_nothing_to_be_compared_with(self) -> None:
        assert run(configuration(workers=1, verify="full")).equivalence is None

    def test_it_can_be_switched_off(self) -> None:
        assert run(configuration(verify="off")).equivalence is None

    def test_a_sample_takes_blocks_of_every_worker_s_batch(self) -> None:
        plan = compile_plan(configuration(sessions=100_000_000, hands=10_000))
        for workers in (1, 2, 7):
            blocks = set(blocks_to_check(plan, plan.table_count, workers, "sample"))
            assert len(blocks) < plan.blocks / 10
            for batch in contiguous_batches(range(plan.blocks), workers):
                assert {batch[0], batch[-1]} <= blocks

    def test_auto_samples_above_ten_million_sessions(self) -> None:
        all_of_it = compile_plan(configuration(sessions=10_000_000))
        assert len(blocks_to_check(all_of_it, 10_000_000, 2, "auto")) == all_of_it.blocks
        assert len(blocks_to_check(all_of_it, 10_000_001, 2, "auto")) < all_of_it.blocks

    @pytest.mark.parametrize("column", SESSION_COLUMNS)
    def test_one_changed_byte_is_found_and_named(self, column: str, run_directory: Path) -> None:
        config = configuration(workers=2)
        results = run(config, run_directory)
        session = 700
        self._flip_lowest_byte(run_directory, session, column)
        verdict = self._check(config, results, run_directory)
        assert not verdict.equal
        assert verdict.digest_parallel != verdict.digest_sequential
        difference = verdict.difference
        assert difference is not None
        assert (difference.session, difference.column) == (session, column)
        assert difference.parallel != difference.sequential
        assert difference.sequential == int(results._run.records(session, 1)[0][column]) ^ 1

    def test_a_changed_count_of_deal_classes_is_found(self, run_directory: Path) -> None:
        config = configuration(workers=2)
        results = run(config, run_directory)
        block = 40
        with (run_directory / "counts.bin").open("r+b") as file:
            file.seek(block * (len(results.dealt) + len(results.notes)) * 4)
            file.write((255).to_bytes(1, "little"))
        difference = self._check(config, results, run_directory).difference
        assert difference is not None
        assert difference.session == results.plan.block_range(block).start
        assert difference.column == "counts"

    @staticmethod
    def _flip_lowest_byte(directory: Path, session: int, column: str) -> None:
        fields = NARROW_SESSION_RECORD.fields
        assert fields is not None
        at = session * NARROW_SESSION_RECORD.itemsize + fields[column][1]
        with (directory / "sessions.bin").open("r+b") as file:
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ 1]))

    @staticmethod
    def _check(config: FullConfig, results: SimulationResults, directory: Path) -> Equivalence:
        task = RunTask(config.model_dump_json(), directory, results.mark)
        blocks = tuple(range(results.plan.blocks))
        verdict = check_equivalence(
            task,
            results.plan,
            blocks,
            len(results),
            lambda _: None,
            threading.Event(),
            RunLog(directory),
        )
        assert verdict is not None
        return verdict


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("phase", [Phase.SEEDING, Phase.PLAYING])
def test_cancelling_ends_a_run_soon(workers: int, phase: Phase) -> None:
    cancelled_at: list[float] = []

    def cancel(progress: RunProgress) -> None:
        if progress.phase is phase and progress.completed and not cancelled_at:
            cancelled_at.append(time.monotonic())
            controller.cancel()

    config = configuration(sessions=50_000_000, workers=workers)
    controller = SimulationController(config, progress=cancel)
    with pytest.raises(RunCancelledError):
        controller.run()
    assert time.monotonic() - cancelled_at[0] < SOON
    assert no_worker_is_left()


def test_cancelling_while_sessions_are_added_up_ends_the_run() -> None:
    def cancel(progress: RunProgress) -> None:
        if progress.phase is Phase.SUMMARISING:
            controller.cancel()

    controller = SimulationController(configuration(sessions=2_500_000), progress=cancel)
    with pytest.raises(RunCancelledError):
        controller.run()


def test_cancelling_the_check_leaves_the_results_without_a_verdict() -> None:
    cancelled_at: list[float] = []

    def cancel(progress: RunProgress) -> None:
        if progress.phase is Phase.VERIFYING and progress.completed and not cancelled_at:
            cancelled_at.append(time.monotonic())
            controller.cancel()

    config = configuration(sessions=3_000_000, verify="full")
    controller = SimulationController(config, progress=cancel)
    results = controller.run()
    assert cancelled_at
    assert results.equivalence is None
    assert len(results) == 3_000_000


def test_the_main_process_loads_no_numba_to_run_workers() -> None:
    # In a process of its own, since other tests of this one do load it.
    script = """
import sys
from let_it_ride.config import FullConfig
from let_it_ride.simulation.controller import SimulationController
if __name__ == "__main__":
    config = {"simulation": {"num_sessions": 100, "workers": 2, "verify": "full"}}
    SimulationController(FullConfig.model_validate(config)).run()
    sys.exit("numba" in sys.modules)
"""
    _run_script(script)


def _run_script(script: str) -> None:
    import subprocess
    import sys
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(script)
        file.flush()
        subprocess.run([sys.executable, file.name], check=True, timeout=300)


_CANCELLED_EARLY = """
import threading, time
from let_it_ride.config import FullConfig
from let_it_ride.simulation import processes
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.errors import RunCancelledError

if __name__ == "__main__":
    preload = processes._CONTEXT.set_forkserver_preload
    processes._CONTEXT.set_forkserver_preload = lambda _: preload(["never_ready"])
    controller = SimulationController(FullConfig.model_validate({"simulation": {"workers": 2}}))
    threading.Timer(0.2, controller.cancel).start()
    began = time.monotonic()
    try:
        controller.run()
    except RunCancelledError:
        print(time.monotonic() - began - 0.2)
"""

_NEVER_READY = f"""
import time
from let_it_ride.simulation.processes import silence

silence()
time.sleep({4 * SOON})
"""


def test_cancelling_does_not_wait_until_the_fork_server_is_ready(tmp_path: Path) -> None:
    (tmp_path / "never_ready.py").write_text(_NEVER_READY)
    script = tmp_path / "cancelled_early.py"
    script.write_text(_CANCELLED_EARLY)
    seconds = subprocess.check_output([sys.executable, str(script)], text=True)
    assert float(seconds) < SOON
