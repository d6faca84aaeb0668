"""What is bet on the Three Card Bonus, and how that follows from what has happened.

Some policies are a table of states; the others are a function of the session's state: a part of
the main bet, bands of hands and profit, a formula. Amounts are whole cents.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import product
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.formulas import NO_FORMULA, Formula
from let_it_ride.betting.progressions import BetBy, BettingSystem

MILLION: Final = 1_000_000

#: Further than any count of hands, or any profit in cents of either sign.
BEYOND: Final = 1 << 62


class BonusBy(IntEnum):
    """What a wanted bonus follows from."""

    STATE = 0
    BET_STEP = 1
    RATIO = 2
    BAND = 3
    FORMULA = 4


class BonusResult(IntEnum):
    """What became of the bonus in a round."""

    WON = 0
    LOST = 1
    NOT_STAKED = 2


@dataclass(frozen=True, slots=True)
class Event:
    """What a round was to a bonus policy.

    Attributes:
        main_won: whether the main game won; otherwise it lost.
        rides: how many of bets 1 and 2 rode.
        strong: whether the player's three cards are what the bonus can pay.
        bonus: what became of the bonus.
    """

    main_won: bool
    rides: int
    strong: bool
    bonus: BonusResult


#: Every event; a round's is at place ((lost × 3 + rides) × 2 + strong) × 3 + bonus.
EVENTS: Final = tuple(
    Event(not lost, rides, bool(strong), bonus)
    for lost, rides, strong, bonus in product((0, 1), (0, 1, 2), (0, 1), BonusResult)
)


class BonusLimits(NamedTuple):
    """What a table takes on the bonus spot, in cents."""

    minimum: int
    maximum: int
    increment: int

    def bet(self, wanted: int) -> int:
        """The bet nearest below a wanted one that the table takes; 0 below its minimum."""
        bet = min(wanted // self.increment * self.increment, self.maximum)
        return bet if bet >= self.minimum else 0


class Band(NamedTuple):
    """A bonus for some hands, profits and drawdowns; the first band that holds counts.

    Attributes:
        hands_below: it holds while fewer hands have been played.
        profit_from: it holds from this profit on …
        profit_below: … and below this one.
        drawdown_above: it holds while the bankroll is further below its highest point.
        amount: the wanted bonus.
        share: millionths of the profit that are wanted besides.
    """

    hands_below: int = BEYOND
    profit_from: int = -BEYOND
    profit_below: int = BEYOND
    drawdown_above: int = -1
    amount: int = 0
    share: int = 0


class BonusPolicy(NamedTuple):
    """A bonus policy; every session begins in state 0.

    Attributes:
        by: a `BonusBy`.
        limits: what the table takes.
        amounts: the bonus within the limits, by state or, for `BonusBy.BET_STEP`, by step of the
            betting system; shape (states,) or (steps,).
        after: the state that follows, by state and move; shape (states, moves).
        moves: the move of each of the `EVENTS`; shape (36,).
        ratio: millionths of the main bet that are wanted, for `BonusBy.RATIO`.
        bands: the rows of `Band`, for `BonusBy.BAND`; shape (bands, 6).
        formula: the wanted bonus in dollars, for `BonusBy.FORMULA`.
        least: what a formula is raised to.
        most: what a formula is lowered to.
    """

    by: int
    limits: BonusLimits
    amounts: NDArray[np.int64]
    after: NDArray[np.int64]
    moves: NDArray[np.int64]
    ratio: int
    bands: NDArray[np.int64]
    formula: Formula
    least: int
    most: int

    @property
    def is_fixed(self) -> bool:
        """Whether the same bonus is wanted every round."""
        return self.by == BonusBy.STATE and len(self.amounts) == 1

    @property
    def highest_bet(self) -> int:
        """No bonus is higher."""
        is_table = self.by in (BonusBy.STATE, BonusBy.BET_STEP)
        return int(self.amounts.max()) if is_table else self.limits.maximum


def fixed_bonus(wanted: int, limits: BonusLimits) -> BonusPolicy:
    """The same bonus every round."""
    return _by_state([wanted], [[0]], lambda _: 0, limits)


def part_of_main_bet(ratio: int, betting: BettingSystem, limits: BonusLimits) -> BonusPolicy:
    """Some millionths of the wanted main bet."""
    none = fixed_bonus(0, limits)
    if betting.by != BetBy.STEP:
        return none._replace(by=int(BonusBy.RATIO), ratio=ratio)
    wanted = [int(bet) * ratio // MILLION for bet in betting.bets]
    if len(wanted) == 1:
        return fixed_bonus(wanted[0], limits)
    amounts = np.array([limits.bet(amount) for amount in wanted], dtype=np.int64)
    return none._replace(by=int(BonusBy.BET_STEP), amounts=amounts)


def by_bands(bands: Iterable[Band], limits: BonusLimits) -> BonusPolicy:
    """The bonus of the first band that holds; 0 where none does."""
    rows = np.array(list(bands), dtype=np.int64).reshape(-1, len(Band._fields))
    return fixed_bonus(0, limits)._replace(by=int(BonusBy.BAND), bands=rows)


def bonus_by_formula(
    formula: Formula, limits: BonusLimits, *, least: int, most: int
) -> BonusPolicy:
    """What a formula says, within bounds of its own and then the limits."""
    return fixed_bonus(0, limits)._replace(
        by=int(BonusBy.FORMULA), formula=formula, least=least, most=most
    )


def combined_bonus(
    first: int, by_previous: Sequence[Sequence[int]], limits: BonusLimits
) -> BonusPolicy:
    """A bonus by the previous round.

    Args:
        first: wanted in the first round.
        by_previous: wanted after a round, by how many bets rode in it (0, 1, 2) and whether its
            three cards were strong (0, 1).
        limits: what the table takes.
    """
    wanted = [first, *(amount for pair in by_previous for amount in pair)]
    move_to = list(range(1, len(wanted)))
    return _by_state(
        wanted, [move_to] * len(wanted), lambda event: event.rides * 2 + event.strong, limits
    )


Happening = Literal["main_win", "main_loss", "bonus_win", "bonus_loss", "any_win", "any_loss"]
"""What can happen in a round to a policy that goes by streaks."""

_RESET, _COUNT, _BREAK, _KEEP = range(4)


def streak_bonus(
    wanted: Sequence[int],
    length: int,
    trigger: Happening,
    reset_on: Happening | Literal["never"],
    limits: BonusLimits,
) -> BonusPolicy:
    """A bonus that changes whenever something has happened several times in a row.

    Args:
        wanted: the bonus by how often the action has been applied; the last holds from there on.
        length: how many times in a row it takes.
        trigger: what has to happen.
        reset_on: what brings everything back to the beginning, and counts for nothing else.
        limits: what the table takes.
    """
    last = len(wanted) - 1

    def move(event: Event) -> int:
        if reset_on != "never" and _happened(reset_on, event):
            return _RESET
        if _happened(trigger, event):
            return _COUNT
        unseen = trigger.startswith("bonus") and event.bonus is BonusResult.NOT_STAKED
        return _KEEP if unseen else _BREAK

    after = []
    for level, count in product(range(len(wanted)), range(length)):
        begun = level * length
        applied = min(level + 1, last) * length
        counted = applied if count + 1 == length else begun + count + 1
        after.append([0, counted, begun, begun + count])
    return _by_state([amount for amount in wanted for _ in range(length)], after, move, limits)


def grown(base: int, factor: int, most: int, times: int) -> list[int]:
    """The base, and what it comes to when multiplied by some millionths time after time.

    Powers are exact and rounded down once; none is above the most. The list ends after so many
    times, or where nothing changes any more.
    """
    amounts = [base]
    numerator, denominator = base, 1
    rest = most if factor > MILLION else min(base, most) if factor == MILLION else 0
    while len(amounts) <= times:
        numerator, denominator = numerator * factor, denominator * MILLION
        amounts.append(min(numerator // denominator, most))
        if amounts[-1] == rest:
            break
    return amounts


def raised(base: int, by: int, most: int, times: int) -> list[int]:
    """The base, and what it comes to when raised time after time to no more than the most."""
    amounts = [base]
    while len(amounts) <= times:
        amounts.append(min(base + by * len(amounts), most))
        if amounts[-1] == most:
            break
    return amounts


def lowered(base: int, by: int, times: int) -> list[int]:
    """The base and what it comes to when lowered time after time, at most so often, down to 0."""
    amounts = [base]
    while len(amounts) <= times and amounts[-1] > 0:
        amounts.append(max(base - by * len(amounts), 0))
    return amounts


def _happened(what: Happening, event: Event) -> bool:
    won, lost = event.bonus is BonusResult.WON, event.bonus is BonusResult.LOST
    return {
        "main_win": event.main_won,
        "main_loss": not event.main_won,
        "bonus_win": won,
        "bonus_loss": lost,
        "any_win": event.main_won or won,
        "any_loss": lost or not event.main_won,
    }[what]


def _by_state(
    wanted: Sequence[int],
    after: Sequence[Sequence[int]],
    move: Callable[[Event], int],
    limits: BonusLimits,
) -> BonusPolicy:
    return BonusPolicy(
        by=int(BonusBy.STATE),
        limits=limits,
        amounts=np.array([limits.bet(amount) for amount in wanted], dtype=np.int64),
        after=np.array(after, dtype=np.int64),
        moves=np.array([move(event) for event in EVENTS], dtype=np.int64),
        ratio=0,
        bands=np.zeros((0, len(Band._fields)), dtype=np.int64),
        formula=NO_FORMULA,
        least=0,
        most=0,
    )
