"""A replayed session as one JSON object."""

from typing import Any

from let_it_ride.config import FullConfig
from let_it_ride.money import dollars
from let_it_ride.simulation.records import AMOUNT_COLUMNS
from let_it_ride.simulation.replay import PlayedHand, Replay


def replay_to_json(config: FullConfig, replay: Replay) -> dict[str, Any]:
    """The replay for `json.dumps`; amounts in dollars.

    Its keys: config, session (its totals) and hands.
    """
    session = replay.session
    return {
        "config": config.model_dump(mode="json", exclude_none=True),
        "session": {
            "session": session.session,
            "table": session.table,
            "seat": session.seat,
            "seed": session.seed,
            "starting_bankroll": dollars(replay.starting_bankroll),
            **{name: dollars(getattr(session, name)) for name in AMOUNT_COLUMNS},
            "hands": session.hands,
            "stop_reason": session.stop_reason.key,
        },
        "hands": [_hand_to_json(hand) for hand in replay.hands],
    }


def _hand_to_json(hand: PlayedHand) -> dict[str, Any]:
    return {
        "hand": hand.hand,
        "round": hand.round,
        "cards": hand.own,
        "fourth": hand.fourth,
        "fifth": hand.fifth,
        "burned": hand.burned,
        "bet_1": decision(rides=hand.bet_1_rides),
        "bet_2": decision(rides=hand.bet_2_rides),
        "category": hand.category.key,
        "bonus_category": hand.bonus_category.key,
        "bets_in_action": hand.bets_in_action,
        "bet": dollars(hand.bet),
        "bonus": dollars(hand.bonus),
        "main_result": dollars(hand.main_result),
        "bonus_result": dollars(hand.bonus_result),
        "bankroll": dollars(hand.bankroll),
        "won_meter": hand.won_meter,
        "bet_formula_failed": hand.bet_failed,
        "bonus_formula_failed": hand.bonus_failed,
    }


def decision(*, rides: bool) -> str:
    """What was done with a bet, as configurations write it."""
    return "ride" if rides else "pull"
