"""Pictures of a run: reached from the workspace and from a kept run, with the numbers in words."""

import json
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from driving import (
    MEDIUM,
    NARROW,
    driven,
    new_app,
    press,
    quiet,
    said,
    settled,
    shown,
    sweep_here,
    until,
    workspace,
    write,
)
from pictured_runs import AT_A_TABLE, EVENING, played, playing
from textual.pilot import Pilot
from textual.widget import Widget

from let_it_ride.analysis.agreement import Compared
from let_it_ride.analysis.axes import Axis
from let_it_ride.analysis.crew import Watching
from let_it_ride.analysis.sweep import Sweep
from let_it_ride.config import FullConfig, parse_config
from let_it_ride.history import History
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.tui.pictures.canvas import Canvas
from let_it_ride.tui.pictures.pages import PAGES, SLOW, Ended, picture_of
from let_it_ride.tui.pictures.works import PathsWork, RuinWork
from let_it_ride.tui.screens.help import HelpScreen, HelpText
from let_it_ride.tui.screens.kept_run import KeptRunScreen
from let_it_ride.tui.screens.pictures import PicturesScreen
from let_it_ride.tui.screens.runs import RunsScreen
from let_it_ride.tui.widgets.picture_view import PictureView

pytestmark = pytest.mark.slow


def _money(cents: float) -> str:
    """An amount as the screen tells it, whole ones without cents."""
    text = f"{'−' if cents < 0 else '+'}${abs(cents) / 100:,.2f}"
    return text.removesuffix(".00")


async def _shown(
    pilot: Pilot[Any], text: str = EVENING, compared: Compared | None = None
) -> PicturesScreen:
    """Look at pictures of a run."""
    await settled(pilot)
    config, results, known = played(text)
    name = config.metadata.name or ""
    screen = PicturesScreen(Ended(name, config, results, compared or known))
    pilot.app.push_screen(screen)
    await until(pilot, lambda: pilot.app.screen is screen)
    await quiet(pilot)
    return screen


async def _page(pilot: Pilot[Any], number: int) -> str:
    """Look at a picture, and read all that is there."""
    await pilot.press(str(number))
    await quiet(pilot)
    return _read(pilot)


def _read(pilot: Pilot[Any]) -> str:
    return said(pilot.app.screen.query_one(PictureView))


async def test_a_key_leads_from_a_run_to_its_pictures_and_back() -> None:
    async with driven(new_app(make_runner=playing(EVENING)), NARROW) as pilot:
        await press(pilot, "f5")
        await until(pilot, lambda: workspace(pilot).outcome is not None)
        await settled(pilot)
        await pilot.press("alt+shift+b")
        await until(pilot, lambda: isinstance(pilot.app.screen, PicturesScreen))
        await quiet(pilot)
        assert "2,000 sessions" in said(pilot.app.screen.query_one("#title"))
        await press(pilot, "escape")
        assert pilot.app.screen is workspace(pilot)


async def test_without_a_run_it_says_what_to_do() -> None:
    async with driven(new_app()) as pilot:
        await press(pilot, "alt+shift+b")
        assert pilot.app.screen is workspace(pilot)
        (told,) = [note.message for note in pilot.app._notifications]
        assert "F5 plays one" in told
        assert "alt+a" in told


async def test_a_kept_run_has_pictures_too(tmp_path: Path) -> None:
    run = tmp_path / "kept" / "20260101-100000-short"
    text = "[simulation]\nnum_sessions = 300\nrandom_seed = 5\nworkers = 1\n"
    results = SimulationController(parse_config(text), directory=run).run()
    (run / "about.json").write_text(json.dumps({"name": "short"}))
    profits = sorted(session.profit for session in results)
    results.release()
    async with driven(new_app(history=History(tmp_path / "kept"))) as pilot:
        await settled(pilot)
        for key, screen in (("alt+a", RunsScreen), ("enter", KeptRunScreen)):
            await pilot.press(key)
            await until(pilot, lambda screen=screen: isinstance(pilot.app.screen, screen))  # type: ignore[misc]
            await quiet(pilot)
        opened = pilot.app.screen
        assert isinstance(opened, KeptRunScreen)
        await until(pilot, lambda: opened.outcome is not None)
        await quiet(pilot)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, PicturesScreen))
        await quiet(pilot)
        assert "short" in said(pilot.app.screen.query_one("#title"))
        # The least profit that half of the sessions do not exceed.
        assert f"the median is {_money(profits[149])}," in _read(pilot)
        assert "played again" in await _page(pilot, 6)
        await press(pilot, "escape")
        assert pilot.app.screen is opened


def _in_reverse(names: Widget) -> str:
    """The name that stands out without colour."""
    parts = names.render_line(0)
    return "".join(part.text for part in parts if part.style and part.style.reverse).strip()


async def test_arrows_tabs_and_numbers_go_from_picture_to_picture() -> None:
    async with driven(new_app(), NARROW) as pilot:
        screen = await _shown(pilot)
        assert screen.page == 0
        for key, page in (
            ("right", 1),
            ("tab", 2),
            ("left", 1),
            ("shift+tab", 0),
            ("left", len(PAGES) - 1),
            ("right", 0),
            ("4", 3),
        ):
            await pilot.press(key)
            await quiet(pilot)
            assert screen.page == page
            assert _in_reverse(screen.query_one("PageNames")) == f"{page + 1} {PAGES[page]}"
        await pilot.click("PageNames", offset=(14, 0))
        await quiet(pilot)
        assert screen.page == 1


async def test_the_numbers_in_words_are_those_of_the_sessions() -> None:
    _, results, compared = played(EVENING)
    profits = sorted(session.profit for session in results.sessions)
    law = compared.law
    assert law is not None
    async with driven(new_app(), MEDIUM) as pilot:
        await _shown(pilot)
        told = _read(pilot)
        mean = sum(profits) / len(profits)
        quarter, most = _money(profits[499]), _money(profits[1499])
        assert f"Half of the sessions end between {quarter} and {most}," in told
        assert f"mean {_money(mean)}." in told
        assert f"mean {_money(law.mean_profit)}." in told
        won = sum(session.stop_reason.key == "win_limit" for session in results.sessions)
        exact = law.chances[0].sum()
        told = await _page(pilot, 2)
        assert f"{won / 20:.2f} % exact {100 * exact:.2f} %" in told
        falls = sorted(session.max_drawdown for session in results.sessions)
        told = await _page(pilot, 5)
        assert f"Half of the sessions fell ${falls[999] / 100:,.2f} or less" in told
        assert f"95 % {_money(falls[1899])[1:]}" in told


async def test_dots_stand_as_high_as_their_shares() -> None:
    _, results, _ = played(EVENING)
    async with driven(new_app(), MEDIUM) as pilot:
        view = (await _shown(pilot)).query_one(PictureView)
        lines = shown(view).splitlines()
        axis = next(number for number, line in enumerate(lines) if "├──" in line)
        one, row = next((n, line) for n, line in enumerate(lines[:axis]) if " % ┤" in line)
        a_percent = (axis - one) / float(row.split()[0])
        width = 100 * int(said(view).partition(" a bar")[0].rpartition("$")[2])
        zero = re.search(r" 0 ", lines[axis + 1])
        assert zero is not None
        left = lines[axis].index("├") + 1
        start = -width * ((zero.start() + 1 - left) // 2)
        dots = {
            (column - left) // 2: (axis - number, line[column - 1] == "≈")
            for number, line in enumerate(lines[:axis])
            for column, letter in enumerate(line)
            if letter == "●"
        }
        assert len(dots) >= 10
        assert any(is_cut for _, is_cut in dots.values())
        for place, (height, is_cut) in dots.items():
            least = start + place * width
            share = sum(least <= each.profit < least + width for each in results.sessions) / 2000
            rows = 100 * share * a_percent
            assert rows > height if is_cut else height - 1 <= rows < height


async def test_ruin_is_exact_and_the_loss_limit_is_left_out() -> None:
    # With one hand's money, riding always, two hands: ruin is losing the first.
    text = """\
[simulation]
num_sessions = 4
hands_per_session = 2
random_seed = 5
workers = 1

[bankroll]
starting_amount = 15.00

[bankroll.stop_conditions]
loss_limit = 15.00

[strategy]
type = "always_ride"
"""
    async with driven(new_app(), MEDIUM) as pilot:
        await _shown(pilot, text)
        told = await _page(pilot, 8)
        assert "The loss limit of the run is left out" in told
        assert f"With $15, as in this run, it is {100 * 1978380 / 2598960:.2f} %." in told
        assert "It is below 1 % from $30 on." in told
        assert "From $30 on, not drawn, it is below 0.1 %." in told
        assert f"▼ $15 {100 * 1978380 / 2598960:.1f} %" in told
        assert "All of it is exact." in told
        assert "×" in told  # too little for a hand


async def test_what_takes_its_time_holds_up_no_key_and_ends_with_the_screen() -> None:
    begun, watched = threading.Event(), []

    def sweep(
        config: FullConfig, axes: Sequence[Axis], dealing: Any, watching: Watching, known: Any
    ) -> Sweep:
        watched.append(watching.cancelled)
        begun.set()
        assert watching.cancelled.wait(60)
        raise RuntimeError("nobody waits for this")

    async with driven(new_app(sweep=sweep), NARROW) as pilot:
        screen = await _shown(pilot)
        await pilot.press("8")
        await until(pilot, begun.is_set)
        await until(pilot, lambda: "Solving other bankrolls" in _read(pilot))
        await pilot.press("left")
        await until(pilot, lambda: screen.page == 6)
        assert not watched[0].is_set()
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is workspace(pilot))
        await until(pilot, watched[0].is_set)
        await quiet(pilot)


async def test_what_cannot_be_worked_out_says_why() -> None:
    def sweep(*_: object) -> Sweep:
        raise RuntimeError("the solver is on strike")

    async with driven(new_app(sweep=sweep), NARROW) as pilot:
        await _shown(pilot)
        assert "✗ The chances cannot be worked out: the solver is on strike" in await _page(
            pilot, 8
        )


async def test_where_there_is_no_law_it_says_why() -> None:
    async with driven(new_app(), MEDIUM) as pilot:
        await _shown(pilot, compared=Compared(why_not="The comparison was stopped."))
        told = _read(pilot)
        assert "●" not in told
        assert "Without the exact law: The comparison was stopped." in told
        assert "exact 2" not in await _page(pilot, 2)


async def test_seats_are_there_where_there_are_some() -> None:
    _, results, _ = played(AT_A_TABLE)
    async with driven(new_app(), NARROW) as pilot:
        await _shown(pilot, AT_A_TABLE)
        told = await _page(pilot, 7)
        for seat in range(1, 5):
            profits = [each.profit for each in results.sessions if each.seat == seat]
            mean = sum(profits) / len(profits) / 100
            amount = f"{'−' if mean < 0 else '+'}${abs(mean):,.2f}"
            assert amount in told.split(f"Seat {seat}")[1].split("Seat")[0]
        assert "No bonus bet was staked in this run" in await _page(pilot, 4)
        await press(pilot, "escape")
        await _shown(pilot)
        assert "Set Seats under Table in the form" in await _page(pilot, 7)


@pytest.mark.parametrize("text", [EVENING, AT_A_TABLE], ids=["alone", "at a table"])
def test_every_picture_is_drawn_on_whatever_canvas(text: str) -> None:
    config, results, compared = played(text)
    run = Ended("", config, results, compared)
    works = (PathsWork(run, threading.Event()), RuinWork(run, threading.Event(), sweep_here))
    for work in works:
        work.do()
    pictures = [picture_of(page, run) for page in PAGES if page not in SLOW]
    for picture in (*pictures, *(work.picture for work in works)):
        for columns in (30, 31, 47, 78, 200):
            assert picture.words(columns)
            for rows in (5, 6, 9, 14, 40):
                canvas = Canvas(columns, rows)
                picture.draw(canvas)
                assert {len(canvas.text(row)) for row in range(rows)} == {columns}


async def test_a_picture_is_drawn_anew_for_the_room_there_is() -> None:
    async with driven(new_app(), (200, 60)) as pilot:
        view = (await _shown(pilot)).query_one(PictureView)
        for size in ((31, 60), (20, 5), (1, 1), NARROW):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda size=size: pilot.app.screen.size == size)  # type: ignore[misc]
            await quiet(pilot)
        await until(pilot, lambda: 60 < view.size.width <= 80)
        await quiet(pilot)
        lines = shown(view).splitlines()
        assert max(map(len, lines)) <= 80
        assert any("⣿" in line for line in lines)


async def test_it_reads_where_there_is_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driven(new_app(), NARROW) as pilot:
        await _shown(pilot)
        assert {"⣿", "█", "●", "╋"} <= set(_read(pilot))
        assert {"▒", "░", "━"} <= set(await _page(pilot, 6))


async def test_sessions_on_their_way_are_shown_one_at_a_time() -> None:
    async with driven(new_app(), NARROW) as pilot:
        await _shown(pilot)
        seen = [await _page(pilot, 6)]
        assert not {"▒", "░"} & set(seen[0])
        for number in (2, 3, 4, 1):
            await pilot.press("n")
            await quiet(pilot)
            assert f"session {number} of 4" in _read(pilot)
            seen.append(_read(pilot))
        assert len(set(seen)) == 4
        assert seen[0] == seen[4]


async def test_help_and_the_palette_know_the_pictures() -> None:
    async with driven(new_app()) as pilot:
        await _shown(pilot)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        await quiet(pilot)
        text = " ".join(str(pilot.app.screen.query_one(HelpText).render()).split())
        for words in ("Pictures", "The picture after", "Ruin"):
            assert words in text
        await press(pilot, "escape")
        await pilot.press("ctrl+p")
        await quiet(pilot)
        await write(pilot, "Drawdown")
        await pilot.press("enter")
        await until(pilot, lambda: getattr(pilot.app.screen, "page", None) == 4)
