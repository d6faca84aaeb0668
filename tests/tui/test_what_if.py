"""What if: varying settings on a map, and comparing with another configuration."""

import re
import threading
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from driving import (
    NARROW,
    all_alike,
    compare_here,
    dialog_text,
    driven,
    new_app,
    press,
    quiet,
    row,
    said,
    settled,
    shown,
    sweep_here,
    typed,
    until,
    workspace,
)
from textual.pilot import Pilot
from textual.widgets import Input, Static

from let_it_ride.analysis.axes import Axis
from let_it_ride.analysis.comparing import Comparison
from let_it_ride.analysis.crew import Watching
from let_it_ride.analysis.dealing import Dealing
from let_it_ride.analysis.figures import exact_figures_of
from let_it_ride.analysis.measures import measure_named
from let_it_ride.analysis.sweep import Cell, Sweep
from let_it_ride.config import FullConfig, parse_config
from let_it_ride.reports.comparison_rows import figure_rows, labelled_rows
from let_it_ride.tui.screens.comparison import ComparisonScreen
from let_it_ride.tui.screens.help import HelpText
from let_it_ride.tui.screens.sweep import SweepScreen
from let_it_ride.tui.screens.vary import VaryScreen
from let_it_ride.tui.what_if import sweeper, told_apart
from let_it_ride.tui.widgets.comparison_table import ComparisonTable
from let_it_ride.tui.widgets.map_view import MapView

pytestmark = pytest.mark.slow

LIMITED = "[simulation]\nhands_per_session = 40\n[bankroll.stop_conditions]\nwin_limit = "
SHORT = "[simulation]\nhands_per_session = 40\nrandom_seed = 7\n"


async def asked(pilot: Pilot[Any], *texts: str, enter: bool = True) -> None:
    """Ask what if, with these texts in the fields."""
    await pilot.press("alt+v")
    await until(pilot, lambda: isinstance(pilot.app.screen, VaryScreen))
    for place, text in enumerate(texts):
        field = pilot.app.screen.query_one(f"#axis-{place}", Input)
        field.value = text
    await quiet(pilot)
    if enter:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SweepScreen))
        await quiet(pilot)


def map_view(pilot: Pilot[Any]) -> MapView:
    return pilot.app.screen.query_one(MapView)


def said_of(pilot: Pilot[Any], name: str) -> str:
    return said(pilot.app.screen.query_one(f"#{name}", Static))


def notified(pilot: Pilot[Any]) -> str:
    return " ".join(each.message for each in pilot.app._notifications)


def ahead_of(win_limit: int, loss_limit: int) -> float:
    limits = f"win_limit = {win_limit}\nloss_limit = {loss_limit}\n"
    config = parse_config(f"{SHORT}[bankroll.stop_conditions]\n{limits}")
    return exact_figures_of(config).of(measure_named("ahead")).value


def hands_of(win_limit: int | None, loss_limit: int | None) -> float:
    config = parse_config(SHORT)
    stops = config.bankroll.stop_conditions.model_copy(
        update={"win_limit": win_limit, "loss_limit": loss_limit}
    )
    bankroll = config.bankroll.model_copy(update={"stop_conditions": stops})
    changed = config.model_copy(update={"bankroll": bankroll})
    return exact_figures_of(changed).of(measure_named("hands")).value


async def test_the_whole_way_from_the_question_to_the_form_and_back(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(SHORT)), NARROW) as pilot:
        await asked(pilot, "win_limit=50:150:50", "loss_limit=50,100")
        await pilot.press("down", "right")
        await quiet(pilot)
        text = shown(map_view(pilot))
        assert f"{ahead_of(100, 100) * 100:.4f}" in text
        assert said_of(pilot, "title") == "♠ What if Chance to leave ahead, % · exact"
        assert text.startswith(" Win limit ↓   Loss limit →")
        cell = said_of(pilot, "cell")
        assert cell.startswith("Win limit $100, loss limit $100: ahead")
        assert f"ahead {ahead_of(100, 100) * 100:.2f} %" in cell
        screen = await press(pilot, "enter")
        assert pilot.app.screen is screen
        stops = screen.state.config.bankroll.stop_conditions  # type: ignore[union-attr]
        assert (stops.win_limit, stops.loss_limit) == (100, 100)
        assert "win_limit = 100.00" in screen.session.text
        screen = await press(pilot, "ctrl+z")
        stops = screen.state.config.bankroll.stop_conditions  # type: ignore[union-attr]
        assert (stops.win_limit, stops.loss_limit) == (None, None)
        assert screen.session.text == SHORT


async def test_the_question_begins_with_the_focused_setting() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        row(screen, "bankroll", "base_bet").editor.focus()
        await quiet(pilot)
        await pilot.press("alt+v")
        await until(pilot, lambda: isinstance(pilot.app.screen, VaryScreen))
        await quiet(pilot)
        fields = [field.value for field in pilot.app.screen.query(Input)]
        assert fields == ["base_bet=2.5:10:0.5", "win_limit=25:500:25"]
        assert "Base bet: 16 values: 2.50, 3 … 10" in dialog_text(pilot)


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (("win_limt=5", ""), "did you mean win_limit?"),
        (("win_limit=5", "win_limit=6"), "is varied twice"),
        (("win_limit=1:200:1", "loss_limit=1:200:1"), "at most 10,000"),
        (("", ""), "say what to vary"),
    ],
)
async def test_what_cannot_be_varied_is_said_and_not_worked_out(
    texts: tuple[str, str], words: str
) -> None:
    async with driven(new_app(), NARROW) as pilot:
        await asked(pilot, *texts, enter=False)
        assert words in dialog_text(pilot)
        await pilot.press("enter")
        await quiet(pilot)
        assert isinstance(pilot.app.screen, VaryScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert pilot.app.screen is workspace(pilot)


async def test_a_setting_can_be_found_by_its_name() -> None:
    async with driven(new_app()) as pilot:
        await asked(pilot, enter=False)
        await pilot.press("ctrl+l")
        await quiet(pilot)
        await pilot.press(*typed("strategy type"), "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, VaryScreen))
        await quiet(pilot)
        field = pilot.app.screen.query_one("#axis-0", Input)
        assert field.value.startswith("strategy=basic,")


async def test_one_setting_alone_and_its_type_goes_into_the_form() -> None:
    async with driven(new_app()) as pilot:
        await asked(pilot, "strategy=basic,always_pull,conservative", "")
        assert shown(map_view(pilot)).startswith(" Strategy ↓")
        assert "Always pull" in shown(map_view(pilot))
        await pilot.press("end", "down", "right", "up", "pagedown")
        await quiet(pilot)
        assert map_view(pilot).cursor == (2, 0)
        screen = await press(pilot, "enter")
        assert screen.state.config is not None
        assert screen.state.config.strategy.type == "conservative"


async def test_another_measure_and_other_settings(configuration: Callable[..., Path]) -> None:
    async with driven(new_app(configuration(SHORT))) as pilot:
        await asked(pilot, "win_limit=50,100", "loss_limit=50,100")
        await pilot.press("m")
        await quiet(pilot)
        await pilot.press(*typed("money"), "enter")
        await quiet(pilot)
        assert said_of(pilot, "title").startswith("♠ What if Chance to run out of money, %")
        assert "= 0.00 % everywhere" in said_of(pilot, "notes")
        await pilot.press("m")
        await quiet(pilot)
        await pilot.press(*typed("mean hands"), "enter", "d")
        await quiet(pilot)
        assert said_of(pilot, "title").startswith("♠ What if Change: mean hands ·")
        apart = hands_of(50, 50) - hands_of(None, None)
        assert f"hands −{-apart:.2f}" in said_of(pilot, "cell")
        await pilot.press("d")
        await quiet(pilot)
        assert f"hands {hands_of(50, 50):.2f}" in said_of(pilot, "cell")
        await pilot.press("v")
        await until(pilot, lambda: isinstance(pilot.app.screen, VaryScreen))
        await quiet(pilot)
        fields = [field.value for field in pilot.app.screen.query(Input)]
        assert fields == ["win_limit=50,100", "loss_limit=50,100"]
        await pilot.press("escape")
        await settled(pilot)
        assert workspace(pilot).session.text == SHORT


async def test_the_keys_of_the_map_are_in_its_help() -> None:
    async with driven(new_app()) as pilot:
        await asked(pilot, "win_limit=50,100", "")
        await pilot.press("f1")
        await until(pilot, lambda: pilot.app.screen.query(HelpText))
        await quiet(pilot)
        text = said(pilot.app.screen.query_one(HelpText))
        assert text.startswith(
            "On the map enter Put the values into the form m Show another measure"
        )
        await pilot.press("escape")
        await quiet(pilot)
        assert isinstance(pilot.app.screen, SweepScreen)


async def test_what_is_no_configuration_says_why_and_goes_nowhere() -> None:
    async with driven(new_app()) as pilot:
        await asked(pilot, "starting_amount=10,900", "")
        await pilot.press("home", "up")
        await quiet(pilot)
        assert "does not pay for one round" in said_of(pilot, "cell")
        assert "×" in shown(map_view(pilot))
        await pilot.press("enter")
        await quiet(pilot)
        assert "does not pay for one round" in notified(pilot)
        assert isinstance(pilot.app.screen, SweepScreen)
        assert workspace(pilot).session.text == ""


class HeldSweeper:
    """Works out one cell and then waits, until it is let go on or cancelled."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.was_cancelled = threading.Event()
        self.is_held = threading.Event()

    def __call__(
        self,
        config: FullConfig,
        axes: Sequence[Axis],
        dealing: Dealing,
        watching: Watching,
        known: Callable[[int, Cell], None],
    ) -> Sweep:
        swept = sweep_here(config, axes, dealing, watching, lambda _number, _cell: None)
        known(0, swept.cells[0])
        watching.progress(0.25)
        self.is_held.set()
        while not self.may_go_on.wait(0.005):
            watching.progress(0.25)
            if watching.cancelled.is_set():
                self.was_cancelled.set()
                raise RuntimeError("nobody waits for this")
        for number, cell in enumerate(swept.cells):
            known(number, cell)
        return swept


async def test_cells_are_shown_as_they_become_known_and_the_rest_when_it_comes() -> None:
    held = HeldSweeper()
    async with driven(new_app(sweep=held)) as pilot:
        await asked(pilot, "win_limit=50,100", "loss_limit=50,100", enter=False)
        await pilot.press("enter")
        await until(pilot, lambda: held.is_held.is_set() and "25 %" in said_of(pilot, "title"))
        await until(pilot, lambda: shown(map_view(pilot)).count("·") == 3)
        await pilot.press("right")
        await until(pilot, lambda: "not known yet" in said_of(pilot, "cell"))
        await pilot.press("enter")
        await until(pilot, lambda: "is not known" in notified(pilot))
        assert isinstance(pilot.app.screen, SweepScreen)
        held.may_go_on.set()
        await quiet(pilot)
        assert "·" not in shown(map_view(pilot))
        assert "%" not in said_of(pilot, "title").removeprefix("♠ What if Chance to leave ahead, %")


async def test_escape_cancels_the_work() -> None:
    held = HeldSweeper()
    async with driven(new_app(sweep=held)) as pilot:
        await asked(pilot, "win_limit=50,100", "", enter=False)
        await pilot.press("enter")
        await until(pilot, held.is_held.is_set)
        await pilot.press("escape")
        await until(pilot, held.was_cancelled.is_set)
        await settled(pilot)
        assert pilot.app.screen is workspace(pilot)


async def test_a_map_says_how_long_it_takes_where_that_is_long() -> None:
    held, now = HeldSweeper(), [0.0]
    async with driven(new_app(sweep=held, clock=lambda: now[0]), NARROW) as pilot:
        await asked(pilot, "win_limit=50,100", "", enter=False)
        await pilot.press("enter")
        await until(pilot, held.is_held.is_set)
        now[0] = 30.0
        await until(pilot, lambda: said_of(pilot, "title").endswith("about 2 min · 25 %"))
        now[0] = 45.0
        await until(pilot, lambda: said_of(pilot, "title").endswith("about 3 min · 25 %"))
        held.may_go_on.set()
        await quiet(pilot)
        assert "about" not in said_of(pilot, "title")


async def test_a_comparison_says_how_long_it_takes_where_that_is_long() -> None:
    now, may_go_on = [0.0], threading.Event()

    def held(
        named: Sequence[tuple[str, FullConfig]], dealing: Dealing, watching: Watching
    ) -> Comparison:
        while not may_go_on.wait(0.005):
            watching.progress(0.5)
        return compare_here(named, dealing, watching)

    async with driven(new_app(compare=held, clock=lambda: now[0])) as pilot:
        await pilot.press("alt+c")
        await quiet(pilot)
        await pilot.press(*typed("defaults"), "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        await until(pilot, lambda: said_of(pilot, "state") == "Working: 50 %")
        now[0] = 20.0
        await until(pilot, lambda: said_of(pilot, "state") == "Working: about 40 s · 50 %")
        may_go_on.set()
        await quiet(pilot)
        assert not pilot.app.screen.query("#state")


async def test_work_that_fails_is_said_and_nothing_else_suffers() -> None:
    def failing(*_: object) -> Any:
        raise RuntimeError("the abacus is broken")

    async with driven(new_app(sweep=failing, compare=failing), NARROW) as pilot:
        await asked(pilot, "win_limit=25:500:25", "loss_limit=25:500:25")
        assert "the abacus is broken" in said_of(pilot, "notes")
        await press(pilot, "escape")
        await pilot.press("alt+c")
        await quiet(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        await quiet(pilot)
        assert "the abacus is broken" in said_of(pilot, "state")
        await press(pilot, "escape")
        assert pilot.app.screen is workspace(pilot)


@pytest.mark.parametrize("size", [NARROW, (60, 16)])
async def test_the_cell_pointed_at_is_always_in_sight(size: tuple[int, int]) -> None:
    async with driven(new_app(sweep=all_alike), size) as pilot:
        await asked(pilot, "hands_per_session=1:60:1", "win_limit=5:450:5")
        view = map_view(pilot)
        for key in ("end", *["pagedown"] * 6, "home", "pageup"):
            await pilot.press(key)
            await quiet(pilot)
            pointed = [
                segment.text
                for y in range(view.size.height)
                for segment in view.render_line(y)
                if segment.style and segment.style.reverse
            ]
            assert len("".join(pointed)) == view.drawn.cell_width
        assert view.cursor == (49, 0)
        assert said_of(pilot, "cell").startswith("Hands per session 50, win limit $5:")
        notes = pilot.app.screen.query_one("#notes")
        assert said(notes).startswith("= ")  # what the marks mean, or that there is none
        assert notes.region.bottom < size[1]


@pytest.mark.parametrize(
    ("texts", "place"),
    [
        (("win_limit=50:500:50", "loss_limit=100,200,300"), (4, 1)),
        (("win_limit=50:500:100", "loss_limit=500,160,130"), (2, 1)),
        (("base_bet=5:20:2.5", "win_limit=none,300"), (1, 1)),
        (("win_limit=none,50,100", ""), (2, 0)),
        (("hands_per_session=10,40,80", "strategy=optimal,basic"), (1, 1)),
        (("strategy=basic,conservative", "betting_system.max_bet=5,100"), (0, 0)),
    ],
)
async def test_the_pointer_starts_at_the_configuration_as_it_is(
    texts: tuple[str, str], place: tuple[int, int], configuration: Callable[..., Path]
) -> None:
    text = "[bankroll]\nbase_bet = 7\n[bankroll.stop_conditions]\nwin_limit = 250\n"
    path = configuration(SHORT + text + "loss_limit = 200\n")
    async with driven(new_app(path, sweep=all_alike)) as pilot:
        await asked(pilot, *texts)
        assert map_view(pilot).cursor == place


async def test_a_click_points_at_a_cell() -> None:
    async with driven(new_app()) as pilot:
        await asked(pilot, "win_limit=50:150:50", "loss_limit=50:150:50")
        view = map_view(pilot)
        width = view.drawn.cell_width
        left = view.drawn.label_width + 1
        await pilot.click(MapView, offset=(left + 2 * width + 1, 3))
        await quiet(pilot)
        assert view.cursor == (1, 2)
        await pilot.click(MapView, offset=(0, 0))
        await quiet(pilot)
        assert view.cursor == (1, 2)


async def test_while_there_are_errors_it_goes_to_them() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        row(screen, "bankroll", "base_bet").editor.focus()
        await press(pilot, *"500")
        for key in ("alt+v", "alt+c"):
            await pilot.press(key)
            await settled(pilot)
            assert pilot.app.screen is screen


async def test_another_configuration_beside_this_one(configuration: Callable[..., Path]) -> None:
    other = configuration(SHORT + "[bankroll.stop_conditions]\nwin_limit = 50\n", "other.toml")
    async with driven(new_app(configuration(SHORT)), NARROW) as pilot:
        await pilot.press("alt+c")
        await quiet(pilot)
        await pilot.press("enter")
        await quiet(pilot)
        pilot.app.screen.query_one(Input).value = str(other)
        await quiet(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen.query(ComparisonTable))
        await quiet(pilot)
        text = said(pilot.app.screen.query_one(ComparisonTable))
        figures = [
            exact_figures_of(parse_config(path.read_text()))
            for path in (
                workspace(pilot).session.saved.path,
                other,  # type: ignore[arg-type]
            )
        ]
        ahead = [each.of(measure_named("ahead")).value * 100 for each in figures]
        assert "Win limit none $50" in text
        assert text.index("Chance to leave ahead") < text.index("Settings that differ")
        assert (
            f"Chance to leave ahead {ahead[0]:.2f} % {ahead[1]:.2f} % +{ahead[1] - ahead[0]:.2f} pp"
            in text
        )
        assert "All exact." in text
        await press(pilot, "escape")
        assert pilot.app.screen is workspace(pilot)


async def test_a_preset_beside_this_configuration() -> None:
    async with driven(new_app()) as pilot:
        await pilot.press("alt+c")
        await quiet(pilot)
        await pilot.press(*typed("defaults"), "enter")
        await until(pilot, lambda: pilot.app.screen.query(ComparisonTable))
        await quiet(pilot)
        text = said(pilot.app.screen.query_one(ComparisonTable))
        assert "No setting differs" in text
        assert "$0.00" in text


async def test_a_file_that_is_no_configuration_is_said(configuration: Callable[..., Path]) -> None:
    wrong = configuration("[bankroll]\nbase_bett = 5\n", "wrong.toml")
    async with driven(new_app()) as pilot:
        await pilot.press("alt+c")
        await quiet(pilot)
        await pilot.press("enter")
        await quiet(pilot)
        pilot.app.screen.query_one(Input).value = str(wrong)
        await quiet(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "base_bet" in dialog_text(pilot))
        await quiet(pilot)
        assert "toml:2" in dialog_text(pilot)


@pytest.mark.slow
async def test_with_real_processes(configuration: Callable[..., Path]) -> None:
    async with driven(new_app(configuration(SHORT), sweep=sweeper)) as pilot:
        await asked(pilot, "win_limit=50:150:50", "loss_limit=50,100")
        assert f"{ahead_of(50, 50) * 100:.4f}" in shown(map_view(pilot))


def test_what_is_edited_is_told_apart_from_its_own_file() -> None:
    edited, kept = FullConfig(), parse_config(SHORT, "short")
    pairs = [("small.toml", edited), ("small.toml", kept)]
    assert told_apart(pairs) == [("these settings", edited), ("small.toml", kept)]
    pairs = [("small.toml", edited), ("other.toml", kept)]
    assert told_apart(pairs) == pairs


async def test_what_is_edited_beside_its_own_file_has_another_name(
    configuration: Callable[..., Path],
) -> None:
    path = configuration(SHORT)
    async with driven(new_app(path), NARROW) as pilot:
        await pilot.press("alt+c")
        await quiet(pilot)
        await pilot.press("enter")
        await quiet(pilot)
        pilot.app.screen.query_one(Input).value = str(path)
        await quiet(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen.query(ComparisonTable))
        await quiet(pilot)
        title = said(pilot.app.screen.query_one("#title"))
        assert title == "♠ Compare these settings · evening.toml"


@pytest.mark.parametrize("width", [78, 118])
def test_a_comparison_of_long_names_has_its_labels_whole(width: int) -> None:
    begins = "A system, and what it costs "
    texts = {
        f"{begins}early": SHORT + '[bankroll.betting_system]\ntype = "martingale"\n',
        f"{begins}late": SHORT + '[strategy]\ntype = "always_pull"\n',
    }
    named = [(name, parse_config(text)) for name, text in texts.items()]
    comparison = compare_here(named, Dealing(200, 1), Watching(threading.Event()))
    text = ComparisonTable(comparison).content_at(width).plain
    head, *lines = text.split("\n")
    assert max(map(len, (head, *lines))) <= width
    assert len(set(head.split("  ")[-3:])) == 3
    labels = [line.split("  ")[0].lower() for line in lines]
    for each in labelled_rows(comparison):
        assert each.label.lower() in labels
    for each in figure_rows(comparison):
        assert {each.label.lower(), each.label.removeprefix("Chance to ")} & set(labels), each


def test_differences_are_those_of_the_figures_beside_them() -> None:
    named = [(f"{limit}", parse_config(f"{LIMITED}{limit}\n")) for limit in range(100, 400, 30)]
    first, *others = named
    for other in others:
        comparison = compare_here([first, other], Dealing(200, 1), Watching(threading.Event()))
        for each in figure_rows(comparison):
            (told,) = each.differences
            before, after = map(_number, each.values)
            assert after - before == _number(told), each


def _number(text: str) -> Decimal:
    return Decimal(re.sub(r"[^0-9.−]", "", text).replace("−", "-"))
