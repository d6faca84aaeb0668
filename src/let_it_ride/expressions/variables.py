"""What a formula can name; the order of a tuple numbers its variables in programs."""

from typing import Final

#: Of a main bet: the state of the session before a round, amounts in dollars.
MAIN_BET: Final = (
    "bankroll",
    "starting_bankroll",
    "base_bet",
    "session_profit",
    "hands_played",
    "streak",
    "last_result",
)

#: Of a bonus bet: the same, the streak of the staked bonus bets, and the wanted main bet.
BONUS_BET: Final = (*MAIN_BET, "bonus_streak", "main_bet")

#: Of a rule: what can be seen of three or four cards (see `game.rules`).
RULE: Final = (
    "default",
    "high_cards",
    "suited_cards",
    "suited_high_cards",
    "connected_cards",
    "gaps",
    "straights",
    "straight_flush_spread",
    "has_paying_hand",
    "has_pair",
    "has_high_pair",
    "has_two_pair",
    "has_trips",
    "has_quads",
    "is_flush_draw",
    "is_straight_draw",
    "is_open_straight_draw",
    "is_inside_straight_draw",
    "is_straight_flush_draw",
    "is_royal_draw",
)
