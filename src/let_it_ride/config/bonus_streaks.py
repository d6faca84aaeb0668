"""The events and actions of a bonus bet that goes by streaks."""

from decimal import Decimal
from typing import Annotated, Final, Literal

from let_it_ride.config.quantities import Bet, Factor
from let_it_ride.config.section import OneOf, Section, setting

BonusEvent = Literal["main_win", "main_loss", "bonus_win", "bonus_loss", "any_win", "any_loss"]

EVENTS: Final = {
    "main_win": "The main game won.",
    "main_loss": "The main game lost.",
    "bonus_win": "A bonus bet won.",
    "bonus_loss": "A bonus bet lost.",
    "any_win": "The main game or a bonus bet won.",
    "any_loss": "The main game or a bonus bet lost.",
}


class MultiplyAction(Section, title="Multiply"):
    """Multiply the bonus bet."""

    type: Literal["multiply"] = "multiply"
    value: Factor = setting(Decimal(2), "Factor", "What the bonus bet is multiplied by.")


class IncreaseAction(Section, title="Increase"):
    """Add to the bonus bet."""

    type: Literal["increase"] = "increase"
    value: Bet = setting(Decimal("1.00"), "Amount", "What is added to the bonus bet.")


class DecreaseAction(Section, title="Decrease"):
    """Take off the bonus bet."""

    type: Literal["decrease"] = "decrease"
    value: Bet = setting(Decimal("1.00"), "Amount", "What is taken off the bonus bet.")


class StopAction(Section, title="Stop"):
    """Bet no bonus until it starts over."""

    type: Literal["stop"] = "stop"


class StartAction(Section, title="Start"):
    """Bet no bonus before the streak is complete."""

    type: Literal["start"] = "start"


StreakAction = Annotated[
    MultiplyAction | IncreaseAction | DecreaseAction | StopAction | StartAction,
    OneOf("multiply"),
]
