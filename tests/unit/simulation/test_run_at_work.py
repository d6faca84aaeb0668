"""What a run has given so far is that of the sessions whose blocks are finished."""

from collections import defaultdict
from math import sqrt
from pathlib import Path
from statistics import mean, stdev

import pytest

from let_it_ride.config import FullConfig
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.ledger import FinishedBlock
from let_it_ride.simulation.run_identity import RunIdentity
from let_it_ride.simulation.running import RunningMean

ALONE = {
    "simulation": {"num_sessions": 3000, "random_seed": 3, "workers": 1, "hands_per_session": 1000}
}
AT_TABLES = {
    "simulation": {"num_sessions": 40, "random_seed": 3, "workers": 1, "hands_per_session": 60},
    "table": {"num_seats": 3, "total_rounds": 150},
}


def _played(
    settings: dict[str, object], directory: Path
) -> tuple[FullConfig, list[tuple[int, int]]]:
    """A configuration whose run is in a directory, and the table and profit of each session."""
    config = FullConfig.model_validate(settings)
    results = SimulationController(config, directory=directory).run()
    sessions = [(session.table, session.profit) for session in results]
    results.release()
    return config, sessions


def test_blocks_are_added_up_as_they_come(tmp_path: Path) -> None:
    config, sessions = _played(ALONE, tmp_path / "run")
    ledger = tmp_path / "run" / "ledger"
    lines = ledger.read_bytes().splitlines(keepends=True)
    assert len(lines) >= 3
    ledger.write_bytes(b"")
    running = RunningMean(compile_plan(config), tmp_path / "run")
    assert running.look() is None
    # One whole line, a damaged one, and the beginning of the next.
    ledger.write_bytes(lines[0] + b"1 2 3\n" + lines[1][:20])
    mark = RunIdentity.read(tmp_path / "run").mark
    first = FinishedBlock.from_line(lines[0].decode(), mark)
    known = running.look()
    assert known is not None
    profits = [profit for _, profit in sessions[first.place : first.place + first.sessions]]
    assert known.sessions == known.tables == len(profits)
    assert known.mean == pytest.approx(mean(profits))
    assert known.error == pytest.approx(stdev(profits) / sqrt(len(profits)))
    # The rest, and a block once more.
    with ledger.open("ab") as file:
        file.write(lines[1][20:] + b"".join(lines[2:]) + lines[0])
    known = running.look()
    assert known is not None
    profits = [profit for _, profit in sessions]
    assert known.sessions == 3000
    assert known.mean == pytest.approx(mean(profits))
    assert known.error == pytest.approx(stdev(profits) / sqrt(3000))
    assert running.look() == known


def test_the_error_is_that_of_tables_where_sessions_share_one(tmp_path: Path) -> None:
    config, sessions = _played(AT_TABLES, tmp_path / "run")
    running = RunningMean(compile_plan(config), tmp_path / "run").look()
    assert running is not None
    tables = defaultdict[int, list[int]](list)
    for table, profit in sessions:
        tables[table].append(profit)
    ratio = mean(profit for _, profit in sessions)
    residues = [sum(each) - ratio * len(each) for each in tables.values()]
    assert (running.tables, running.sessions) == (40, len(sessions))
    assert running.mean == pytest.approx(ratio)
    assert running.error == pytest.approx(stdev(residues) * sqrt(40) / len(sessions))
