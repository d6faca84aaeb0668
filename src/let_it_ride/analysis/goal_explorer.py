"""What the sessions of play for a goal can do before a hand."""

from typing import Any

import numpy as np

from let_it_ride.analysis.session_law import Chances, Integers
from let_it_ride.game.deals import deal_table
from let_it_ride.plan import KernelTables
from let_it_ride.simulation.compiled import load_solver


class GoalOutcomes:
    """What a hand brings by the policy that is followed, the bet and the bonus."""

    def __init__(self, tables: KernelTables) -> None:
        self._goal = tables.goal
        described = np.column_stack([tables.goal.classes, tables.bonus_units])
        kinds, kind = np.unique(described, axis=0, return_inverse=True)
        self._deals = np.bincount(kind.ravel(), deal_table().weight).astype(np.int64)
        self._start, self._if_pulled, self._if_ridden, self._units, self._bonus_units = kinds.T
        self._known: dict[tuple[int, int, int], tuple[Integers, Integers]] = {}
        self._bets = self._bets_in_action()

    def __len__(self) -> int:
        """How many kinds of deals differ to a session."""
        return len(self._deals)

    @property
    def mean_bets(self) -> Chances:
        """Mean number of bets in action, by policy; shape (policies,)."""
        means: Chances = self._bets @ self._deals / self._deals.sum()
        return means

    def of(self, policy: int, bet: int, bonus: int) -> tuple[Integers, Integers]:
        """The results in cents, rising, and how many deals bring each."""
        key = policy, bet, bonus
        if key not in self._known:
            brings = bet * self._bets[policy] * self._units + bonus * self._bonus_units
            results, where = np.unique(brings, return_inverse=True)
            deals = np.bincount(where, self._deals).astype(np.int64)
            self._known[key] = results, deals
        return self._known[key]

    def _bets_in_action(self) -> Integers:
        """Bets in action by policy and kind of deal; shape (policies, kinds)."""
        rides = self._goal.rides.astype(np.int64)
        rides_1 = rides[:, self._start]
        rides_2 = np.where(rides_1, rides[:, self._if_ridden], rides[:, self._if_pulled])
        return 1 + rides_1 + rides_2


class GoalExplorer:
    """Finds what sessions that are played for a goal can do, whatever the grid."""

    standings = 1

    def __init__(self, tables: KernelTables) -> None:
        self._tables = tables
        self._solver: Any = load_solver()
        self._room = np.empty(self._solver.FORMULA_ROOM, dtype=np.float64)
        self._outcomes = GoalOutcomes(tables)
        self._mean_bets = self._outcomes.mean_bets

    @property
    def kinds_of_deals(self) -> int:
        """How many kinds of deals differ to a session."""
        return len(self._outcomes)

    def explore(self, profits: Integers, hands: int) -> tuple[Integers, Integers, Chances]:
        """The stretches before a hand, with `STRETCH_COLUMNS`, and their outcomes.

        Args:
            profits: where sessions go on, in cents, rising by the unit of the grid.
            hands: hands played before.

        Returns:
            The stretches; their outcomes, that is result in cents, standing after it and how many
            deals bring it; and the mean of what stays in action on the main game, in cents.
        """
        staked = np.empty((len(profits), 2), dtype=np.int64)
        self._solver.see_stakes(self._tables, profits, hands, staked, self._room)
        policies = self._tables.goal.policies(hands, profits)
        described = np.column_stack([policies, staked])
        firsts = np.concatenate(
            [[0], np.flatnonzero((described[1:] != described[:-1]).any(axis=1)) + 1]
        )
        found = [self._outcomes.of(*row) for row in described[firsts].tolist()]
        ends = np.cumsum([len(results) for results, _ in found])
        results, deals = (np.concatenate(parts) for parts in zip(*found, strict=True))
        standing = np.zeros_like(firsts)
        stretches = np.column_stack(
            [
                standing,
                firsts,
                [*firsts[1:], len(profits)],
                [0, *ends[:-1]],
                ends,
                staked[firsts],
            ]
        )
        outcomes = np.column_stack([results, np.zeros_like(results), deals])
        bets = stretches[:, 5] * self._mean_bets[policies[firsts]]
        return stretches, outcomes, bets
