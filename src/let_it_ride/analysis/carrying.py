"""Sessions carried forward over a grid of profits, in as much memory as they take up."""

import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np

from let_it_ride.analysis.deal_kinds import DealKinds
from let_it_ride.analysis.grids import Grid
from let_it_ride.analysis.pace import Pace
from let_it_ride.analysis.session_law import Chances, Integers
from let_it_ride.betting.progressions import BetBy
from let_it_ride.errors import LetItRideError
from let_it_ride.game.deals import TOTAL_DEALS
from let_it_ride.plan import KernelTables
from let_it_ride.simulation.compiled import load_exploring, load_solver

#: Bytes that solving may take up.
MOST_BYTES: Final = 2 << 30

_TOO_MUCH: Final = f"solving them would take more than {MOST_BYTES >> 30} GB of memory"

#: So many different pasts that a formula looks at, at steps of a system, are followed.
MOST_PASTS: Final = 1 << 12

#: Between limits, chances further than so many bankrolls from where they began weigh more.
_NEAR_BANKROLLS: Final = 5

#: What is known of each outcome, and of each piece.
_BY_OUTCOME: Final = ("distances", "rows", "weights", "behind", "far_behind")
_BY_PIECE: Final = ("firsts", "ends", "scales", "nearest", "behind_last", "staked", "met")

#: There is room for so many stakes and pieces before more is made; it takes memory where filled.
_STAKES: Final = 1 << 14
_PIECES: Final = 1 << 15

#: Hands are played for about so long without a word.
_SECONDS_AT_ONCE: Final = 0.02


class FinerUnitError(Exception):
    """Sessions come between the profits of the grid.

    Attributes:
        unit: a unit that fits what was seen of them, in cents.
    """

    def __init__(self, unit: int) -> None:
        """Tell the unit."""
        super().__init__(unit)
        self.unit = unit


class TooLargeError(LetItRideError):
    """Solving would take up more memory than it may."""


class Carried(NamedTuple):
    """What became of sessions.

    Attributes:
        below: chance to end at each profit below the grid, the next one first; in the first row
            before the last hand and in the second with it; shape (2, cells).
        above: the same above it, where sessions end there.
        profits: where sessions stand on the grid after all hands, in cents, rising.
        chances: chance of each.
        surviving: chance that a session goes on after so many hands; shape (hand limit + 1,).
        main: mean of the bets on one circle, added up over a session, in cents.
        wagered: mean of the main bets that stay in action, added up, in cents.
        bonus: mean of the bonus bets, added up, in cents.
        lost: the chance that was let go.
        cut: the chance that was cut off above the grid.
    """

    below: Chances
    above: Chances
    profits: Integers
    chances: Chances
    surviving: Chances
    main: float
    wagered: float
    bonus: float
    lost: float
    cut: float


class Carrier:
    """Carries the sessions of a plan forward on a grid."""

    def __init__(
        self, tables: KernelTables, kinds: DealKinds, remembers: Sequence[bool], grid: Grid
    ) -> None:
        """Sit down.

        Args:
            tables: the plan's arrays and limits.
            kinds: the kinds of deals that differ.
            remembers: whether a formula looks at the streak, the bonus streak, the last result.
            grid: where sessions go on.
        """
        self._solver: Any = load_solver()
        self._exploring: Any = load_exploring()
        self._grid = grid
        self._hand_limit = tables.hand_limit
        block = self._exploring.BLOCK
        self._ground = self._exploring.Ground(
            tables,
            kinds.deals,
            kinds.mean_bets,
            TOTAL_DEALS,
            np.array(remembers, dtype=np.bool_),
            grid.first,
            grid.unit,
            grid.cells,
            -(-grid.cells // block),
            grid.ends_above,
            1 / _near(tables, grid),
        )
        self._scratch = self._exploring.Scratch(
            np.empty((kinds.deals.shape[1], 3), dtype=np.int64),
            np.empty(len(self._exploring.STANDING_COLUMNS), dtype=np.int64),
            np.empty(self._exploring.FORMULA_ROOM),
        )
        self._known = self._nothing_known()
        self._held = self._one_session()

    def carry(
        self,
        changes: Sequence[int],
        most_lost: float,
        most_lost_of_piece: float,
        watch: Callable[[float], None],
    ) -> Carried:
        """Play all hands.

        Args:
            changes: the numbers of hands played from which other stakes hold, 0 first.
            most_lost: about so much chance may be let go.
            most_lost_of_piece: nor more than this for each piece of cells that sessions come to.
            watch: told now and then which share of the work is done.

        Raises:
            FinerUnitError: the grid must be a finer one.
            TooLargeError: it would take up too much memory.
        """
        hand_limit, pace = self._hand_limit, Pace(self._hand_limit)
        surviving = np.zeros(hand_limit + 1)
        sides = [np.zeros((2, 0)), np.zeros((2, 0))]
        watch(0.0)
        for first, behind in pairwise([*changes, hand_limit]):
            if first:
                self._forget()
            # The last hand has ends of its own: all hands are played, whatever money is left.
            for start, end in ((first, min(behind, hand_limit - 1)), (hand_limit - 1, behind)):
                if start >= end:
                    continue
                until = start
                step = 1
                while self._hand < end:
                    until, began = min(max(until, self._hand) + step, end), time.monotonic()
                    while not self._advanced(until, most_lost, most_lost_of_piece, surviving):
                        pass
                    watch(pace.share(until))
                    took = time.monotonic() - began
                    step = 2 * step if took < _SECONDS_AT_ONCE else max(step // 2, 1)
                self._leave(sides, is_last=end == hand_limit)
        profits, chances = self._at_the_end()
        surviving[hand_limit] = 0.0
        _, lost, cut, main, wagered, bonus, *_ = self._held.sums.tolist()
        below, above = sides
        return Carried(below, above, profits, chances, surviving, main, wagered, bonus, lost, cut)

    @property
    def _hand(self) -> int:
        return int(self._held.sizes[self._solver.HAND])

    def _places(self) -> Integers:
        """The places of the blocks of the layer before the coming hand."""
        sizes = self._held.sizes
        layer, count = int(sizes[self._solver.LAYER]), int(sizes[self._solver.HELD])
        places: Integers = self._held.places[layer, :count]
        return places

    def _advanced(
        self, until: int, most_lost: float, most_lost_of_piece: float, surviving: Chances
    ) -> bool:
        """Play on; returns whether so many hands have been played, and makes room if not."""
        answer = self._solver.advance(
            self._ground,
            self._known,
            self._held,
            until,
            most_lost,
            most_lost_of_piece,
            surviving,
            self._scratch,
        )
        if answer == self._exploring.DONE:
            return True
        if answer == self._exploring.FINER_UNIT:
            raise FinerUnitError(int(self._known.sizes[self._exploring.UNIT]))
        if answer == self._solver.NO_SLOT:
            raise TooLargeError(_TOO_MUCH)
        self._make_room_to_know()
        return False

    def _nothing_known(self) -> Any:
        """Room for what is found, with nothing but the first standing."""
        exploring = self._exploring
        sizes = np.zeros(7, dtype=np.int64)
        sizes[exploring.STANDINGS], sizes[exploring.UNIT] = 1, self._grid.unit
        room, room_for_outcomes = 64, max(1 << 12, 2 * len(self._scratch.seen))
        known = exploring.Known(
            sizes,
            np.zeros((room, len(exploring.STANDING_COLUMNS)), dtype=np.int64),
            np.zeros(4 * room, dtype=np.int32),
            np.full(max(room, len(self._ground.deals)), -1, dtype=np.int64),
            np.empty((_STAKES, 6), dtype=np.int64),
            *(np.empty(room_for_outcomes, dtype=np.int64) for _ in range(2)),
            *(np.empty(room_for_outcomes) for _ in range(3)),
            np.empty((1 << 8, 5), dtype=np.int64),
            *(np.empty(_PIECES, dtype=np.int16) for _ in range(2)),
            *(np.empty(_PIECES, dtype=np.int32) for _ in range(4)),
            np.empty(_PIECES),
            self._numbers(room),
            np.zeros((1 << 6, exploring.BLOCK)),
        )
        exploring.find_places(known)
        return known

    def _one_session(self) -> Any:
        """One session that begins, and room for those that come of it; it takes memory if filled.

        Raises:
            TooLargeError: there is not that much memory.
        """
        exploring, solver = self._exploring, self._solver
        slots = MOST_BYTES // (8 * exploring.BLOCK)
        try:
            held = solver.Held(
                np.zeros(6, dtype=np.int64),
                np.zeros(9),
                np.empty(slots * exploring.BLOCK),
                np.empty((2, slots), dtype=np.int64),
                np.empty((2, slots), dtype=np.int64),
                np.empty(slots, dtype=np.int64),
                np.zeros_like(self._known.numbers),
            )
        except MemoryError:
            raise TooLargeError(_TOO_MUCH) from None
        block, cell = divmod(-self._grid.first // self._grid.unit, exploring.BLOCK)
        held.sizes[solver.HELD] = held.sizes[solver.FRESH] = 1
        held.places[0, 0], held.slots[0, 0], held.numbers[block] = block, 0, 1
        held.chances[: exploring.BLOCK] = 0.0
        held.chances[cell] = 1.0
        return held

    def _make_room_to_know(self) -> None:
        """Double what is nearly full."""
        exploring, known = self._exploring, self._known
        sizes, deals, block = known.sizes.tolist(), len(self._scratch.seen), exploring.BLOCK
        wider: dict[str, Any] = {}
        for names, count, needed in (
            (("stakes",), sizes[exploring.STAKES], 1),
            (_BY_OUTCOME, sizes[exploring.OUTCOMES], deals),
            (("blocks",), sizes[exploring.BLOCKS], 1),
            (_BY_PIECE, sizes[exploring.PIECES], block),
            (("visits",), sizes[exploring.VISITED], 1),
        ):
            for name in names:
                if count + needed > len(getattr(known, name)):
                    wider[name] = _doubled(getattr(known, name), count)
        if sizes[exploring.STANDINGS] + 1 > len(known.standings):
            count = sizes[exploring.STANDINGS]
            if self._ground.remembers.any() and count >= MOST_PASTS:
                raise TooLargeError(
                    f"a formula would have to remember more than {MOST_PASTS:,} different pasts of"
                    " a session"
                )
            wider["standings"] = _doubled(known.standings, count)
            wider["last_stake"] = _doubled(known.last_stake, count)
            wider["places"] = np.zeros(2 * len(known.places), dtype=np.int32)
            wider["numbers"] = self._numbers(2 * count)
        self._known = known._replace(**wider)
        if "standings" in wider:
            exploring.find_places(self._known)
            places = self._known.blocks[: sizes[exploring.BLOCKS], 0]
            self._known.numbers[places] = np.arange(1, len(places) + 1)
            numbers = np.zeros_like(self._known.numbers)
            layer, count = self._held.sizes[self._solver.LAYER], len(self._places())
            numbers[self._places()] = self._held.slots[layer, :count] + 1
            self._held = self._held._replace(numbers=numbers)

    def _numbers(self, standings: int) -> Any:
        """Room for a number for each block of so many standings; it takes memory where filled.

        Raises:
            TooLargeError: there is not that much memory.
        """
        try:
            return np.zeros(standings * self._ground.blocks, dtype=np.int32)
        except MemoryError:
            raise TooLargeError(_TOO_MUCH) from None

    def _forget(self) -> None:
        """Forget what is staked where, since that changes now; what a policy does stays."""
        exploring, known = self._exploring, self._known
        known.numbers[known.blocks[: known.sizes[exploring.BLOCKS], 0]] = 0
        forgotten = ["BLOCKS", "PIECES", "VISITED"]
        if not self._ground.tables.goal.is_there:
            known.last_stake[:] = -1
            forgotten += ["STAKES", "OUTCOMES"]
        for each in forgotten:
            known.sizes[getattr(exploring, each)] = 0

    def _leave(self, sides: list[Chances], *, is_last: bool) -> None:
        """Add to where sessions left the grid, with hands left in the first row of each side."""
        cells = np.zeros(2, dtype=np.int64)
        self._solver.furthest(self._ground, self._known, cells)
        if not self._grid.ends_above:
            cells[1] = 0
        for number, most in enumerate(cells.tolist()):
            side = sides[number]
            if most > side.shape[1]:
                sides[number] = np.zeros((2, most))
                sides[number][:, : side.shape[1]] = side
        row = int(is_last)
        self._solver.leave(self._ground, self._known, self._held, sides[0][row], sides[1][row])

    def _at_the_end(self) -> tuple[Integers, Chances]:
        """Where sessions stand now, and the chance of it."""
        block = self._exploring.BLOCK
        blocks, rows = np.unique(self._places() % self._ground.blocks, return_inverse=True)
        chances = np.zeros((len(blocks), block))
        self._solver.add_up(self._ground, self._held, rows, chances)
        cells = (blocks[:, None] * block + np.arange(block)).ravel()
        comes = np.flatnonzero(chances)
        return self._grid.first + self._grid.unit * cells[comes], chances.ravel()[comes]


def _near(tables: KernelTables, grid: Grid) -> int:
    """From this profit on, of either sign, chances weigh more, for the mean's sake; in cents.

    Where profits have no limit it is what a session stakes at least on a circle, if it is as long
    as it may be: to that the mean is right, however wide the steps of a betting system are.
    """
    bankrolls = _NEAR_BANKROLLS * tables.starting_bankroll
    if grid.ends_above:
        return bankrolls
    betting = tables.betting
    least = int(betting.bets.min()) if betting.by == BetBy.STEP else betting.least
    return min(bankrolls, max(min(least, tables.base_bet), 1) * tables.hand_limit)


def _doubled(array: Any, count: int) -> Any:
    """An array with twice the room, and the same first rows."""
    wider = np.empty((2 * len(array), *array.shape[1:]), dtype=array.dtype)
    wider[:count] = array[:count]
    return wider
