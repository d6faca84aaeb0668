"""Comparing a run with the exact law in a process of its own: what it loads, and how it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest

from let_it_ride.analysis import agreement_service
from let_it_ride.analysis.agreement_service import (
    CompareTask,
    ComparisonCancelledError,
    ComparisonFailedError,
    check_agreement,
    compare_and_save,
)
from let_it_ride.config import FullConfig
from let_it_ride.reports.reported_run import ReportedRun
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.processes import Outbox
from let_it_ride.simulation.progress import Phase, RunProgress
from process_family import SOON

#: A thousand dollars in steps of a cent: it takes many seconds to solve.
SLOW = {
    "simulation": {"num_sessions": 200, "hands_per_session": 5000, "workers": 1},
    "bankroll": {
        "starting_amount": 5000,
        "base_bet": 5.03,
        "bet_increment": 0.01,
        "stop_conditions": {"win_limit": 10000},
    },
    "bonus_strategy": {"type": "always", "amount": 1.01, "limits": {"increment": 0.01}},
}


def test_the_library_compares_and_the_main_process_loads_neither_numba_nor_scipy(
    tmp_path: Path,
) -> None:
    script = tmp_path / "compare.py"
    script.write_text("""
import sys
from let_it_ride import FullConfig, SimulationController, check_agreement
if __name__ == "__main__":
    config = FullConfig.model_validate({"simulation": {"num_sessions": 100, "workers": 2}})
    agreement = check_agreement(SimulationController(config).run())
    print(agreement.agrees, len(agreement.tests), {"numba", "scipy"} & set(sys.modules))
""")
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.stdout == "True 8 set()\n", done.stderr


def test_comparing_tells_how_far_it_is_and_ends_soon_when_it_is_cancelled() -> None:
    config = FullConfig.model_validate(SLOW)
    results = SimulationController(config).run()
    cancelled, shares = Event(), []
    began = [time.monotonic()]

    def tell(share: float) -> None:
        shares.append(share)
        began[0] = time.monotonic()
        cancelled.set()

    with pytest.raises(ComparisonCancelledError):
        check_agreement(results, cancelled, tell)
    assert time.monotonic() - began[0] < SOON
    assert 0 <= shares[0] < 1


def test_a_run_that_is_stopped_while_it_is_compared_is_there_all_the_same() -> None:
    def stop(progress: RunProgress) -> None:
        if progress.phase is Phase.COMPARING:
            run.cancel()

    run = ReportedRun(FullConfig.model_validate(SLOW), stop)
    results = run.run()
    assert len(results) == 200
    assert run.compared.agreement is None
    assert "stopped" in run.compared.why_not


def kill_oneself(_task: object, _outbox: Outbox) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail(_task: object, _outbox: Outbox) -> None:
    raise ValueError("a law that is none")


@pytest.mark.parametrize(
    ("target", "said"), [(kill_oneself, "was killed by SIGKILL"), (fail, "a law that is none")]
)
def test_a_process_that_dies_is_an_error_that_says_so(
    target: object, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = FullConfig.model_validate({"simulation": {"num_sessions": 10, "workers": 1}})
    results = SimulationController(config).run()
    monkeypatch.setattr(agreement_service, "compare_and_save", target)
    with pytest.raises(ComparisonFailedError, match=said):
        check_agreement(results)


def be_killed_once(task: CompareTask, outbox: Outbox) -> None:
    killed = task.path.with_name("killed")
    if not killed.exists():
        killed.touch()
        kill_oneself(task, outbox)
    compare_and_save(task, outbox)


def test_a_process_that_is_killed_has_a_fresh_one_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    config = FullConfig.model_validate({"simulation": {"num_sessions": 10, "workers": 1}})
    results = SimulationController(config).run()
    undisturbed = check_agreement(results)
    monkeypatch.setattr(agreement_service, "compare_and_save", be_killed_once)
    assert check_agreement(results) == undisturbed
