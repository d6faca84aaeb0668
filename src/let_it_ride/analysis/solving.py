"""Solving a session exactly: its probabilities carried forward over a grid of profits."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import exp, gcd
from typing import Any, Final, NamedTuple

import numpy as np

from let_it_ride.analysis.session_law import Chances, Integers, SessionLaw
from let_it_ride.betting.bonus_policies import Band, BonusBy
from let_it_ride.betting.formulas import Formula
from let_it_ride.betting.stopping import StopReason
from let_it_ride.errors import LetItRideError
from let_it_ride.expressions.programs import Op
from let_it_ride.expressions.variables import BONUS_BET
from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.plan import NO_LIMIT, KernelTables, SessionPlan
from let_it_ride.simulation.compiled import load_rounds, load_solver

#: What is let go on the way comes to less than this.
_TOLERANCE: Final = 1e-10

#: Cells of all standings: two layers of chances and the visits take 24 bytes each.
_MOST_CELLS: Final = 8_000_000


class NotSolvableError(LetItRideError):
    """A session whose law is not solved exactly."""


@dataclass(frozen=True, eq=False)
class _Grid:
    """Profits at which a session goes on.

    Attributes:
        first: the lowest, in cents.
        unit: from one to the next, in cents.
        cells: how many there are.
    """

    first: int
    unit: int
    cells: int

    @classmethod
    def between(cls, low: int, high: int, unit: int) -> "_Grid":
        """All multiples of a unit between two profits, neither of them included."""
        first, last = (low // unit + 1) * unit, -(-high // unit) * unit - unit
        return cls(first, unit, (last - first) // unit + 1)


def why_not_solvable(plan: SessionPlan) -> str | None:
    """Why the sessions of a plan cannot be solved exactly; None if only their size could be why."""
    tables = plan.tables
    if plan.deals_cards:
        return "seats of a table share cards, so their sessions depend on each other"
    if tables.meter.is_there and tables.bonus.highest_bet:
        return "the meter of the progressive bonus makes every session a story of its own"
    bands = tables.bonus.bands
    if (
        tables.bonus.by == BonusBy.BAND
        and (bands[:, Band._fields.index("drawdown_above")] >= 0).any()
    ):
        return "the bonus looks at the drawdown, so at everything that was before"
    seen = _variables(tables.betting.formula) | _variables(tables.bonus.formula)
    unseen = [name for name in ("streak", "last_result", "bonus_streak") if name in seen]
    if unseen:
        return f"a formula looks at {unseen[0]}, so at what was before"
    return None


def solve(plan: SessionPlan, watch: Callable[[float], None] = lambda _: None) -> SessionLaw:
    """Solve the sessions of a plan.

    Args:
        plan: what is played.
        watch: told now and then which share of the work is done; what it raises comes through.

    Raises:
        NotSolvableError: they cannot be solved exactly; the error says why.
    """
    if reason := why_not_solvable(plan):
        raise NotSolvableError(f"these sessions are not solved exactly: {reason}")
    most_wins = _most_great_wins(plan)
    while True:
        law, cut = _Solver(plan, most_wins).solve(watch)
        if cut <= _TOLERANCE:
            return law
        most_wins *= 2


class _Stretches(NamedTuple):
    """What may happen before a hand, as `simulation.solver` reads it.

    Attributes:
        stretches: with `STRETCH_COLUMNS`; shape (stretches, 7).
        outcomes: distance in cells and standing after it; shape (outcomes, 2).
        weights: chance of each outcome; shape (outcomes,).
    """

    stretches: Integers
    outcomes: Integers
    weights: Chances


class _Explorer:
    """Finds what sessions of a plan can do, whatever the grid."""

    def __init__(self, tables: KernelTables) -> None:
        self._tables = tables
        self._solver: Any = load_solver()
        self._deals = _distinct_deals(tables)
        shape = len(tables.betting.after), len(tables.bonus.after)
        self._numbers = np.full(shape, -1, dtype=np.int64)
        self._numbers[0, 0] = 0
        self._standings = np.zeros((self._numbers.size, 2), dtype=np.int64)
        self._sizes = np.array([1, 0, 0], dtype=np.int64)
        self._stretches = np.empty((1 << 10, len(self._solver.STRETCH_COLUMNS)), dtype=np.int64)
        self._outcomes = np.empty((1 << 14, 3), dtype=np.int64)
        self._scratch = np.empty((len(self._deals), 4), dtype=np.int64)
        self._room = np.empty(self._solver.FORMULA_ROOM, dtype=np.float64)

    @property
    def standings(self) -> int:
        """How many standings are known to be reached."""
        return int(self._sizes[0])

    @property
    def kinds_of_deals(self) -> int:
        """How many kinds of deals differ to a session."""
        return len(self._deals)

    def results_of_the_first_hand(self) -> Integers:
        """What a session's first hand can bring, in cents, rising."""
        state = load_rounds().fresh_state(self._tables)
        count = self._solver.see_outcomes(
            self._tables, self._deals, state, self._scratch, self._room
        )
        return self._scratch[:count, 0].copy()

    def explore(self, grid: _Grid, hands: int) -> tuple[Integers, Integers]:
        """The stretches before a hand, with `STRETCH_COLUMNS`, and their outcomes.

        Outcomes are result in cents, standing after it and how many deals bring it.
        """
        while True:
            self._solver.explore(
                self._tables,
                self._deals,
                grid.first,
                grid.unit,
                grid.cells,
                hands,
                self._standings,
                self._numbers,
                self._stretches,
                self._outcomes,
                self._sizes,
                self._scratch,
                self._room,
            )
            _, stretches, outcomes = self._sizes.tolist()
            if stretches <= len(self._stretches) and outcomes <= len(self._outcomes):
                return self._stretches[:stretches].copy(), self._outcomes[:outcomes].copy()
            self._stretches = np.empty((2 * stretches, self._stretches.shape[1]), dtype=np.int64)
            self._outcomes = np.empty((2 * outcomes, 3), dtype=np.int64)


class _Solver:
    """Solves the sessions of a plan on a grid of a certain height."""

    def __init__(self, plan: SessionPlan, most_wins: int) -> None:
        """Prepare.

        Args:
            plan: what is played.
            most_wins: without a win limit, the grid is as high as so many of the greatest wins.
        """
        self._plan = plan
        self._tables = plan.tables
        self._solver: Any = load_solver()
        self._explorer = _Explorer(plan.tables)
        self._most_wins = most_wins
        self._changes = _changes(plan.tables)
        self._known: dict[int, tuple[Integers, Integers]] = {}
        self._grid, self._deepest, self._highest = self._find_grid()

    def solve(self, watch: Callable[[float], None]) -> tuple[SessionLaw, float]:
        """Solve; returns the law, and the chance that was cut off above the grid."""
        tables, grid, hand_limit = self._tables, self._grid, self._tables.hand_limit
        shape = (self._explorer.standings, grid.cells)
        chances = np.zeros((2, *shape))
        windows = np.zeros((2, shape[0], 2), dtype=np.int64)
        windows[:, :, 0] = grid.cells
        begin = -grid.first // grid.unit
        chances[0, 0, begin] = 1.0
        windows[0, 0] = begin, begin + 1
        visits = np.zeros(shape)
        surviving = np.ones(hand_limit + 1)
        below = np.zeros((2, self._deepest // grid.unit))
        above = np.zeros((2, self._highest // grid.unit))
        negligible = _TOLERANCE / 100 / max(1, hand_limit * shape[0] * shape[1] // 100)
        lost = main = bonus = 0.0
        for first, behind in pairwise([*self._changes, hand_limit]):
            stretches, *outcomes = self._stretches(first)
            # The last hand has ends of its own: all hands are played, whatever money is left.
            for start, end in ((first, min(behind, hand_limit - 1)), (hand_limit - 1, behind)):
                if start >= end:
                    continue
                visits[:] = 0.0
                for now in range(start, end, _HANDS_AT_ONCE):
                    watch(now / hand_limit)
                    then = min(now + _HANDS_AT_ONCE, end)
                    lost += self._solver.advance(
                        chances,
                        now % 2,
                        windows,
                        visits,
                        stretches,
                        *outcomes,
                        negligible,
                        surviving[now + 1 : then + 1],
                    )
                is_last = int(end == hand_limit)
                self._solver.leave(visits, stretches, *outcomes, below[is_last], above[is_last])
                often = _visits_by_stretch(visits, stretches)
                main += float(often @ stretches[:, 5])
                bonus += float(often @ stretches[:, 6])
        profits, by_reason = self._ends(below, above, chances[hand_limit % 2].sum(axis=0))
        surviving[-1] = 0.0
        cut = float(above.sum()) if tables.win_at == NO_LIMIT else 0.0
        rounding = hand_limit * (self._explorer.kinds_of_deals + 2) * 2.0**-53
        wagered = main * float(self._plan.odds.mean_bets)
        law = SessionLaw(profits, by_reason, surviving, main, wagered, bonus, lost + cut + rounding)
        return law, cut

    def _stretches(self, hands: int) -> _Stretches:
        if hands not in self._known:
            self._known = {hands: self._explorer.explore(self._grid, hands)}
        stretches, outcomes = self._known[hands]
        result, standing, deals = outcomes.T
        return _Stretches(
            stretches,
            np.ascontiguousarray(np.stack([result // self._grid.unit, standing], axis=1)),
            deals / TOTAL_DEALS,
        )

    def _ends(
        self, below: Chances, above: Chances, at_the_end: Chances
    ) -> tuple[Integers, Chances]:
        """Where sessions end, and why."""
        grid, tables = self._grid, self._tables
        next_below, next_above = grid.first - grid.unit, grid.first + grid.unit * grid.cells
        sides = [
            (next_below, -grid.unit, below[0], 1),
            (next_below, -grid.unit, below[1], tables.hand_limit),
            (grid.first, grid.unit, at_the_end, tables.hand_limit),
        ]
        if tables.win_at != NO_LIMIT:
            sides += [
                (next_above, grid.unit, above[0], 1),
                (next_above, grid.unit, above[1], tables.hand_limit),
            ]
        ends = []
        for first, step, chances, hands in sides:
            comes = np.flatnonzero(chances)
            profits, reasons = first + step * comes, np.empty_like(comes)
            self._solver.see_reasons(tables, profits, hands, reasons)
            ends.append((profits, reasons, chances[comes]))
        profits, reasons, chances = map(np.concatenate, zip(*ends, strict=True))
        distinct, place = np.unique(profits, return_inverse=True)
        by_reason = np.zeros((len(StopReason), len(distinct)))
        np.add.at(by_reason, (reasons, place), chances)
        return distinct, by_reason

    def _find_grid(self) -> tuple[_Grid, int, int]:
        """The grid that no session leaves but to end, the deepest fall and the highest rise."""
        first_hand = self._explorer.results_of_the_first_hand()
        unit, best = int(np.gcd.reduce(first_hand)), int(first_hand[-1])
        while True:
            grid = self._grid_of(unit, best)
            finer, deepest, highest = unit, 1, 1
            for hands in self._changes:
                self._known = {hands: self._explorer.explore(grid, hands)}
                results = self._known[hands][1][:, 0]
                finer = gcd(finer, int(np.gcd.reduce(results)))
                deepest = max(deepest, -int(results.min()))
                highest = max(highest, int(results.max()))
            if finer == unit and (highest <= best or self._tables.win_at != NO_LIMIT):
                self._refuse_what_is_too_large(grid)
                return grid, deepest, highest
            unit, best = finer, max(best, highest)

    def _grid_of(self, unit: int, best: int) -> _Grid:
        tables = self._tables
        low = max(tables.loss_at, 3 * tables.bet_floor - tables.starting_bankroll - 1)
        high = tables.win_at if tables.win_at != NO_LIMIT else (self._most_wins + 1) * best
        grid = _Grid.between(low, high, unit)
        self._refuse_what_is_too_large(grid)
        return grid

    def _refuse_what_is_too_large(self, grid: _Grid) -> None:
        if grid.cells * self._explorer.standings > _MOST_CELLS:
            raise NotSolvableError(
                "these sessions are not solved exactly: there are too many amounts that they can"
                " stand at; stop limits, or larger steps between bets, would help"
            )


_HANDS_AT_ONCE: Final = 50


def _visits_by_stretch(visits: Chances, stretches: Integers) -> Chances:
    standing, first, end = stretches[:, :3].T
    up_to = np.concatenate([np.zeros((len(visits), 1)), visits.cumsum(axis=1)], axis=1)
    often: Chances = up_to[standing, end] - up_to[standing, first]
    return often


def _variables(formula: Formula) -> set[str]:
    """The variables that a formula looks at."""
    looks = formula.operations == Op.PUSH_VAR
    return {BONUS_BET[int(index)] for index in formula.operands[looks]}


def _changes(tables: KernelTables) -> list[int]:
    """The numbers of hands played from which other stakes hold, 0 first."""
    formulas = (tables.betting.formula, tables.bonus.formula)
    if any("hands_played" in _variables(formula) for formula in formulas):
        return list(range(tables.hand_limit))
    if tables.bonus.by != BonusBy.BAND:
        return [0]
    at = tables.bonus.bands[:, Band._fields.index("hands_below")]
    return sorted({0, *at[at < tables.hand_limit].tolist()})


def _distinct_deals(tables: KernelTables) -> Integers:
    """A deal class for each kind that differs to a session, and how many deals are of the kind."""
    columns = tables.deals if tables.bonus.highest_bet else tables.deals[:, [0, 1, 5]]
    _, first, kind = np.unique(columns, axis=0, return_index=True, return_inverse=True)
    deals = np.bincount(kind.ravel(), deal_table().weight).astype(np.int64)
    return np.stack([first, deals], axis=1)


def _most_great_wins(plan: SessionPlan) -> int:
    """How many of the greatest wins a session has at most, but for a chance that is let go."""
    units = plan.tables.main_units
    great = units * 4 > units.max()
    mean = plan.tables.hand_limit * float(deal_table().weight[great].sum()) / TOTAL_DEALS
    count, term = 0, exp(-mean)
    left = 1 - term
    while left > _TOLERANCE / 10 and count < 1000:
        count += 1
        term *= mean / count
        left -= term
    return count + 1
