"""The exact laws of sessions against slow ones, worked-out ones, and what must hold of any law."""

from collections import defaultdict
from collections.abc import Mapping
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from let_it_ride.analysis import carrying
from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.analysis.solving import NotSolvableError, solve, why_not_solvable
from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.plan import SessionPlan
from let_it_ride.planning import compile_plan
from reference.configurations import configurations
from reference.corners import CORNERS, TABLE_CORNERS, Settings
from reference.drawn_bets import dollars
from reference.flat_sessions import chance_to_be_ahead
from reference.money import cents
from reference.session_laws import SlowLaw, SlowSessions, bonus_type, with_hands


def plan_of(config: Settings) -> SessionPlan:
    return compile_plan(FullConfig.model_validate(config))


def with_stops(config: Settings, **stops: float) -> Settings:
    """A configuration with other stop conditions, where it has none of its own."""
    bankroll = config.get("bankroll", {})
    stop_conditions = {**stops, **bankroll.get("stop_conditions", {})}
    return {**config, "bankroll": {**bankroll, "stop_conditions": stop_conditions}}


def closed_in(config: Settings, base_bets: int) -> Settings:
    """A configuration with limits at so many base bets, whatever limits it has."""
    bankroll = config.get("bankroll", {})
    limit = dollars(cents(bankroll.get("base_bet", 5)) * base_bets)
    stops = {**bankroll.get("stop_conditions", {}), "win_limit": limit, "loss_limit": limit}
    return {**config, "bankroll": {**bankroll, "stop_conditions": stops}}


def assert_laws_agree(law: SessionLaw, slow: SlowLaw, within: float) -> None:
    """Every chance, and every mean by the share of it that a chance may be wrong by."""
    within += float(slow.let_go)
    ends: dict[tuple[int, str], float] = defaultdict(float)
    for reason in StopReason:
        chances = law.chances[reason]
        for at in np.flatnonzero(chances):
            ends[int(law.profits[at]), reason.key] += chances[at]
    for end in {*ends, *slow.ends}:
        assert ends.get(end, 0) == pytest.approx(float(slow.ends.get(end, 0)), rel=0, abs=within)
    hands = np.array([float(slow.hands.get(n + 1, 0)) for n in range(len(law.hands))])
    np.testing.assert_allclose(law.hands, hands, rtol=0, atol=within)
    assert sum(map(float, slow.hands.values())) == pytest.approx(hands.sum())
    # What is let go of is a part of the players, who have no more hands than all others.
    share = within * len(law.hands)
    for mean in ("main_staked", "main_wagered", "bonus_staked"):
        assert getattr(law, mean) == pytest.approx(float(getattr(slow, mean)), rel=share, abs=share)


def assert_is_a_law(law: SessionLaw, plan: SessionPlan) -> None:
    """Chances are chances, and the house wins its share of what is staked."""
    assert law.error_bound < 1e-9
    assert (law.chances >= 0).all()
    assert law.chances.sum() == pytest.approx(1, rel=0, abs=law.error_bound + 1e-12)
    assert (np.diff(law.profits) > 0).all()
    assert (law.surviving[0], law.surviving[-1]) == (1, 0)
    assert (law.hands >= -law.error_bound).all()
    assert law.profits[0] >= -plan.tables.starting_bankroll
    odds = plan.odds
    assert law.main_wagered == pytest.approx(float(odds.mean_bets) * law.main_staked)
    # Wald's identity.
    lost = float(odds.house_edge) * law.main_staked
    lost += float(odds.bonus_house_edge) * law.bonus_staked
    staked = law.main_staked + law.bonus_staked
    assert law.mean_profit == pytest.approx(-lost, rel=0, abs=1e-9 * staked)


def solved(config: Settings) -> SessionLaw:
    plan = plan_of(config)
    law = solve(plan)
    assert_is_a_law(law, plan)
    return law


def _custom(expression: str, **settings: Any) -> Settings:
    return {"type": "custom", "expression": expression, **settings}


#: Stakes that change with the hands played, or with the bet or the profit of the coming hand.
CHANGING: Mapping[str, Settings] = {
    "a formula of the hands played": {
        "bankroll": {"betting_system": _custom("base_bet * (1 + hands_played * hands_played % 4)")}
    },
    "a bonus by a formula of the hands played": {
        "bonus_strategy": _custom("hands_played % 2 * 3 + (session_profit < 0)")
    },
    "other bonuses after the first hand and the second": {
        "bankroll": {"stop_conditions": {"win_limit": 100.0, "loss_limit": 60.0}},
        "bonus_strategy": {
            "type": "session_conditional",
            "early_session": {"hands": 1, "amount": 7.0},
            "near_win_limit": {"threshold": 80.0, "amount": 2.0},
        },
    },
    "a part of the bankroll, and a part of that on the bonus": {
        "bankroll": {"betting_system": {"type": "proportional", "round_to": 5.0}},
        "bonus_strategy": {"type": "static", "ratio": 0.21},
    },
    "a formula of the profit, and a part of that on the bonus": {
        "bankroll": {"betting_system": _custom("base_bet if session_profit < 0 else 2 * base_bet")},
        "bonus_strategy": _custom("main_bet / 4 if bankroll < 490 else 1"),
    },
    "martingale and a part of it on the bonus": {
        "bankroll": {"betting_system": {"type": "martingale", "max_bet": 20.0}},
        "bonus_strategy": {"type": "static", "ratio": 0.5},
    },
    "a formula that now and then is no number": {
        "bankroll": {"betting_system": _custom("base_bet + 1 / (session_profit + 5)", max_bet=9.0)},
        "bonus_strategy": _custom("1 / (hands_played - 1)", min_bet=4.0),
    },
}
FORMULAS_THAT_REMEMBER: Mapping[str, Settings] = {
    "raise with the losses in a row": {
        "bankroll": {"betting_system": _custom("base_bet * (1 - min(streak, 0) % 7)")}
    },
    "twice the bet after a loss of more than two bets": {
        "bankroll": {"betting_system": _custom("base_bet * (1 + (last_result < -10))")}
    },
    "a bonus by its own streak": {
        "bonus_strategy": _custom("5 if bonus_streak < -3 else 1"),
    },
}

CASES = CORNERS | CHANGING | FORMULAS_THAT_REMEMBER
#: What their formulas look at takes too many values to follow all of them.
TOO_MANY_PASTS = (
    "a formula of everything it can see",
    "a bonus by a formula of everything it can see",
)
SOLVABLE = [
    name
    for name, config in CASES.items()
    if name not in TOO_MANY_PASTS and not why_not_solvable(plan_of(config))
]


@pytest.mark.slow
@pytest.mark.parametrize("corner", SOLVABLE)
def test_the_law_of_a_very_short_session_is_that_of_slow_players(corner: str):
    config = CASES[corner]
    slow = SlowSessions(config)
    for hands in (1, 2, 3) if bonus_type(config) == "never" else (1, 2):
        law = solved(with_hands(config, hands))
        assert law.error_bound < 1e-12
        assert_laws_agree(law, slow.law(hands), law.error_bound)


@pytest.mark.slow
@pytest.mark.parametrize("corner", SOLVABLE)
def test_the_law_of_a_short_session_between_limits_is_that_of_slow_players(corner: str):
    config = CASES[corner]
    # With a bonus more kinds of deals differ, and wide limits leave no time for three hands.
    limits = 30 if bonus_type(config) == "never" else 12
    assert_laws_of_short_sessions_agree(closed_in(config, limits), LENGTHS[1:])


@pytest.mark.slow
@pytest.mark.parametrize("corner", SOLVABLE)
def test_the_law_of_a_short_session_is_that_of_slow_players(corner: str):
    assert_laws_of_short_sessions_agree(CASES[corner], LENGTHS)


LENGTHS = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20)


def assert_laws_of_short_sessions_agree(config: Settings, lengths: tuple[int, ...]) -> None:
    """Sessions of these numbers of hands, as far as the slow players get in a second or two."""
    slow = SlowSessions(config, exactly=False, negligible=1e-14)
    for hands in lengths:
        assert_laws_agree(solved(with_hands(config, hands)), slow.law(hands), 1e-11)
        if slow.rounds_played > 5000 or (hands < 3 and slow.rounds_to_come > 40_000):
            break


@st.composite
def small_configurations(draw: st.DrawFn) -> Settings:
    """Any configuration for one seat with little money, and a limit on what it can win."""
    config = draw(configurations())
    bankroll = config["bankroll"]
    base_bet = cents(bankroll["base_bet"])
    money = {
        "starting_amount": dollars(base_bet * draw(st.integers(3, 20)) + draw(st.integers(0, 99)))
    }
    config = with_stops({**config, "bankroll": bankroll | money}, win_limit=dollars(10 * base_bet))
    return with_hands(config, draw(st.integers(1, 5)))


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=80)
@given(small_configurations())
def test_the_law_of_any_short_session_is_that_of_slow_players(config: Settings):
    plan = plan_of(config)
    if why_not_solvable(plan):
        with pytest.raises(NotSolvableError):
            solve(plan)
        return
    hands = config["simulation"]["hands_per_session"]
    assert_laws_of_short_sessions_agree(config, tuple(range(1, hands + 1)))


def test_the_numbers_of_a_law_are_those_of_slow_players():
    config = closed_in(CORNERS["one three two six by the net result"], 10)
    law, slow = solved(with_hands(config, 3)), SlowSessions(config).law(3)
    profits: dict[int, float] = defaultdict(float)
    for (profit, _), chance in slow.ends.items():
        profits[profit] += float(chance)
    assert law.win_probability == pytest.approx(sum(c for p, c in profits.items() if p > 0))
    assert law.push_probability == pytest.approx(profits[0])
    assert law.loss_probability == pytest.approx(sum(c for p, c in profits.items() if p < 0))
    mean = sum(p * c for p, c in profits.items())
    deviation = sum((p - mean) ** 2 * c for p, c in profits.items()) ** 0.5
    third = sum((p - mean) ** 3 * c for p, c in profits.items())
    assert law.mean_profit == pytest.approx(mean)
    assert law.std_profit == pytest.approx(deviation)
    assert law.skewness == pytest.approx(third / deviation**3)
    assert law.mean_hands == pytest.approx(float(sum(n * c for n, c in slow.hands.items())))
    assert law.cost_per_hand == pytest.approx(-mean / law.mean_hands)
    reasons: dict[StopReason, float] = defaultdict(float)
    for (_, reason), chance in slow.ends.items():
        reasons[StopReason[reason.upper()]] += float(chance)
    assert law.stop_reasons == pytest.approx(reasons)
    for share in (0.1, 1, 5, 25, 50, 75, 95, 99, 99.9, 100):
        at = law.percentile(share)
        assert sum(c for p, c in profits.items() if p <= at) >= share / 100 - 1e-9
        assert sum(c for p, c in profits.items() if p < at) < share / 100


@pytest.mark.parametrize(
    ("config", "why"),
    [
        (TABLE_CORNERS["two seats"], "seats of a table share cards"),
        ({"table": {"total_rounds": 100}}, "seats of a table share cards"),
        (CORNERS["a meter that is fed and won"], "the meter of the progressive bonus"),
        (CORNERS["the bankroll_conditional bonus as it comes"], "the bonus looks at the drawdown"),
    ],
)
def test_what_is_not_solved_says_why(config: Settings, why: str):
    plan = plan_of(config)
    reason = why_not_solvable(plan)
    assert reason is not None
    assert reason.startswith(f"These sessions are not solved exactly: {why}")
    assert reason.endswith(" they are solved.")
    with pytest.raises(NotSolvableError, match=why):
        solve(plan)


def test_a_meter_that_no_bonus_is_staked_for_is_in_nobodys_way():
    with_meter = {"paytables": {"bonus": {"type": "paytable_c"}}}
    assert solved(with_meter).win_probability == solved({}).win_probability


def test_limits_that_no_hands_reach_are_as_none():
    far = with_stops({}, win_limit=1e7, loss_limit=1e7)
    for hands in (1, 3, 200):
        law, free = (solved(with_hands(config, hands)) for config in (far, {}))
        assert law.to_json() == free.to_json()
    assert StopReason.WIN_LIMIT not in solved(CORNERS["limits that are never met"]).stop_reasons


LONG_SESSIONS: Mapping[str, Settings] = {
    name: {"simulation": {"hands_per_session": hands}, **config}
    for name, hands, config in (
        ("a thousand hands and no limits", 1000, {"bankroll": {"starting_amount": 15_000.0}}),
        (
            "a thousand hands until the money is gone",
            1000,
            {"bankroll": {"starting_amount": 300.0}},
        ),
        *(
            (f"ten thousand hands of {kind} between limits", 10_000, closed_in(config, 60))
            for kind, config in CORNERS.items()
            if kind.endswith("as it comes") and kind in SOLVABLE
        ),
        (
            "a bonus that wins more than the bets do",
            200,
            {
                "bankroll": {"base_bet": 0.25, "starting_amount": 100.0},
                "bonus_strategy": {"type": "always", "amount": 25.0},
                "paytables": {"bonus": {"type": "custom", "straight": 9, "flush": 9}},
            },
        ),
        ("ten thousand hands between limits", 10_000, closed_in({}, 100)),
        (
            "ten thousand hands with a bonus",
            10_000,
            closed_in({"bonus_strategy": {"type": "always"}}, 100),
        ),
    )
}


@pytest.mark.parametrize("name", LONG_SESSIONS)
def test_chances_of_long_sessions_add_up_and_the_house_wins_its_share(name: str):
    solved(LONG_SESSIONS[name])


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=60)
@given(configurations())
def test_chances_of_any_session_add_up_and_the_house_wins_its_share(config: Settings):
    plan = plan_of(closed_in(config, 40))
    try:
        law = solve(plan)
    except NotSolvableError:
        return
    assert_is_a_law(law, plan)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "hands"), zip(TOO_MANY_PASTS, (3, 200), strict=True))
def test_formulas_that_have_too_many_pasts_are_refused(name: str, hands: int):
    with pytest.raises(NotSolvableError, match="different pasts"):
        solve(plan_of(with_hands(CASES[name], hands)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("system", "hands", "far"),
    [("martingale", 200, 1e6), ("fibonacci", 60, 1e6), ("dalembert", 60, 1e5)],
)
def test_any_system_is_solved_without_limits(system: str, hands: int, far: float):
    config = with_hands({"bankroll": {"betting_system": {"type": system}}}, hands)
    law = solved(config)
    assert set(law.stop_reasons) == {StopReason.INSUFFICIENT_FUNDS, StopReason.MAX_HANDS}
    # Whoever may win no more than that seldom notices, but has left the grid when they do.
    limited = solved(with_stops(config, win_limit=far))
    many = limited.stop_reasons.get(StopReason.WIN_LIMIT, 0.0)
    assert 0 < many < 1e-4
    assert limited.win_probability == pytest.approx(law.win_probability, rel=0, abs=many + 1e-9)
    np.testing.assert_allclose(limited.surviving, law.surviving, rtol=0, atol=many + 1e-9)


@pytest.mark.parametrize("system", ["martingale", "fibonacci", "dalembert", "one_three_two_six"])
def test_short_sessions_without_limits_are_solved(system: str):
    config = {"bankroll": {"betting_system": {"type": system}}}
    law = solved(with_hands(config, 12))
    assert StopReason.WIN_LIMIT not in law.stop_reasons


@pytest.mark.parametrize("name", FORMULAS_THAT_REMEMBER)
def test_formulas_may_remember_what_was_before(name: str):
    law = solved(closed_in(FORMULAS_THAT_REMEMBER[name], 100))
    assert law.error_bound < 1e-9


def test_a_formula_of_the_streak_that_is_a_system_has_its_law():
    """Twice the bet after a loss, thrice after more: the same as a table of three steps."""
    by_formula = {
        "bankroll": {"betting_system": _custom("base_bet * (1 - max(min(streak, 0), -2))")}
    }
    rows = [(5.0, 1, 2), (10.0, 1, 3), (15.0, 1, 3)]
    steps = [{"bet": bet, "win": win, "loss": loss, "push": 1} for bet, win, loss in rows]
    by_steps = {"bankroll": {"betting_system": {"type": "steps", "steps": steps}}}
    one, other = (solved(closed_in(config, 100)) for config in (by_formula, by_steps))
    assert one.win_probability == pytest.approx(other.win_probability, rel=0, abs=1e-9)
    assert one.mean_profit == pytest.approx(other.mean_profit, rel=0, abs=1e-4)
    np.testing.assert_allclose(one.surviving, other.surviving, rtol=0, atol=1e-9)


def test_what_is_too_large_says_how_large_and_what_would_help(monkeypatch: pytest.MonkeyPatch):
    remembering = {
        "bankroll": {"betting_system": _custom("max(base_bet, last_result / 3)", max_bet=500.0)}
    }
    monkeypatch.setattr(carrying, "MOST_PASTS", 1 << 8)
    with pytest.raises(NotSolvableError, match=r"more than 256 different pasts .* would help"):
        solve(plan_of(closed_in(remembering, 60)))
    monkeypatch.setattr(carrying, "MOST_BYTES", 1 << 22)
    with pytest.raises(NotSolvableError, match=r"more than 2 GB of memory\. Stop limits, .* help"):
        solve(plan_of({"bankroll": {"betting_system": {"type": "martingale"}}}))


OPTIMAL: Settings = {
    "strategy": {"type": "optimal", "ties": "pull"},
    "bankroll": {"starting_amount": 3000.0},
}
BASIC: Settings = {"bankroll": {"stop_conditions": {"win_limit": 250.0, "loss_limit": 200.0}}}


def test_optimal_play_without_limits_is_ahead_after_two_hundred_hands_in_32_of_100_sessions():
    assert solved(OPTIMAL).win_probability == pytest.approx(0.32205843721134, rel=0, abs=1e-9)
    ahead = chance_to_be_ahead(OPTIMAL, 200)
    assert solved(OPTIMAL).win_probability == pytest.approx(ahead, rel=0, abs=1e-12)


def test_the_chart_between_limits_is_ahead_in_31_of_100_sessions():
    assert solved(BASIC).win_probability == pytest.approx(0.31243718640614, rel=0, abs=1e-9)
    ahead = chance_to_be_ahead(BASIC, 200, win_limit=50, loss_limit=40)
    assert solved(BASIC).win_probability == pytest.approx(ahead, rel=0, abs=1e-12)


def test_a_thousand_hands_without_limits_are_those_of_a_walk():
    law = solved(LONG_SESSIONS["a thousand hands and no limits"])
    assert law.win_probability == pytest.approx(chance_to_be_ahead({}, 1000), rel=0, abs=1e-9)


@pytest.mark.parametrize("hands", [1, 2, 10_000])
def test_limits_of_a_cent_end_every_session_with_its_first_hand(hands: int):
    stops = {"win_limit": 0.01, "loss_limit": 0.01}
    config: dict[str, Any] = with_hands(with_stops({}, **stops), hands)
    law = solved(config)
    assert law.hands[0] == pytest.approx(1, rel=0, abs=1e-14)
    assert law.main_staked == pytest.approx(500)
    assert set(law.stop_reasons) == {StopReason.WIN_LIMIT, StopReason.LOSS_LIMIT}


def test_the_longest_session_with_money_for_one_hand_ends_as_slow_players_say():
    config: Settings = {
        "bankroll": {"starting_amount": 15.0, "stop_conditions": {"win_limit": 10.0}}
    }
    slow = SlowSessions(config, exactly=False).law(60)
    assert_laws_agree(solved(with_hands(config, 60)), slow, 1e-12)


def test_whoever_watches_is_told_the_share_of_work_done_and_may_end_it():
    plan, shares = plan_of(with_hands({}, 1000)), list[float]()
    solve(plan, shares.append)
    assert shares == sorted(shares)
    assert len(shares) > 5
    assert 0 <= shares[0] < shares[-1] <= 1

    def is_enough(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve(plan, is_enough)


def test_bets_of_very_different_sizes_without_limits_keep_mean_and_spread():
    """Every hand stakes the next of three bets, so that cumulants are those of a round, added."""
    bets, hands = (5, 1000, 50), 30
    steps = [{"bet": bet, "win": n % 3 + 1, "loss": n % 3 + 1} for n, bet in enumerate(bets, 1)]
    plan = plan_of(
        {
            "simulation": {"hands_per_session": hands},
            "bankroll": {
                "starting_amount": 1_000_000,
                "betting_system": {"type": "steps", "steps": steps},
            },
        }
    )
    law, odds = solve(plan), plan.odds
    assert_is_a_law(law, plan)
    each = [100 * bets[hand % 3] for hand in range(hands)]
    mean = -float(odds.house_edge) * sum(each)
    spread = odds.standard_deviation * sqrt(sum(bet**2 for bet in each))
    third = odds.skewness * odds.standard_deviation**3 * sum(bet**3 for bet in each)
    assert law.mean_profit == pytest.approx(mean, rel=1e-9)
    assert law.std_profit == pytest.approx(spread, rel=1e-8)
    assert law.skewness == pytest.approx(third / spread**3, rel=1e-7)


def test_a_formula_that_bets_much_at_times_keeps_walds_identity():
    solved(
        {
            "simulation": {"hands_per_session": 30},
            "bankroll": {
                "starting_amount": 1_000_000,
                "betting_system": _custom("500 if streak > 2 else 5"),
            },
        }
    )
