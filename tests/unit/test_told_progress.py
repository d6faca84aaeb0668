"""What a run tells of itself on a terminal without the app."""

import sys

import pytest

from let_it_ride.cli.progress import reporter
from let_it_ride.simulation.progress import Phase, RunProgress, WorkerProgress, WorkerState


@pytest.mark.parametrize("sessions", [3_000_000, 1_000_000_000])
def test_every_bar_has_its_whole_total_at_eighty_columns(
    sessions: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    each = sessions // 2
    workers = tuple(
        WorkerProgress(place, WorkerState.PLAYING, each, each, 1.6, restarts=1)
        for place in range(2)
    )
    with reporter(quiet=False, only_bars=True) as report:
        for phase in Phase:
            at_work = workers if phase is Phase.PLAYING else ()
            report(RunProgress(phase, sessions - 1, sessions, 3.2, workers=at_work))
    lines = [line for line in capsys.readouterr().err.splitlines() if " of " in line]
    last = lines[-len(Phase) - len(workers) :]
    assert sum(f" {sessions - 1:,} of {sessions:,} " in line for line in last) == len(Phase)
    assert sum(f" {each:,} of {each:,} " in line for line in last) == len(workers)
    assert not [line for line in last if "…" in line]
