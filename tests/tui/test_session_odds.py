"""The exact odds of a session beside the form, as they are worked out."""

import threading
from collections.abc import Callable
from pathlib import Path

from driving import (
    NARROW,
    driven,
    new_app,
    press,
    row,
    said,
    settled,
    solve_here,
    starting,
    until,
    workspace,
    write,
)

from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.config import FullConfig
from let_it_ride.tui.widgets.odds_panel import OddsFigures
from let_it_ride.tui.widgets.odds_strip import OddsStrip
from let_it_ride.tui.widgets.session_figures import SessionFigures, _Figure, _line

LIMITS = "[bankroll.stop_conditions]\nwin_limit = 250.00\nloss_limit = 200.00\n"
LOSS_LIMIT = ("bankroll", "stop_conditions", "loss_limit")


async def test_what_a_session_brings_stands_beside_the_form(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = workspace(pilot)
        figures = said(screen.query_one(SessionFigures))
        # By an independent convolution (see the tests of the solver).
        for words in ("▲ Ahead 31.24 %", "Mean profit −$29.33", "Win limit reached 10.18 %"):
            assert words in figures
        assert "since saved" not in figures


async def test_an_edit_shows_what_it_changes_until_it_is_saved(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = workspace(pilot)
        row(screen, *LOSS_LIMIT).editor.focus()
        screen = await write(pilot, "400")
        figures = said(screen.query_one(SessionFigures))
        assert "▲ Ahead 32.35 % +1.11 pp" in figures
        assert "Mean hands 189.7 +22.4" in figures
        assert "Loss limit reached 1.65 % −31.46 pp" in figures
        screen = await press(pilot, "ctrl+s")
        figures = said(screen.query_one(SessionFigures))
        assert "▲ Ahead 32.35 % ▼ Behind" in figures
        assert "since saved" not in figures


async def test_it_says_why_a_session_cannot_be_solved(configuration: Callable[..., Path]) -> None:
    async with driven(new_app(configuration("[table]\nnum_seats = 3\n"))) as pilot:
        screen = workspace(pilot)
        figures = " ".join(said(screen.query_one(SessionFigures)).split())
        assert "seats of a table share cards" in figures


async def test_while_there_are_errors_the_odds_are_of_other_settings(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = workspace(pilot)
        row(screen, *LOSS_LIMIT).editor.focus()
        screen = await write(pilot, "x")
        assert "they have errors" in said(screen.query_one(SessionFigures))
        screen = await press(pilot, "ctrl+z")
        assert "they have errors" not in said(screen.query_one(SessionFigures))


class SlowSolver:
    """Solves only when it is let, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[FullConfig, threading.Event]] = []
        self.may_go_on = threading.Event()

    def __call__(
        self,
        config: FullConfig,
        cancelled: threading.Event,
        progress: Callable[[float], None],
        compiling: Callable[[], None],
    ) -> SessionLaw:
        self.asked.append((config, cancelled))
        if len(self.asked) == 1:
            compiling()
        else:
            progress(0.25)
        while not self.may_go_on.wait(0.005):
            if cancelled.is_set():
                raise RuntimeError("nobody waits for this")
        return solve_here(config)


async def test_work_that_is_out_of_date_is_dropped_and_no_key_waits(
    configuration: Callable[..., Path],
) -> None:
    solver = SlowSolver()
    async with starting(new_app(configuration(LIMITS), solve=solver)) as pilot:
        await until(pilot, lambda: solver.asked)
        screen = workspace(pilot)
        await screen.awake.wait()
        figures = screen.query_one(SessionFigures)
        await until(pilot, lambda: "Compiling the solver" in said(figures))
        row(screen, *LOSS_LIMIT).editor.focus()
        await pilot.press(*"300")
        await until(pilot, lambda: len(solver.asked) > 1 and solver.asked[0][1].is_set())
        await until(pilot, lambda: solver.asked[-1][0].bankroll.stop_conditions.loss_limit == 300)
        await until(pilot, lambda: "Solving: 25 %" in said(figures))
        solver.may_go_on.set()
        await settled(pilot)
        assert "▲ Ahead" in said(figures)
        assert "Solving" not in said(figures)


async def test_what_changes_no_chance_disturbs_no_solving(
    configuration: Callable[..., Path],
) -> None:
    solver = SlowSolver()
    async with starting(new_app(configuration(LIMITS), solve=solver)) as pilot:
        await until(pilot, lambda: solver.asked)
        screen = workspace(pilot)
        await screen.awake.wait()
        for page, path, typed in (
            ("simulation", ("simulation", "num_sessions"), "3"),
            ("metadata", ("metadata", "author"), "somebody"),
        ):
            await screen.show_page(page)
            row(screen, *path).editor.focus()
            await pilot.press(*typed)
            await until(pilot, lambda typed=typed: typed in screen.session.text)
        assert len(solver.asked) == 1
        assert not solver.asked[0][1].is_set()
        solver.may_go_on.set()
        await settled(pilot)
        assert "▲ Ahead 31.24 %" in said(screen.query_one(SessionFigures))
        assert len(solver.asked) == 1


async def test_what_takes_long_says_how_long_and_can_be_stopped_and_begun_again(
    configuration: Callable[..., Path],
) -> None:
    goes_on = threading.Event()

    def solve(
        config: FullConfig,
        cancelled: threading.Event,
        progress: Callable[[float], None],
        _compiling: Callable[[], None],
    ) -> SessionLaw:
        progress(0.0)
        while not goes_on.is_set():
            if cancelled.wait(0.1):
                raise RuntimeError("nobody waits for this")
            progress(0.05)
        return solve_here(config)

    async with starting(new_app(configuration(LIMITS), solve=solve)) as pilot:
        screen = workspace(pilot)
        await screen.awake.wait()
        figures = screen.query_one(SessionFigures)
        await until(pilot, lambda: "Solving: about" in said(figures))
        assert "· 5 %" in said(figures)
        assert "alt+z stops it" in said(figures)
        await pilot.press("alt+z")
        await until(pilot, lambda: "Solving was stopped" in said(figures))
        goes_on.set()
        await pilot.press("alt+z")
        await until(pilot, lambda: "▲ Ahead 31.24 %" in said(figures))
        assert "stopped" not in said(figures)


async def test_a_solver_that_fails_is_said_and_nothing_else_suffers() -> None:
    def failing(*_: object) -> SessionLaw:
        raise RuntimeError("the abacus is broken")

    async with driven(new_app(solve=failing)) as pilot:
        screen = workspace(pilot)
        assert "the abacus is broken" in said(screen.query_one(SessionFigures))
        assert "3.505679" in said(screen.query_one("OddsFigures"))


async def test_where_room_is_short_the_chance_to_leave_ahead_comes_first(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS)), NARROW) as pilot:
        screen = workspace(pilot)
        assert said(screen.query_one(OddsStrip)).startswith("Ahead 31.24 % Edge 3.51 % Mean ")


class CountingSolver:
    """Solves at once, or when it is let, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[FullConfig] = []
        self.waits = False

    def __call__(self, config: FullConfig, cancelled: threading.Event, *_: object) -> SessionLaw:
        self.asked.append(config)
        while self.waits:
            if cancelled.wait(0.005):
                raise RuntimeError("nobody waits for this")
        return solve_here(config)


async def test_an_edit_before_the_first_law_is_compared_with_the_file_all_the_same(
    configuration: Callable[..., Path],
) -> None:
    solver = CountingSolver()
    solver.waits = True
    async with starting(new_app(configuration(LIMITS), solve=solver)) as pilot:
        screen = workspace(pilot)
        await until(pilot, lambda: solver.asked)
        row(screen, *LOSS_LIMIT).editor.focus()
        await pilot.press(*"400")
        await until(pilot, lambda: solver.asked[-1].bankroll.stop_conditions.loss_limit == 400)
        solver.waits = False
        await settled(pilot)
        assert "▲ Ahead 32.35 % +1.11 pp" in said(screen.query_one(SessionFigures))


async def test_what_is_saved_while_it_is_solved_is_what_later_edits_are_compared_with(
    configuration: Callable[..., Path],
) -> None:
    solver = CountingSolver()
    async with driven(new_app(configuration(LIMITS), solve=solver)) as pilot:
        screen = workspace(pilot)
        solver.waits = True
        row(screen, *LOSS_LIMIT).editor.focus()
        await pilot.press(*"400")
        await until(pilot, lambda: solver.asked[-1].bankroll.stop_conditions.loss_limit == 400)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not screen.is_dirty)
        solver.waits = False
        await settled(pilot)
        assert "since saved" not in said(screen.query_one(SessionFigures))
        await press(pilot, "end", "ctrl+u")
        await write(pilot, "200")
        assert "▲ Ahead 31.24 % −1.11 pp" in said(screen.query_one(SessionFigures))


async def test_another_file_is_not_compared_with_the_one_before(
    configuration: Callable[..., Path],
) -> None:
    other = configuration(LIMITS.replace("200", "400"), "other.toml")
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = workspace(pilot)
        await screen.open_file(other)
        await settled(pilot)
        assert "▲ Ahead 32.35 % ▼" in said(screen.query_one(SessionFigures))
        row(screen, *LOSS_LIMIT).editor.focus()
        await write(pilot, "200")
        assert "▲ Ahead 31.24 % −1.11 pp" in said(screen.query_one(SessionFigures))


async def test_figures_of_other_settings_are_soon_said_to_be(
    configuration: Callable[..., Path],
) -> None:
    solver = CountingSolver()
    async with driven(new_app(configuration(LIMITS), solve=solver), NARROW) as pilot:
        screen = workspace(pilot)
        assert "Ahead 31.24 %" in said(screen.query_one(OddsStrip))
        solver.waits = True
        row(screen, *LOSS_LIMIT).editor.focus()
        await pilot.press(*"400")
        await until(pilot, lambda: "Solving…" in said(screen.query_one(OddsStrip)))
        assert "Ahead" not in said(screen.query_one(OddsStrip))
        await pilot.press("alt+z")
        await until(pilot, lambda: "F4 tells why" in said(screen.query_one(OddsStrip)))
        solver.waits = False


async def test_what_has_been_solved_is_not_solved_again(
    configuration: Callable[..., Path],
) -> None:
    solver = CountingSolver()
    async with driven(new_app(configuration(LIMITS), solve=solver)) as pilot:
        screen = workspace(pilot)
        row(screen, *LOSS_LIMIT).editor.focus()
        await write(pilot, "400")
        asked = len(solver.asked)
        await press(pilot, "ctrl+z")
        assert "▲ Ahead 31.24 % ▼" in said(screen.query_one(SessionFigures))
        assert len(solver.asked) == asked


async def test_a_change_that_has_no_room_is_told_with_fewer_digits() -> None:
    wide, narrow = (
        _line(_Figure("▲ Ahead", "38.3600 %", ("+27.9945 pp", "+28 pp", "+")), width).plain
        for width in (60, 40)
    )
    assert wide.endswith("38.3600 %      +27.9945 pp")
    assert narrow.endswith("38.3600 %     +28 pp")


GOAL = LIMITS + '[strategy]\ntype = "goal"\n'


async def test_a_goal_tells_its_gain_and_the_round_of_the_chart(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(GOAL))) as pilot:
        screen = workspace(pilot)
        figures = said(screen.query_one(SessionFigures))
        assert "▲ Ahead 34.50 %" in figures
        assert "Gain over basic +3.2520" in figures
        assert "$9.78" in figures
        assert "One round by the chart" in said(screen.query_one(OddsFigures))


async def test_a_goal_whose_basic_chart_cannot_be_solved_has_its_law_all_the_same(
    configuration: Callable[..., Path],
) -> None:
    def solve(config: FullConfig, *_: object) -> SessionLaw:
        if config.strategy.type != "goal":
            raise RuntimeError("the abacus is broken")
        return solve_here(config)

    async with driven(new_app(configuration(GOAL), solve=solve)) as pilot:
        screen = workspace(pilot)
        figures = said(screen.query_one(SessionFigures))
        assert "▲ Ahead 34.50 %" in figures
        assert "Gain" not in figures
