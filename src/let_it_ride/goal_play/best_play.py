"""The best play of whole sessions, gathered into the policies that it follows."""

from collections.abc import Callable

import numpy as np

from let_it_ride.goal_play.decisions import GoalPlay
from let_it_ride.goal_play.recursion import Recursion
from let_it_ride.goal_play.rules import Goal, Rules
from let_it_ride.goal_play.situations import Placed


def best_play(
    placed: Placed, rules: Rules, goal: Goal, watch: Callable[[float], None] = lambda _: None
) -> GoalPlay:
    """The best play of whole sessions.

    Args:
        placed: what can be told apart.
        rules: what is played by.
        goal: what is wanted.
        watch: told which share is worked out; what it raises comes through.
    """
    recursion = Recursion(placed.situations, rules, goal)
    # What is decided nowhere else goes by the chart, which comes first.
    policy = np.zeros((rules.hand_limit, recursion.cells), dtype=np.uint32)
    chart = np.packbits(placed.situations.chart)
    numbers = {(recursion.bet_of_chart, chart.tobytes()): 0}
    for hand, options in recursion.hands():
        watch(1 - (hand + 1) / rules.hand_limit)
        packed = np.ascontiguousarray(np.packbits(options.decisions(), axis=0).T)
        differs = (packed[1:] != packed[:-1]).any(axis=1) | (np.diff(options.bet) != 0)
        firsts = np.concatenate([[0], np.flatnonzero(differs) + 1])
        found = [
            numbers.setdefault((int(options.bet[at]), packed[at].tobytes()), len(numbers))
            for at in firsts.tolist()
        ]
        first, often = options.first_cell, np.diff([*firsts, len(packed)])
        policy[hand, first : first + len(packed)] = np.repeat(found, often)
    rows = np.array([np.frombuffer(row, dtype=np.uint8) for _, row in numbers])
    return GoalPlay(
        is_there=True,
        first_profit=recursion.first_profit,
        unit=rules.unit,
        policy=policy,
        bets=np.array([bet for bet, _ in numbers], dtype=np.int64),
        rides=np.unpackbits(rows, axis=1, count=len(placed.situations.chart)),
        classes=placed.columns(),
    )
