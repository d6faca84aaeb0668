"""The best play for a goal: which bets ride, by the hands played and the profit.

The usual chart makes the mean of a round as high as can be. Whoever wants to leave ahead, to reach
a limit or not to be ruined does better to look at what is won so far and how long there is to go.
What a player can tell apart of three and of four cards comes to a few dozen kinds, so the best
decisions of all sessions are one backward recursion over hands and profits: the value of standing
somewhere is that of the best decisions there, the values after them being known.

Decisions that make no difference to the goal go by the chart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial, reduce
from itertools import pairwise, takewhile
from math import floor, gcd, log2
from typing import Final, Literal, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.bonus_policies import BonusLimits
from let_it_ride.errors import LetItRideError
from let_it_ride.game.deals import DealTable
from let_it_ride.game.strategies import Strategy

Goal = Literal["leave_ahead", "reach_win_limit", "avoid_ruin", "mean"]

Integers = NDArray[np.int64]
Values = NDArray[np.float64]
Rides = NDArray[np.bool_]

#: Hands times profits times bets that decisions are worked out for, which takes seconds.
_MOST_STANDINGS: Final = 4_000_000

#: Values are whole numbers up to this. Added up over the 48 × 49 cards that can follow they stay
#: below 2⁵³, so that doubles are exact and no processor decides otherwise than another.
_HIGHEST_VALUE: Final = 2.0**41

#: So many profits are worked out together: little memory, and too little work to be spread over
#: threads, which takes longer.
_TOGETHER: Final = 128


class GoalTooLargeError(LetItRideError):
    """A goal that takes too much to play for."""


class GoalPlay(NamedTuple):
    """Decisions as the kernels read them.

    Attributes:
        is_there: whether a goal is played for; otherwise nothing else here counts.
        first_profit: the lowest profit that there are decisions for, in cents.
        unit: from one profit to the next, in cents.
        policy: the policy by hands played and profit; the last profit stands for all above it;
            shape (hand limit, profits).
        bets: the bet that each policy wants on one circle, in cents; shape (policies,).
        rides: 1 where a bet rides, by policy and column; shape (policies, columns).
        classes: by deal class: the column of bet 1, the columns of bet 2 if bet 1 is pulled and
            if it rides, and what a bet in action brings; shape (deal classes, 4).
    """

    is_there: bool
    first_profit: int
    unit: int
    policy: NDArray[np.uint32]
    bets: Integers
    rides: NDArray[np.uint8]
    classes: Integers

    @property
    def units(self) -> Integers:
        """What a bet in action brings, by deal class."""
        units: Integers = self.classes[:, 3]
        return units

    def policies(self, hands: int, profits: Integers) -> NDArray[np.uint32]:
        """The policies that are followed after so many hands at some profits, in cents."""
        cells = np.minimum((profits - self.first_profit) // self.unit, self.policy.shape[1] - 1)
        followed: NDArray[np.uint32] = self.policy[hands, cells]
        return followed

    def bet_rides(self, policy: int) -> tuple[Rides, Rides]:
        """Whether bet 1 and bet 2 ride where a policy is followed, by deal class."""
        start, if_pulled, if_ridden, _ = self.classes.T
        rides = self.rides[policy].astype(np.bool_)
        rides_1 = rides[start]
        return rides_1, np.where(rides_1, rides[if_ridden], rides[if_pulled])


NO_GOAL: Final = GoalPlay(
    is_there=False,
    first_profit=0,
    unit=1,
    policy=np.zeros((1, 1), dtype=np.uint32),
    bets=np.zeros(1, dtype=np.int64),
    rides=np.zeros((1, 1), dtype=np.uint8),
    classes=np.zeros((1, 4), dtype=np.int64),
)


@dataclass(frozen=True, eq=False)
class Situations:
    """What a player can tell apart, and what follows it.

    Three cards are a *start*; with the fourth they are a *situation*.

    Attributes:
        units: what a bet in action can bring; shape (units,).
        river: fifth cards that bring each of the units, by situation; shape (situations, units).
        turn: fourth cards that lead to each situation, by start; shape (starts, situations).
        hands: three-card hands, by start; shape (starts,).
        bonus_units: what the bonus brings, by start; shape (starts,).
        rides_1: whether the chart lets bet 1 ride, by start; shape (starts,).
        rides_2: whether the chart lets bet 2 ride, by situation; shape (situations,).
    """

    units: Integers
    river: Integers
    turn: Integers
    hands: Integers
    bonus_units: Integers
    rides_1: Rides
    rides_2: Rides

    @cached_property
    def bonus_kinds(self) -> Integers:
        """What the bonus can bring; shape (kinds,)."""
        kinds: Integers = np.unique(self.bonus_units)
        return kinds

    @property
    def chart(self) -> Rides:
        """The chart as the decisions of a policy; shape (columns,)."""
        of_bet_2 = np.tile(self.rides_2, 2 * len(self.bonus_kinds))
        return np.concatenate([self.rides_1, of_bet_2])

    def mean_of_chart(self) -> tuple[float, float]:
        """What the chart brings in the mean: of a bet on one circle, and of a bonus bet."""
        of_bet_2 = self.river @ self.units
        of_bet_1 = self.turn @ of_bet_2
        main = of_bet_1 + of_bet_1 * self.rides_1 + self.turn @ (of_bet_2 * self.rides_2)
        hands = int(self.hands.sum())
        main_mean = int(self.hands @ main) / (hands * self.fourths * self.fifths)
        return main_mean, int(self.hands @ self.bonus_units) / hands

    def highest_win(self, rules: "Rules") -> int:
        """No hand wins more, in cents."""
        main = 3 * rules.bets[-1] * max(int(self.units.max()), 0)
        return main + rules.bonus * max(int(self.bonus_units.max()), 0)

    @property
    def fourths(self) -> int:
        """How many fourth cards can follow a start."""
        return int(self.turn[0].sum())

    @property
    def fifths(self) -> int:
        """How many fifth cards can follow a situation."""
        return int(self.river[0].sum())


class Placed(NamedTuple):
    """Situations, and where the deal classes are among them.

    Attributes:
        situations: what can be told apart.
        start: the start of each deal class; shape (deal classes,).
        situation: the situation of each; shape (deal classes,).
        units: what a bet in action brings in each; shape (deal classes,).
    """

    situations: Situations
    start: Integers
    situation: Integers
    units: Integers

    @classmethod
    def of(cls, deals: DealTable, chart: Strategy, units: Integers, bonus_units: Integers) -> Self:
        """Gather the deal classes.

        Args:
            deals: the deal table.
            chart: what decides where the goal does not.
            units: what a bet in action brings, by `FiveCard`.
            bonus_units: what the bonus brings, by `ThreeCard`; all 0 if none is bet.
        """
        brings, unit_of = np.unique(units, return_inverse=True)
        counts = np.zeros((len(deals.four), len(brings)), dtype=np.int64)
        np.add.at(counts.T, unit_of, deals.four_card_counts.T)
        of_four = counts * 48 // counts.sum(axis=1, keepdims=True)
        river, four, situation_of = _distinct(of_four)

        paths = np.zeros((len(deals.three), len(river)), dtype=np.int64)
        np.add.at(paths, (deals.three_class, situation_of[deals.four_class]), deals.weight)
        bonus = np.zeros(len(deals.three), dtype=np.int64)
        bonus[deals.three_class] = bonus_units[deals.bonus_category]
        hands = paths.sum(axis=1) // (49 * 48)
        turn = paths // (hands[:, None] * 48)
        _, three, start_of = _distinct(np.column_stack([bonus, turn]))
        situations = Situations(
            units=brings,
            river=river,
            turn=turn[three],
            hands=np.bincount(start_of, hands).astype(np.int64),
            bonus_units=bonus[three],
            rides_1=chart.ride_bet_1[three],
            rides_2=chart.ride_bet_2[four],
        )
        return cls(
            situations,
            start_of[deals.three_class],
            situation_of[deals.four_class],
            units[deals.category],
        )

    def columns(self) -> Integers:
        """`GoalPlay.classes` of the deal classes."""
        starts, situations = self.situations.turn.shape
        kinds = self.situations.bonus_kinds
        kind = np.searchsorted(kinds, self.situations.bonus_units)[self.start]
        pulled = starts + kind * situations + self.situation
        ridden = pulled + len(kinds) * situations
        return np.column_stack([self.start, pulled, ridden, self.units])


class Rules(NamedTuple):
    """What a session is played by; amounts in cents.

    Attributes:
        bets: the bets on one circle that may be chosen, rising.
        bonus: the bonus that is wanted before every hand.
        bonus_limits: what the table takes on the bonus.
        starting_bankroll: what a session begins with.
        bet_floor: the least bet on one circle; a session that cannot pay three of it ends.
        bet_increment: what a bet is lowered by where money is short.
        win_at: the profit from which a session ends; None if there is none.
        loss_at: the profit down to which a session ends; None if there is none.
        hand_limit: the most hands of a session.
    """

    bets: tuple[int, ...]
    bonus: int
    bonus_limits: BonusLimits
    starting_bankroll: int
    bet_floor: int
    bet_increment: int
    win_at: int | None
    loss_at: int | None
    hand_limit: int

    @property
    def highest_stake(self) -> int:
        """No hand loses more."""
        return 3 * self.bets[-1] + self.bonus

    @property
    def first_profit(self) -> int:
        """The lowest profit at which a session can go on."""
        low = max(-self.reach - 1, 3 * self.bet_floor - self.starting_bankroll - 1)
        if self.loss_at is not None:
            low = max(low, self.loss_at)
        return (low // self.unit + 1) * self.unit

    @property
    def reach(self) -> int:
        """No session loses more; above this profit nothing can be lost any more."""
        return self.hand_limit * self.highest_stake

    def ends_at_win(self, goal: Goal) -> bool:
        """Whether decisions matter up to the win limit, and not only while money can be lost."""
        if self.win_at is None:
            return False
        return self.win_at <= self.reach + 1 or goal in ("reach_win_limit", "mean")

    def cells(self, goal: Goal) -> int:
        """At how many profits, from the lowest on, decisions matter to a goal."""
        high = self.reach + 1
        if self.win_at is not None and self.ends_at_win(goal):
            high = self.win_at
        return -(-high // self.unit) - self.first_profit // self.unit

    def refuse_what_is_too_large(self, goal: Goal) -> None:
        """Refuse what takes too long to work out.

        Raises:
            GoalTooLargeError: it does; the error says what would help.
        """
        hands, bets, cells = self.hand_limit, len(self.bets), self.cells(goal)
        if cells * hands * bets > _MOST_STANDINGS:
            of_bets = f" and {bets} bets" if bets > 1 else ""
            raise GoalTooLargeError(
                f"The best play for this goal is too large to work out: {hands:,} hands at"
                f" {cells:,} amounts of money{of_bets} are more than {_MOST_STANDINGS:,}."
                " Closer stop limits, fewer hands, or bets with a larger common divisor would help."
            )

    @property
    def unit(self) -> int:
        """Every profit is a multiple of it."""
        amounts = list(self.bets)
        if self.lowest_funds < 3 * self.bets[-1]:
            amounts += [self.bet_floor, self.bet_increment]
        if self.bonus:
            amounts.append(self.bonus)
            if self.lowest_funds < self.highest_stake:
                amounts.append(self.bonus_limits.increment)
        return gcd(*amounts)

    @property
    def lowest_funds(self) -> int:
        """No session goes on with less money."""
        lost = (self.hand_limit - 1) * self.highest_stake
        if self.loss_at is not None:
            lost = min(lost, -self.loss_at - 1)
        return max(self.starting_bankroll - lost, 3 * self.bet_floor)

    def stakes(self, bet: int, profits: Integers) -> tuple[Integers, Integers]:
        """The bet on one circle and the bonus that are staked at some profits.

        Args:
            bet: the bet that is wanted.
            profits: where a session goes on; shape (profits,).
        """
        funds = self.starting_bankroll + profits
        over = np.maximum(self.bonus - (funds - 3 * bet), 0)
        bonus = self.bonus - _up(over, self.bonus_limits.increment)
        bonus[bonus < max(self.bonus_limits.minimum, 0)] = 0
        short = np.maximum(3 * bet - funds, 0)
        lowered = bet - _up(short, 3 * self.bet_increment) // 3
        return np.maximum(lowered, min(self.bet_floor, bet)), bonus


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

    def _stretches(self, bet: int, first: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """Neighbouring cells where the same is staked: first, behind the last, bet, bonus."""
        bets, bonuses = self._rules.stakes(bet, self.profits[first:end])
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


def best_play(placed: Placed, rules: Rules, goal: Goal) -> GoalPlay:
    """The best play of whole sessions."""
    recursion = Recursion(placed.situations, rules, goal)
    # What is decided nowhere else goes by the chart, which comes first.
    policy = np.zeros((rules.hand_limit, recursion.cells), dtype=np.uint32)
    chart = np.packbits(placed.situations.chart)
    numbers = {(recursion.bet_of_chart, chart.tobytes()): 0}
    for hand, options in recursion.hands():
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


def _distinct(rows: Integers) -> tuple[Integers, Integers, Integers]:
    """The distinct rows, where each is first, and which of them each row is."""
    distinct, first, where = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    return distinct, first.astype(np.int64), where.reshape(-1).astype(np.int64)


def _up(amounts: Integers, increment: int) -> Integers:
    """Amounts rounded up to a multiple."""
    return -(-amounts // increment) * increment
