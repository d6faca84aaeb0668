"""What betting systems have in common."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from let_it_ride.config.quantities import Bet
from let_it_ride.config.section import BASE_BET, BrokenRule, Section, out_of_order, setting


class BettingSystemBase(Section):
    """What every betting system has."""

    def broken_rules_with(self, base_bet: Decimal) -> Iterator[BrokenRule]:
        """Yield the rules between this system and the base bet that do not hold.

        Their keys are relative to [bankroll].
        """
        del base_bet
        yield from ()


class DrivenBetting(BettingSystemBase):
    """A system that goes by wins and losses."""

    driven_by: Literal["main", "net"] = setting(
        "main",
        "Driven by",
        "Which result counts as a win or a loss.",
        choices={
            "main": "The main game, which never pushes: the third bet always stays.",
            "net": "Main game and bonus together, where breaking even is a push.",
        },
    )


class CappedBetting(DrivenBetting):
    """A system with a highest bet."""

    max_bet: Bet = setting(
        Decimal("500.00"),
        "Highest bet",
        "No bet on one circle goes above this, whatever the system asks for.",
    )

    def broken_rules_with(self, base_bet: Decimal) -> Iterator[BrokenRule]:
        """The highest bet is not below the base bet."""
        if self.max_bet < base_bet:
            max_bet = ("betting_system", "max_bet")
            yield BrokenRule(
                max_bet,
                "below the base bet",
                self.max_bet,
                f"at least base_bet, {base_bet:,}",
                (max_bet, ("base_bet",)),
            )


class FlooredBetting(CappedBetting):
    """A system with a lowest bet, too."""

    min_bet: Bet | None = setting(
        None,
        "Lowest bet",
        "No bet on one circle goes below this while the bankroll can pay for it.",
        absent=BASE_BET,
    )

    def broken_rules(self) -> Iterator[BrokenRule]:
        """The lowest bet is not above the highest."""
        yield from out_of_order("min_bet", self.min_bet, "max_bet", self.max_bet)
