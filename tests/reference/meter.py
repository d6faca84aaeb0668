"""The progressive meter of paytable_c, one for every session."""

from collections.abc import Mapping
from math import floor
from typing import Any

from reference.money import exactly


class Meter:
    """What a mini royal wins.

    Attributes:
        holds: what it shows, in cents and fractions of one.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.holds = exactly(settings.get("starting_jackpot", 100)) * 100
        self._rate = exactly(settings.get("contribution_rate", 0.05))
        self._begins_again_at = exactly(settings.get("reset_amount", 100)) * 100

    def take_part_of(self, bonus: int) -> None:
        """A bonus was staked, and part of it is added."""
        self.holds += self._rate * bonus

    def pay(self, bonus: int) -> int:
        """A mini royal with a staked bonus: a dollar wins everything, less wins a part."""
        won = floor(self.holds) if bonus >= 100 else floor(self.holds * bonus / 100)
        self.holds = self._begins_again_at
        return won


def meter_of(paytables: Mapping[str, Any]) -> Meter | None:
    """The meter at the beginning of a session, where there is one."""
    bonus = paytables.get("bonus", {})
    if bonus.get("type") == "paytable_c":
        return Meter(bonus)
    return None
