"""What sessions are played by and for, and the profits at which decisions matter then."""

from math import gcd
from typing import Final, Literal, NamedTuple

from let_it_ride.betting.bonus_policies import BonusLimits
from let_it_ride.betting.short_money import affordable
from let_it_ride.errors import LetItRideError

Goal = Literal["leave_ahead", "reach_win_limit", "avoid_ruin", "mean"]

#: Hands times profits times bets that decisions are worked out for, which takes seconds.
_MOST_STANDINGS: Final = 4_000_000


class GoalTooLargeError(LetItRideError):
    """A goal that takes too much to play for."""


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

    def stakes(self, bet: int, profit: int) -> tuple[int, int]:
        """The bet on one circle and the bonus that are staked at a profit.

        Args:
            bet: the bet that is wanted.
            profit: where a session goes on.
        """
        funds = self.starting_bankroll + profit
        return affordable(
            bet, self.bonus, funds, self.bonus_limits, self.bet_floor, self.bet_increment
        )
