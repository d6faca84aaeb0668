"""Betting systems: what a player wants to stake on one circle.

A system is asked for its bet before a round and told of the round afterwards. It can look at the
books of the session, which it is given at the beginning.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reference.player import Round, Session


class BettingSystem:
    """What every system has; amounts in cents."""

    def __init__(self, settings: Mapping[str, Any], session: "Session", base_bet: int) -> None:
        self.settings, self.session, self.base_bet = settings, session, base_bet

    def bet(self) -> int:
        """The wanted bet of the coming round."""
        raise NotImplementedError

    def after(self, played: "Round") -> None:
        """Take note of how a round went."""


class Flat(BettingSystem):
    """The base bet, round after round."""

    def bet(self) -> int:
        return self.base_bet


_SYSTEMS = {"flat": Flat}


def betting_system(settings: Mapping[str, Any], session: "Session", base_bet: int) -> BettingSystem:
    """The configured betting system at the beginning of a session."""
    return _SYSTEMS[settings.get("type", "flat")](settings, session, base_bet)
