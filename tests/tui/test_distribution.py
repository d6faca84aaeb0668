"""The distribution of a session's profit: beside the form, and on the whole screen."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from driving import (
    MEDIUM,
    NARROW,
    driven,
    led_to,
    new_app,
    press,
    quiet,
    row,
    said,
    settled,
    shown,
    solve_here,
    starting,
    until,
    workspace,
    write,
)
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot

from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.config import FullConfig
from let_it_ride.tui.app import LirApp
from let_it_ride.tui.screens.distribution import DistributionScreen
from let_it_ride.tui.screens.help import HelpScreen, HelpText
from let_it_ride.tui.widgets.histogram import Histogram
from let_it_ride.tui.widgets.large_plot import LargePlot
from let_it_ride.tui.widgets.odds_panel import OddsPanel
from let_it_ride.tui.widgets.profit_plot import ProfitPlot

pytestmark = pytest.mark.slow

LIMITS = "[bankroll.stop_conditions]\nwin_limit = 250.00\nloss_limit = 200.00\n"
LOSS_LIMIT = ("bankroll", "stop_conditions", "loss_limit")


def _drawn(plot: ProfitPlot) -> str:
    """What is in the frame and around it."""
    return "\n".join(shown(canvas) for canvas in plot.histogram.query("Canvas"))


def _styles(plot: ProfitPlot, text: str) -> set[str]:
    """The colours in which a character is drawn."""
    canvas = plot.histogram.query_one("#plot")
    return {
        str(segment.style.color.name)
        for y in range(canvas.size.height)
        for segment in canvas.render_line(y)
        if text in segment.text and segment.style and segment.style.color
    }


async def _large(pilot: Pilot[Any]) -> LargePlot:
    screen = await led_to(pilot, DistributionScreen, "f11")
    return screen.query_one(LargePlot)


async def test_the_distribution_stands_beside_the_form(configuration: Callable[..., Path]) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = workspace(pilot)
        plot = screen.query_one(ProfitPlot)
        assert plot.size.height >= 10
        assert "⣿" in _drawn(plot)
        assert "█" in _drawn(plot)
        assert "L loss limit · W win limit · M mean" in said(plot._words)
        assert "% above +$" in said(plot._words)
        assert shown(plot._labels).split() == ["L", "M", "0", "W"]
        assert not any(each.can_focus for each in plot.walk_children(with_self=True))


async def test_it_follows_what_is_typed_and_dims_what_is_of_other_settings(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = workspace(pilot)
        plot = screen.query_one(ProfitPlot)
        before = _drawn(plot)
        row(screen, *LOSS_LIMIT).editor.focus()
        await write(pilot, "100")
        after = _drawn(plot)
        assert after != before
        assert not plot.has_class("-stale")
        await write(pilot, "x")
        assert plot.has_class("-stale")
        assert _drawn(plot) == after
        await press(pilot, "ctrl+z", "ctrl+z")
        assert not plot.has_class("-stale")
        assert _drawn(plot) == before


async def test_the_wheel_scrolls_the_panel_over_the_plot_too(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = workspace(pilot)
        panel, plot = screen.query_one(OddsPanel), screen.query_one(ProfitPlot)
        assert panel.max_scroll_y > 0
        await pilot._post_mouse_events([MouseScrollDown], plot.histogram.query_one("#plot"))
        await quiet(pilot)
        assert panel.scroll_y > 0
        await pilot._post_mouse_events([MouseScrollUp], plot.histogram.query_one("#plot"))
        await quiet(pilot)
        assert panel.scroll_y == 0


async def test_without_a_law_there_is_no_plot(configuration: Callable[..., Path]) -> None:
    async with driven(new_app(configuration("[table]\nnum_seats = 3\n"))) as pilot:
        screen = workspace(pilot)
        assert not screen.query_one(ProfitPlot).display


@pytest.mark.parametrize("size", [NARROW, MEDIUM], ids=["80x24", "120x40"])
async def test_it_fills_the_screen_and_escape_closes_it(
    configuration: Callable[..., Path], size: tuple[int, int]
) -> None:
    async with driven(new_app(configuration(LIMITS)), size) as pilot:
        plot = await _large(pilot)
        assert pilot.app.screen.query_one("#plot").size.width > size[0] * 0.5
        assert "Chance of each profit" in said(plot._title)
        # By an independent convolution (see the tests of the solver).
        words = " ".join(said(each) for each in pilot.app.screen.query(".summary, SessionFigures"))
        assert "▲ Ahead 31.24" in words
        await press(pilot, "escape")
        assert pilot.app.screen is workspace(pilot)


async def test_the_cursor_tells_the_exact_chance_of_a_bar(
    configuration: Callable[..., Path],
) -> None:
    text = LIMITS.replace("200", "10").replace("250", "10")
    async with driven(new_app(configuration(text))) as pilot:
        plot = await _large(pilot)
        law = plot.session.law
        assert law is not None
        told = dict(zip(law.profits.tolist(), law.by_profit.tolist(), strict=True))
        await press(pilot, "home")
        seen = set()
        for _ in range(60):
            assert plot.chart is not None
            assert plot.chart.cursor is not None
            least, most = plot.chart.bins.bounds(plot.chart.cursor)
            seen.add(plot.chart.cursor)
            chance = sum(told.get(profit, 0) for profit in range(least, most + 1))
            up_to = sum(each for profit, each in told.items() if profit <= most)
            words = said(plot._told)
            assert f"{chance:.3%}".replace("%", " %") in words
            assert f"{up_to:.3%}".replace("%", " %") in words
            assert f"more {1 - up_to:.3%}".replace("%", " %") in words
            await press(pilot, "right")
        assert seen == set(range(len(plot.chart.bins)))
        await press(pilot, "right")
        assert plot.chart.cursor == len(plot.chart.bins) - 1
        await press(pilot, "left", "pageup")
        assert plot.chart.cursor == max(0, len(plot.chart.bins) - 12)
        await press(pilot, "m")
        place = plot.chart.bins.place(law.percentile(50))
        assert plot.chart.cursor == place


async def test_it_turns_to_the_chance_of_a_profit_or_less_and_back(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        plot = await _large(pilot)
        density = _drawn(plot)
        await press(pilot, "c")
        assert "Chance of a profit or less" in said(plot._title)
        assert "100 %" in _drawn(plot)
        assert plot.chart is not None
        assert (plot.chart.values == plot.chart.bins.up_to).all()
        await press(pilot, "c")
        assert _drawn(plot) == density


async def test_percentiles_are_marked_when_asked_for() -> None:
    async with driven(new_app()) as pilot:
        plot = await _large(pilot)
        await press(pilot, "p")
        assert {"5", "25", "50", "75", "95"} <= set(shown(plot._labels).split())
        law = plot.session.law
        assert law is not None
        for share in (5, 25, 50, 75, 95):
            profit = f"{law.percentile(share) / 100:+,.0f}".replace("-", "−")
            assert f"{share} % ≤ {profit[0]}${profit[1:]}" in said(plot._words)
        await press(pilot, "p")
        assert "25" not in shown(plot._labels).split()


async def test_what_an_edit_changes_is_outlined(configuration: Callable[..., Path]) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = workspace(pilot)
        plot = await _large(pilot)
        assert "as saved" not in said(plot._words)
        await press(pilot, "escape")
        row(screen, *LOSS_LIMIT).editor.focus()
        await write(pilot, "400")
        plot = await _large(pilot)
        assert "as saved" in said(plot._words)
        assert plot.chart is not None
        assert plot.chart.saved is not None
        assert "━" in _drawn(plot)


async def test_it_is_drawn_again_in_the_colours_of_another_theme(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = workspace(pilot)
        plot = screen.query_one(ProfitPlot)
        for name in ("felt", "daylight", "contrast"):
            assert pilot.app.theme == name
            colors = pilot.app.theme_variables
            assert _styles(plot, "█") == {
                colors["success"].lower(),
                colors["secondary"].lower(),
            }
            assert _styles(plot, "⣿") == {colors["error"].lower()}
            await press(pilot, "ctrl+backslash")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[table]\nnum_seats = 3\n", "seats of a table share cards"),
        ("[bankroll]\nbase_bet = -5\n", "they have errors"),
    ],
)
async def test_where_there_is_nothing_to_draw_it_says_why(
    configuration: Callable[..., Path], text: str, why: str
) -> None:
    async with driven(new_app(configuration(text)), NARROW) as pilot:
        plot = await _large(pilot)
        assert not plot.display
        assert why in said(pilot.app.screen.query_one(".why"))
        await press(pilot, "right", "c", "p", "m")
        await press(pilot, "escape")
        assert pilot.app.screen is workspace(pilot)


async def test_it_reads_where_there_is_no_colour(
    configuration: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = new_app(configuration(LIMITS))
    assert app.no_color
    async with driven(app) as pilot:
        plot = (await settled(pilot)).query_one(ProfitPlot)
        assert "⣿" in _drawn(plot)
        await write(pilot, "x")
        assert plot.has_class("-stale")
        await press(pilot, "ctrl+z")
        assert "▼" in _drawn(await _large(pilot))


async def test_help_and_the_palette_know_its_keys(configuration: Callable[..., Path]) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        await _large(pilot)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        await quiet(pilot)
        text = " ".join(str(pilot.app.screen.query_one(HelpText).render()).split())
        for words in ("Distribution", "Ten bars to the left", "Chance of a profit or less"):
            assert words in text
        await press(pilot, "escape", "escape")
        assert pilot.app.screen is workspace(pilot)
        await press(pilot, "ctrl+p")
        await write(pilot, "Distribution")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DistributionScreen))


async def test_it_waits_for_what_is_being_solved(configuration: Callable[..., Path]) -> None:
    may_go_on = threading.Event()

    def solve(
        config: FullConfig,
        cancelled: threading.Event,
        progress: Callable[[float], None],
        *_: object,
    ) -> SessionLaw:
        progress(0.25)
        while not may_go_on.wait(0.005):
            if cancelled.is_set():
                raise RuntimeError("nobody waits for this")
        return solve_here(config)

    async with starting(new_app(configuration(LIMITS), solve=solve)) as pilot:
        await workspace(pilot).awake.wait()
        await pilot.press("f11")
        await until(pilot, lambda: isinstance(pilot.app.screen, DistributionScreen))
        await until(pilot, lambda: "Solving: 25 %" in said(pilot.app.screen.query_one(".why")))
        may_go_on.set()
        plot = pilot.app.screen.query_one(LargePlot)
        await until(pilot, lambda: plot.display and plot.chart)
        await quiet(pilot)
        assert "▼" in _drawn(plot)
        assert not pilot.app.screen.query_one(".why").display


@pytest.mark.slow
async def test_it_is_drawn_for_whatever_room_there_is(configuration: Callable[..., Path]) -> None:
    async with driven(new_app(configuration(LIMITS)), (200, 50)) as pilot:
        plot = await _large(pilot)
        assert isinstance(pilot.app, LirApp)
        for size in ((200, 50), (26, 50), (40, 12), (20, 5), (1, 1), (80, 24)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda size=size: plot.parent.size.width <= size[0])  # type: ignore[misc, union-attr]
            await quiet(pilot)
            pilot.app.wardrobe.next()
            await quiet(pilot)
        histogram = plot.query_one(Histogram)
        await until(pilot, lambda: histogram.columns > 60)
        await quiet(pilot)
        assert plot.chart is not None
        assert len(plot.chart.bins) <= histogram.columns
        assert "⣿" in _drawn(plot)


async def test_an_outline_higher_than_the_bars_is_in_the_picture(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = workspace(pilot)
        row(screen, *LOSS_LIMIT).editor.focus()
        await write(pilot, "100")
        plot = await _large(pilot)
        chart = plot.chart
        assert chart is not None
        assert chart.saved is not None
        of_the_way = range(chart.bins.place(-5000) or 0, len(chart.bins))
        assert chart.top >= max(chart.saved[place] for place in of_the_way)
        assert chart.top > chart.bins.top
