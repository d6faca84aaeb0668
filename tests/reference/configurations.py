"""Ways to make any number of configurations, as a TOML file gives them.

`flat_configurations` bets flat with the plainest of bonus policies, `configurations` is everything
that one seat can play without a goal, `goal_configurations` plays for one, and
`table_configurations` adds seats and players who replace each other.
"""

from collections.abc import Mapping

from hypothesis import strategies as st

from reference.corners import CORNERS, Settings
from reference.drawn_bets import amounts, betting_systems, bonus_limits, bonus_strategies, dollars
from reference.drawn_formulas import rule_strategies
from reference.hands import BONUS_HANDS, MAIN_HANDS

__all__ = [
    "CORNERS",
    "Settings",
    "configurations",
    "flat_configurations",
    "goal_configurations",
    "table_configurations",
]

_GOALS = ("leave_ahead", "reach_win_limit", "avoid_ruin", "mean")
_STRATEGIES = ("basic", "always_ride", "always_pull", "conservative", "aggressive")
_HANDS = st.sampled_from([1, 7, 63, 64, 65, 140])


@st.composite
def flat_configurations(draw: st.DrawFn) -> Settings:
    """Odd amounts of cents, any limits, and money for one round or for many."""
    pays = st.integers(0, 3)
    return {
        "simulation": {"hands_per_session": draw(_HANDS)},
        "bankroll": _bankroll(draw, *_bets(draw), [1, 2, 5, 20]),
        "strategy": {"type": draw(st.sampled_from(_STRATEGIES))},
        "bonus_strategy": {**draw(_plain_bonus_strategies()), "limits": draw(bonus_limits())},
        "paytables": {
            "main_game": draw(_custom_pays({"pair_tens_or_better": pays, "flush": pays})),
            "bonus": draw(_custom_pays({"pair": pays, "flush": pays})),
        },
    }


@st.composite
def configurations(draw: st.DrawFn) -> Settings:
    """All that one seat can play, with odd amounts and money for one round or for many."""
    base_bet, increment = _bets(draw)
    bankroll = _bankroll(draw, base_bet, increment, [1, 5, 20, 100, 400])
    return {
        "simulation": {"hands_per_session": draw(_HANDS)},
        "bankroll": bankroll | {"betting_system": draw(betting_systems(base_bet))},
        "strategy": draw(_strategies()),
        "bonus_strategy": draw(bonus_strategies()),
        "paytables": {"main_game": draw(_main_games()), "bonus": draw(_bonus_paytables())},
    }


@st.composite
def table_configurations(draw: st.DrawFn) -> Settings:
    """Any configuration for several seats, or with a number of rounds, or both."""
    total_rounds = draw(st.none() | st.sampled_from([1, 2, 7, 20, 90]))
    table = {"num_seats": draw(st.integers(1, 7))}
    if total_rounds is not None:
        table["total_rounds"] = total_rounds
    dealer = st.fixed_dictionaries(
        {}, optional={"discard_enabled": st.booleans(), "discard_cards": st.integers(1, 10)}
    )
    seated = draw(configurations() | configurations() | goal_configurations())
    return {**seated, "table": table, "dealer": draw(dealer)}


@st.composite
def goal_configurations(draw: st.DrawFn) -> Settings:
    """Play for any goal, in so few hands that the slow player weighs all of them in a moment."""
    unit, goal = draw(st.integers(1, 250)), draw(st.sampled_from(_GOALS))
    hands = draw(st.sampled_from([1, 2, 3, 7, 12]))
    increment = unit * draw(st.integers(1, 3))
    base_bet = increment * draw(st.integers(1, 4))
    chosen = st.integers(0, 4).map(lambda steps: {"bet": dollars(base_bet + steps * increment)})
    bets = draw(st.lists(chosen | st.just({}), max_size=3))
    bonus, least, by = (unit * draw(st.integers(1, 6)) for _ in range(3))
    odd = draw(st.integers(0, 2 * base_bet))
    rounds_paid = draw(st.sampled_from([1, 2, 5, 40]))
    stops = {"stop_on_insufficient_funds": draw(st.booleans())}
    # The longer sessions can last the fewer profits they come to: limits are near then.
    near = st.integers(1, 40 * unit if hands > 3 else 10_000).map(dollars)
    if hands > 3 or goal == "reach_win_limit" or (goal == "mean" and hands > 2):
        near_above = st.integers(1, 60 * unit).map(dollars)
        stops["win_limit"] = draw(near_above)
    elif draw(st.booleans()):
        stops["win_limit"] = draw(near)
    if hands > 3 or draw(st.booleans()):
        stops["loss_limit"] = draw(near)
    return {
        "simulation": {"hands_per_session": hands},
        "bankroll": {
            "starting_amount": dollars(3 * base_bet * rounds_paid + odd),
            "base_bet": dollars(base_bet),
            "bet_increment": dollars(increment),
            "stop_conditions": stops,
        },
        "strategy": {"type": "goal", "goal": goal, "bets": bets},
        "bonus_strategy": {
            **draw(_steady_bonuses(dollars(bonus))),
            "limits": {
                "min_bet": dollars(least),
                "max_bet": dollars(least + 5 * by),
                "increment": dollars(by),
            },
        },
        "paytables": {
            "main_game": draw(_main_games()),
            "bonus": draw(_bonus_paytables().filter(lambda table: table["type"] != "paytable_c")),
        },
    }


def _steady_bonuses(amount: float) -> st.SearchStrategy[Settings]:
    return st.sampled_from(
        [
            {"type": "never"},
            {"type": "always", "amount": amount},
            {"type": "static", "amount": amount},
        ]
    )


def _bets(draw: st.DrawFn) -> tuple[int, int]:
    increment = draw(st.integers(1, 300))
    return increment * draw(st.integers(1, 8)), increment


def _bankroll(
    draw: st.DrawFn, base_bet: int, increment: int, for_rounds: list[int]
) -> dict[str, object]:
    rounds_paid = draw(st.sampled_from(for_rounds))
    cents_over = draw(st.integers(0, 3 * base_bet))
    stops = {
        "win_limit": amounts(1, 3 * max(for_rounds) * base_bet),
        "loss_limit": amounts(1, 3 * max(for_rounds) * base_bet),
        "max_hands": _HANDS,
        "max_duration_minutes": st.sampled_from([1, 2, 60, 100]),
        "stop_on_insufficient_funds": st.booleans(),
    }
    return {
        "starting_amount": dollars(3 * base_bet * rounds_paid + cents_over),
        "base_bet": dollars(base_bet),
        "bet_increment": dollars(increment),
        "stop_conditions": draw(st.fixed_dictionaries({}, optional=stops)),
    }


def _plain_bonus_strategies() -> st.SearchStrategy[Settings]:
    bets = amounts(0, 1500)
    ratios = st.integers(0, 3_000_000).map(lambda millionths: millionths / 1_000_000)
    return st.one_of(
        st.just({"type": "never"}),
        st.fixed_dictionaries({"type": st.just("always"), "amount": bets}),
        st.fixed_dictionaries({"type": st.just("static"), "amount": bets}),
        st.fixed_dictionaries({"type": st.just("static"), "ratio": ratios}),
    )


def _strategies() -> st.SearchStrategy[Settings]:
    ties = {"ties": st.sampled_from(["pull", "ride"])}
    return st.one_of(
        st.fixed_dictionaries({"type": st.sampled_from(_STRATEGIES)}),
        st.fixed_dictionaries({"type": st.just("optimal")}, optional=ties),
        rule_strategies(),
    )


def _main_games() -> st.SearchStrategy[Settings]:
    pays = dict.fromkeys(MAIN_HANDS, st.integers(0, 12))
    named = st.fixed_dictionaries({"type": st.sampled_from(["standard", "liberal", "tight"])})
    return named | _custom_pays(pays)


def _bonus_paytables() -> st.SearchStrategy[Settings]:
    pays = dict.fromkeys(BONUS_HANDS, st.integers(0, 12))
    named = st.sampled_from(["paytable_a", "paytable_b", "paytable_d"])
    meter = {
        "starting_jackpot": amounts(100, 100_000),
        "contribution_rate": st.integers(0, 3000).map(lambda parts: parts / 10_000),
        "reset_amount": amounts(100, 100_000),
    }
    return st.one_of(
        st.fixed_dictionaries({"type": named}),
        st.fixed_dictionaries({"type": st.just("paytable_c")}, optional=meter),
        _custom_pays(pays),
    )


def _custom_pays(pays: Mapping[str, st.SearchStrategy[int]]) -> st.SearchStrategy[Settings]:
    return st.fixed_dictionaries({"type": st.just("custom")}, optional=pays)
