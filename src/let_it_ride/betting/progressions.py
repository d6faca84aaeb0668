"""Betting systems: the bet wanted on one circle, and what follows a win, a loss or a push.

Most systems are a table of steps. Two are a function of the session's state: a share of the
bankroll, and a formula. Amounts are whole cents.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.formulas import NO_FORMULA, Formula
from let_it_ride.money import whole_cents


class BetBy(IntEnum):
    """What a wanted bet follows from."""

    STEP = 0
    SHARE = 1
    FORMULA = 2


class BettingSystem(NamedTuple):
    """A betting system; every session begins at step 0.

    Attributes:
        by: a `BetBy`.
        bets: wanted bet in cents, by step; shape (steps,).
        after: the step that follows a win, a loss, a push; shape (steps, 3).
        driven_by_net: whether main game and bonus together decide what a round was; otherwise the
            main game does, which never pushes.
        share: millionths of the bankroll that are wanted, for `BetBy.SHARE`.
        round_to: what a share is rounded down to a multiple of.
        formula: the wanted bet in dollars, for `BetBy.FORMULA`.
        least: what a share or a formula is raised to.
        most: what a share or a formula is lowered to.
    """

    by: int
    bets: NDArray[np.int64]
    after: NDArray[np.int64]
    driven_by_net: bool
    share: int = 0
    round_to: int = 1
    formula: Formula = NO_FORMULA
    least: int = 0
    most: int = 0

    @property
    def is_flat(self) -> bool:
        """Whether the same bet is wanted every round."""
        return self.by == BetBy.STEP and len(self.bets) == 1

    @property
    def highest_bet(self) -> int:
        """No wanted bet is higher."""
        return int(self.bets.max()) if self.by == BetBy.STEP else self.most


def flat(base_bet: int) -> BettingSystem:
    """The same bet every round."""
    return by_steps([base_bet], lambda _: 0, lambda _: 0, driven_by_net=False)


def by_steps(
    bets: Sequence[int],
    after_win: Callable[[int], int],
    after_loss: Callable[[int], int],
    *,
    driven_by_net: bool,
) -> BettingSystem:
    """Steps with the bet of each; a push keeps the step.

    Args:
        bets: cents by step.
        after_win: the step after a win at a step; what lies beyond the ends is the end.
        after_loss: the same for a loss.
        driven_by_net: whether the bonus counts in what a round was.
    """
    last = len(bets) - 1
    after = [
        (min(max(after_win(step), 0), last), min(max(after_loss(step), 0), last), step)
        for step in range(len(bets))
    ]
    return of_table(bets, after, driven_by_net=driven_by_net)


def of_table(
    bets: Iterable[int], after: Iterable[Sequence[int]], *, driven_by_net: bool
) -> BettingSystem:
    """Steps with the bet of each and the step after a win, a loss and a push; numbered from 0."""
    return BettingSystem(
        by=int(BetBy.STEP),
        bets=np.array(list(bets), dtype=np.int64),
        after=np.array(list(after), dtype=np.int64),
        driven_by_net=driven_by_net,
    )


def powers(base: int, multiplier: Fraction, steps: int, most: int) -> list[int]:
    """The base times each power of the multiplier, each rounded down once, none above the most."""
    bets: list[int] = []
    amount = Fraction(base)
    for _ in range(steps):
        bets.append(min(whole_cents(amount), most))
        if bets[-1] < most:  # from there on the powers, which only grow, no longer matter
            amount *= multiplier
    return bets


def martingale(
    bets: Sequence[int], *, reset_on_win: bool, restart_at_limit: bool, driven_by_net: bool
) -> BettingSystem:
    """One step on after a loss; after a win the first, or one back."""
    last = len(bets) - 1
    return by_steps(
        bets,
        lambda step: 0 if reset_on_win else step - 1,
        lambda step: 0 if restart_at_limit and step == last else step + 1,
        driven_by_net=driven_by_net,
    )


def reverse_martingale(
    bets: Sequence[int], *, reset_on_loss: bool, driven_by_net: bool
) -> BettingSystem:
    """One step on after a win, and the first after the last; after a loss the first, or one back.

    Paroli and 1-3-2-6 are this with other bets.
    """
    last = len(bets) - 1
    return by_steps(
        bets,
        lambda step: 0 if step == last else step + 1,
        lambda step: 0 if reset_on_loss else step - 1,
        driven_by_net=driven_by_net,
    )


def fibonacci(
    unit: int, places: int, most: int, *, win_regression: int, driven_by_net: bool
) -> BettingSystem:
    """The unit times 1, 1, 2, 3, 5, 8 …; one place on after a loss, some back after a win."""
    numbers = [1, 1]
    while len(numbers) < places:
        numbers.append(numbers[-1] + numbers[-2])
    return by_steps(
        [min(unit * number, most) for number in numbers[:places]],
        lambda place: place - win_regression,
        lambda place: place + 1,
        driven_by_net=driven_by_net,
    )


def dalembert(
    reachable: Iterable[int],
    first: int,
    *,
    up: int,
    down: int,
    least: int,
    most: int,
    driven_by_net: bool,
) -> BettingSystem:
    """One unit up after a loss, one down after a win, between the least and the most.

    Args:
        reachable: every bet that can follow from the first, which is one of them.
        first: the bet that a session begins with.
        up: what a loss adds.
        down: what a win takes off.
        least: the lowest bet, the first apart.
        most: the highest bet.
        driven_by_net: whether the bonus counts in what a round was.
    """
    bets = [first, *(bet for bet in reachable if bet != first)]
    step_of = {bet: step for step, bet in enumerate(bets)}
    after = [
        (step_of[min(max(bet - down, least), most)], step_of[min(max(bet + up, least), most)], step)
        for step, bet in enumerate(bets)
    ]
    return of_table(bets, after, driven_by_net=driven_by_net)


def share_of_bankroll(
    share: int, *, round_to: int, least: int, most: int, driven_by_net: bool
) -> BettingSystem:
    """Some millionths of the bankroll, in multiples of `round_to`, within bounds."""
    stepless = of_table([least], [(0, 0, 0)], driven_by_net=driven_by_net)
    return stepless._replace(
        by=int(BetBy.SHARE), share=share, round_to=round_to, least=least, most=most
    )


def by_formula(formula: Formula, *, least: int, most: int, driven_by_net: bool) -> BettingSystem:
    """What a formula says, within bounds."""
    stepless = of_table([least], [(0, 0, 0)], driven_by_net=driven_by_net)
    return stepless._replace(by=int(BetBy.FORMULA), formula=formula, least=least, most=most)
