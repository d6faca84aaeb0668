"""[bankroll] and [bankroll.stop_conditions]: the money a session begins with and when it ends."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Final

from let_it_ride.config.betting_systems import BettingSystem, FlatBetting
from let_it_ride.config.quantities import Bet, Funds, Whole
from let_it_ride.config.section import BrokenRule, Section, section, setting

_INCREMENTS: Final = tuple(map(Decimal, ("1.00", "0.50", "0.25", "0.05", "0.01")))


class StopConditions(Section, title="Stop conditions"):
    """When a session ends; looked at before every hand, in this order."""

    win_limit: Funds | None = setting(
        None,
        "Win limit",
        "Leave when the profit has reached this much. The last hand may overshoot it.",
        absent="no limit",
    )
    loss_limit: Funds | None = setting(
        None,
        "Loss limit",
        "Leave when the loss has reached this much. The last hand may overshoot it.",
        absent="no limit",
    )
    max_hands: Annotated[int, Whole(1, 1_000_000)] | None = setting(
        None,
        "Most hands",
        "Leave after this many hands; the hands per session still count if they are fewer.",
        unit="hands",
        absent="the hands per session",
    )
    max_duration_minutes: Annotated[int, Whole(1, 1_000_000)] | None = setting(
        None,
        "Longest stay",
        "Leave after this time, at the table's hands per hour. One hand is always played.",
        unit="minutes",
        absent="no limit",
    )
    stop_on_insufficient_funds: bool = setting(
        True,
        "Leave when the base bet is out of reach",
        "Leave when three base bets cannot be paid. Switched off, the player goes on with smaller "
        "bets, down to the bet increment.",
    )


class BankrollConfig(Section, title="Bankroll"):
    """The money a session begins with and what is staked from it."""

    starting_amount: Funds = setting(
        Decimal("500.00"), "Starting bankroll", "The money every session begins with."
    )
    base_bet: Bet = setting(
        Decimal("5.00"),
        "Base bet",
        "The bet on one circle before any betting system changes it. A hand stakes three.",
    )
    bet_increment: Bet | None = setting(
        None,
        "Bet increment",
        "The smallest step by which a bet is lowered when the money runs short. The base bet is a "
        "multiple of it.",
        absent="the largest of 1.00, 0.50, 0.25, 0.05 and 0.01 that divides the base bet",
    )
    stop_conditions: StopConditions = section(
        StopConditions, "Stop conditions", "When a session ends."
    )
    betting_system: BettingSystem = section(
        FlatBetting, "Betting system", "How the bet changes from hand to hand."
    )

    @property
    def increment(self) -> Decimal:
        """The step, in dollars, by which a bet is lowered: `bet_increment`, or its default."""
        if self.bet_increment is not None:
            return self.bet_increment
        return next(step for step in _INCREMENTS if self.base_bet % step == 0)

    def or_base_bet(self, amount: Decimal | None) -> Decimal:
        """Return an amount of the betting system; one that is left out is the base bet."""
        return self.base_bet if amount is None else amount

    def broken_rules(self) -> Iterator[BrokenRule]:
        """A round can be paid for, bets come in increments, and the system can use this bet."""
        if self.starting_amount < 3 * self.base_bet:
            yield BrokenRule(
                ("starting_amount",),
                "does not pay for one round",
                self.starting_amount,
                f"at least three times base_bet, {3 * self.base_bet:,}",
                (("starting_amount",), ("base_bet",)),
            )
        if self.bet_increment is not None and self.base_bet % self.bet_increment:
            yield BrokenRule(
                ("base_bet",),
                "not a multiple of bet_increment",
                self.base_bet,
                f"a multiple of bet_increment, {self.bet_increment:,}",
                (("base_bet",), ("bet_increment",)),
            )
        yield from self.betting_system.broken_rules_with(self.base_bet)
