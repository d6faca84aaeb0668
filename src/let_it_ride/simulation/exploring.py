"""What can happen before a hand, found where sessions come to stand.

A session before a hand is at a *standing*, all that it remembers and that matters to what follows,
and at a profit on a grid. The cells of a standing's profits are looked at in *blocks*, when the
first session comes there. Neighbouring cells of a block where the same is staked are a *piece*; a
*stake* of a standing has *outcomes* that move a session by so many cells to other standings, by
rising distance, so that the last ones are seldom. What is staked and what follows comes from
`simulation.rounds`, as it does where sessions are played.
"""

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numba import njit

from let_it_ride.simulation.formulas import ROOM as _FORMULA_ROOM
from let_it_ride.simulation.rounds import (
    State,
    hangs_on_profit,
    play_round,
    policy_of,
    wanted_bet,
    wanted_bonus,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from let_it_ride.plan import KernelTables

_INDEX = np.uintp
_U64 = np.uint64

BLOCK_BITS: Final = 11
BLOCK: Final = 1 << BLOCK_BITS
"""Cells of a block."""

FORMULA_ROOM: Final = _FORMULA_ROOM
"""Doubles that a formula takes room for."""

STANDING_COLUMNS: Final = ("step", "bonus_state", "streak", "bonus_streak", "last_result")

STANDINGS, STAKES, OUTCOMES, BLOCKS, PIECES, VISITED, UNIT = range(7)
"""What `Known.sizes` counts, and where it tells a finer unit of money."""

DONE, NO_ROOM, FINER_UNIT = range(3)
"""How exploring went."""


class Ground(NamedTuple):
    """What does not change while sessions of a plan are carried forward.

    Attributes:
        tables: the plan's arrays and limits.
        deals: by the policy of play for a goal, of which there is else one: deal classes that stand
            for all, and how many deals each stands for; shape (policies, deals, 2).
        mean_bets: mean number of bets in action, by policy; shape (policies,).
        all_deals: how many deals there are.
        remembers: whether a formula looks at the streak, the bonus streak and the last result.
        first_profit: the lowest profit of the grid, in cents.
        unit: from one profit to the next, in cents.
        cells: how many profits there are.
        blocks: how many blocks a standing has.
        ends_above: whether sessions that rise above the grid have ended there; otherwise they are
            cut off.
        weight_of_cent: by so much more a chance weighs, where it is considered negligible, for each
            cent of profit that it stands at.
    """

    tables: "KernelTables"
    deals: "NDArray[np.int64]"
    mean_bets: "NDArray[np.float64]"
    all_deals: int
    remembers: "NDArray[np.bool_]"
    first_profit: int
    unit: int
    cells: int
    blocks: int
    ends_above: bool
    weight_of_cent: float


class Known(NamedTuple):
    """What has been found; arrays with room for more.

    Attributes:
        sizes: how many rows of the others are filled: `STANDINGS` … `UNIT`.
        standings: with `STANDING_COLUMNS`; shape (room, 5).
        places: a hash table of standings: the number of each plus one, or 0; its size is a power
            of two.
        last_stake: by standing, or by policy where a goal is played for, which has one standing:
            its stake that was found last, or −1.
        stakes: bet and bonus in cents, first outcome and the one behind the last, and the
            standing's or policy's stake that was found before, or −1, and the policy; shape
            (room, 6).
        distances: by outcome, of which all stakes of a standing without a bonus have the same: in
            bets where there is no bonus, else in cells; shape (room,).
        rows: by outcome: place in `numbers` of the first block of the standing after it; shape
            (room,).
        weights: by outcome: its chance; shape (room,).
        behind: by outcome: chance of it and all behind it; shape (room,).
        far_behind: by outcome: the same, each chance times its distance; shape (room,).
        blocks: place in `numbers`, first piece and the one behind the last, row of `visits` or −1,
            and the most blocks that it is added to; shape (room, 5).
        firsts: by piece: first cell of the block; shape (room,), as those that follow.
        ends: by piece: the cell behind the last.
        scales: by piece: how many cells an outcome's distance of one is.
        nearest: by piece: the first outcome of those that stay on the grid or are cut off.
        behind_last: by piece: the outcome behind the last of those.
        staked: by piece: its stake.
        met: by piece: how many sessions came there, on average.
        numbers: by standing and block: its number plus one, or 0; shape (standings × blocks,).
        visits: how often a cell is visited, where that is counted; shape (room, `BLOCK`).
    """

    sizes: "NDArray[np.int64]"
    standings: "NDArray[np.int64]"
    places: "NDArray[np.int32]"
    last_stake: "NDArray[np.int64]"
    stakes: "NDArray[np.int64]"
    distances: "NDArray[np.int64]"
    rows: "NDArray[np.int64]"
    weights: "NDArray[np.float64]"
    behind: "NDArray[np.float64]"
    far_behind: "NDArray[np.float64]"
    blocks: "NDArray[np.int64]"
    firsts: "NDArray[np.int16]"
    ends: "NDArray[np.int16]"
    scales: "NDArray[np.int32]"
    nearest: "NDArray[np.int32]"
    behind_last: "NDArray[np.int32]"
    staked: "NDArray[np.int32]"
    met: "NDArray[np.float64]"
    numbers: "NDArray[np.int32]"
    visits: "NDArray[np.float64]"


class Scratch(NamedTuple):
    """What exploring works in.

    Attributes:
        seen: result, standing and deals of outcomes; shape (deals, 3).
        standing: a standing; shape (5,).
        formulas: for formulas.
    """

    seen: "NDArray[np.int64]"
    standing: "NDArray[np.int64]"
    formulas: "NDArray[np.float64]"


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def standing_at(profit: Any, hands: Any, standing: Any) -> State:
    """A session that stands there and never stood higher; what else a state tells is not read."""
    step, bonus_state, streak = standing[0], standing[1], standing[2]
    bonus_streak, last_result = standing[3], standing[4]
    return State(
        profit,
        profit,
        0,
        0,
        0,
        0,
        hands,
        step,
        bonus_state,
        0,
        streak,
        bonus_streak,
        last_result,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
    )


@njit(cache=True, nogil=True, _nrt=False)
def _place_of(known: Known, standing: Any) -> Any:
    """The place in `Known.places` where a standing is, or where it would be."""
    mixed = _U64(0)
    for column in range(5):
        mixed = (mixed ^ _U64(standing[column])) * _U64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> _U64(29)
    mask = _U64(len(known.places) - 1)
    place = mixed & mask
    while True:
        number = known.places[place] - 1
        if number < 0:
            return place
        row = known.standings[number]
        if (
            row[0] == standing[0]
            and row[1] == standing[1]
            and row[2] == standing[2]
            and row[3] == standing[3]
            and row[4] == standing[4]
        ):
            return place
        place = (place + _U64(1)) & mask


@njit(cache=True, nogil=True, _nrt=False)
def find_places(known: Known) -> None:
    """Fill `Known.places`, which is empty, with all standings."""
    for number in range(known.sizes[STANDINGS]):
        known.places[_place_of(known, known.standings[number])] = number + 1


@njit(cache=True, nogil=True, _nrt=False)
def _number_of(ground: Ground, known: Known, state: State, standing: Any) -> Any:
    """The number of a state's standing, which is added if it is new; −1 if there is no room."""
    standing[0], standing[1] = state.step, state.bonus_state
    standing[2] = state.streak if ground.remembers[0] else 0
    standing[3] = state.bonus_streak if ground.remembers[1] else 0
    standing[4] = state.last_result if ground.remembers[2] else 0
    place = _place_of(known, standing)
    number = known.places[place] - 1
    if number < 0:
        number = known.sizes[STANDINGS]
        if number >= len(known.standings):
            return -1
        known.sizes[STANDINGS] += 1
        known.places[place] = number + 1
        for column in range(5):
            known.standings[number, column] = standing[column]
        known.last_stake[number] = -1
    return number


@njit(cache=True, nogil=True, _nrt=False)
def _see_outcomes(ground: Ground, known: Known, state: State, scratch: Scratch) -> Any:
    """See what the deals of a hand bring, by rising result; those alike are put together.

    Returns:
        How many outcomes there are; −1 if there is no room for the standings after them.
    """
    count, seen = 0, scratch.seen
    deals = ground.deals[policy_of(ground.tables.goal, state)]
    for k in range(len(deals)):
        if deals[k, 1] == 0:
            continue
        after = play_round(ground.tables, state, deals[k, 0], scratch.formulas, False)
        number = _number_of(ground, known, after, scratch.standing)
        if number < 0:
            return -1
        result = after.profit - state.profit
        for row in range(count):
            if seen[row, 0] == result and seen[row, 1] == number:
                seen[row, 2] += deals[k, 1]
                break
        else:
            seen[count, 0], seen[count, 1], seen[count, 2] = result, number, deals[k, 1]
            count += 1
    for row in range(1, count):
        result, number, deals = seen[row, 0], seen[row, 1], seen[row, 2]
        at = row
        while at > 0 and seen[at - 1, 0] > result:
            seen[at, 0], seen[at, 1] = seen[at - 1, 0], seen[at - 1, 1]
            seen[at, 2] = seen[at - 1, 2]
            at -= 1
        seen[at, 0], seen[at, 1], seen[at, 2] = result, number, deals
    return count


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def _gcd(a: Any, b: Any) -> Any:
    while b != 0:
        a, b = b, a % b
    return abs(a)


@njit(cache=True, nogil=True, _nrt=False)
def _stake_of(
    ground: Ground,
    known: Known,
    standing: Any,
    state: State,
    bet: Any,
    bonus: Any,
    scratch: Scratch,
) -> Any:
    """The number of a stake, which is added if it is new; −1 if there is no room."""
    goal = ground.tables.goal
    chooser = policy_of(goal, state) if goal.is_there else _INDEX(standing)
    stake = known.last_stake[chooser]
    without_bonus = -1
    while stake >= 0:
        if known.stakes[stake, 0] == bet and known.stakes[stake, 1] == bonus:
            return stake
        if known.stakes[stake, 1] == 0:
            without_bonus = stake
            if bonus == 0 and not ground.remembers[2]:
                # It has the same outcomes: to add a row takes less time than to look on for one.
                break
        stake = known.stakes[stake, 4]
    stake = known.sizes[STAKES]
    if stake >= len(known.stakes):
        return -1
    row = known.stakes[stake]
    row[0], row[1], row[4], row[5] = bet, bonus, known.last_stake[chooser], policy_of(goal, state)
    if bonus == 0 and without_bonus >= 0 and not ground.remembers[2]:
        row[2], row[3] = known.stakes[without_bonus, 2], known.stakes[without_bonus, 3]
    else:
        first = known.sizes[OUTCOMES]
        if first + ground.deals.shape[1] > len(known.distances):
            return -1
        count = _see_outcomes(ground, known, state, scratch)
        if count < 0:
            return -1
        behind, far_behind = 0.0, 0.0
        for k in range(count - 1, -1, -1):
            at, chance = first + k, scratch.seen[k, 2] / ground.all_deals
            behind += chance
            result = scratch.seen[k, 0]
            known.distances[at] = result // bet if bonus == 0 else result // ground.unit
            known.rows[at] = scratch.seen[k, 1] * ground.blocks
            far_behind += chance * abs(known.distances[at])
            known.weights[at], known.behind[at], known.far_behind[at] = chance, behind, far_behind
            if bonus != 0:
                known.sizes[UNIT] = _gcd(known.sizes[UNIT], result)
        row[2], row[3] = first, first + count
        known.sizes[OUTCOMES] += count
    if bonus == 0:
        known.sizes[UNIT] = _gcd(known.sizes[UNIT], bet)
    known.sizes[STAKES] += 1
    known.last_stake[chooser] = stake
    return stake


@njit(cache=True, nogil=True, _nrt=False)
def _enough(ground: Ground, standing: Any, hands: Any, scratch: Scratch) -> Any:
    """From this profit on the same is staked whatever the profit; none is that high if it is not.

    That is so where what is wanted follows from the standing alone, and there is the money for it.
    """
    tables = ground.tables
    if hangs_on_profit(tables):
        return ground.first_profit + ground.cells * ground.unit
    state = standing_at(0, hands, standing)
    bet = wanted_bet(tables, state, scratch.formulas)
    bonus = wanted_bonus(tables, state, bet, scratch.formulas)
    return 3 * bet + bonus - tables.starting_bankroll


@njit(cache=True, nogil=True, _nrt=False)
def explore(ground: Ground, known: Known, place: Any, hands: Any, scratch: Scratch) -> Any:
    """Find the pieces of a block.

    Args:
        ground: what is played, on which grid.
        known: what has been found so far; if there is no room for all of the block, it must be
            explored anew.
        place: the place of the block in `Known.numbers`.
        hands: hands played before.
        scratch: to work in.

    Returns:
        `DONE`, `NO_ROOM`, or `FINER_UNIT` if sessions come between the profits of the grid.
    """
    piece, visited = known.sizes[PIECES], known.sizes[VISITED]
    if (
        known.sizes[BLOCKS] >= len(known.blocks)
        or piece + BLOCK > len(known.firsts)
        or visited >= len(known.visits)
    ):
        return NO_ROOM
    standing, block = place // ground.blocks, place % ground.blocks
    first_piece, bet, bonus, policy, leaves = piece, -1, -1, _INDEX(0), False
    first_cell, cells = block * BLOCK, min(BLOCK, ground.cells - block * BLOCK)
    enough = _enough(ground, known.standings[standing], hands, scratch)
    for cell in range(cells):
        profit = ground.first_profit + (first_cell + cell) * ground.unit
        state = standing_at(profit, hands, known.standings[standing])
        after = play_round(ground.tables, state, ground.deals[0, 0, 0], scratch.formulas, False)
        chosen = policy_of(ground.tables.goal, state)
        is_same = after.bet == bet and after.bonus == bonus and chosen == policy
        if profit >= enough and is_same:
            known.ends[piece - 1] = cells
            break
        if is_same:
            known.ends[piece - 1] = cell + 1
            continue
        bet, bonus, policy = after.bet, after.bonus, chosen
        stake = _stake_of(ground, known, standing, state, bet, bonus, scratch)
        if stake < 0:
            return NO_ROOM
        if known.sizes[UNIT] != ground.unit:
            return FINER_UNIT
        known.firsts[piece], known.ends[piece] = cell, cell + 1
        known.staked[piece], known.met[piece] = stake, 0.0
        known.scales[piece] = bet // ground.unit if bonus == 0 else 1
        piece += 1
    most_goals = 0
    for k in range(first_piece, piece):
        stake = known.staked[k]
        nearest = behind_last = known.stakes[stake, 3]
        for outcome in range(known.stakes[stake, 2], known.stakes[stake, 3]):
            shift = first_cell + known.distances[outcome] * known.scales[k]
            low, high = known.firsts[k] + shift, known.ends[k] + shift
            leaves |= low < 0 or (ground.ends_above and high > ground.cells)
            if high > 0 and (low < ground.cells or not ground.ends_above):
                nearest, behind_last = min(nearest, outcome), outcome + 1
        known.nearest[k], known.behind_last[k] = nearest, behind_last
        most_goals += 2 * (behind_last - nearest)
    number = known.sizes[BLOCKS]
    row = known.blocks[number]
    row[0], row[1], row[2], row[3], row[4] = place, first_piece, piece, -1, most_goals
    if leaves:
        row[3] = visited
        for cell in range(BLOCK):
            known.visits[visited, cell] = 0.0
        known.sizes[VISITED] += 1
    known.sizes[PIECES] = piece
    known.sizes[BLOCKS] += 1
    known.numbers[place] = number + 1
    return DONE
