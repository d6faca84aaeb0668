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
    until,
    workspace,
    write,
)

from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.config import FullConfig
from let_it_ride.tui.widgets.odds_strip import OddsStrip
from let_it_ride.tui.widgets.session_figures import SessionFigures

LIMITS = "[bankroll.stop_conditions]\nwin_limit = 250.00\nloss_limit = 200.00\n"
LOSS_LIMIT = ("bankroll", "stop_conditions", "loss_limit")


async def test_what_a_session_brings_stands_beside_the_form(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = await settled(pilot)
        figures = said(screen.query_one(SessionFigures))
        # By an independent convolution (see the tests of the solver).
        for words in ("▲ Ahead 31.2437 %", "Mean profit −$29.33", "Win limit reached 10.18 %"):
            assert words in figures
        assert "↑" not in figures
        assert "↓" not in figures


async def test_an_edit_shows_what_it_changes_until_it_is_saved(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = await settled(pilot)
        row(screen, *LOSS_LIMIT).editor.focus()
        screen = await write(pilot, "400")
        figures = said(screen.query_one(SessionFigures))
        assert "▲ Ahead 32.3531 % ↑ 1.1094 %" in figures
        assert "Mean hands 189.7 ↑ 22.4" in figures
        assert "Loss limit reached 1.65 % ↓ 31.46 %" in figures
        screen = await press(pilot, "ctrl+s")
        figures = said(screen.query_one(SessionFigures))
        assert "▲ Ahead 32.3531 % ▼ Behind" in figures
        assert "↑" not in figures


async def test_it_says_why_a_session_cannot_be_solved(configuration: Callable[..., Path]) -> None:
    async with driven(new_app(configuration("[table]\nnum_seats = 3\n"))) as pilot:
        screen = await settled(pilot)
        figures = " ".join(said(screen.query_one(SessionFigures)).split())
        assert "seats of a table share cards" in figures


async def test_while_there_are_errors_the_odds_are_of_other_settings(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = await settled(pilot)
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
    async with driven(new_app(configuration(LIMITS), solve=solver)) as pilot:
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
            progress(0.01)
        return solve_here(config)

    async with driven(new_app(configuration(LIMITS), solve=solve)) as pilot:
        screen = workspace(pilot)
        await screen.awake.wait()
        figures = screen.query_one(SessionFigures)
        await until(pilot, lambda: "Solving: about" in said(figures))
        assert "· 1 %" in said(figures)
        assert "alt+z stops it" in said(figures)
        await pilot.press("alt+z")
        await until(pilot, lambda: "Solving was stopped" in said(figures))
        goes_on.set()
        await pilot.press("alt+z")
        await until(pilot, lambda: "▲ Ahead 31.2437 %" in said(figures))
        assert "stopped" not in said(figures)


async def test_a_solver_that_fails_is_said_and_nothing_else_suffers() -> None:
    def failing(*_: object) -> SessionLaw:
        raise RuntimeError("the abacus is broken")

    async with driven(new_app(solve=failing)) as pilot:
        screen = await settled(pilot)
        assert "the abacus is broken" in said(screen.query_one(SessionFigures))
        assert "3.505679" in said(screen.query_one("OddsFigures"))


async def test_where_room_is_short_the_chance_to_leave_ahead_comes_first(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS)), NARROW) as pilot:
        screen = await settled(pilot)
        assert said(screen.query_one(OddsStrip)).startswith("Ahead 31.24 % · House edge 3.505679 %")
