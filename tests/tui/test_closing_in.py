"""The mean of a run that is being played, as it closes in on the exact one."""

import shutil
from collections.abc import Callable
from math import sqrt
from pathlib import Path
from statistics import mean, stdev

import pytest
import scripted_runs as script
from driving import NARROW, driven, new_app, press, quiet, said, shown, until, workspace

from let_it_ride.config import FullConfig, parse_config
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.errors import RunDirectoryError
from let_it_ride.simulation.progress import Phase, RunProgress
from let_it_ride.simulation.running import Running
from let_it_ride.tui.runs import Run
from let_it_ride.tui.widgets.estimate_view import Course, EstimateView

TEXT = """\
[simulation]
num_sessions = 600
hands_per_session = 50
random_seed = 5
workers = 1

[bankroll.stop_conditions]
win_limit = 100.00
"""


def _half_played(run: Path, *then: RunProgress) -> Callable[..., script.ScriptedRunner]:
    """Makes runners that stay in the middle of a run, with the files of one that is there."""
    held = script.held(script.playing(0.6, 0.4), *then)

    def make(
        config: FullConfig, directory: Path, progress: Callable[[RunProgress], None]
    ) -> script.ScriptedRunner:
        for name in ("run.json", "ledger", "sessions.bin"):
            shutil.copy(run / name, directory / name)
        return held(config, directory, progress)

    return make


@pytest.mark.parametrize("then", [(), (script.phase(Phase.VERIFYING, 0.3),)])
async def test_a_run_says_what_it_has_given_so_far_beside_the_exact_mean(
    then: tuple[RunProgress, ...], configuration: Callable[..., Path], tmp_path: Path
) -> None:
    results = SimulationController(parse_config(TEXT), directory=tmp_path / "played").run()
    profits = [session.profit / 100 for session in results]
    results.release()
    app = new_app(configuration(TEXT), make_runner=_half_played(tmp_path / "played", *then))
    async with driven(app, NARROW) as pilot:
        screen = workspace(pilot)
        law = screen.session_odds.law
        assert law is not None
        await press(pilot, "f5")
        await until(pilot, lambda: any(view.display for view in screen.query(EstimateView)))
        await quiet(pilot)
        told = said(screen.query_one(EstimateView))
        half = 1.96 * stdev(profits) / sqrt(600)
        assert told.startswith("Mean profit so far, of 600 sessions")
        assert f"• −${-mean(profits):.2f}, ░ ± ${half:.2f} (95 %) ─ exactly" in told
        z = (mean(profits) - law.mean_profit / 100) / (half / 1.96)
        assert f"exactly −${-law.mean_profit / 100:.2f}, z {z:+.1f}".replace("-", "−") in told
        await pilot.press("ctrl+t")
        await until(pilot, lambda: screen.run_at_work is None)
        await quiet(pilot)
        assert not screen.query_one(EstimateView).display


async def test_a_run_that_cannot_be_looked_at_goes_on_all_the_same() -> None:
    async with driven(new_app(make_runner=script.held(script.playing(0.6, 0.4)))) as pilot:
        screen = workspace(pilot)
        await press(pilot, "f5")
        run = screen.run_at_work
        assert run is not None
        assert run.can_be_looked_at
        with pytest.raises(RunDirectoryError, match=r"run\.json"):
            run.estimate()
        assert not screen.query_one(EstimateView).display


async def test_dots_are_in_their_interval_around_the_exact_mean() -> None:
    points = tuple(
        Running(n, n, -1000 + 4000 * (-1) ** n / sqrt(n), 30_000 / sqrt(n))
        for n in range(50, 501, 25)
    )
    async with driven(new_app(make_runner=script.held(script.playing(0.5)))) as pilot:
        await press(pilot, "f5", "f6")
        view = workspace(pilot).query_one(EstimateView)
        view.course = Course(points, 1000, -1000.0)
        await quiet(pilot)
        _, *drawn = shown(view).splitlines()
        width = len(drawn[3]) - 10
        rows = [line[10:].ljust(width) for line in drawn[:7]]
        assert set(rows[3]) <= {"─", "•"}
        columns = ["".join(cells) for cells in zip(*rows, strict=True)]
        assert all(column.count("•") <= 1 for column in columns)
        bands = [sum(letter in "░•" for letter in column) for column in columns]
        # It is played to the half, and the interval becomes narrower.
        begun, ended = bands[width // 20 + 1], bands[width // 2 - 1]
        assert begun > ended >= 1
        assert not any(bands[width * 6 // 10 :])


def test_half_of_many_estimates_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    class Looked:
        sessions = 0

        def look(self) -> Running:
            Looked.sessions += 1
            return Running(Looked.sessions, Looked.sessions, 0.0, 1.0)

    run = Run(FullConfig(), script.held(), directory=Path("nowhere"))
    monkeypatch.setattr(run, "_running", Looked())
    for _ in range(2000):
        run.estimate()
    assert len(run.estimates) <= 512
    assert run.estimates[-1].sessions == 2000
