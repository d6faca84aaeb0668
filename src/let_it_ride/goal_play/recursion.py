"""The backward recursion over hands and profits: what every option is worth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from itertools import pairwise, takewhile
from math import floor, log2
from typing import Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.deals import Integers
from let_it_ride.game.strategies import Rides
from let_it_ride.goal_play.rules import Goal, Rules
from let_it_ride.goal_play.situations import Situations

Values = NDArray[np.float64]

#: Values are whole numbers up to this. Added up over the 48 × 49 cards that can follow they stay
#: below 2⁵³, so that doubles are exact and no processor decides otherwise than another.
_HIGHEST_VALUE: Final = 2.0**41

#: So many profits are worked out together: little memory, and too little work to be spread over
#: threads, which takes longer.
_TOGETHER: Final = 128


@dataclass(frozen=True, eq=False)
class Options:
    """What the options are worth before a hand, at one or more neighbouring profits.

    Within the recursion values are whole numbers, those of bet 2 added up over all fifth cards and
    those of bet 1 over all fourth cards too.

    Attributes:
        first_cell: the number of the lowest of them.
        bet: the bet on one circle that is wanted, in cents, by profit; shape (profits,).
        value: the value of standing there; shape (profits,).
        pulls_1, rides_1: the value of pulling bet 1 and of letting it ride, by start; shape
            (starts, profits).
        pulls_2, rides_2: the value of pulling bet 2 and of letting it ride, by whether bet 1 was
            pulled or rides, what the bonus brought, and situation; shape
            (2, bonus kinds, situations, profits).
        bet_1_rides: the decision on bet 1; shape (starts, profits).
        bet_2_rides: the decision on bet 2; shape (2, bonus kinds, situations, profits).
    """

    first_cell: int
    bet: Integers
    value: Values
    pulls_1: Values
    rides_1: Values
    pulls_2: Values
    rides_2: Values
    bet_1_rides: Rides
    bet_2_rides: Rides

    def decisions(self) -> Rides:
        """All decisions; shape (columns, profits)."""
        by_column = self.bet_2_rides.reshape(-1, len(self.bet))
        return np.concatenate([self.bet_1_rides, by_column])


class Recursion:
    """The backward recursion of a goal over hands and profits."""

    def __init__(self, situations: Situations, rules: Rules, goal: Goal) -> None:
        """Prepare.

        Args:
            situations: what can be told apart.
            rules: what is played by.
            goal: what is played for.
        """
        self._situations, self._rules, self._goal = situations, rules, goal
        self._unit, self._stake = rules.unit, rules.highest_stake
        self.first_profit, self.cells = rules.first_profit, rules.cells(goal)
        self._goes_on_above = not rules.ends_at_win(goal)
        self._prepare_values()
        self._stakes = {bet: self._staked(bet) for bet in rules.bets}
        self._river = situations.river.astype(np.float64)
        self._turn = situations.turn.astype(np.float64)
        self._hands = situations.hands[:, None] / situations.hands.sum()

    @property
    def profits(self) -> Integers:
        """Where a session goes on; shape (profits,)."""
        return self.first_profit + self._unit * np.arange(self.cells)

    def hands(self) -> Iterator[tuple[int, Options]]:
        """The options before each hand, by the hands played before it, the last hand first.

        They are those at the profits that can be reached by then and where something can yet be
        lost, some neighbouring ones at a time: the `Options` say which. Values are whole numbers.
        """
        following: list[tuple[int, Values]] = []
        for hand in range(self._rules.hand_limit - 1, -1, -1):
            before, following = self.before(hand, following), []
            for options in before:
                following.append((options.first_cell, options.value))
                yield hand, options

    def before(self, hand: int, following: Sequence[tuple[int, Values]]) -> Iterator[Options]:
        """The options before one hand, as `hands` has them.

        Args:
            hand: the hands played before it.
            following: what the next one is worth from some cells on; nothing if it is the last.
        """
        values = self._values_after(hand, following)
        first, end = self._undecided(hand)
        for cell in range(first, end, _TOGETHER):
            yield self._best(values, cell, min(cell + _TOGETHER, end))

    def at(
        self, hand: int, cell: int, following: Sequence[tuple[int, Values]] | None = None
    ) -> Options:
        """The options before one hand at one profit, which can also be one that is decided.

        Args:
            hand: the hands played before it.
            cell: the number of the profit.
            following: what the next hand is worth from some cells on; if it is not given, it is
                worked out.
        """
        if following is None:
            later = takewhile(lambda each: each[0] > hand, self.hands())
            following = [
                (options.first_cell, options.value) for next_, options in later if next_ == hand + 1
            ]
        options = self._best(self._values_after(hand, following), cell, cell + 1)
        after_four = self._whole * self._situations.fifths
        after_three = after_four * self._situations.fourths
        return replace(
            options,
            value=self.worth(options.value),
            pulls_1=options.pulls_1 / after_three,
            rides_1=options.rides_1 / after_three,
            pulls_2=options.pulls_2 / after_four,
            rides_2=options.rides_2 / after_four,
        )

    def worth(self, values: Values) -> Values:
        """Chances, or cents of a mean, of the whole numbers of the recursion."""
        return values / self._whole

    def _values_after(self, hand: int, following: Sequence[tuple[int, Values]]) -> Values:
        """The value of what a hand can lead to, by what the next one is worth from some cells on.

        After the last hand there is no next one.
        """
        hands_left = self._rules.hand_limit - hand - 1
        values = self._values_of_ends(is_last=not hands_left) * self._whole
        for number, (cell, of_cells) in enumerate(following):
            start = self._before + cell
            if number == 0 and self._goes_on_above:
                values[start:] += np.rint(hands_left * self._mean_above * self._whole)
            values[start : start + len(of_cells)] = of_cells
        return np.rint(values)

    def _undecided(self, hand: int) -> tuple[int, int]:
        """The cells that can be reached before a hand and where something can yet be lost."""
        first = max(0, (-hand * self._stake - self.first_profit) // self._unit)
        if not self._goes_on_above:
            return first, self.cells
        certain = (self._rules.hand_limit - hand) * self._stake + 1
        return first, min(self.cells, (certain - self.first_profit) // self._unit + 1)

    def _prepare_values(self) -> None:
        """Lay out the profits that a hand can lead to, those where a session ends among them."""
        situations, rules = self._situations, self._rules
        self._before = self._stake // self._unit
        after = situations.highest_win(rules) // self._unit
        cells = np.arange(-self._before, self.cells + after)
        self._reached = self.first_profit + self._unit * cells
        self.bet_of_chart, self._mean_above, largest = rules.bets[0], 0.0, 1.0
        if self._goal == "mean":
            main, bonus = situations.mean_of_chart()
            self.bet_of_chart = rules.bets[-1 if main > 0 else 0]
            self._mean_above = self.bet_of_chart * main + rules.bonus * bonus
            largest = float(np.abs(self._reached).max())
            largest += rules.hand_limit * abs(self._mean_above)
        # A power of two, which leaves whole cents whole.
        self._whole = 2.0 ** floor(log2(_HIGHEST_VALUE / largest))

    def _values_of_ends(self, *, is_last: bool) -> Values:
        """The value of ending at each of the profits a hand can lead to."""
        profits, rules = self._reached, self._rules
        match self._goal:
            case "mean":
                return profits.astype(np.float64)
            case "leave_ahead":
                return (profits > 0).astype(np.float64)
        won = np.zeros(len(profits), dtype=np.bool_)
        if rules.win_at is not None:
            won = profits >= rules.win_at
        if self._goal == "reach_win_limit":
            return won.astype(np.float64)
        lost = np.zeros(len(profits), dtype=np.bool_)
        if rules.loss_at is not None:
            lost = profits <= rules.loss_at
        if not is_last:
            lost |= rules.starting_bankroll + profits < 3 * rules.bet_floor
        return (won | ~lost).astype(np.float64)

    def _best(self, values: Values, first: int, end: int) -> Options:
        """The best options at some cells, given the values of what a hand leads to."""
        by_bet = (
            _joined(
                [self._options(values, bet, *each) for each in self._stretches(bet, first, end)]
            )
            for bet in self._rules.bets
        )
        return reduce(partial(_better, self._tie), by_bet)

    def _staked(self, wanted: int) -> Integers:
        """What is staked for a wanted bet: on one circle, and on the bonus; shape (2, profits)."""
        rules = self._rules
        staked = np.tile([[wanted], [rules.bonus]], self.cells)
        short = rules.starting_bankroll + self.profits < 3 * wanted + rules.bonus
        for cell in np.flatnonzero(short).tolist():
            staked[:, cell] = rules.stakes(wanted, self.first_profit + self._unit * cell)
        return staked

    def _stretches(self, bet: int, first: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """Neighbouring cells where the same is staked: first, behind the last, bet, bonus."""
        bets, bonuses = self._stakes[bet][:, first:end]
        changes = np.flatnonzero(np.diff(bets) | np.diff(bonuses)) + 1
        for start, stop in pairwise([0, *changes.tolist(), end - first]):
            yield first + start, first + stop, int(bets[start]), int(bonuses[start])

    def _options(
        self, values: Values, wanted: int, first: int, end: int, bet: int, bonus: int
    ) -> Options:
        """The options at neighbouring profits where the same is staked for a wanted bet."""
        situations, cells = self._situations, end - first
        starts = len(situations.hands)
        pulls_1, rides_1 = np.empty((2, starts, cells))
        shape = 2, len(situations.bonus_kinds), len(situations.river), cells
        pulls_2, rides_2 = np.empty((2, *shape))
        for kind, unit in enumerate(situations.bonus_kinds.tolist()):
            middle = self._before + first + unit * bonus // self._unit
            by_bets = [
                self._river @ np.stack([values[at : at + cells] for at in (middle + ends).tolist()])
                for ends in np.outer((1, 2, 3), situations.units * bet // self._unit)
            ]
            pulls_2[:, kind], rides_2[:, kind] = by_bets[:2], by_bets[1:]
        bet_2_rides = self._rides(pulls_2, rides_2, situations.rides_2, situations.fifths)
        after = np.where(bet_2_rides, rides_2, pulls_2)
        for kind, unit in enumerate(situations.bonus_kinds):
            those = situations.bonus_units == unit
            pulls_1[those], rides_1[those] = self._turn[those] @ after[:, kind]
        follow = situations.fifths * situations.fourths
        bet_1_rides = self._rides(pulls_1, rides_1, situations.rides_1, follow)
        # Not as a matrix product, whose rounding hangs on the processor.
        mean = (self._hands * np.where(bet_1_rides, rides_1, pulls_1)).sum(axis=0)
        value = np.rint(mean / follow)
        bets = np.full(cells, wanted)
        return Options(
            first, bets, value, pulls_1, rides_1, pulls_2, rides_2, bet_1_rides, bet_2_rides
        )

    def _rides(self, pulls: Values, rides: Values, chart: Rides, follow: int) -> Rides:
        """The decisions, given values added up over so many cards that follow."""
        gain = rides - pulls
        is_tie = np.abs(gain) <= self._tie * follow
        decided: Rides = np.where(is_tie, chart[:, None], gain > 0)
        return decided

    @property
    def _tie(self) -> int:
        """Options no further from each other are equally good: values are rounded by each hand."""
        return self._rules.hand_limit


_OPTION_FIELDS: Final = tuple(Options.__dataclass_fields__)[1:]


def _joined(parts: Sequence[Options]) -> Options:
    if len(parts) == 1:
        return parts[0]
    return Options(
        parts[0].first_cell,
        *(
            np.concatenate([getattr(part, name) for part in parts], axis=-1)
            for name in _OPTION_FIELDS
        ),
    )


def _better(tie: float, one: Options, other: Options) -> Options:
    """The options of either, profit by profit; the first where they are equally good."""
    is_better = other.value > one.value + tie
    return Options(
        one.first_cell,
        *(np.where(is_better, getattr(other, name), getattr(one, name)) for name in _OPTION_FIELDS),
    )
