"""What a player wants to stake on the Three Card Bonus, and what the table takes.

A policy is asked for its bet before a round and told of the round afterwards. It can look at the
books of the session, which it is given at the beginning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from reference.betting import SEEN_BY_MAIN_BETS, clamped, seen_by_main_bets
from reference.books import Round, Session
from reference.expressions import Formula, in_cents
from reference.hands import NOTHING
from reference.money import cents, exactly

SEEN_BY_BONUS_BETS = SEEN_BY_MAIN_BETS | {"bonus_streak", "main_bet"}


@dataclass(frozen=True)
class Limits:
    """What the table takes, in cents."""

    min_bet: int
    max_bet: int
    increment: int

    def taken(self, wanted: int) -> int:
        """What becomes of a wanted bet."""
        bet = wanted - wanted % self.increment
        if bet < self.min_bet:
            return 0
        return min(bet, self.max_bet)


def bonus_limits(settings: Mapping[str, Any]) -> Limits:
    """The configured limits."""
    limits = settings.get("limits", {})
    return Limits(
        cents(limits.get("min_bet", 1)),
        cents(limits.get("max_bet", 25)),
        cents(limits.get("increment", 1)),
    )


class BonusPolicy:
    """What every policy has; amounts in cents."""

    def __init__(self, settings: Mapping[str, Any], session: Session) -> None:
        self.settings, self.session = settings, session

    def amount(self, name: str, usual: float = 1) -> int:
        """A setting that is an amount."""
        return cents(self.settings.get(name, usual))

    def bet(self) -> int:
        """The wanted bonus of the coming round."""
        raise NotImplementedError

    def after(self, played: Round) -> None:
        """Take note of how a round went."""


class Never(BonusPolicy):
    """No bonus."""

    def bet(self) -> int:
        return 0


class Always(BonusPolicy):
    """The same amount, round after round."""

    def bet(self) -> int:
        return self.amount("amount")


class Static(Always):
    """The same amount, or a fixed part of the wanted main bet."""

    def bet(self) -> int:
        if "ratio" in self.settings:
            return floor(exactly(self.settings["ratio"]) * self.session.main_bet)
        return super().bet()


class BankrollConditional(BonusPolicy):
    """A bonus while the session goes well enough, and as well as it goes."""

    def bet(self) -> int:
        profit = self.session.profit
        if not self.all_is_well():
            return 0
        if "profit_percentage" in self.settings and profit > 0:
            return floor(profit * exactly(self.settings["profit_percentage"]))
        for tier in self.settings.get("tiers", []):
            if profit < cents(tier.get("min_profit", 0)):
                continue
            if "max_profit" in tier and profit >= cents(tier["max_profit"]):
                continue
            return cents(tier.get("bet_amount", 1))
        return self.amount("base_amount")

    def all_is_well(self) -> bool:
        session, settings = self.session, self.settings
        start = session.starting_bankroll
        if session.profit < self.amount("min_session_profit", 0):
            return False
        if "min_bankroll_ratio" in settings:
            least = exactly(settings["min_bankroll_ratio"]) * start
            if session.bankroll < least:
                return False
        fallen_by = session.peak - session.profit
        return fallen_by <= exactly(settings.get("max_drawdown", 0.25)) * start


class StreakBased(BonusPolicy):
    """Another bonus each time that something happened so often in a row."""

    def __init__(self, settings: Mapping[str, Any], session: Session) -> None:
        super().__init__(settings, session)
        self.trigger = settings.get("trigger", "bonus_loss")
        self.reset_on = settings.get("reset_on", "bonus_win")
        self.action = settings.get("action", {"type": "multiply"})
        self.in_a_row = self.times_applied = 0

    def bet(self) -> int:
        kind, times = self.action.get("type", "multiply"), self.times_applied
        base = self.amount("base_amount")
        most = floor(base * exactly(self.settings.get("max_multiplier", 5)))
        if kind == "multiply":
            return min(floor(base * exactly(self.action.get("value", 2)) ** times), most)
        if kind == "increase":
            return min(base + times * cents(self.action.get("value", 1)), most)
        if kind == "decrease":
            return max(base - times * cents(self.action.get("value", 1)), 0)
        if kind == "stop":
            return base if times == 0 else 0
        if kind == "start":
            return 0 if times == 0 else base
        raise AssertionError(kind)

    def after(self, played: Round) -> None:
        events = events_of(played)
        if self.reset_on in events:
            self.in_a_row = self.times_applied = 0
        elif self.trigger in events:
            self.in_a_row += 1
            if self.in_a_row == self.settings.get("streak_length", 5):
                self.times_applied += 1
                self.in_a_row = 0
        elif played.bonus == 0 and self.trigger in ("bonus_win", "bonus_loss"):
            pass
        else:
            self.in_a_row = 0


def events_of(played: Round) -> set[str]:
    """What happened in a round, of what a streak can be made of."""
    events = set()
    if played.main_result > 0:
        events |= {"main_win", "any_win"}
    if played.main_result < 0:
        events |= {"main_loss", "any_loss"}
    if played.bonus_result > 0:
        events |= {"bonus_win", "any_win"}
    if played.bonus_result < 0:
        events |= {"bonus_loss", "any_loss"}
    return events


class SessionConditional(BonusPolicy):
    """Other amounts at the beginning and near a limit."""

    def bet(self) -> int:
        session, settings = self.session, self.settings
        if "early_session" in settings:
            early = settings["early_session"]
            if session.hands < early.get("hands", 20):
                return cents(early.get("amount", 1))
        if "near_win_limit" in settings and session.win_limit is not None:
            near = settings["near_win_limit"]
            if session.win_limit - session.profit <= cents(near.get("threshold", 50)):
                return cents(near.get("amount", 5))
        if "near_loss_limit" in settings and session.loss_limit is not None:
            near = settings["near_loss_limit"]
            if session.profit + session.loss_limit <= cents(near.get("threshold", 50)):
                return cents(near.get("amount", 0))
        return self.amount("default_amount")


class Combined(BonusPolicy):
    """By how many bets rode in the round before, and what its three cards were."""

    def bet(self) -> int:
        base = self.amount("base_amount")
        if not self.session.rounds:
            return base
        before = self.session.rounds[-1]
        return floor(base * self.for_rides(before) * self.for_cards(before))

    def for_rides(self, before: Round) -> Fraction:
        factors = self.settings.get("ride_correlation", {})
        if before.rides == (True, True):
            return exactly(factors.get("both", 2.0))
        if before.rides == (False, False):
            return exactly(factors.get("none", 0.5))
        return exactly(factors.get("one", 1.5))

    def for_cards(self, before: Round) -> Fraction:
        factors = self.settings.get("hand_quality", {})
        if before.bonus_hand == NOTHING:
            return exactly(factors.get("weak", 0.5))
        return exactly(factors.get("strong", 1.5))


class Custom(BonusPolicy):
    """What a formula says."""

    def __init__(self, settings: Mapping[str, Any], session: Session) -> None:
        super().__init__(settings, session)
        text = settings.get("expression", "1 if session_profit > 0 else 0")
        self.formula = Formula(text, SEEN_BY_BONUS_BETS)

    def bet(self) -> int:
        min_bet, max_bet = self.amount("min_bet", 0), self.amount("max_bet", 25)
        dollars = self.formula.value(seen_by_bonus_bets(self.session))
        if dollars is None:
            self.session.bonus_formula_failures += 1
            return min_bet
        return clamped(in_cents(dollars), min_bet, max_bet)


def seen_by_bonus_bets(session: Session) -> dict[str, float]:
    """The variables of a formula, amounts in dollars."""
    return seen_by_main_bets(session) | {
        "bonus_streak": session.bonus_streak,
        "main_bet": session.main_bet / 100,
    }


_POLICIES: dict[str, type[BonusPolicy]] = {
    "never": Never,
    "always": Always,
    "static": Static,
    "bankroll_conditional": BankrollConditional,
    "streak_based": StreakBased,
    "session_conditional": SessionConditional,
    "combined": Combined,
    "custom": Custom,
}


def bonus_policy(settings: Mapping[str, Any], session: Session) -> BonusPolicy:
    """The configured bonus policy at the beginning of a session."""
    return _POLICIES[settings.get("type", "never")](settings, session)
