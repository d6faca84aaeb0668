"""Configurations at the corners of the rules, and a way to make any number of others.

They are what a TOML file gives, and this version can run all of them.
"""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

Settings = Mapping[str, Any]

#: What each is about, and the configuration.
CORNERS: dict[str, Settings] = {
    "an empty configuration": {},
    "money for one round": {"bankroll": {"starting_amount": 15.0}},
    "money for three rounds and a cent": {"bankroll": {"starting_amount": 45.01}},
    "limits of one base bet": {
        "bankroll": {"stop_conditions": {"win_limit": 5.0, "loss_limit": 5.0}}
    },
    "limits that are met exactly": {
        "bankroll": {
            "base_bet": 1.0,
            "starting_amount": 40.0,
            "stop_conditions": {"win_limit": 7.0, "loss_limit": 40.0},
        }
    },
    "limits between the amounts that occur": {
        "bankroll": {"stop_conditions": {"win_limit": 22.51, "loss_limit": 37.49}}
    },
    "limits that are never met": {
        "bankroll": {"stop_conditions": {"win_limit": 1e9, "loss_limit": 1e9}}
    },
    "the highest stakes there are": {
        "simulation": {"hands_per_session": 90},
        "bankroll": {
            "base_bet": 1e6,
            "starting_amount": 1e9,
            "stop_conditions": {"win_limit": 1e9},
        },
        "bonus_strategy": {"type": "always", "amount": 1e6, "limits": {"max_bet": 1e6}},
        "paytables": {
            "main_game": {"type": "custom", "three_of_a_kind": 100_000, "pair_tens_or_better": 0},
            "bonus": {"type": "custom", "pair": 100_000},
        },
    },
    "one round a session": {"simulation": {"hands_per_session": 1}},
    "at most one round": {"bankroll": {"stop_conditions": {"max_hands": 1}}},
    "more rounds at most than a session has": {
        "simulation": {"hands_per_session": 30},
        "bankroll": {"stop_conditions": {"max_hands": 31}},
    },
    "a minute, in which one round is played all the same": {
        "bankroll": {"stop_conditions": {"max_duration_minutes": 1}}
    },
    "time for as many rounds as are allowed": {
        "table": {"hands_per_hour": 60},
        "bankroll": {"stop_conditions": {"max_duration_minutes": 20, "max_hands": 20}},
    },
    "time for fewer rounds than are allowed": {
        "table": {"hands_per_hour": 53},
        "bankroll": {"stop_conditions": {"max_duration_minutes": 23, "max_hands": 21}},
    },
    "limits and time reached by the same round": {
        "bankroll": {
            "starting_amount": 15.0,
            "stop_conditions": {
                "win_limit": 5.0,
                "loss_limit": 5.0,
                "max_hands": 1,
                "max_duration_minutes": 1,
            },
        }
    },
    "bets lowered by cents": {
        "bankroll": {
            "starting_amount": 16.0,
            "base_bet": 5.0,
            "bet_increment": 0.01,
            "stop_conditions": {"stop_on_insufficient_funds": False},
        }
    },
    "bets lowered by the usual increment": {
        "bankroll": {
            "starting_amount": 23.0,
            "base_bet": 6.5,
            "stop_conditions": {"stop_on_insufficient_funds": False},
        }
    },
    "bets lowered to a large increment": {
        "bankroll": {
            "starting_amount": 61.25,
            "base_bet": 15.0,
            "bet_increment": 7.5,
            "stop_conditions": {"stop_on_insufficient_funds": False},
        },
        "bonus_strategy": {"type": "always", "amount": 4.0},
    },
    "a bonus that gives way before the bet": {
        "bankroll": {"starting_amount": 30.0},
        "bonus_strategy": {
            "type": "always",
            "amount": 14.0,
            "limits": {"min_bet": 4.0, "max_bet": 25.0, "increment": 3.0},
        },
    },
    "a bonus that fits between the bets and the last cent": {
        "bankroll": {"starting_amount": 17.5},
        "bonus_strategy": {
            "type": "static",
            "amount": 2.5,
            "limits": {"min_bet": 0.5, "max_bet": 2.5, "increment": 0.5},
        },
    },
    "a cent short of the bonus": {
        "bankroll": {"starting_amount": 17.99},
        "bonus_strategy": {"type": "always", "amount": 3.0},
    },
    "a bonus and a bet that both give way": {
        "bankroll": {
            "starting_amount": 20.0,
            "bet_increment": 0.25,
            "stop_conditions": {"stop_on_insufficient_funds": False},
        },
        "bonus_strategy": {
            "type": "static",
            "ratio": 0.9,
            "limits": {"min_bet": 0.1, "max_bet": 4.0, "increment": 0.1},
        },
    },
    "a bonus by a ratio that is no whole number of cents": {
        "bankroll": {"base_bet": 7.77},
        "bonus_strategy": {
            "type": "static",
            "ratio": 0.333333,
            "limits": {"min_bet": 0.01, "max_bet": 9.99, "increment": 0.01},
        },
    },
    "a bonus above what the table takes": {
        "bonus_strategy": {
            "type": "static",
            "ratio": 3.0,
            "limits": {"min_bet": 1.0, "max_bet": 7.5, "increment": 2.0},
        }
    },
    "a bonus below what the table takes": {
        "bonus_strategy": {"type": "always", "amount": 4.99, "limits": {"min_bet": 5.0}}
    },
    "a bonus of nothing": {"bonus_strategy": {"type": "always", "amount": 0}},
    "a bonus that pays for pairs alone": {
        "bankroll": {"starting_amount": 100.0},
        "bonus_strategy": {"type": "always", "amount": 5.0},
        "paytables": {
            "bonus": {"type": "custom", "straight": 0, "flush": 0, "pair": 3, "mini_royal": 0}
        },
    },
    "a hand that stops paying": {
        "strategy": {"type": "basic"},
        "paytables": {"main_game": {"type": "custom", "pair_tens_or_better": 0, "flush": 0}},
    },
    **{
        f"{hands} rounds, about as many as are drawn at once": {
            "simulation": {"hands_per_session": hands},
            "bankroll": {"starting_amount": 5000.0},
        }
        for hands in (63, 64, 65, 128, 129)
    },
    **{
        f"the {name} strategy": {"strategy": {"type": name}, "bankroll": {"starting_amount": 200.0}}
        for name in ("optimal", "always_ride", "always_pull", "conservative", "aggressive")
    },
    "optimal play that rides its ties": {"strategy": {"type": "optimal", "ties": "ride"}},
    **{
        f"the {main} and {bonus} paytables": {
            "simulation": {"hands_per_session": 80},
            "paytables": {"main_game": {"type": main}, "bonus": {"type": bonus}},
            "bonus_strategy": {"type": "always", "amount": 5.0},
        }
        for main, bonus in (("liberal", "paytable_a"), ("tight", "paytable_d"))
    },
}


@st.composite
def configurations(draw: st.DrawFn) -> Settings:
    """Odd amounts of cents, any limits, and money for one round or for many."""
    increment = draw(st.integers(1, 300))
    base_bet = increment * draw(st.integers(1, 8))
    rounds_paid = draw(st.sampled_from([1, 2, 5, 20]))
    cents_over = draw(st.integers(0, 3 * base_bet))
    limits = st.integers(1, 60 * base_bet).map(_dollars)
    hands = st.sampled_from([1, 7, 63, 64, 65, 140])
    stops = {
        "win_limit": limits,
        "loss_limit": limits,
        "max_hands": hands,
        "max_duration_minutes": st.sampled_from([1, 2, 60, 100]),
        "stop_on_insufficient_funds": st.booleans(),
    }
    pays = st.integers(0, 3)
    strategies = ["basic", "always_ride", "always_pull", "conservative", "aggressive"]
    return {
        "simulation": {"hands_per_session": draw(hands)},
        "bankroll": {
            "starting_amount": _dollars(3 * base_bet * rounds_paid + cents_over),
            "base_bet": _dollars(base_bet),
            "bet_increment": _dollars(increment),
            "stop_conditions": draw(st.fixed_dictionaries({}, optional=stops)),
        },
        "strategy": {"type": draw(st.sampled_from(strategies))},
        "bonus_strategy": draw(_bonus_strategies()),
        "paytables": {
            "main_game": draw(_custom_pays({"pair_tens_or_better": pays, "flush": pays})),
            "bonus": draw(_custom_pays({"pair": pays, "flush": pays})),
        },
    }


@st.composite
def _bonus_strategies(draw: st.DrawFn) -> Settings:
    least, step, room = (draw(st.integers(1, most)) for most in (300, 150, 2000))
    limits = {
        "min_bet": _dollars(least),
        "max_bet": _dollars(least + step + room),
        "increment": _dollars(step),
    }
    amounts = st.integers(0, 1500).map(_dollars)
    ratios = st.integers(0, 3_000_000).map(lambda millionths: millionths / 1_000_000)
    return draw(
        st.one_of(
            st.just({"type": "never"}),
            st.fixed_dictionaries({"type": st.just("always"), "amount": amounts}),
            st.fixed_dictionaries({"type": st.just("static"), "amount": amounts}),
            st.fixed_dictionaries({"type": st.just("static"), "ratio": ratios}),
        )
    ) | {"limits": limits}


def _custom_pays(pays: Mapping[str, st.SearchStrategy[int]]) -> st.SearchStrategy[Settings]:
    return st.fixed_dictionaries({"type": st.just("custom")}, optional=pays)


def _dollars(cents: int) -> float:
    return cents / 100
