"""[bankroll.betting_system]: how the bet on one circle changes from hand to hand.

An amount of a system that is left out is the base bet (`BankrollConfig.or_base_bet`).
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from let_it_ride.config.betting_base import (
    BettingSystemBase,
    CappedBetting,
    DrivenBetting,
    FlooredBetting,
)
from let_it_ride.config.betting_steps import MOST_STEPS, StepsBetting
from let_it_ride.config.quantities import Bet, Growth, MainBetFormula, Ratio, Whole
from let_it_ride.config.section import BASE_BET, BrokenRule, OneOf, setting

_Steps = Annotated[int, Whole(1, 100)]


class FlatBetting(BettingSystemBase, title="Flat"):
    """The base bet, hand after hand."""

    type: Literal["flat"] = "flat"


class MartingaleBetting(CappedBetting, title="Martingale"):
    """Raise the bet after every loss, so that one win makes up for the losses before it."""

    type: Literal["martingale"] = "martingale"
    loss_multiplier: Growth = setting(
        Decimal(2), "Multiplier after a loss", "What the bet is multiplied by after a loss."
    )
    max_progressions: _Steps = setting(
        6,
        "Steps",
        "How many steps the progression has, the base bet being the first.",
        unit="steps",
    )
    reset_on_win: bool = setting(
        True,
        "Back to the first step on a win",
        "After a win go back to the base bet; switched off, only one step back.",
    )
    at_limit: Literal["stay", "restart"] = setting(
        "stay",
        "After a loss on the last step",
        "What follows when the bet of the last step has been lost.",
        choices={
            "stay": "The bet of the last step again.",
            "restart": "The base bet again.",
        },
    )


class ReverseMartingaleBetting(CappedBetting, title="Reverse Martingale"):
    """Raise the bet after every win, and start over when a streak is complete."""

    type: Literal["reverse_martingale"] = "reverse_martingale"
    win_multiplier: Growth = setting(
        Decimal(2), "Multiplier after a win", "What the bet is multiplied by after a win."
    )
    profit_target_streak: _Steps = setting(
        3,
        "Streak",
        "How many wins lead from the base bet back to it: a win on the last step goes to the "
        "first.",
        unit="wins",
    )
    reset_on_loss: bool = setting(
        True,
        "Back to the first step on a loss",
        "After a loss go back to the base bet; switched off, only one step back.",
    )


class ParoliBetting(CappedBetting, title="Paroli"):
    """Let the winnings ride for a few wins; the base bet after any loss."""

    type: Literal["paroli"] = "paroli"
    win_multiplier: Growth = setting(
        Decimal(2), "Multiplier after a win", "What the bet is multiplied by after a win."
    )
    wins_before_reset: _Steps = setting(
        3, "Wins in a row", "After this many wins in a row go back to the base bet.", unit="wins"
    )


class DalembertBetting(FlooredBetting, title="D'Alembert"):
    """Add a unit after a loss, take one off after a win."""

    type: Literal["dalembert"] = "dalembert"
    unit: Bet | None = setting(
        None, "Unit up", "What is added to the bet after a loss.", absent=BASE_BET
    )
    decrease_unit: Bet | None = setting(
        None, "Unit down", "What is taken off the bet after a win.", absent=BASE_BET
    )
    min_bet: Bet | None = setting(
        None,
        "Lowest bet",
        "No bet that follows a win or a loss goes below this while the bankroll can pay for it; a "
        "session begins with the base bet all the same.",
        absent=BASE_BET,
    )

    def broken_rules_with(self, base_bet: Decimal) -> Iterator[BrokenRule]:
        """The bets that can be reached are few enough to be the steps of a progression."""
        capped = tuple(super().broken_rules_with(base_bet))
        yield from capped
        if capped or len(self.reachable_bets(base_bet)) <= MOST_STEPS:
            return
        system = ("betting_system",)
        unit = (*system, "unit")
        yield BrokenRule(
            unit,
            f"more than {MOST_STEPS:,} different bets can be reached",
            base_bet if self.unit is None else self.unit,
            "a larger unit, a unit and decrease_unit with more in common, or a lower max_bet",
            (
                unit,
                ("base_bet",),
                *((*system, key) for key in ("decrease_unit", "min_bet", "max_bet")),
            ),
        )

    def reachable_bets(self, base_bet: Decimal) -> tuple[Decimal, ...]:
        """Return every bet that can follow from the base bet, in ascending order.

        The search ends one bet past `MOST_STEPS`, which no valid configuration reaches.
        """
        up = base_bet if self.unit is None else self.unit
        down = base_bet if self.decrease_unit is None else self.decrease_unit
        lowest = base_bet if self.min_bet is None else self.min_bet
        reached = {base_bet}
        open_bets = [base_bet]
        while open_bets and len(reached) <= MOST_STEPS:
            bet = open_bets.pop()
            for following in (bet + up, bet - down):
                clamped = max(lowest, min(self.max_bet, following))
                if clamped not in reached:
                    reached.add(clamped)
                    open_bets.append(clamped)
        return tuple(sorted(reached))


class FibonacciBetting(CappedBetting, title="Fibonacci"):
    """Follow the Fibonacci numbers up on losses and some places back on a win."""

    type: Literal["fibonacci"] = "fibonacci"
    unit: Bet | None = setting(
        None, "Unit", "The bets are this times 1, 1, 2, 3, 5, 8 and so on.", absent=BASE_BET
    )
    win_regression: _Steps = setting(
        2, "Places back on a win", "How many places the bet goes back after a win.", unit="places"
    )
    max_position: _Steps = setting(
        10, "Last place", "The bet goes no further than this place, the first being 0."
    )


class OneThreeTwoSixBetting(DrivenBetting, title="1-3-2-6"):
    """Bet 1, 3, 2 and 6 base bets as the wins come; start over after the last, or a loss."""

    type: Literal["one_three_two_six"] = "one_three_two_six"


class ProportionalBetting(FlooredBetting, title="Proportional"):
    """A fixed share of the bankroll, so that bets shrink and grow with it."""

    type: Literal["proportional"] = "proportional"
    bankroll_percentage: Annotated[Decimal, Ratio(Decimal("0.001"), Decimal("0.5"))] = setting(
        Decimal("0.03"),
        "Share of the bankroll",
        "What part of the bankroll goes on one circle; 0.03 is three percent. A hand stakes three "
        "circles, so more than a third is always lowered.",
        unit="of the bankroll",
    )
    max_bet: Bet = setting(
        Decimal("100.00"),
        "Highest bet",
        "No bet on one circle goes above this, whatever the system asks for.",
    )
    round_to: Bet = setting(
        Decimal("1.00"), "Round to", "The bet is rounded down to a multiple of this."
    )


class CustomBetting(FlooredBetting, title="Formula"):
    """A formula of your own over the state of the session."""

    type: Literal["custom"] = "custom"
    expression: MainBetFormula = setting(
        "base_bet",
        "Formula",
        "Arithmetic that gives the bet in dollars. It can use bankroll, starting_bankroll, "
        "base_bet, session_profit, hands_played, streak and last_result.",
    )


BettingSystem = Annotated[
    FlatBetting
    | MartingaleBetting
    | ReverseMartingaleBetting
    | ParoliBetting
    | DalembertBetting
    | FibonacciBetting
    | OneThreeTwoSixBetting
    | StepsBetting
    | ProportionalBetting
    | CustomBetting,
    OneOf("flat"),
]
