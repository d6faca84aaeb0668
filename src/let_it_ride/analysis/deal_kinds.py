"""The kinds of deals that differ to a session, so that what all of them bring is soon seen."""

from typing import NamedTuple, Self

import numpy as np

from let_it_ride.analysis.session_law import Chances, Integers
from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.goal_play.decisions import GoalPlay
from let_it_ride.plan import KernelTables, SessionPlan


class DealKinds(NamedTuple):
    """The kinds of deals, by policy: play for a goal has many, all other play one.

    Attributes:
        deals: a deal class of each kind, and how many deals are of the kind, which may be none;
            shape (policies, kinds, 2).
        mean_bets: mean number of bets in action; shape (policies,).
    """

    deals: Integers
    mean_bets: Chances

    @classmethod
    def of(cls, plan: SessionPlan) -> Self:
        """The kinds of a plan's deals."""
        tables = plan.tables
        if tables.goal.is_there:
            return cls(*_by_policy(tables.goal, tables.bonus_units))
        return cls(_of_chart(tables), np.array([float(plan.odds.mean_bets)]))


def _of_chart(tables: KernelTables) -> Integers:
    """By what a hand brings, and the moves of the bonus policy if there is a bonus."""
    columns = [0, 2, 3, 4, 5] if tables.bonus.highest_bet else [0, 5]
    # One number for each row of columns, in their order, is soon sorted.
    described = np.zeros(len(tables.deals), dtype=np.int64)
    for column in tables.deals[:, columns].T:
        least = column.min()
        described = described * (column.max() - least + 1) + (column - least)
    _, first, kind = np.unique(described, return_index=True, return_inverse=True)
    deals = np.bincount(kind, deal_table().weight).astype(np.int64)
    return np.stack([first, deals], axis=1)[None]


def _by_policy(goal: GoalPlay, bonus_units: Integers) -> tuple[Integers, Chances]:
    """By what the bonus and a bet in action bring, and how many of these there are."""
    described = np.column_stack([goal.classes, bonus_units])
    rows, first, row = np.unique(described, axis=0, return_index=True, return_inverse=True)
    weight = np.bincount(row.ravel(), deal_table().weight).astype(np.int64)
    start, if_pulled, if_ridden = rows.T[:3]
    distinct, brings = np.unique(rows[:, 3:], axis=0, return_inverse=True)
    kinds = np.zeros((len(goal.rides), 3 * len(distinct), 2), dtype=np.int64)
    in_action = np.zeros(len(goal.rides), dtype=np.int64)
    for policy, rides in enumerate(goal.rides.astype(np.int64)):
        rides_1 = rides[start]
        more = rides_1 + np.where(rides_1, rides[if_ridden], rides[if_pulled])
        kind = 3 * brings.ravel() + more
        kinds[policy, kind, 0] = first
        kinds[policy, :, 1] = np.bincount(kind, weight, minlength=kinds.shape[1])
        in_action[policy] = weight @ (1 + more)
    return kinds, in_action / TOTAL_DEALS
