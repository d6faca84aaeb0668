"""[strategy]: when the first two bets ride and when they are pulled."""

from typing import Annotated, Literal

from let_it_ride.config.quantities import Bet, Condition
from let_it_ride.config.section import BASE_BET, OneOf, Section, listing, setting


class BasicStrategy(Section, title="Basic"):
    """The published chart: what books and pit cards tell a player to do."""

    type: Literal["basic"] = "basic"


class OptimalStrategy(Section, title="Optimal"):
    """The play with the highest expected value for the pay table you chose."""

    type: Literal["optimal"] = "optimal"
    ties: Literal["pull", "ride"] = setting(
        "pull",
        "Ties",
        "What to do where riding is worth exactly nothing. It changes the swings, not the edge.",
        choices={"pull": "Take the bet back: smaller swings.", "ride": "Leave it: larger swings."},
    )


class AlwaysRideStrategy(Section, title="Always ride"):
    """Never take a bet back."""

    type: Literal["always_ride"] = "always_ride"


class AlwaysPullStrategy(Section, title="Always pull"):
    """Take both bets back every time; only the third stays."""

    type: Literal["always_pull"] = "always_pull"


class ConservativeStrategy(Section, title="Conservative"):
    """Let a bet ride only on a hand that already pays."""

    type: Literal["conservative"] = "conservative"


class AggressiveStrategy(Section, title="Aggressive"):
    """Let a bet ride on every paying hand and on any draw to a flush or a straight."""

    type: Literal["aggressive"] = "aggressive"


class Rule(Section, title="Rule"):
    """What to do when a condition on the cards holds."""

    when: Condition = setting(
        "default",
        "When",
        "A condition on your cards, such as has_paying_hand or high_cards >= 2; default always "
        "holds.",
    )
    action: Literal["ride", "pull"] = setting(
        "pull",
        "Action",
        "What to do then.",
        choices={"ride": "Leave the bet.", "pull": "Take it back."},
    )


class CustomStrategy(Section, title="Rules of your own"):
    """Rules read from the top: the first whose condition holds decides; none pulls."""

    type: Literal["custom"] = "custom"
    bet1_rules: tuple[Rule, ...] = listing(
        tuple, "Rules for bet 1", "What to do with your first three cards.", most=100
    )
    bet2_rules: tuple[Rule, ...] = listing(
        tuple,
        "Rules for bet 2",
        "What to do with four cards, once the first community card is shown.",
        most=100,
    )


class ChosenBet(Section, title="Bet"):
    """One of the bets that may be chosen before a hand."""

    bet: Bet | None = setting(None, "Bet", "A bet on one circle.", absent=BASE_BET)


class GoalStrategy(Section, title="Best for a goal"):
    """The play with the greatest chance of what you want of a session, hand by hand.

    What it does depends on the bankroll and on the hands that are left.
    """

    type: Literal["goal"] = "goal"
    goal: Literal["leave_ahead", "reach_win_limit", "avoid_ruin", "mean"] = setting(
        "leave_ahead",
        "Goal",
        "What the play makes as likely as can be.",
        choices={
            "leave_ahead": "To end the session with more than you began with.",
            "reach_win_limit": "To reach the win limit.",
            "avoid_ruin": "Neither to reach the loss limit nor to run out of money.",
            "mean": "The highest mean profit of a session, its stop limits considered.",
        },
    )
    bets: tuple[ChosenBet, ...] = listing(
        tuple,
        "Bets to choose from",
        "Before each hand the best of these is chosen; without any, it is always the base bet.",
        most=20,
    )


Strategy = Annotated[
    BasicStrategy
    | OptimalStrategy
    | AlwaysRideStrategy
    | AlwaysPullStrategy
    | ConservativeStrategy
    | AggressiveStrategy
    | CustomStrategy
    | GoalStrategy,
    OneOf("basic"),
]
