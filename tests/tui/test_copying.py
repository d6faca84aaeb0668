"""Whatever has the focus can be copied, by a key."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
import scripted_history as kept
import scripted_runs as script
from driving import MEDIUM, driven, new_app, press, quiet, typed, until, workspace
from scenes import EVENING
from scripted_history import ScriptedHistory
from textual.app import App
from textual.pilot import Pilot

from let_it_ride.tui.copying import copies_of
from let_it_ride.tui.screens.choosing import ChoosingScreen
from let_it_ride.tui.widgets.comparison_table import ComparisonTable

pytestmark = pytest.mark.slow


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was sent to the clipboard."""
    sent: list[str] = []
    monkeypatch.setattr(App, "copy_to_clipboard", lambda _, text: sent.append(text))
    return sent


async def _choose(pilot: Pilot[int], words: str) -> None:
    """Choose what is copied by what it is called."""
    await until(pilot, lambda: isinstance(pilot.app.screen, ChoosingScreen))
    await quiet(pilot)
    await pilot.press(*typed(words), "enter")
    await quiet(pilot)


async def test_a_value_is_copied_from_a_field_and_at_rest(copied: list[str]) -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        await press(pilot, "alt+shift+y")
        await press(pilot, "escape", "j", "y")
        await screen.show_setting(("strategy", "type"))
        await press(pilot, "shift+f8")
        assert copied == ["500.00", "5.00", "Basic"]
        assert [note.message for note in pilot.app._notifications][-1] == "Basic"


async def test_the_text_is_copied_or_what_is_selected_of_it(
    copied: list[str], configuration: Callable[..., Path]
) -> None:
    async with driven(new_app(configuration(EVENING))) as pilot:
        await press(pilot, "f3", "alt+shift+y")
        await press(pilot, "ctrl+home", "shift+right", "shift+right", "alt+shift+y")
        assert copied == [workspace(pilot).session.text, EVENING[:2]]


async def test_a_figure_is_copied_from_a_panel(copied: list[str]) -> None:
    async with driven(new_app(), MEDIUM) as pilot:
        await press(pilot, "f4", "y")
        await _choose(pilot, "37963")
        await press(pilot, "y")
        await _choose(pilot, "mean profit")
        assert copied == ["37963/1082900", "Mean profit\t−$35.05"]
        await press(pilot, "y")
        await _choose(pilot, "all that is shown")
        assert not {"Copied", "Mean profit\t−$35.05"} & set(copied[-1].splitlines())
        (told,) = (note.message for note in pilot.app._notifications)
        assert told.endswith(f"and {len(copied[-1].strip().splitlines()) - 1} more lines")
        assert "\\n" not in told
        assert "House edge 3.505679 %" in " ".join(copied[-1].split())
        assert copied[-1].count("\n") > 20


async def test_the_digest_and_the_seed_of_a_run_are_copied_in_full(
    copied: list[str], configuration: Callable[..., Path]
) -> None:
    runner = script.ending(script.results(script.equal()))
    async with driven(new_app(configuration(EVENING), make_runner=runner)) as pilot:
        await pilot.press("f5")
        await until(pilot, lambda: workspace(pilot).outcome is not None)
        await quiet(pilot)
        await press(pilot, "y")
        await _choose(pilot, "digest")
        results = workspace(pilot).outcome.results
        await press(pilot, "y")
        await _choose(pilot, "seed")
        assert copied == [results.digest, str(results.provenance.seed)]


async def test_the_id_of_a_run_in_the_list_is_copied_and_escape_copies_nothing(
    copied: list[str],
) -> None:
    history = ScriptedHistory(Path("kept"), kept.SOME)
    async with driven(new_app(history=history)) as pilot:
        await pilot.press("alt+a")
        await quiet(pilot)
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoosingScreen))
        await pilot.press("escape")
        await quiet(pilot)
        assert not copied
        await pilot.press("y")
        await _choose(pilot, "id")
        assert copied == [kept.SOME[0].id]


async def test_a_table_is_copied_as_a_file_has_it(
    copied: list[str], configuration: Callable[..., Path]
) -> None:
    async with driven(new_app(configuration(EVENING))) as pilot:
        await pilot.press("alt+c")
        await quiet(pilot)
        await pilot.press(*typed("defaults"), "enter")
        await until(pilot, lambda: pilot.app.screen.query(ComparisonTable))
        await quiet(pilot)
        table = copies_of(pilot.app.screen)[0]
        head, *rows = csv.reader(table.text.splitlines())
        assert len(rows) >= 2
        assert all(len(row) == len(head) for row in rows)
        await pilot.press("y")
        await _choose(pilot, "csv")
        assert copied == [table.text]
