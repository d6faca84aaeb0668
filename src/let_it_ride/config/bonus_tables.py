"""The tables inside the bonus strategies: limits, tiers, phases of a session, factors."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from let_it_ride.config.quantities import Bet, BonusBet, Factor, Profit, Whole
from let_it_ride.config.section import BrokenRule, Section, out_of_order, setting

Hands = Annotated[int, Whole(1, 10_000)]
"""A number of hands within a session."""


class BonusLimits(Section, title="Limits"):
    """What the table takes as a bonus bet."""

    min_bet: Bet = setting(
        Decimal("1.00"), "Lowest bonus bet", "A bonus bet below this is not made."
    )
    max_bet: Bet = setting(
        Decimal("25.00"), "Highest bonus bet", "A bonus bet above this is lowered to it."
    )
    increment: Bet = setting(
        Decimal("1.00"), "Increment", "A bonus bet is rounded down to a multiple of this."
    )

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Some bet can be made: a multiple of the increment lies within the limits."""
        yield from out_of_order("min_bet", self.min_bet, "max_bet", self.max_bet)
        highest = self.max_bet // self.increment * self.increment
        if highest < self.min_bet <= self.max_bet:
            yield BrokenRule(
                ("increment",),
                "no bet can be made",
                self.increment,
                f"an amount with a multiple from {self.min_bet:,} to {self.max_bet:,}",
                (("increment",), ("min_bet",), ("max_bet",)),
            )


class Tier(Section, title="Tier"):
    """A bonus bet for a range of session profits."""

    min_profit: Profit = setting(
        Decimal("0.00"), "Profit from", "The tier holds from this session profit on."
    )
    max_profit: Profit | None = setting(
        None, "Profit below", "The tier holds below this session profit.", absent="no upper end"
    )
    bet_amount: BonusBet = setting(Decimal("1.00"), "Bonus bet", "The bonus bet in this tier.")

    def broken_rules(self) -> Iterator[BrokenRule]:
        """A tier holds somewhere."""
        if self.max_profit is not None and self.max_profit <= self.min_profit:
            yield BrokenRule(
                ("max_profit",),
                "not above min_profit",
                self.max_profit,
                f"an amount above min_profit, {self.min_profit:,}",
                (("max_profit",), ("min_profit",)),
            )


class EarlySession(Section, title="Early in the session"):
    """A bonus bet for the first hands of a session."""

    hands: Hands = setting(20, "Hands", "How many hands count as early.", unit="hands")
    amount: BonusBet = setting(Decimal("1.00"), "Bonus bet", "The bonus bet on those hands.")


class NearWinLimit(Section, title="Near the win limit"):
    """A bonus bet for when the win limit is close."""

    threshold: BonusBet = setting(
        Decimal("50.00"), "Distance", "How little may be missing to the win limit."
    )
    amount: BonusBet = setting(Decimal("5.00"), "Bonus bet", "The bonus bet from there on.")


class NearLossLimit(Section, title="Near the loss limit"):
    """A bonus bet for when the loss limit is close."""

    threshold: BonusBet = setting(
        Decimal("50.00"), "Distance", "How little may be missing to the loss limit."
    )
    amount: BonusBet = setting(Decimal("0.00"), "Bonus bet", "The bonus bet from there on.")


class RideCorrelation(Section, title="After rides"):
    """Factors by how many of the two bets rode in the previous hand."""

    both: Factor = setting(
        Decimal(2), "Both rode", "Factor after a hand where both bets rode.", unit="times"
    )
    one: Factor = setting(
        Decimal("1.5"), "One rode", "Factor after a hand where one bet rode.", unit="times"
    )
    none: Factor = setting(
        Decimal("0.5"), "None rode", "Factor after a hand where both were pulled.", unit="times"
    )


class HandQuality(Section, title="After hands"):
    """Factors by the three cards of the previous hand."""

    strong: Factor = setting(
        Decimal("1.5"), "Strong", "Factor after three cards with a pair or better.", unit="times"
    )
    weak: Factor = setting(
        Decimal("0.5"), "Weak", "Factor after three cards with less than a pair.", unit="times"
    )
