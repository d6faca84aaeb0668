"""The moments of play for a goal: money and hands left, and what standing there is worth."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

import numpy as np

from let_it_ride.analysis.session_law import Chances, Integers
from let_it_ride.errors import LetItRideError
from let_it_ride.goal_play import Goal, Options, Placed, Recursion, Rules, Standings
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
        self._most_won = 3 * rules.bets[-1] * max(int(placed.situations.units.max()), 0)
        self._most_won += rules.bonus * max(int(placed.situations.bonus_units.max()), 0)

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
            after = f"{played:,} hand{'' if played == 1 else 's'}" if played else "no hand"
            raise NoSuchMomentError(f"no session has come {way} to {text} after {after}")


class Moments:
    """What every standing is worth, worked out from the last hand back as far as is asked for."""

    def __init__(self, placed: Placed, rules: Rules, goal: Goal) -> None:
        """Prepare.

        Raises:
            GoalTooLargeError: the play for the goal is too large to work out.
        """
        self._rules = rules
        self._recursion = Recursion(placed.situations, rules, goal)
        self._hands = self._recursion.hands()
        self._standings: list[Standings] = []

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
        while len(self._standings) < hands_left:
            if cancelled.is_set():
                raise MomentsCancelledError("the chart was cancelled")
            progress(len(self._standings) / hands_left)
            _, options = next(self._hands)
            self._standings.append(Standings(options.first_cell, options.value))

    def options(self, standing: Standing) -> Options:
        """What the options are worth where a session stands; it must have been worked out."""
        left, profit = standing.hands_left, standing.bankroll - self._rules.starting_bankroll
        following = self._standings[left - 2] if left > 1 else None
        return self._recursion.at(self._rules.hand_limit - left, profit, following)

    def values(self, hands_left: int) -> tuple[Integers, Chances]:
        """The bankrolls where something can yet be lost, in cents, and what each is worth.

        Returns:
            Two arrays of shape (bankrolls,), rising; all worked out before.
        """
        first, value = self._standings[hands_left - 1]
        cells = np.arange(first, first + len(value))
        profits = self._recursion.first_profit + self._rules.unit * cells
        return self._rules.starting_bankroll + profits, value
