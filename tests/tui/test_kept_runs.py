"""Runs that are kept: listed, opened, gone on with, and everything else that is done with them."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace as replaced
from pathlib import Path
from typing import Any

import pytest
import scripted_history as kept
import scripted_runs as script
from driving import (
    NARROW,
    dialog_text,
    driven,
    keyed,
    led_to,
    new_app,
    press,
    quiet,
    reported,
    said,
    settled,
    shown,
    typed,
    until,
    workspace,
    write,
)
from scenes import BEGUN
from scripted_history import ScriptedHistory
from textual.pilot import Pilot
from textual.widgets import Input

from let_it_ride.config import parse_config
from let_it_ride.history import History
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.errors import ProcessStartError
from let_it_ride.simulation.replay import replay
from let_it_ride.simulation.run_state import RunState
from let_it_ride.tui import browser
from let_it_ride.tui.runs import Ending
from let_it_ride.tui.screens.kept_run import KeptRunScreen
from let_it_ride.tui.screens.replay import ReplayScreen
from let_it_ride.tui.screens.runs import RunsScreen
from let_it_ride.tui.screens.runs_beside import RunsBesideScreen
from let_it_ride.tui.widgets.comparison_table import ComparisonTable
from let_it_ride.tui.widgets.key_bar import KeyBar
from let_it_ride.tui.widgets.run_list import RunList
from let_it_ride.tui.widgets.summary_view import SummaryView
from let_it_ride.tui.widgets.verdict import VerdictView

pytestmark = pytest.mark.slow

SHORT = """\
[metadata]
name = "Short evening"

[simulation]
num_sessions = 400
hands_per_session = 20
workers = 1
random_seed = 5
"""

TWICE = SHORT.replace("Short", "Dear") + (
    "[bankroll]\nbase_bet = 10.00\n\n[bankroll.stop_conditions]\nwin_limit = 20.00\n"
)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two complete runs."""
    root = tmp_path_factory.mktemp("played")
    for day, name, text in ((1, "short", SHORT), (2, "dear", TWICE)):
        run = root / f"2026010{day}-100000-{name}"
        SimulationController(parse_config(text), directory=run).run()
        begun = json.loads((run / "run.json").read_text())
        begun["started"] = f"2026-01-0{day}T10:00:00+00:00"
        (run / "run.json").write_text(json.dumps(begun))
        (run / "about.json").write_text(json.dumps({"name": name}))
    return root


@pytest.fixture
def root(played: Path, tmp_path: Path) -> Path:
    """Those runs, to do anything with."""
    return Path(shutil.copytree(played, tmp_path / "kept"))


def _interrupted(root: Path) -> Path:
    """Make the older run one of which nothing is played yet."""
    run = root / "20260101-100000-short"
    (run / "results.json").unlink()
    (run / "ledger").write_text("")
    return run


async def _runs(pilot: Pilot[Any]) -> RunsScreen:
    """Look at the runs, the older of the two pointed at."""
    screen = await led_to(pilot, RunsScreen, "alt+a")
    await keyed(pilot, "down")
    return screen


async def _back(pilot: Pilot[Any], screen: RunsScreen) -> None:
    await until(pilot, lambda: pilot.app.screen is screen)
    await quiet(pilot)


async def _ended(pilot: Pilot[Any]) -> None:
    await until(pilot, lambda: workspace(pilot).outcome is not None)
    await settled(pilot)


def _names(screen: RunsScreen) -> list[str]:
    return [entry.name for entry in screen.query_one(RunList).entries]


def _told(pilot: Pilot[Any]) -> list[str]:
    return [note.message for note in pilot.app._notifications]


def _note(pilot: Pilot[Any]) -> str:
    return said(workspace(pilot).query_one("#run-note"))


async def test_the_list_has_the_newest_first_and_says_what_there_is_of_each(root: Path) -> None:
    async with driven(new_app(history=History(root)), NARROW) as pilot:
        screen = await _runs(pilot)
        assert _names(screen) == ["dear", "short"]
        line = shown(screen.query_one(RunList)).splitlines()[2]
        entry = History(root).find("short")
        assert line.split()[:5] == [
            *("▌", "short", "2026-01-01", "400"),
            f"{100 * (entry.ahead or 0):.2f}",
        ]
        assert "✓ complete" in line
        assert (entry.digest or "")[:12] in said(screen.query_one("#about"))


async def test_a_run_that_another_program_plays_is_seen_to_end() -> None:
    history = ScriptedHistory(Path("kept"), kept.SOME)
    async with driven(new_app(history=history), NARROW) as pilot:
        screen = await _runs(pilot)
        assert screen.pointed == kept.SOME[1]
        ended = replaced(kept.SOME[0], state=RunState.COMPLETE, finished_share=1.0)
        history.scripted[0] = ended
        await until(pilot, lambda: screen.query_one(RunList).entries[0] == ended)
        assert screen.pointed == kept.SOME[1]


async def test_a_run_is_opened_as_if_it_had_just_ended(root: Path) -> None:
    config = parse_config(SHORT)
    summary = SimulationController(config).run().summary
    async with driven(new_app(history=History(root))) as pilot:
        screen = await _runs(pilot)
        await keyed(pilot, "enter")
        opened = pilot.app.screen
        assert isinstance(opened, KeptRunScreen)
        await until(pilot, lambda: opened.outcome is not None)
        assert opened.outcome is not None
        assert opened.outcome.ending is Ending.COMPLETE, opened.outcome.message
        assert opened.outcome.results is not None
        assert opened.outcome.results.summary == summary
        await quiet(pilot)
        assert "400" in said(opened.query_one(SummaryView))
        assert "nothing to compare" in said(opened.query_one(VerdictView))
        await keyed(pilot, "escape")
        await _back(pilot, screen)


async def test_an_interrupted_run_is_gone_on_with_and_gives_what_it_would_have_given(
    root: Path,
) -> None:
    digest = History(root).find("short").digest
    run = _interrupted(root)
    async with driven(new_app(history=History(root))) as pilot:
        screen = await _runs(pilot)
        await keyed(pilot, "enter")
        await until(pilot, lambda: "r goes on with it" in " ".join(_told(pilot)))
        assert pilot.app.screen is screen
        await keyed(pilot, "r")
        await _ended(pilot)
        outcome = workspace(pilot).outcome
        assert outcome is not None
        assert outcome.ending is Ending.COMPLETE, outcome.message
        assert outcome.results is not None
        assert outcome.results.digest == digest
        assert workspace(pilot).view == "run"
        assert 'These results are of "short"' in _note(pilot)
    assert (run / "results.json").exists()


async def test_the_newest_unfinished_run_is_gone_on_with_from_the_workspace(root: Path) -> None:
    _interrupted(root)
    async with driven(new_app(history=History(root))) as pilot:
        await settled(pilot)
        await press(pilot, "shift+f5")
        await _ended(pilot)
        outcome = workspace(pilot).outcome
        assert outcome is not None
        assert outcome.kept is not None
        assert (outcome.kept.name, outcome.kept.state) == ("short", RunState.COMPLETE)
        await press(pilot, "shift+f5")
        await until(pilot, lambda: "No run is unfinished." in _told(pilot))


async def test_a_run_is_renamed_and_pinned(root: Path) -> None:
    async with driven(new_app(history=History(root))) as pilot:
        screen = await _runs(pilot)
        await keyed(pilot, "n", "ctrl+u", *typed("last"), "enter")
        await until(pilot, lambda: "that is the newest" in " ".join(_told(pilot)))
        await keyed(pilot, "n", "ctrl+u", *typed("Sunday"), "enter")
        await until(pilot, lambda: _names(screen) == ["dear", "Sunday"])
        await keyed(pilot, "p")
        await until(pilot, lambda: "★ Sunday" in shown(screen.query_one(RunList)))
        assert "Pinned" in said(screen.query_one("#about"))
    entry = History(root).find("Sunday")
    assert (entry.id, entry.pinned) == ("20260101-100000-short", True)


async def test_deleting_is_asked_and_takes_the_marked_runs(root: Path) -> None:
    async with driven(new_app(history=History(root))) as pilot:
        screen = await _runs(pilot)
        await keyed(pilot, "d")
        assert '"short"' in dialog_text(pilot)
        await keyed(pilot, "enter")  # cancel
        await _back(pilot, screen)
        assert len(_names(screen)) == 2
        await keyed(pilot, "space", "up", "space", "delete")
        assert '"dear" and "short"' in dialog_text(pilot)
        await keyed(pilot, "right", "enter")
        await until(pilot, lambda: "No run is kept yet" in said(screen.query_one("#empty")))
    assert not [each for each in root.iterdir() if each.is_dir()]


async def test_a_run_is_exported_into_a_folder(root: Path, tmp_path: Path) -> None:
    async with driven(new_app(history=History(root))) as pilot:
        screen = await _runs(pilot)
        await keyed(pilot, "e", "enter", *typed("out"), "enter")
        await _back(pilot, screen)
        await until(pilot, lambda: any("files are in\nout" in text for text in _told(pilot)))
    (sessions,) = tmp_path.glob("out/*-sessions.csv")
    assert len(sessions.read_text().splitlines()) == 401
    (summary,) = tmp_path.glob("out/*-summary.json")
    told = json.loads(summary.read_text())
    assert told["digest"] == History(root).find("short").digest


async def test_the_marked_runs_are_exported_with_what_is_ticked(root: Path, tmp_path: Path) -> None:
    async with driven(new_app(history=History(root))) as pilot:
        screen = await _runs(pilot)
        await keyed(pilot, "home", "space", "space", "e")
        # Of the formats CSV alone, of the tables the seats alone.
        await keyed(pilot, "space", "down", "space", "down", "down", "space")
        await keyed(pilot, "down", "space", "down", "space", "enter", *typed("out"), "enter")
        await _back(pilot, screen)
        await until(pilot, lambda: any("4 files are in 2 folders" in text for text in _told(pilot)))
    for entry in History(root).entries():
        names = sorted(each.name for each in tmp_path.joinpath("out", entry.id).iterdir())
        assert names == ["run-config.toml", "run-seats.csv"]


async def test_files_of_another_run_are_replaced_if_that_is_wanted(
    root: Path, tmp_path: Path
) -> None:
    there = tmp_path / "out" / "run-hands.csv"
    there.parent.mkdir()
    there.write_text("of another")
    async with driven(new_app(history=History(root))) as pilot:
        screen = await _runs(pilot)
        await keyed(pilot, "e", "enter", *typed("out"), "enter")
        assert "out/run-hands.csv" in dialog_text(pilot)
        await keyed(pilot, "enter")
        await _back(pilot, screen)
        assert list(there.parent.iterdir()) == [there]
        await keyed(pilot, "e", "enter", *typed("out"), "enter", "right", "enter")
        await _back(pilot, screen)
        await until(pilot, lambda: any("files are in\nout" in text for text in _told(pilot)))
    assert not there.exists()
    assert (tmp_path / "out" / "run-report.html").exists()


async def test_the_digest_is_verified_again_and_damage_is_found(root: Path) -> None:
    sessions = root / "20260101-100000-short" / "sessions.bin"
    async with driven(new_app(history=History(root))) as pilot:
        screen = await _runs(pilot)
        await keyed(pilot, "v")
        await until(
            pilot, lambda: "58 of 58 blocks are there, as they were written" in dialog_text(pilot)
        )
        await keyed(pilot, "enter")
        await _back(pilot, screen)
        data = bytearray(sessions.read_bytes())
        data[1000] ^= 1
        sessions.write_bytes(bytes(data))
        await keyed(pilot, "v")
        await until(pilot, lambda: "57 of 58 blocks" in dialog_text(pilot))


async def test_a_run_that_was_not_checked_is_checked_when_it_is_verified(root: Path) -> None:
    text = SHORT.replace("workers = 1", 'workers = 2\nverify = "off"')
    SimulationController(parse_config(text), directory=root / "20260103-100000-new").run().release()
    async with driven(new_app(history=History(root))) as pilot:
        screen = await _runs(pilot)
        assert "not checked" in shown(screen.query_one(RunList))
        await keyed(pilot, "home", "v")
        await until(pilot, lambda: "✓ EQUAL" in dialog_text(pilot))
        await keyed(pilot, "enter")
        await _back(pilot, screen)
        assert "not checked" not in shown(screen.query_one(RunList))


async def test_a_session_of_a_run_is_played_again(root: Path) -> None:
    expected = replay(parse_config(SHORT), 399)
    async with driven(new_app(history=History(root)), NARROW) as pilot:
        screen = await _runs(pilot)
        await keyed(pilot, "s", "ctrl+u", *typed("400"), "enter")
        assert "The last session of this run is 399" in dialog_text(pilot)
        await keyed(pilot, "ctrl+u", *typed("399"), "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplayScreen))
        felt = pilot.app.screen
        assert isinstance(felt, ReplayScreen)
        await until(pilot, lambda: felt.sight is not None)
        await quiet(pilot)
        assert felt.sight is not None
        assert felt.sight.replay == expected
        assert "Session 399 (0 to 399) · seed 5" in said(felt.query_one("#title"))
        await keyed(pilot, "escape")
        await _back(pilot, screen)


async def test_two_runs_are_compared_with_what_they_gave(root: Path) -> None:
    async with driven(new_app(history=History(root))) as pilot:
        await _runs(pilot)
        await keyed(pilot, "c")
        await until(pilot, lambda: "space marks the two runs" in " ".join(_told(pilot)))
        await keyed(pilot, "space", "up", "c")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunsBesideScreen))
        await quiet(pilot)
        text = said(pilot.app.screen.query_one(ComparisonTable))
    short, dear = (History(root).find(name) for name in ("short", "dear"))
    assert text.startswith("short dear difference")
    assert "Base bet $5 $10" in text
    for entry in (short, dear):
        assert f"{100 * (entry.ahead or 0):.2f} %" in text
    assert "400 and 400 sessions that were dealt the same" in text


async def test_the_configuration_of_a_run_is_loaded_as_one_without_a_file(root: Path) -> None:
    async with driven(new_app(history=History(root))) as pilot:
        screen = await _runs(pilot)
        await keyed(pilot, "up", "f")
        await until(pilot, lambda: pilot.app.screen is not screen)
        found = await settled(pilot)
        assert found.state.config == parse_config(TWICE)
        assert (found.name_of_file, found.is_dirty) == ("untitled", True)


async def test_changes_are_not_lost_to_a_configuration_of_the_history(root: Path) -> None:
    async with driven(new_app(history=History(root))) as pilot:
        await settled(pilot)
        await write(pilot, "900")
        screen = await _runs(pilot)
        await keyed(pilot, "f")
        await until(pilot, lambda: "are not saved" in dialog_text(pilot))
        await keyed(pilot, "escape")
        await _back(pilot, screen)
        assert workspace(pilot).state.values["bankroll"] == {"starting_amount": 900}


async def test_the_limit_on_space_is_set_in_words(root: Path) -> None:
    async with driven(new_app(history=History(root))) as pilot:
        screen = await _runs(pilot)
        for text, limit in (("1.5 GB", 1_500_000_000), ("20mb", 20_000_000), ("none", None)):
            await keyed(pilot, "l", "ctrl+u", *typed(text), "enter")
            await until(pilot, lambda limit=limit: screen._limit == limit)
            assert History(root).limit == limit
        await until(pilot, lambda: "no limit" in said(screen.query_one("#title")))
        await keyed(pilot, "l", "ctrl+u", *typed("much"), "enter")
        assert "is no size" in dialog_text(pilot)


async def test_words_narrow_the_list_until_they_are_taken_away() -> None:
    history = ScriptedHistory(Path("kept"), kept.SOME)
    async with driven(new_app(history=history), NARROW) as pilot:
        screen = await _runs(pilot)
        await keyed(pilot, "slash", *typed("long complete"))
        assert _names(screen) == ["Long evening"]
        await keyed(pilot, "enter")
        assert isinstance(screen.focused, RunList)
        await keyed(pilot, "slash", "x")
        assert "No run has these words" in said(screen.query_one("#empty"))
        await keyed(pilot, "escape")
        assert len(_names(screen)) == len(kept.SOME)
        assert not screen.query_one(Input).display
        await keyed(pilot, "escape")
        await until(pilot, lambda: pilot.app.screen is workspace(pilot))


async def test_ten_thousand_runs_are_moved_through() -> None:
    history = ScriptedHistory(Path("kept"), kept.MANY)
    async with driven(new_app(history=history), NARROW) as pilot:
        screen = await _runs(pilot)
        await keyed(pilot, "end")
        lines = shown(screen.query_one(RunList)).splitlines()
        assert "evening 9,999" in lines[-1]
        assert len(lines) < 24
        await keyed(pilot, "pageup", "home", "pagedown")
        assert "evening 15" in shown(screen.query_one(RunList))


async def test_an_empty_history_says_what_to_do() -> None:
    async with driven(new_app(), NARROW) as pilot:
        screen = await _runs(pilot)
        text = said(screen.query_one("#empty"))
        assert "No run is kept yet" in text
        assert "F5 plays it" in text
        await keyed(pilot, "enter", "d", "space", "c")
        assert pilot.app.screen is screen


async def test_what_cannot_be_done_with_a_run_is_told_once(root: Path) -> None:
    _interrupted(root)
    async with driven(new_app(history=History(root))) as pilot:
        pilot.app.clear_notifications()
        screen = await _runs(pilot)
        await keyed(pilot, "enter", "enter")
        (told,) = _told(pilot)
        assert told.startswith('"short" is not complete')
        assert "1 unfinished" in said(screen.query_one("#title"))


async def test_a_history_that_cannot_be_read_says_why() -> None:
    Path("kept").write_text("a file where the runs should be")
    async with driven(new_app(), NARROW) as pilot:
        screen = await _runs(pilot)
        assert "✗ kept: Not a directory" in said(screen.query_one("#empty"))


OTHER = kept.entry("Other", RunState.UNFINISHED, days=1)


async def test_unfinished_runs_are_offered_once_and_played_ones_are_not() -> None:
    for entries, words in (
        (kept.SOME[1:], '"Long evening" of 2026-11-28 19:51, 43 % played. shift+F5 goes on'),
        ((kept.entry("Night", RunState.UNFINISHED), OTHER), "alt+a shows all"),
    ):
        history = ScriptedHistory(Path("kept"), entries)
        for is_offered in (True, False):
            async with driven(new_app(history=history)) as pilot:
                await settled(pilot)
                assert [words in told for told in _told(pilot)] == [True] * is_offered
    for quiet_entries in ((), (kept.SOME[0], *kept.SOME[2:])):
        history = ScriptedHistory(Path("kept"), quiet_entries)
        async with driven(new_app(history=history)) as pilot:
            await settled(pilot)
            assert not _told(pilot)


async def test_a_run_is_kept_under_the_name_of_its_configuration_or_of_its_file(
    configuration: Callable[..., Path],
) -> None:
    for text, name in ((SHORT, "Short evening"), (SHORT.partition("\n\n")[2], "evening")):
        history = ScriptedHistory(Path("kept"))
        async with driven(new_app(configuration(text), history=history)) as pilot:
            await settled(pilot)
            await press(pilot, "f5")
            await _ended(pilot)
            (entry,) = history.entries()
            assert entry.name == name
            assert entry.state is RunState.COMPLETE
            assert f'Kept as "{name}": kept/{entry.id}' in _note(pilot)
        shutil.rmtree("kept")


async def test_a_run_that_cannot_be_kept_is_played_all_the_same() -> None:
    Path("kept").write_text("a file where the runs should be")
    runs = script.ending()
    async with driven(new_app(make_runner=runs)) as pilot:
        await settled(pilot)
        await press(pilot, "f5")
        await _ended(pilot)
        assert workspace(pilot).outcome is not None
        assert [note.title for note in pilot.app._notifications] == ["This run is not kept"]


@pytest.mark.parametrize(
    ("answer", "deleted", "is_run"),
    [("k", 0, True), ("r", 2, True), ("c", 0, False), ("escape", 0, False)],
)
async def test_before_a_run_that_would_take_too_much_it_is_asked_what_goes(
    answer: str, deleted: int, is_run: bool
) -> None:
    runs = script.ending()
    history = ScriptedHistory(Path("kept"), kept.SOME, kept.SOME[2:4])
    async with driven(new_app(make_runner=runs, history=history)) as pilot:
        await settled(pilot)
        await press(pilot, "f5")
        await until(pilot, lambda: 'would go: "Long evening" and "Martin' in dialog_text(pilot))
        assert "11 GB" in dialog_text(pilot)
        await pilot.press(answer)
        await until(pilot, lambda: pilot.app.screen is workspace(pilot))
        if is_run:
            await _ended(pilot)
        await settled(pilot)
        assert len(runs.runs) == is_run
        assert history.deleted == [entry.id for entry in history.going[:deleted]]
        if not is_run:
            await press(pilot, "f5")
            await until(pilot, lambda: "would go" in dialog_text(pilot))


async def test_a_run_that_would_take_too_much_is_played_where_no_other_can_go() -> None:
    runs = script.ending()
    history = ScriptedHistory(Path("kept"), kept.SOME)
    async with driven(new_app(make_runner=runs, history=history)) as pilot:
        await settled(pilot)
        await press(pilot, "f5")
        await _ended(pilot)
        assert "No run can go" in _told(pilot)[-1]
        history.limit = None
        pilot.app._notifications.clear()
        await press(pilot, "f5")
        await until(pilot, lambda: len(runs.runs) == 2)
        await _ended(pilot)
        assert not _told(pilot)


async def test_a_stopped_run_says_how_to_go_on_with_it() -> None:
    runs = script.held(script.playing(0.5, 0.5))
    runs.leaves = BEGUN
    async with driven(new_app(make_runner=runs), NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "f5")
        await reported(pilot, runs)
        await press(pilot, "ctrl+t")
        await _ended(pilot)
        note = _note(pilot)
        assert "‖ STOPPED cancelled after 500,000" in note
        assert "37 % played. shift+F5 goes on with it" in note
        assert "lir-tui resume 20261128-221530-untitled" in note


async def test_a_refused_run_leaves_nothing_behind_and_is_not_said_to_go_on() -> None:
    runs = script.ending(ProcessStartError("worker 1", "too many processes"))
    async with driven(new_app(make_runner=runs)) as pilot:
        await settled(pilot)
        await press(pilot, "f5")
        await _ended(pilot)
        assert "Kept" not in _note(pilot)
        assert "goes on" not in _note(pilot)
    assert not list(Path("kept").iterdir())


async def test_no_run_is_gone_on_with_while_another_is_played() -> None:
    runs = script.held(script.playing(0.5, 0.5))
    history = ScriptedHistory(Path("kept"), kept.SOME[1:])
    async with driven(new_app(make_runner=runs, history=history)) as pilot:
        await settled(pilot)
        await press(pilot, "f5")
        await reported(pilot, runs)
        await keyed(pilot, "alt+a", "r")
        await until(pilot, lambda: "A run is being played" in " ".join(_told(pilot)))
        assert isinstance(pilot.app.screen, RunsScreen)
        assert len(runs.runs) == 1


async def test_reading_a_run_back_is_stopped_with_its_screen(root: Path) -> None:
    reading = script.held(script.playing(0.5, 0.5))
    app = new_app(history=History(root), reopen=reading.again)
    async with driven(app) as pilot:
        screen = await _runs(pilot)
        await keyed(pilot, "enter")
        await until(pilot, lambda: bool(reading.runs))
        await keyed(pilot, "escape")
        await _back(pilot, screen)
        assert reading.runs[0]._cancelled.is_set()


async def test_results_lead_to_files_and_their_report(
    configuration: Callable[..., Path],
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browsed: list[Path] = []
    monkeypatch.setattr(browser, "show_in_browser", lambda file: bool(browsed.append(file)))
    path = configuration("[simulation]\nnum_sessions = 300\nworkers = 1\nrandom_seed = 3\n")
    async with driven(new_app(path, history=History(root)), NARROW) as pilot:
        await press(pilot, "f5")
        await until(pilot, lambda: workspace(pilot).outcome is not None)
        screen = await settled(pilot)
        bar = shown(screen.query_one(KeyBar))
        assert bar.split()[:6] == ["p", "Pictures", "s", "Replay", "e", "Export"]
        await pilot.press("e", "enter", *typed("out"), "enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        await until(pilot, lambda: screen.outcome is not None and screen.outcome.report)
        await quiet(pilot)
        note = said(screen.query_one("#run-note"))
        assert "Exported into out. o opens the report." in note
        await press(pilot, "o")
        assert browsed == [Path("out/run-report.html")]
        (*_, told) = pilot.app._notifications
        assert "report is\nout/run-report.html" in told.message
        await press(pilot, "f2")
        assert "Pictures" not in shown(screen.query_one(KeyBar))
