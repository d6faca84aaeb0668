"""The moments of play for a goal: money and hands left, and what standing there is worth."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from threading import Event

from let_it_ride.errors import LetItRideError
from let_it_ride.goal_play.recursion import Options, Recursion, Values
from let_it_ride.goal_play.rules import Goal, Rules
from let_it_ride.goal_play.situations import Placed
from let_it_ride.money import dollar_text


class NoSuchMomentError(LetItRideError):
    """A moment that no session comes to.

    Attributes:
        of_hands: whether it is the number of hands that is wrong, rather than the bankroll.
    """

    def __init__(self, message: str, *, of_hands: bool = False) -> None:
        super().__init__(message)
        self.of_hands = of_hands


class MomentsCancelledError(LetItRideError):
    """Nobody waits any more."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a session stands before a hand.

    Attributes:
        hands_left: how many hands it can still have.
        bankroll: the player's money, in cents.
    """

    hands_left: int
    bankroll: int


class Reach:
    """Where sessions can come to stand."""

    def __init__(self, placed: Placed, rules: Rules) -> None:
        """Prepare.

        Args:
            placed: what can be won.
            rules: what is played by.
        """
        self._rules = rules
        self._most_lost = rules.highest_stake
        self._most_won = placed.situations.highest_win(rules)

    @property
    def beginning(self) -> Standing:
        """Where every session begins."""
        return Standing(self._rules.hand_limit, self._rules.starting_bankroll)

    def bankrolls(self, hands_left: int) -> tuple[int, int]:
        """The least and the most money, in cents, that goes on with so many hands left."""
        rules, played = self._rules, self._rules.hand_limit - hands_left
        low = max(-played * self._most_lost, 3 * rules.bet_floor - rules.starting_bankroll)
        high = played * self._most_won
        if rules.loss_at is not None:
            low = max(low, rules.loss_at + 1)
        if rules.win_at is not None:
            high = min(high, rules.win_at - 1)
        lowest, highest = -(-low // rules.unit) * rules.unit, high // rules.unit * rules.unit
        return rules.starting_bankroll + lowest, rules.starting_bankroll + highest

    def moved(self, standing: Standing, *, units: int = 0, hands: int = 0) -> Standing:
        """The standing some units of money and some hands away, as near as there is one.

        Where other money takes more hands to come by than have been played, fewer are left.
        """
        rules = self._rules
        low, high = self.bankrolls(1)
        profit = standing.bankroll - rules.starting_bankroll
        # From between two amounts that there are, a step leads to one of them.
        rounded = -(-profit // rules.unit) if units < 0 else profit // rules.unit
        bankroll = rules.starting_bankroll + (rounded + units) * rules.unit
        bankroll = min(max(bankroll, low), high)
        profit = bankroll - rules.starting_bankroll
        needed = -(-profit // self._most_won) if profit > 0 else -(profit // self._most_lost)
        hands_left = min(max(standing.hands_left + hands, 1), rules.hand_limit - needed)
        return Standing(hands_left, bankroll)

    def refuse_what_never_comes(self, standing: Standing) -> None:
        """Refuse a standing that no session comes to.

        Raises:
            NoSuchMomentError: with what is wrong with it.
        """
        rules, (hands_left, bankroll) = self._rules, (standing.hands_left, standing.bankroll)
        profit, text = bankroll - rules.starting_bankroll, dollar_text(bankroll)
        if not 1 <= hands_left <= rules.hand_limit:
            raise NoSuchMomentError(
                f"{hands_left:,} hands left: a session has 1 to {rules.hand_limit:,} of them",
                of_hands=True,
            )
        if rules.win_at is not None and profit >= rules.win_at:
            raise NoSuchMomentError(f"at {text} a session has reached its win limit")
        if rules.loss_at is not None and profit <= rules.loss_at:
            raise NoSuchMomentError(f"at {text} a session has reached its loss limit")
        if bankroll < 3 * rules.bet_floor:
            raise NoSuchMomentError(f"at {text} a session has run out of money")
        if profit % rules.unit:
            nearest = rules.starting_bankroll + round(profit / rules.unit) * rules.unit
            raise NoSuchMomentError(
                f"no session comes to {text}, since all that is won or lost is a multiple of"
                f" {dollar_text(rules.unit)}; the nearest is {dollar_text(nearest)}"
            )
        played = rules.hand_limit - hands_left
        if not -played * self._most_lost <= profit <= played * self._most_won:
            way = "down" if profit < 0 else "up"
            after = f"{played:,} {'hand' if played == 1 else 'hands'}"
            raise NoSuchMomentError(f"no session has come {way} to {text} after {after}")


class Moments:
    """What every standing is worth, worked out from the last hand back as far as is asked for."""

    def __init__(self, placed: Placed, rules: Rules, goal: Goal) -> None:
        """Prepare.

        Raises:
            GoalTooLargeError: the play for the goal is too large to work out.
        """
        self._rules, self._goal = rules, goal
        self._recursion = Recursion(placed.situations, rules, goal)
        self._worked_out: list[list[tuple[int, Values]]] = [[]]
        """Cells and what standing there and behind is worth, by the hands that are left."""

    def work_out(
        self, hands_left: int, cancelled: Event, progress: Callable[[float], None]
    ) -> None:
        """Work out what standing is worth with up to so many hands left.

        Args:
            hands_left: how many hands.
            cancelled: whoever sets it no longer waits; what has been worked out is kept.
            progress: is told the share that is done.

        Raises:
            MomentsCancelledError: `cancelled` was set.
        """
        while (left := len(self._worked_out)) <= hands_left:
            if cancelled.is_set():
                raise MomentsCancelledError("the chart was cancelled")
            progress((left - 1) / hands_left)
            before = self._recursion.before(self._rules.hand_limit - left, self._worked_out[-1])
            self._worked_out.append([(each.first_cell, each.value) for each in before])

    def options(self, standing: Standing) -> Options:
        """What the options are worth where a session stands; it must have been worked out."""
        left, profit = standing.hands_left, standing.bankroll - self._rules.starting_bankroll
        cell = (profit - self._recursion.first_profit) // self._rules.unit
        beyond = max(cell - (self._recursion.cells - 1), 0)
        hand, following = self._rules.hand_limit - left, self._worked_out[left - 1]
        options = self._recursion.at(hand, cell - beyond, following)
        if self._goal == "mean":
            return replace(options, value=options.value + beyond * self._rules.unit)
        return options

    def values(self, hands_left: int) -> Iterator[tuple[int, float]]:
        """Yield the bankrolls where something can yet be lost, rising, and what each is worth.

        They must have been worked out. A bankroll is in cents, a value a chance, or cents of a
        mean.
        """
        first = self._rules.starting_bankroll + self._recursion.first_profit
        for cell, values in self._worked_out[hands_left]:
            for number, value in enumerate(self._recursion.worth(values).tolist(), cell):
                yield first + number * self._rules.unit, value
