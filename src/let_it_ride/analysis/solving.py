"""Solving a session exactly: its probabilities carried forward over a grid of profits."""

from collections.abc import Callable
from typing import Final

import numpy as np

from let_it_ride.analysis.carrying import Carried, Carrier, FinerUnitError, TooLargeError
from let_it_ride.analysis.deal_kinds import DealKinds
from let_it_ride.analysis.grids import Grid, likely_unit, most_great_wins
from let_it_ride.analysis.session_law import Chances, Integers, SessionLaw
from let_it_ride.betting.bonus_policies import Band, BonusBy
from let_it_ride.betting.formulas import Formula
from let_it_ride.betting.stopping import StopReason
from let_it_ride.errors import LetItRideError
from let_it_ride.expressions.programs import Op
from let_it_ride.expressions.variables import BONUS_BET
from let_it_ride.plan import KernelTables, SessionPlan
from let_it_ride.simulation.compiled import load_solver

#: What is cut off above the grid comes to no more than this: those profits are millions of dollars.
_MOST_CUT: Final = 1e-16

#: What is let go on the way comes to about this at most …
_MOST_LOST: Final = 6e-10

#: … nor to more than this for each piece of cells, if those are few.
_MOST_LOST_OF_PIECE: Final = 1e-13


class NotSolvableError(LetItRideError):
    """A session whose law is not solved exactly."""


def why_not_solvable(plan: SessionPlan) -> str | None:
    """Why the sessions of a plan cannot be solved exactly, and which would be.

    None if only their size could be why.
    """
    tables = plan.tables
    if plan.deals_cards:
        return not_exact(
            "seats of a table share cards, so their sessions depend on each other",
            "With num_seats = 1 and without total_rounds they are solved",
        )
    if tables.meter.is_there and tables.bonus.highest_bet:
        return not_exact(
            "the meter of the progressive bonus makes every session a story of its own",
            "With another bonus pay table, or without a bonus bet, they are solved",
        )
    bands = tables.bonus.bands
    if (
        tables.bonus.by == BonusBy.BAND
        and (bands[:, Band._fields.index("drawdown_above")] >= 0).any()
    ):
        return not_exact(
            "the bonus looks at the drawdown, so at everything that was before",
            "With another bonus strategy they are solved",
        )
    return None


def not_exact(why: str, remedy: str) -> str:
    """Say why sessions are not solved exactly, and what would help."""
    return f"These sessions are not solved exactly: {why}. {remedy}."


def solve(plan: SessionPlan, watch: Callable[[float], None] = lambda _: None) -> SessionLaw:
    """Solve the sessions of a plan.

    Args:
        plan: what is played.
        watch: told now and then which share of the work is done; what it raises comes through.

    Raises:
        NotSolvableError: they cannot be solved exactly; the error says why.
    """
    if reason := why_not_solvable(plan):
        raise NotSolvableError(reason)
    tables, kinds = plan.tables, DealKinds.of(plan)
    seen = _variables(tables.betting.formula) | _variables(tables.bonus.formula)
    remembers = [name in seen for name in ("streak", "bonus_streak", "last_result")]
    unit, most_wins = likely_unit(tables), most_great_wins(tables, _MOST_CUT / 10)
    furthest = 0.0

    def tell(share: float) -> None:
        nonlocal furthest
        furthest = max(furthest, share)  # it may have to begin anew
        watch(furthest)

    while True:
        grid = Grid.of(tables, unit, most_wins)
        try:
            carrier = Carrier(tables, kinds, remembers, grid)
            carried = carrier.carry(_changes(tables), _MOST_LOST, _MOST_LOST_OF_PIECE, tell)
        except FinerUnitError as finer:
            unit = finer.unit
        except TooLargeError as error:
            remedy = "Stop limits, fewer different bets, or a formula that looks at less would help"
            raise NotSolvableError(not_exact(str(error), remedy)) from error
        else:
            if carried.cut <= _MOST_CUT:
                break
            most_wins *= 2
    profits, chances = _ends(tables, grid, carried)
    rounding = tables.hand_limit * (kinds.deals.shape[1] + 2) * 2.0**-53
    return SessionLaw(
        profits,
        chances,
        carried.surviving,
        carried.main,
        carried.wagered,
        carried.bonus,
        carried.lost + carried.cut + rounding,
    )


def _ends(tables: KernelTables, grid: Grid, carried: Carried) -> tuple[Integers, Chances]:
    """Where sessions end, rising, and the chance of it by reason."""
    sides = []
    for nearest, unit, chances in (
        (grid.first - grid.unit, -grid.unit, carried.below),
        (grid.behind, grid.unit, carried.above),
    ):
        comes = np.flatnonzero((chances[0] != 0) | (chances[1] != 0))
        sides.append((nearest + unit * comes, chances[:, comes]))
    (below, chances_below), above = sides
    parts = [
        (below[::-1], chances_below[:, ::-1]),
        (carried.profits, np.stack([np.zeros_like(carried.chances), carried.chances])),
        above,
    ]
    profits = np.concatenate([each for each, _ in parts])
    by_reason = np.zeros((len(StopReason), len(profits)))
    before = 0
    for each, chances in parts:
        # The first row is of sessions that have hands left.
        for chance, hands in zip(chances, (1, tables.hand_limit), strict=True):
            places = np.flatnonzero(chance)
            reasons = np.empty_like(places)
            load_solver().see_reasons(tables, profits[before + places], hands, reasons)
            by_reason[reasons, before + places] += chance[places]
        before += len(each)
    return profits, by_reason


def _variables(formula: Formula) -> set[str]:
    """The variables that a formula looks at."""
    looks = formula.operations == Op.PUSH_VAR
    return {BONUS_BET[int(index)] for index in formula.operands[looks]}


def _changes(tables: KernelTables) -> list[int]:
    """The numbers of hands played from which other stakes hold, 0 first."""
    formulas = (tables.betting.formula, tables.bonus.formula)
    looks_at_hands = any("hands_played" in _variables(formula) for formula in formulas)
    if looks_at_hands or tables.goal.is_there:
        return list(range(tables.hand_limit))
    if tables.bonus.by != BonusBy.BAND:
        return [0]
    at = tables.bonus.bands[:, Band._fields.index("hands_below")]
    return sorted({0, *at[at < tables.hand_limit].tolist()})
