"""Betting systems: what a player wants to stake on one circle.

A system is asked for its bet before a round and told of the round afterwards. It can look at the
books of the session, which it is given at the beginning.
"""

from collections.abc import Mapping
from math import floor
from typing import Any

from reference.books import Round, Session
from reference.expressions import Formula, in_cents
from reference.money import cents, exactly

SEEN_BY_MAIN_BETS = frozenset(
    {
        "bankroll",
        "starting_bankroll",
        "base_bet",
        "session_profit",
        "hands_played",
        "streak",
        "last_result",
    }
)


class BettingSystem:
    """What every system has; amounts in cents.

    Attributes:
        max_bet: the most that it wants.
    """

    def __init__(self, settings: Mapping[str, Any], session: Session) -> None:
        self.settings, self.session = settings, session
        self.base_bet = session.base_bet
        self.max_bet = cents(settings.get("max_bet", 500))

    def amount(self, name: str) -> int:
        """A setting that is the base bet unless it is set."""
        if name in self.settings:
            return cents(self.settings[name])
        return self.base_bet

    def bet(self) -> int:
        """The wanted bet of the coming round."""
        raise NotImplementedError

    def after(self, played: Round) -> None:
        """Take note of how a round went."""
        result = self.session.result_that_drives(played)
        if result > 0:
            self.after_a_win()
        elif result < 0:
            self.after_a_loss()
        else:
            self.after_a_push()

    def after_a_win(self) -> None:
        """Take note of a win."""

    def after_a_loss(self) -> None:
        """Take note of a loss."""

    def after_a_push(self) -> None:
        """Take note of a round that neither won nor lost."""


class Flat(BettingSystem):
    """The base bet, round after round."""

    def bet(self) -> int:
        return self.base_bet


class Martingale(BettingSystem):
    """More after every loss."""

    def __init__(self, settings: Mapping[str, Any], session: Session) -> None:
        super().__init__(settings, session)
        self.step = 0
        self.last_step = settings.get("max_progressions", 6) - 1

    def bet(self) -> int:
        multiplier = exactly(self.settings.get("loss_multiplier", 2))
        return min(floor(self.base_bet * multiplier**self.step), self.max_bet)

    def after_a_loss(self) -> None:
        if self.step < self.last_step:
            self.step += 1
        elif self.settings.get("at_limit", "stay") == "restart":
            self.step = 0

    def after_a_win(self) -> None:
        if self.settings.get("reset_on_win", True):
            self.step = 0
        elif self.step > 0:
            self.step -= 1


class ReverseMartingale(BettingSystem):
    """More after every win, until there were enough."""

    def __init__(self, settings: Mapping[str, Any], session: Session) -> None:
        super().__init__(settings, session)
        self.wins = 0
        self.enough_wins = settings.get("profit_target_streak", 3)

    def bet(self) -> int:
        multiplier = exactly(self.settings.get("win_multiplier", 2))
        return min(floor(self.base_bet * multiplier**self.wins), self.max_bet)

    def after_a_win(self) -> None:
        self.wins += 1
        if self.wins == self.enough_wins:
            self.wins = 0

    def after_a_loss(self) -> None:
        if self.settings.get("reset_on_loss", True):
            self.wins = 0
        elif self.wins > 0:
            self.wins -= 1


class Paroli(ReverseMartingale):
    """More after every win, until there were enough; a loss begins again."""

    def __init__(self, settings: Mapping[str, Any], session: Session) -> None:
        super().__init__(settings, session)
        self.enough_wins = settings.get("wins_before_reset", 3)

    def after_a_loss(self) -> None:
        self.wins = 0


class Dalembert(BettingSystem):
    """A little more after a loss, a little less after a win."""

    def __init__(self, settings: Mapping[str, Any], session: Session) -> None:
        super().__init__(settings, session)
        self.wanted = self.base_bet

    def bet(self) -> int:
        return self.wanted

    def after_a_loss(self) -> None:
        self.change_by(self.amount("unit"))

    def after_a_win(self) -> None:
        self.change_by(-self.amount("decrease_unit"))

    def change_by(self, difference: int) -> None:
        """Want so much more, between the least and the most."""
        self.wanted = clamped(self.wanted + difference, self.amount("min_bet"), self.max_bet)


class Fibonacci(BettingSystem):
    """Along 1, 1, 2, 3, 5, 8 … after losses, and some places back after a win."""

    def __init__(self, settings: Mapping[str, Any], session: Session) -> None:
        super().__init__(settings, session)
        self.place = 0

    def bet(self) -> int:
        this, following = 1, 1
        for _ in range(self.place):
            this, following = following, this + following
        return min(self.amount("unit") * this, self.max_bet)

    def after_a_loss(self) -> None:
        if self.place < self.settings.get("max_position", 10):
            self.place += 1

    def after_a_win(self) -> None:
        self.place = max(self.place - self.settings.get("win_regression", 2), 0)


class OneThreeTwoSix(BettingSystem):
    """Four bets that are to be won one after the other."""

    def __init__(self, settings: Mapping[str, Any], session: Session) -> None:
        super().__init__(settings, session)
        self.wins = 0

    def bet(self) -> int:
        return self.base_bet * (1, 3, 2, 6)[self.wins]

    def after_a_win(self) -> None:
        self.wins += 1
        if self.wins == 4:
            self.wins = 0

    def after_a_loss(self) -> None:
        self.wins = 0


class Steps(BettingSystem):
    """A table of steps, numbered from 1, each of which names the next."""

    def __init__(self, settings: Mapping[str, Any], session: Session) -> None:
        super().__init__(settings, session)
        self.steps: list[Mapping[str, Any]] = settings.get("steps", [{}])
        self.number = 1

    @property
    def step(self) -> Mapping[str, Any]:
        return self.steps[self.number - 1]

    def bet(self) -> int:
        return cents(self.step["bet"]) if "bet" in self.step else self.base_bet

    def after_a_win(self) -> None:
        self.number = self.step.get("win", 1)

    def after_a_loss(self) -> None:
        self.number = self.step.get("loss", 1)

    def after_a_push(self) -> None:
        if "push" in self.step:
            self.number = self.step["push"]


class Proportional(BettingSystem):
    """A part of the bankroll."""

    def bet(self) -> int:
        part = exactly(self.settings.get("bankroll_percentage", 0.03))
        wanted = floor(self.session.bankroll * part)
        wanted -= wanted % cents(self.settings.get("round_to", 1))
        return clamped(wanted, self.amount("min_bet"), cents(self.settings.get("max_bet", 100)))


class Custom(BettingSystem):
    """What a formula says."""

    def __init__(self, settings: Mapping[str, Any], session: Session) -> None:
        super().__init__(settings, session)
        self.formula = Formula(settings.get("expression", "base_bet"), SEEN_BY_MAIN_BETS)

    def bet(self) -> int:
        min_bet = self.amount("min_bet")
        dollars = self.formula.value(seen_by_main_bets(self.session))
        if dollars is None:
            self.session.main_formula_failures += 1
            return min_bet
        return clamped(in_cents(dollars), min_bet, self.max_bet)


def seen_by_main_bets(session: Session) -> dict[str, float]:
    """The variables of a formula, amounts in dollars."""
    return {
        "bankroll": session.bankroll / 100,
        "starting_bankroll": session.starting_bankroll / 100,
        "base_bet": session.base_bet / 100,
        "session_profit": session.profit / 100,
        "hands_played": session.hands,
        "streak": session.streak,
        "last_result": session.last_result / 100,
    }


def clamped(amount: int, least: int, most: int) -> int:
    """An amount raised to the least, then lowered to the most."""
    return min(max(amount, least), most)


_SYSTEMS: dict[str, type[BettingSystem]] = {
    "flat": Flat,
    "martingale": Martingale,
    "reverse_martingale": ReverseMartingale,
    "paroli": Paroli,
    "dalembert": Dalembert,
    "fibonacci": Fibonacci,
    "one_three_two_six": OneThreeTwoSix,
    "steps": Steps,
    "proportional": Proportional,
    "custom": Custom,
}


def betting_system(settings: Mapping[str, Any], session: Session) -> BettingSystem:
    """The configured betting system at the beginning of a session."""
    return _SYSTEMS[settings.get("type", "flat")](settings, session)
