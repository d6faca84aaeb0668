"""The compiled loops that carry the probabilities of a session forward, hand by hand.

A session before a hand is at a *standing*, the step of its betting system and the state of its
bonus policy, and at a profit on a grid. Neighbouring profits of a standing where the same is staked
are a *stretch*; its outcomes move it by the same distances to the same standings. What is staked
and what follows comes from `simulation.rounds`, as it does where sessions are played.

A step of the loop is a sum over outcomes of a stretch, shifted. Sessions that leave the grid have
ended; where they ended does not depend on when, so that is added up once at the end, from how often
each cell was visited.
"""

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numba import njit

from let_it_ride.simulation.formulas import ROOM as _FORMULA_ROOM
from let_it_ride.simulation.rounds import State, play_round, reason_to_stop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from let_it_ride.plan import KernelTables

_INDEX = np.uintp

FORMULA_ROOM: Final = _FORMULA_ROOM
"""Doubles that a formula takes room for."""

STRETCH_COLUMNS: Final = (
    "standing",
    "first_cell",
    "end_cell",
    "first_outcome",
    "end_outcome",
    "bet",
    "bonus",
)
"""Of a stretch: where it is, which outcomes it has, and what is staked, in cents."""

#: Cells looked at together: where they hold next to nothing, all of them are let go.
_CELLS_AT_ONCE = 128


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def _at(profit: Any, hands: Any, step: Any, bonus_state: Any) -> State:
    """A session that stands there and never stood higher; what else a state tells is not read."""
    return State(
        profit, profit, 0, 0, 0, 0, hands, step, bonus_state, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    )


@njit(cache=True, nogil=True, _nrt=False)
def see_outcomes(
    tables: "KernelTables",
    deals: "NDArray[np.int64]",
    state: State,
    outcomes: "NDArray[np.int64]",
    room: "NDArray[np.float64]",
) -> int:
    """See what the deals of a hand bring; those that bring the same are put together.

    Args:
        tables: the plan's arrays and limits.
        deals: deal classes that stand for all, and how many deals each stands for; shape
            (deals, 2).
        state: where the session stands before the hand.
        outcomes: filled with result in cents, step and bonus state after it, and how many deals
            bring it, by rising result; shape (deals, 4).
        room: for formulas.

    Returns:
        How many outcomes there are.
    """
    count = 0
    for k in range(len(deals)):
        after = play_round(tables, state, deals[k, 0], room, False)
        result = after.profit - state.profit
        at = count
        while at > 0 and outcomes[at - 1, 0] > result:
            at -= 1
        same = at
        while same > 0 and outcomes[same - 1, 0] == result:
            same -= 1
            if outcomes[same, 1] == after.step and outcomes[same, 2] == after.bonus_state:
                outcomes[same, 3] += deals[k, 1]
                break
        else:
            for row in range(count, at, -1):
                for column in range(4):
                    outcomes[row, column] = outcomes[row - 1, column]
            outcomes[at, 0], outcomes[at, 3] = result, deals[k, 1]
            outcomes[at, 1], outcomes[at, 2] = after.step, after.bonus_state
            count += 1
    return count


@njit(cache=True, nogil=True, _nrt=False)
def explore(
    tables: "KernelTables",
    deals: "NDArray[np.int64]",
    first_profit: int,
    unit: int,
    cells: int,
    hands: int,
    standings: "NDArray[np.int64]",
    numbers: "NDArray[np.int64]",
    stretches: "NDArray[np.int64]",
    outcomes: "NDArray[np.int64]",
    sizes: "NDArray[np.int64]",
    scratch: "NDArray[np.int64]",
    room: "NDArray[np.float64]",
) -> None:
    """Find the stretches before a hand, and their outcomes, of all standings that can be reached.

    Args:
        tables: the plan's arrays and limits.
        deals: as for `see_outcomes`.
        first_profit: the lowest profit of the grid, in cents.
        unit: from one profit to the next, in cents.
        cells: how many profits there are.
        hands: hands played before.
        standings: step and bonus state of those that are known; others are added behind them;
            shape (most standings, 2).
        numbers: the standing of each step and bonus state, or −1.
        stretches: filled with `STRETCH_COLUMNS`; shape (room for stretches, 7).
        outcomes: filled with result in cents, standing after it, and how many deals bring it;
            shape (room for outcomes, 3).
        sizes: how many standings there are, which is read, then how many stretches and outcomes:
            what has no room is counted and not written.
        scratch: as the outcomes of `see_outcomes`.
        room: for formulas.
    """
    sizes[1] = sizes[2] = 0
    looked_at = 0
    while looked_at < sizes[0]:
        step, bonus_state = standings[looked_at, 0], standings[looked_at, 1]
        bet, bonus = -1, -1
        for cell in range(cells):
            state = _at(first_profit + cell * unit, hands, step, bonus_state)
            after = play_round(tables, state, deals[0, 0], room, False)
            has_room = sizes[1] <= len(stretches) and sizes[2] <= len(outcomes)
            if after.bet == bet and after.bonus == bonus:
                if has_room:
                    stretches[sizes[1] - 1, 2] = cell + 1
                continue
            bet, bonus = after.bet, after.bonus
            count = see_outcomes(tables, deals, state, scratch, room)
            sizes[1] += 1
            if sizes[1] <= len(stretches):
                row = stretches[sizes[1] - 1]
                row[0], row[1], row[2] = looked_at, cell, cell + 1
                row[3], row[4] = sizes[2], sizes[2] + count
                row[5], row[6] = bet, bonus
            for k in range(count):
                step_after, state_after = scratch[k, 1], scratch[k, 2]
                if numbers[step_after, state_after] < 0:
                    numbers[step_after, state_after] = sizes[0]
                    standings[sizes[0], 0] = step_after
                    standings[sizes[0], 1] = state_after
                    sizes[0] += 1
                if sizes[2] < len(outcomes):
                    outcomes[sizes[2], 0] = scratch[k, 0]
                    outcomes[sizes[2], 1] = numbers[step_after, state_after]
                    outcomes[sizes[2], 2] = scratch[k, 3]
                sizes[2] += 1
        looked_at += 1


@njit(cache=True, nogil=True, _nrt=False)
def advance(
    chances: "NDArray[np.float64]",
    first_layer: int,
    windows: "NDArray[np.int64]",
    visits: "NDArray[np.float64]",
    stretches: "NDArray[np.int64]",
    outcomes: "NDArray[np.int64]",
    weights: "NDArray[np.float64]",
    negligible: float,
    surviving: "NDArray[np.float64]",
) -> float:
    """Play some hands.

    Args:
        chances: chance to stand at each cell; two layers that take turns; shape
            (2, standings, cells).
        first_layer: the layer that holds the chances before the first of the hands.
        windows: outside of the cells from the first to behind the last, a layer holds nothing;
            shape (2, standings, 2).
        visits: raised by the chance to stand at a cell before each of the hands; shape
            (standings, cells).
        stretches: with `STRETCH_COLUMNS`; shape (stretches, 7).
        outcomes: distance in cells, rising within a stretch, and standing after it; shape
            (outcomes, 2).
        weights: chance of each outcome; shape (outcomes,).
        negligible: cells that together hold no more than this are let go.
        surviving: filled, for each hand, with the chance that the session goes on after it.

    Returns:
        The chance that was let go.
    """
    cells = chances.shape[2]
    lost = 0.0
    for hand in range(len(surviving)):
        layer, other = (first_layer + hand) & 1, (first_layer + hand + 1) & 1
        for standing in range(chances.shape[1]):
            for cell in range(windows[other, standing, 0], windows[other, standing, 1]):
                chances[other, standing, cell] = 0.0
            windows[other, standing, 0], windows[other, standing, 1] = cells, 0
        for s in range(len(stretches)):
            standing = stretches[s, 0]
            now, visited = chances[layer, standing], visits[standing]
            begin = max(stretches[s, 1], windows[layer, standing, 0])
            behind = min(stretches[s, 2], windows[layer, standing, 1])
            for first in range(begin, behind, _CELLS_AT_ONCE):
                end = min(first + _CELLS_AT_ONCE, behind)
                held = 0.0
                for cell in range(first, end):
                    held += now[_INDEX(cell)]
                if held <= negligible:
                    lost += held
                    continue
                for cell in range(first, end):
                    visited[_INDEX(cell)] += now[_INDEX(cell)]
                for k in range(stretches[s, 3], stretches[s, 4]):
                    distance = outcomes[_INDEX(k), 0]
                    if distance >= cells - first:
                        break
                    low, high = max(first, -distance), min(end, cells - distance)
                    if low >= high:
                        continue
                    after, weight = _INDEX(outcomes[_INDEX(k), 1]), weights[_INDEX(k)]
                    windows[other, after, 0] = min(windows[other, after, 0], low + distance)
                    windows[other, after, 1] = max(windows[other, after, 1], high + distance)
                    then = chances[other, after]
                    for cell in range(low, high):
                        then[_INDEX(cell + distance)] += weight * now[_INDEX(cell)]
        on = 0.0
        for standing in range(chances.shape[1]):
            for cell in range(windows[other, standing, 0], windows[other, standing, 1]):
                on += chances[other, standing, cell]
        surviving[hand] = on
    return lost


@njit(cache=True, nogil=True, _nrt=False)
def leave(
    visits: "NDArray[np.float64]",
    stretches: "NDArray[np.int64]",
    outcomes: "NDArray[np.int64]",
    weights: "NDArray[np.float64]",
    below: "NDArray[np.float64]",
    above: "NDArray[np.float64]",
) -> None:
    """Add up where sessions leave the grid.

    Args:
        visits: how often each cell is visited; shape (standings, cells).
        stretches: as for `advance`.
        outcomes: as for `advance`.
        weights: as for `advance`.
        below: raised by the chance to leave to each profit below the grid, the next one first.
        above: the same above it.
    """
    cells = visits.shape[1]
    for s in range(len(stretches)):
        standing, first, end = stretches[s, 0], stretches[s, 1], stretches[s, 2]
        for k in range(stretches[s, 3], stretches[s, 4]):
            distance, weight = outcomes[k, 0], weights[k]
            for cell in range(first, min(end, -distance)):
                below[-1 - cell - distance] += weight * visits[standing, cell]
            for cell in range(max(first, cells - distance), end):
                above[cell + distance - cells] += weight * visits[standing, cell]


@njit(cache=True, nogil=True, _nrt=False)
def see_reasons(
    tables: "KernelTables",
    profits: "NDArray[np.int64]",
    hands: int,
    reasons: "NDArray[np.int64]",
) -> None:
    """See why sessions end, or that they go on.

    Args:
        tables: the plan's arrays and limits.
        profits: where they stand, in cents.
        hands: hands played.
        reasons: filled with a `StopReason` for each, or `GOING_ON`; shape (profits,).
    """
    for k in range(len(profits)):
        reasons[k] = reason_to_stop(tables, _at(profits[k], hands, 0, 0))
