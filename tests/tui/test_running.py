"""Running: bars, verdicts, refusals, and stopping."""

from collections.abc import Callable
from pathlib import Path

import scripted_runs as script
from driving import (
    MEDIUM,
    NARROW,
    dialog_text,
    driven,
    new_app,
    press,
    quiet,
    reported,
    row,
    said,
    settled,
    shown,
    until,
    workspace,
    write,
)
from scenes import LOST, PAUSED
from scripted_runs import SESSIONS
from textual.pilot import Pilot

from let_it_ride.reports.exports import ExportError
from let_it_ride.reports.parquet import MissingExtraError
from let_it_ride.simulation.errors import WorkerFailedError
from let_it_ride.simulation.progress import Phase
from let_it_ride.tui.runs import Ending
from let_it_ride.tui.widgets.progress import OverallProgress, RunNews, WorkerBars
from let_it_ride.tui.widgets.side_by_side_view import SideBySideView
from let_it_ride.tui.widgets.summary_view import SummaryView
from let_it_ride.tui.widgets.verdict import LawVerdictView, VerdictView
from process_family import no_worker_is_left

SMALL = """\
[simulation]
num_sessions = 3000
workers = 2
random_seed = 5
verify = "full"
"""


async def _ended(pilot: Pilot[int]) -> None:
    await until(pilot, lambda: workspace(pilot).outcome is not None)
    await settled(pilot)


def _note(pilot: Pilot[int]) -> str:
    return said(workspace(pilot).query_one("#run-note"))


async def test_a_small_run_leads_to_its_numbers_and_its_verdict(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(SMALL))) as pilot:
        screen = workspace(pilot)
        await press(pilot, "f5")
        await _ended(pilot)
        assert screen.outcome is not None
        assert screen.outcome.ending is Ending.COMPLETE, screen.outcome.message
        verdict = said(screen.query_one(VerdictView))
        assert "✓ EQUAL" in verdict
        assert "3,000 sessions played again in sequence" in verdict
        summary = said(screen.query_one(SummaryView))
        assert "3,000" in summary
        assert "3.5057 %" in summary  # the exact edge, beside the simulated one
        await press(pilot, "ctrl+q")
        await until(pilot, lambda: pilot.app.return_value == 0)
    assert no_worker_is_left()


async def test_every_worker_has_a_bar_that_says_in_words_what_it_does() -> None:
    runs = script.held(script.playing(1, 0.5, 0.25, 0))
    async with driven(new_app(make_runner=runs)) as pilot:
        screen = workspace(pilot)
        await press(pilot, "ctrl+r")
        await reported(pilot, runs)
        bars = shown(screen.query_one(WorkerBars))
        lines = bars.splitlines()
        for worker, state in ((1, "done"), (2, "playing"), (4, "starting")):
            assert lines[worker - 1].startswith(f"worker {worker} ")
            assert lines[worker - 1].endswith(state)
        speeds = ["/s" in line for line in lines]
        assert speeds == [False, True, True, True]
        assert "125,000/250,000" in bars
        overall = shown(screen.query_one(OverallProgress))
        assert "437,500 of 1,000,000 sessions" in overall
        assert "44 %" in overall


async def test_lost_workers_and_what_became_of_them_are_shown_in_eighty_columns() -> None:
    for size in (NARROW, MEDIUM):
        runs = script.held(LOST)
        async with driven(new_app(make_runner=runs), size) as pilot:
            screen = await settled(pilot)
            await press(pilot, "f5")
            await reported(pilot, runs)
            bars = shown(screen.query_one(WorkerBars))
            assert "playing, restarted 1×" in bars
            assert "playing, restarted 2×" in bars
            assert "not answering" in bars
            news = said(screen.query_one(RunNews))
            assert (
                news == "worker 2 was killed by SIGKILL; its block is played again (and 1 before)"
            )
            assert "Playing" in shown(screen.query_one(OverallProgress))


async def test_a_run_without_mishaps_has_no_place_for_them() -> None:
    runs = script.held(script.playing(0.5, 0.5))
    async with driven(new_app(make_runner=runs)) as pilot:
        screen = await settled(pilot)
        await press(pilot, "f5")
        await reported(pilot, runs)
        assert not screen.query_one(RunNews).display


async def test_a_run_that_waits_for_room_is_loud_wherever_one_looks() -> None:
    runs = script.held(script.playing(0.5, 0.5))
    async with driven(new_app(make_runner=runs), NARROW) as pilot:
        screen = await settled(pilot)
        await press(pilot, "f5")
        await reported(pilot, runs)
        await press(pilot, "f2")
        for _ in range(2):
            runs.runs[-1].tell(PAUSED)
            await reported(pilot, runs)
        (told,) = pilot.app._notifications
        assert (told.title, told.severity) == ("‖ The run waits", "warning")
        assert "free some" in told.message
        await press(pilot, "f6")
        news = screen.query_one(RunNews)
        assert news.has_class("-paused")
        assert said(news).startswith(f"‖ PAUSED: {PAUSED.paused}")
        assert "Paused" in shown(screen.query_one(OverallProgress))
        assert "left of this" not in shown(screen.query_one(OverallProgress))
        runs.runs[-1].tell(script.playing(0.6, 0.5))
        await reported(pilot, runs)
        assert not news.display


async def test_a_report_that_comes_after_the_first_look_has_the_room_it_needs() -> None:
    runs = script.held()
    async with driven(new_app(make_runner=runs)) as pilot:
        await press(pilot, "f5")
        await reported(pilot, runs)
        bar = workspace(pilot).query_one(OverallProgress)
        assert "Starting" in shown(bar)
        runs.runs[-1].tell(script.phase(Phase.SEEDING, 0.7))
        await reported(pilot, runs)
        assert "70 %" in shown(bar)
        assert "700,000 of 1,000,000" in shown(bar)


async def test_phases_are_announced() -> None:
    for which, words in (
        (Phase.COMPILING, "Compiling for this machine, once"),
        (Phase.SEEDING, "Drawing the seeds"),
        (Phase.VERIFYING, "Verifying: playing again in sequence"),
        (Phase.SUMMARISING, "Adding up"),
    ):
        runs = script.held(script.phase(which, 0.3))
        async with driven(new_app(make_runner=runs)) as pilot:
            screen = workspace(pilot)
            await press(pilot, "f5")
            await reported(pilot, runs)
            assert words in said(screen.query_one(OverallProgress))


async def test_a_run_is_stopped_from_its_panel_and_from_anywhere() -> None:
    for keys in (("escape",), ("f2", "ctrl+t")):
        runs = script.held(script.playing(0.5, 0.5))
        async with driven(new_app(make_runner=runs), NARROW) as pilot:
            await press(pilot, "f5")
            await reported(pilot, runs)
            await press(pilot, *keys)
            await _ended(pilot)
            await press(pilot, "f6")
            assert "‖ STOPPED cancelled after 500,000 of 1,000,000 sessions. F5 plays it" in _note(
                pilot
            )


async def test_a_run_that_does_not_agree_with_the_law_is_loud_and_says_what_to_do() -> None:
    runs = script.ending(script.results(script.equal()), script.DISAGREEING)
    async with driven(new_app(make_runner=runs)) as pilot:
        screen = workspace(pilot)
        await press(pilot, "f5")
        await _ended(pilot)
        verdict = screen.query_one(LawVerdictView)
        assert verdict.has_class("-wrong")
        text = said(verdict)
        for words in ("✗ DOES NOT AGREE WITH THE EXACT LAW", "Profits", "report it", "20260101"):
            assert words in text
        beside = said(screen.query_one(SideBySideView))
        assert "✗ Profits" in beside
        assert "32.2950 %" in beside


async def test_who_does_not_look_at_the_run_is_told_that_it_does_not_agree() -> None:
    runs = script.held(script.playing(0.5, 0.5))
    runs.compared = script.DISAGREEING
    async with driven(new_app(make_runner=runs), NARROW) as pilot:
        await press(pilot, "f5")
        await reported(pilot, runs)
        await press(pilot, "f2")
        runs.runs[-1].go_on.set()
        await _ended(pilot)
        (told,) = pilot.app._notifications
        assert told.severity == "error"
        assert "does not agree with the exact law" in told.message
        assert "F6" in told.message


async def test_a_difference_is_loud_and_says_where() -> None:
    runs = script.ending(script.results(script.different()))
    async with driven(new_app(make_runner=runs)) as pilot:
        screen = workspace(pilot)
        await press(pilot, "f5")
        await _ended(pilot)
        verdict = screen.query_one(VerdictView)
        assert verdict.has_class("-wrong")
        assert "✗ DIFFERENT" in said(verdict)
        assert "session 271,828, column profit" in said(verdict)
        assert "≠" in said(verdict)


async def test_a_sample_and_the_lack_of_a_check_are_said() -> None:
    for ending, words in (
        (script.results(script.equal(62_500)), "a sample of 62,500 sessions out of 1,000,000"),
        (script.results(None, workers=1), "there is nothing to compare"),
        (script.results(None), "The check was stopped before its end"),
    ):
        async with driven(new_app(make_runner=script.ending(ending))) as pilot:
            screen = workspace(pilot)
            await press(pilot, "f5")
            await _ended(pilot)
            assert words in said(screen.query_one(VerdictView))


async def test_the_files_of_the_output_section_are_written_and_named(
    configuration: Callable[..., Path],
) -> None:
    path = configuration(
        SMALL + '[output]\ndirectory = "results"\nprefix = "evening"\nformats = ["csv", "json"]\n'
    )
    async with driven(new_app(path)) as pilot:
        await press(pilot, "f5")
        await _ended(pilot)
        assert _note(pilot).split()[:6] == [
            *("Written:", "results/evening-config.toml"),
            *("Written:", "results/evening-summary.json"),
            *("Written:", "results/evening-sessions.csv"),
        ]
    assert len(Path("results/evening-sessions.csv").read_text().splitlines()) == 3001


async def test_results_stay_in_sight_when_their_files_cannot_be_written() -> None:
    runs = script.ending(script.results(script.equal()))
    runs.files = ExportError("results: no space left on device")
    async with driven(new_app(make_runner=runs)) as pilot:
        screen = workspace(pilot)
        await press(pilot, "f5")
        await _ended(pilot)
        assert "✗ Not every file is written: results: no space left on device" in _note(pilot)
        assert "✓ EQUAL" in said(screen.query_one(VerdictView))


async def test_a_refused_run_says_why_and_goes_to_the_setting(
    configuration: Callable[..., Path],
) -> None:
    path = configuration('[output]\nformats = ["parquet"]\n')
    error = MissingExtraError("is written by polars, which is not installed", "output.formats")
    async with driven(new_app(path, make_runner=script.ending(error))) as pilot:  # type: ignore[arg-type]
        screen = workspace(pilot)
        await press(pilot, "f5")
        await _ended(pilot)
        await until(pilot, lambda: screen.view == "form")
        assert "✗ CANNOT BE RUN" in _note(pilot)
        assert "output.formats" in _note(pilot)
        assert screen.focused is row(screen, "output", "formats").editor


async def test_a_failing_worker_is_named() -> None:
    error = WorkerFailedError("worker 2", range(10), "was killed by SIGKILL")
    async with driven(new_app(make_runner=script.ending(error))) as pilot:
        await press(pilot, "f5")
        await _ended(pilot)
        assert "✗ THE RUN FAILED" in _note(pilot)
        assert "worker 2 was killed by SIGKILL" in _note(pilot)


async def test_an_error_nobody_thought_of_is_a_message_and_no_traceback() -> None:
    runs = script.ending(ZeroDivisionError("division by zero"))
    async with driven(new_app(make_runner=runs)) as pilot:
        await press(pilot, "f5")
        await _ended(pilot)
        assert "Something went wrong: ZeroDivisionError" in _note(pilot)


async def test_results_of_an_earlier_configuration_say_so() -> None:
    runs = script.ending(script.results(script.equal()))
    async with driven(new_app(make_runner=runs)) as pilot:
        screen = workspace(pilot)
        await press(pilot, "f5")
        await _ended(pilot)
        assert not screen.query_one("#run-note").display
        await press(pilot, "f2")
        await write(pilot, "800")
        assert "of an earlier configuration" in _note(pilot)
        await press(pilot, "f10")
        assert not screen.query_one("#run-note").display


async def test_a_configuration_with_errors_is_not_run_but_shown_where_to_mend() -> None:
    runs = script.ending()
    async with driven(new_app(make_runner=runs)) as pilot:
        await write(pilot, "x")
        screen = await press(pilot, "down", "f5")
        assert not runs.runs
        assert screen.focused is row(screen, "bankroll", "starting_amount").editor


async def test_a_text_that_cannot_be_read_is_not_run_as_it_was() -> None:
    runs = script.ending()
    async with driven(new_app(make_runner=runs)) as pilot:
        screen = workspace(pilot)
        await press(pilot, "f3")
        await write(pilot, "a = [")
        await press(pilot, "f5")
        assert not runs.runs
        assert screen.view == "text"
        await press(pilot, "f2", "f5")
        assert not runs.runs
        assert screen.view == "text"
        assert screen.odds.stale


async def test_leaving_in_the_middle_of_a_run_is_asked_and_stops_it() -> None:
    runs = script.held(script.playing(0.5, 0.5))
    app = new_app(make_runner=runs)
    async with driven(app) as pilot:
        await press(pilot, "f5")
        await reported(pilot, runs)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.screen is not workspace(pilot))
        await quiet(pilot)
        assert "A run is being played" in dialog_text(pilot)
        await pilot.press("enter")  # stay
        await until(pilot, lambda: app.screen is workspace(pilot))
        assert workspace(pilot).run_at_work is not None
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.screen is not workspace(pilot))
        await pilot.press("right", "enter")
        await until(pilot, lambda: app.return_value == 0)


async def test_an_app_that_ends_by_itself_stops_its_run() -> None:
    runs = script.held(script.playing(0.5, 0.5))
    app = new_app(make_runner=runs)
    async with driven(app) as pilot:
        await press(pilot, "f5")
        await reported(pilot, runs)
        app.exit()
    # Leaving the app would hang here if the run went on.


async def test_results_are_let_go_of() -> None:
    first = script.results(script.equal())
    app = new_app(make_runner=script.ending(first))
    async with driven(app) as pilot:
        await press(pilot, "f5")
        await _ended(pilot)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.return_value == 0)
    assert first.is_closed


async def test_the_panel_says_what_would_be_run() -> None:
    async with driven(new_app()) as pilot:
        assert f"F5 plays {SESSIONS:,} sessions" in _note(pilot)
