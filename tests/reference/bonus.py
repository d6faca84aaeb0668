"""What a player wants to stake on the Three Card Bonus, and what the table takes.

A policy is asked for its bet before a round and told of the round afterwards. It can look at the
books of the session, which it is given at the beginning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING, Any

from reference.money import cents, exactly

if TYPE_CHECKING:
    from reference.player import Round, Session


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

    def __init__(self, settings: Mapping[str, Any], session: "Session") -> None:
        self.settings, self.session = settings, session

    def bet(self) -> int:
        """The wanted bonus of the coming round."""
        raise NotImplementedError

    def after(self, played: "Round") -> None:
        """Take note of how a round went."""


class Never(BonusPolicy):
    """No bonus."""

    def bet(self) -> int:
        return 0


class Always(BonusPolicy):
    """The same amount, round after round."""

    def bet(self) -> int:
        return cents(self.settings.get("amount", 1))


class Static(Always):
    """The same amount, or a fixed part of the wanted main bet."""

    def bet(self) -> int:
        if "ratio" in self.settings:
            return floor(exactly(self.settings["ratio"]) * self.session.main_bet)
        return super().bet()


_POLICIES = {"never": Never, "always": Always, "static": Static}


def bonus_policy(settings: Mapping[str, Any], session: "Session") -> BonusPolicy:
    """The configured bonus policy at the beginning of a session."""
    return _POLICIES[settings.get("type", "never")](settings, session)
