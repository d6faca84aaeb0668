"""[bonus_strategy]: what goes on the Three Card Bonus circle before each hand."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import model_validator

from let_it_ride.config.bonus_streaks import EVENTS, BonusEvent, MultiplyAction, StreakAction
from let_it_ride.config.bonus_tables import (
    BonusLimits,
    EarlySession,
    HandQuality,
    Hands,
    NearLossLimit,
    NearWinLimit,
    RideCorrelation,
    Tier,
)
from let_it_ride.config.quantities import (
    BonusBet,
    BonusBetFormula,
    Factor,
    Profit,
    Share,
)
from let_it_ride.config.section import (
    BrokenRule,
    OneOf,
    Section,
    listing,
    out_of_order,
    section,
    setting,
)


class _Bonus(Section):
    limits: BonusLimits = section(
        BonusLimits, "Limits", "What the table takes as a bonus bet, whatever is wanted."
    )


class NeverBonus(_Bonus, title="Never"):
    """No bonus bet."""

    type: Literal["never"] = "never"


class AlwaysBonus(_Bonus, title="Always"):
    """The same bonus bet on every hand."""

    type: Literal["always"] = "always"
    amount: BonusBet = setting(Decimal("1.00"), "Bonus bet", "The bonus bet on every hand.")


class StaticBonus(_Bonus, title="Fixed amount or ratio"):
    """A fixed bonus bet, or a fixed part of the main bet."""

    type: Literal["static"] = "static"
    amount: BonusBet | None = setting(
        Decimal("1.00"),
        "Bonus bet",
        "The bonus bet on every hand. Leave it out to bet by ratio.",
        absent="by ratio",
    )
    ratio: Factor | None = setting(
        None,
        "Ratio",
        "The bonus bet as a part of the bet wanted on one circle, in place of an amount.",
        unit="of the main bet",
        absent="by amount",
    )

    @model_validator(mode="before")
    @classmethod
    def _ratio_puts_out_the_default_amount(cls, data: object) -> object:
        if isinstance(data, dict) and data.get("ratio") is not None:
            return {"amount": None, **data}
        return data

    def broken_rules(self) -> Iterator[BrokenRule]:
        """An amount or a ratio, and not both."""
        involved = (("amount",), ("ratio",))
        if self.amount is not None and self.ratio is not None:
            yield BrokenRule(
                ("ratio",), "beside an amount", self.ratio, "an amount or a ratio", involved
            )
        if self.amount is None and self.ratio is None:
            yield BrokenRule(
                ("amount",), "neither amount nor ratio", None, "an amount or a ratio", involved
            )


class BankrollConditionalBonus(_Bonus, title="By bankroll"):
    """Bet the bonus only while the session goes well, by fixed amount, profit or tier."""

    type: Literal["bankroll_conditional"] = "bankroll_conditional"
    base_amount: BonusBet = setting(
        Decimal("1.00"), "Bonus bet", "The bonus bet where no share of the profit or tier is."
    )
    min_session_profit: Profit = setting(
        Decimal("0.00"), "Lowest profit", "No bonus bet below this session profit."
    )
    min_bankroll_ratio: Factor | None = setting(
        None,
        "Lowest bankroll",
        "No bonus bet below this part of the starting bankroll.",
        unit="of the starting bankroll",
        absent="any bankroll",
    )
    max_drawdown: Factor = setting(
        Decimal("0.25"),
        "Largest drawdown",
        "No bonus bet while the bankroll is further than this below its highest point, as a part "
        "of the starting bankroll.",
        unit="of the starting bankroll",
    )
    profit_percentage: Share | None = setting(
        None,
        "Share of the profit",
        "Bet this part of the session profit while there is one.",
        unit="of the profit",
        absent="by tier or fixed amount",
    )
    tiers: tuple[Tier, ...] = listing(
        tuple, "Tiers", "Bonus bets by session profit; the first that holds counts.", most=100
    )


class StreakBonus(_Bonus, title="By streak"):
    """Change the bonus bet whenever something has happened several times in a row."""

    type: Literal["streak_based"] = "streak_based"
    base_amount: BonusBet = setting(
        Decimal("1.00"),
        "Bonus bet",
        "The bonus bet a session begins with or, where the action is start, goes on to.",
    )
    trigger: BonusEvent = setting(
        "bonus_loss", "Count", "What has to happen several times in a row.", choices=EVENTS
    )
    streak_length: Hands = setting(
        5, "Times in a row", "How often it has to happen before the action follows.", unit="times"
    )
    action: StreakAction = section(
        MultiplyAction, "Then", "What happens to the bonus bet each time the streak is complete."
    )
    max_multiplier: Factor = setting(
        Decimal(5),
        "Largest multiplier",
        "The bonus bet grows to no more than this many times the first one.",
        unit="times",
    )
    reset_on: BonusEvent | Literal["never"] = setting(
        "bonus_win",
        "Start over on",
        "What brings the first bonus bet back.",
        choices={**EVENTS, "never": "Nothing does."},
    )


class SessionConditionalBonus(_Bonus, title="By phase of the session"):
    """A bonus bet for the first hands, near the win limit and near the loss limit."""

    type: Literal["session_conditional"] = "session_conditional"
    default_amount: BonusBet = setting(
        Decimal("1.00"), "Bonus bet", "The bonus bet where none of the phases applies."
    )
    early_session: EarlySession | None = setting(
        None, "Early in the session", "A bonus bet for the first hands.", absent="not used"
    )
    near_win_limit: NearWinLimit | None = setting(
        None,
        "Near the win limit",
        "A bonus bet for when little is missing to the win limit, if there is one.",
        absent="not used",
    )
    near_loss_limit: NearLossLimit | None = setting(
        None,
        "Near the loss limit",
        "A bonus bet for when little is missing to the loss limit, if there is one.",
        absent="not used",
    )


class CombinedBonus(_Bonus, title="By the previous hand"):
    """A base amount times factors for how the previous hand went."""

    type: Literal["combined"] = "combined"
    base_amount: BonusBet = setting(
        Decimal("1.00"), "Bonus bet", "The bonus bet before the factors, and on the first hand."
    )
    ride_correlation: RideCorrelation = section(
        RideCorrelation, "After rides", "Factors by how many bets rode in the previous hand."
    )
    hand_quality: HandQuality = section(
        HandQuality, "After hands", "Factors by the three cards of the previous hand."
    )


class CustomBonus(_Bonus, title="Formula"):
    """A formula of your own over the state of the session."""

    type: Literal["custom"] = "custom"
    expression: BonusBetFormula = setting(
        "1 if session_profit > 0 else 0",
        "Formula",
        "Arithmetic that gives the bonus bet in dollars. It can use what a betting formula can, "
        "and bonus_streak and main_bet.",
    )
    min_bet: BonusBet = setting(
        Decimal("0.00"), "Lowest bet", "What the formula gives is raised to at least this."
    )
    max_bet: BonusBet = setting(
        Decimal("25.00"), "Highest bet", "What the formula gives is lowered to at most this."
    )

    def broken_rules(self) -> Iterator[BrokenRule]:
        """The lowest bet is not above the highest."""
        yield from out_of_order("min_bet", self.min_bet, "max_bet", self.max_bet)


BonusStrategy = Annotated[
    NeverBonus
    | AlwaysBonus
    | StaticBonus
    | BankrollConditionalBonus
    | StreakBonus
    | SessionConditionalBonus
    | CombinedBonus
    | CustomBonus,
    OneOf("never"),
]
