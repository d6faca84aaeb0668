"""The compiled loops that carry the probabilities of a session forward, hand by hand.

What can happen is found by `simulation.exploring` where sessions come to stand. Only the blocks of
cells that hold something are kept, however far they are apart, and a block is given up as soon as
its hand has been played.

A step of the loop is a sum over the outcomes of a piece, shifted. Sessions that leave the grid have
ended; where they ended does not depend on when, so that is added up once at the end, from how often
each cell was visited.
"""

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numba import njit

from let_it_ride.simulation.exploring import (
    BLOCK,
    BLOCK_BITS,
    BLOCKS,
    DONE,
    PIECES,
    STANDINGS,
    Ground,
    Known,
    Scratch,
    explore,
    standing_at,
)
from let_it_ride.simulation.rounds import reason_to_stop
from let_it_ride.simulation.vectors import add_four

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from let_it_ride.plan import KernelTables

_INDEX = np.uintp
_I64 = np.int64
_INSIDE: Final = BLOCK - 1

HAND, LAYER, HELD, FILLED, FRESH, FREED = range(6)
"""Of `Held.sizes`: hands played; which of the layers holds the sessions before the next; how many
blocks it has, and the layer behind it; how many slots were ever taken; and how many of them were
given back.
"""

NEGLIGIBLE, LOST, CUT, MAIN, WAGERED, BONUS, GONE, GONE_AT_ONCE, STILL_PLAYING = range(9)
"""Of `Held.sums`: parts that weigh no more are let go; the chance that was; the chance cut off
above the grid; the means of the bets on one circle, of those that stay in action and of the bonus
bets, added up, in cents; what was let go by its weight, in all and in this hand; and the chance
that there is this hand."""

NO_SLOT: Final = 3
"""Beside the answers of exploring: there is no room for what sessions can come to."""

#: Where so many more places are empty, looking for the others takes too long.
_MOST_PLACES: Final = 1000

#: Pieces of no more cells are kept in registers.
_FEW: Final = 4


class Held(NamedTuple):
    """Where sessions stand before a hand and after it: two layers that take turns.

    Attributes:
        sizes: `HAND` … `FREED`.
        sums: `NEGLIGIBLE` … `STILL_PLAYING`.
        chances: chance to stand at each cell of a block, which takes a slot; shape
            (slots × `BLOCK`,).
        places: of each layer, which block it is: standing × blocks + block. In the layer before the
            hand, places rise: what a block is added to is near what the last was added to; shape
            (2, slots).
        slots: of each layer, where the block's cells are; shape (2, slots).
        freed: slots that were given back; shape (slots,).
        numbers: by place: the slot of the block in the layer that is filled, plus one, or 0; shape
            (standings × blocks,).
    """

    sizes: "NDArray[np.int64]"
    sums: "NDArray[np.float64]"
    chances: "NDArray[np.float64]"
    places: "NDArray[np.int64]"
    slots: "NDArray[np.int64]"
    freed: "NDArray[np.int64]"
    numbers: "NDArray[np.int32]"


@njit(cache=True, nogil=True, _nrt=False, fastmath={"reassoc"}, forceinline=True)
def _sum(values: Any, first: Any, end: Any) -> Any:
    total = 0.0
    for k in range(first, end):
        total += values[_INDEX(k)]
    return total


@njit(cache=True, nogil=True, _nrt=False)
def _sort(known: Known, held: Held, blocks: Any) -> None:
    """Sort the layer before the hand by places."""
    layer, places = held.sizes[LAYER], known.sizes[STANDINGS] * blocks
    if places > held.sizes[HELD] * _MOST_PLACES:
        return
    nth = 0
    for place in range(places):
        number = held.numbers[_INDEX(place)]
        if number != 0:
            held.places[layer, nth], held.slots[layer, nth] = place, number - 1
            nth += 1


@njit(cache=True, nogil=True, _nrt=False)
def _slot_for(ground: Ground, held: Held, place: Any) -> Any:
    """The slot of a block that is new in the layer that is filled, with nothing in it."""
    if held.sizes[FREED] > 0:
        held.sizes[FREED] -= 1
        slot = held.freed[held.sizes[FREED]]
    else:
        slot = held.sizes[FRESH]
        held.sizes[FRESH] += 1
    other, filled = 1 - held.sizes[LAYER], held.sizes[FILLED]
    held.places[other, filled], held.slots[other, filled] = place, slot
    held.numbers[place] = slot + 1
    held.sizes[FILLED] += 1
    cells = min(BLOCK, ground.cells - place % ground.blocks * BLOCK)
    for cell in range(_INDEX(slot * BLOCK), _INDEX(slot * BLOCK + cells)):
        # Nothing is added by −0 either; 0 would be set by a call that leaves the cells far away.
        held.chances[cell] = -0.0
    return slot


@njit(cache=True, nogil=True, _nrt=False)
def _play_block(ground: Ground, known: Known, held: Held, place: Any, slot: Any) -> None:
    """Add to the other layer where the sessions of a block stand after the hand, and count them."""
    lost, gone, cut, negligible = 0.0, 0.0, 0.0, held.sums[NEGLIGIBLE]
    going_on = 0.0
    cells, chances = ground.cells, held.chances
    number = _INDEX(known.numbers[place] - 1)
    begin, origin = place % ground.blocks * BLOCK, slot * BLOCK
    if known.blocks[number, 3] >= 0:
        visits = known.visits[known.blocks[number, 3]]
        for cell in range(_INDEX(min(BLOCK, cells - begin))):
            visits[cell] += chances[_INDEX(origin) + cell]
    for nth in range(known.blocks[number, 1], known.blocks[number, 2]):
        piece = _INDEX(nth)
        first, end = _I64(known.firsts[piece]), _I64(known.ends[piece])
        at, is_short = _INDEX(origin + first), end - first <= _FEW
        a, b, c, d = chances[at], 0.0, 0.0, 0.0
        if is_short:
            b = chances[at + _INDEX(1)] if end - first > 1 else 0.0
            c = chances[at + _INDEX(2)] if end - first > 2 else 0.0
            d = chances[at + _INDEX(3)] if end - first > 3 else 0.0
            chance = (a + b) + (c + d)
        else:
            chance = _sum(chances, origin + first, origin + end)
        if chance == 0.0:
            continue
        going_on += chance
        known.met[piece] += chance
        profit = ground.first_profit + (begin + first) * ground.unit
        weight_here = 1.0 + abs(profit) * ground.weight_of_cent
        if chance * weight_here <= negligible:
            lost += chance
            gone += chance * weight_here
            continue
        scale = _I64(known.scales[piece])
        nearest, kept = _I64(known.nearest[piece]), _I64(known.behind_last[piece])
        reach = chance * (scale * ground.unit * ground.weight_of_cent)
        # What comes behind an outcome falls from each to the next.
        behind, weighs = 0.0, 0.0
        while kept > nearest:
            last = _INDEX(kept - 1)
            more = chance * known.behind[last]
            if more > negligible:
                break
            more_weighs = more * weight_here + reach * known.far_behind[last]
            if more_weighs > negligible:
                break
            kept, behind, weighs = kept - 1, more, more_weighs
        lost += behind
        gone += weighs
        for k in range(nearest, kept):
            weight = known.weights[_INDEX(k)]
            # From here on, cells are counted from the grid's first.
            shift = begin + known.distances[_INDEX(k)] * scale
            low, high = first + shift, end + shift
            row = known.rows[_INDEX(k)]
            if is_short and low >= 0 and low + _FEW <= cells and low & _INSIDE <= BLOCK - _FEW:
                goal = held.numbers[_INDEX(row + (low >> BLOCK_BITS))] - 1
                if goal < 0:
                    goal = _slot_for(ground, held, row + (low >> BLOCK_BITS))
                at = _INDEX(goal * BLOCK + (low & _INSIDE))
                add_four(chances, at, weight, a, b, c, d)
                continue
            if high > cells:
                if not ground.ends_above:
                    beyond = max(low, cells) - shift
                    cut += weight * _sum(chances, origin + beyond, origin + end)
                high = cells
            low = max(low, 0)
            while low < high:
                until = min(high, ((low >> BLOCK_BITS) + 1) << BLOCK_BITS)
                goal = held.numbers[_INDEX(row + (low >> BLOCK_BITS))] - 1
                if goal < 0:
                    goal = _slot_for(ground, held, row + (low >> BLOCK_BITS))
                at, source = _INDEX(goal * BLOCK + (low & _INSIDE)), _INDEX(origin + low - shift)
                for cell in range(_INDEX(until - low)):
                    chances[at + cell] += weight * chances[source + cell]
                low = until
    held.sums[LOST] += lost
    held.sums[GONE] += gone
    held.sums[GONE_AT_ONCE] += gone
    held.sums[CUT] += cut
    held.sums[STILL_PLAYING] += going_on


@njit(cache=True, nogil=True, _nrt=False)
def _play(ground: Ground, known: Known, held: Held) -> Any:
    """Fill the other layer with where sessions stand after a hand, and give up this one.

    Returns:
        `DONE`, or `NO_SLOT` if there is no room.
    """
    layer, slots = held.sizes[LAYER], len(held.freed)
    for nth in range(held.sizes[HELD]):
        held.numbers[held.places[layer, nth]] = 0
    held.sizes[FILLED] = 0
    held.sums[GONE_AT_ONCE] = held.sums[STILL_PLAYING] = 0.0
    for nth in range(held.sizes[HELD]):
        place, slot = held.places[layer, nth], held.slots[layer, nth]
        needed = known.blocks[known.numbers[place] - 1, 4]
        if slots - held.sizes[FRESH] + held.sizes[FREED] < needed:
            return NO_SLOT
        _play_block(ground, known, held, place, slot)
        held.freed[held.sizes[FREED]] = slot
        held.sizes[FREED] += 1
    return DONE


@njit(cache=True, nogil=True, _nrt=False)
def _let_go(held: Held, most_lost: Any, hands: Any) -> None:
    """Set what is negligible in the next hand, so that all hands let go about what they may."""
    may_go = max(most_lost - held.sums[GONE], 0.0) / max(hands, 1)
    gone, negligible = held.sums[GONE_AT_ONCE], held.sums[NEGLIGIBLE]
    if gone > may_go:
        negligible /= 2.0 if gone < 4 * may_go else 16.0
    elif gone < may_go / 2:
        negligible = max(2 * negligible, may_go * 1e-6)
    held.sums[NEGLIGIBLE] = min(negligible, may_go / 16)


@njit(cache=True, nogil=True, _nrt=False)
def advance(
    ground: Ground,
    known: Known,
    held: Held,
    until: int,
    most_lost: float,
    most_lost_of_piece: float,
    surviving: "NDArray[np.float64]",
    scratch: Scratch,
) -> int:
    """Play hands until so many have been played, or there is no room.

    Args:
        ground: what is played, on which grid.
        known: what has been found so far.
        held: where sessions stand.
        until: hands.
        most_lost: about this chance may be let go in all hands.
        most_lost_of_piece: nor more than this for each of the pieces that were found.
        surviving: filled, for each number of hands, with the chance that the session goes on after
            them; shape (hand limit + 1,).
        scratch: to work in.

    Returns:
        An answer of `explore`, or `NO_SLOT`; `held.sizes[HAND]` tells how far it came.
    """
    sizes = held.sizes
    while sizes[HAND] < until:
        hand, layer = sizes[HAND], sizes[LAYER]
        for nth in range(sizes[HELD]):
            place = held.places[layer, nth]
            if known.numbers[place] == 0:
                answer = explore(ground, known, place, hand, scratch)
                if answer != DONE:
                    return int(answer)
        _sort(known, held, ground.blocks)
        answer = _play(ground, known, held)
        if answer != DONE:
            return int(answer)
        surviving[hand] = held.sums[STILL_PLAYING]
        sizes[HAND], sizes[LAYER], sizes[HELD] = hand + 1, 1 - layer, sizes[FILLED]
        of_pieces = most_lost_of_piece * known.sizes[PIECES]
        _let_go(held, min(most_lost, of_pieces), ground.tables.hand_limit - sizes[HAND])
    return DONE


@njit(cache=True, nogil=True, _nrt=False)
def leave(
    ground: Ground,
    known: Known,
    held: Held,
    below: "NDArray[np.float64]",
    above: "NDArray[np.float64]",
) -> None:
    """Add up what was staked and where sessions leave the grid, and forget the visits.

    Args:
        ground: what is played, on which grid.
        known: what has been found.
        held: where sessions stand.
        below: raised by the chance to leave to each profit below the grid, the next one first.
        above: the same above it, where sessions have ended there.
    """
    cells = ground.cells
    for piece in range(known.sizes[PIECES]):
        stake, chance = known.stakes[known.staked[piece]], known.met[piece]
        held.sums[MAIN] += chance * stake[0]
        held.sums[WAGERED] += chance * stake[0] * ground.mean_bets[stake[5]]
        held.sums[BONUS] += chance * stake[1]
        known.met[piece] = 0.0
    for number in range(known.sizes[BLOCKS]):
        block = known.blocks[number]
        if block[3] < 0:
            continue
        visits, begin = known.visits[block[3]], block[0] % ground.blocks * BLOCK
        for piece in range(block[1], block[2]):
            first, end = _I64(known.firsts[piece]), _I64(known.ends[piece])
            stake, scale = known.staked[piece], _I64(known.scales[piece])
            if visits[first] == 0.0 and _sum(visits, first, end) == 0.0:
                continue
            # Outcomes go by distance: those that leave are the first and the last.
            for k in range(known.stakes[stake, 2], known.stakes[stake, 3]):
                shift = begin + known.distances[_INDEX(k)] * scale
                if first + shift >= 0:
                    break
                weight = known.weights[_INDEX(k)]
                for cell in range(first, min(end, -shift)):
                    below[_INDEX(-1 - cell - shift)] += weight * visits[_INDEX(cell)]
            if not ground.ends_above:
                continue
            for k in range(known.stakes[stake, 3] - 1, known.stakes[stake, 2] - 1, -1):
                shift = begin + known.distances[_INDEX(k)] * scale
                if end + shift <= cells:
                    break
                weight = known.weights[_INDEX(k)]
                for cell in range(max(first, cells - shift), end):
                    above[_INDEX(cell + shift - cells)] += weight * visits[_INDEX(cell)]
        for cell in range(BLOCK):
            visits[cell] = 0.0


@njit(cache=True, nogil=True, _nrt=False)
def furthest(ground: Ground, known: Known, cells: "NDArray[np.int64]") -> None:
    """See how far outside of the grid sessions can come.

    Args:
        ground: what is played, on which grid.
        known: what has been found.
        cells: raised to the most cells below the grid, and above it; shape (2,).
    """
    for number in range(known.sizes[BLOCKS]):
        block = known.blocks[number]
        begin = block[0] % ground.blocks * BLOCK
        for piece in range(block[1], block[2]):
            stake, scale = known.stakes[known.staked[piece]], known.scales[piece]
            lowest = known.distances[stake[2]] * scale
            highest = known.distances[stake[3] - 1] * scale
            cells[0] = max(cells[0], -(begin + known.firsts[piece] + lowest))
            cells[1] = max(cells[1], begin + known.ends[piece] + highest - ground.cells)


@njit(cache=True, nogil=True, _nrt=False)
def add_up(
    ground: Ground,
    held: Held,
    rows: "NDArray[np.int64]",
    chances: "NDArray[np.float64]",
) -> None:
    """Add up the layer before the coming hand, whatever the standings.

    Args:
        ground: what is played, on which grid.
        held: where sessions stand.
        rows: which row to add each block of the layer to.
        chances: raised by the chance to stand at each cell; shape (rows, `BLOCK`).
    """
    for nth in range(len(rows)):
        origin = held.slots[held.sizes[LAYER], nth] * BLOCK
        begin = held.places[held.sizes[LAYER], nth] % ground.blocks * BLOCK
        for cell in range(min(BLOCK, ground.cells - begin)):
            chances[rows[nth], cell] += held.chances[origin + cell]


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
        reasons: filled with a `StopReason` for each, or `rounds.GOING_ON`; shape (profits,).
    """
    for k in range(len(profits)):
        reasons[k] = reason_to_stop(tables, standing_at(profits[k], hands, (0, 0, 0, 0, 0)))
