"""Any number of betting systems and bonus policies with odd parameters."""

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from reference.betting import SEEN_BY_MAIN_BETS
from reference.bonus import SEEN_BY_BONUS_BETS
from reference.corners import Settings
from reference.drawn_formulas import formulas

Strategy = st.SearchStrategy[Any]

_EVENTS = ("main_win", "main_loss", "bonus_win", "bonus_loss", "any_win", "any_loss")


def dollars(cents: int) -> float:
    return cents / 100


def amounts(least: int, most: int) -> st.SearchStrategy[float]:
    """Dollars of so many cents."""
    return st.integers(least, most).map(dollars)


def betting_systems(base_bet: int) -> st.SearchStrategy[Settings]:
    """Every betting system, for a base bet in cents."""
    multipliers = st.integers(101, 400).map(dollars)
    no_least = {"driven_by": st.sampled_from(["main", "net"])}
    shared = no_least | {"max_bet": amounts(base_bet, 30 * base_bet)}
    few = st.integers(1, 6)
    return st.one_of(
        _settings("flat"),
        _settings(
            "martingale",
            **shared,
            loss_multiplier=multipliers,
            max_progressions=st.integers(1, 15),
            reset_on_win=st.booleans(),
            at_limit=st.sampled_from(["stay", "restart"]),
        ),
        _settings(
            "reverse_martingale",
            **shared,
            win_multiplier=multipliers,
            profit_target_streak=few,
            reset_on_loss=st.booleans(),
        ),
        _settings("paroli", **shared, win_multiplier=multipliers, wins_before_reset=few),
        _dalembert(base_bet),
        _settings(
            "fibonacci",
            **shared,
            unit=amounts(1, 2 * base_bet),
            win_regression=few,
            max_position=st.integers(1, 20),
        ),
        _settings("one_three_two_six", **no_least),
        _steps(base_bet),
        _settings(
            "proportional",
            **shared,
            min_bet=amounts(1, base_bet),
            bankroll_percentage=st.integers(10, 5000).map(lambda parts: parts / 10_000),
            round_to=amounts(1, 300),
        ),
        _formula(SEEN_BY_MAIN_BETS, **shared, min_bet=amounts(1, base_bet)),
    )


@st.composite
def _dalembert(draw: st.DrawFn, base_bet: int) -> Settings:
    # All bets are whole numbers of this part away from one another or from an end: some dozens.
    part = base_bet // draw(st.integers(1, 20)) + 1
    least = max(1, base_bet + draw(st.integers(-20, 5)) * part - draw(st.integers(0, part)))
    most = max(base_bet, least) + draw(st.integers(0, 40)) * part + draw(st.integers(0, part))
    return {
        "type": "dalembert",
        "driven_by": draw(st.sampled_from(["main", "net"])),
        "unit": dollars(part * draw(st.integers(1, 4))),
        "decrease_unit": dollars(part * draw(st.integers(1, 4))),
        "min_bet": dollars(least),
        "max_bet": dollars(most),
    }


@st.composite
def _steps(draw: st.DrawFn, base_bet: int) -> Settings:
    count = draw(st.integers(1, 5))
    numbers = st.integers(1, count)
    step = st.fixed_dictionaries(
        {"bet": amounts(1, 8 * base_bet), "win": numbers, "loss": numbers},
        optional={"push": numbers},
    )
    return {
        "type": "steps",
        "driven_by": draw(st.sampled_from(["main", "net"])),
        "steps": draw(st.lists(step, min_size=count, max_size=count)),
    }


@st.composite
def bonus_limits(draw: st.DrawFn) -> Settings:
    """What a table takes; its most need be no multiple of its increment."""
    least, step, room = (draw(st.integers(1, most)) for most in (300, 150, 2000))
    return {
        "min_bet": dollars(least),
        "max_bet": dollars(least + step + room),
        "increment": dollars(step),
    }


@st.composite
def bonus_strategies(draw: st.DrawFn) -> Settings:
    """Every bonus policy, with any limits."""
    bets, factors = amounts(0, 1500), st.integers(0, 300).map(dollars)
    thresholds = amounts(1, 10_000)
    policy = draw(
        st.one_of(
            _settings("never"),
            _settings("always", amount=bets),
            _settings("static", amount=bets),
            _settings("static", ratio=st.integers(0, 3_000_000).map(lambda n: n / 1_000_000)),
            _settings(
                "bankroll_conditional",
                base_amount=bets,
                min_session_profit=amounts(-10_000, 5000),
                min_bankroll_ratio=st.integers(0, 150).map(dollars),
                max_drawdown=st.integers(0, 100).map(dollars),
                profit_percentage=st.integers(0, 5000).map(lambda parts: parts / 10_000),
                tiers=st.lists(_tiers(), min_size=1, max_size=3),
            ),
            _settings(
                "streak_based",
                base_amount=bets,
                trigger=st.sampled_from(_EVENTS),
                reset_on=st.sampled_from([*_EVENTS, "never"]),
                streak_length=st.integers(1, 4),
                action=_actions(),
                max_multiplier=st.integers(100, 800).map(dollars),
            ),
            _settings(
                "session_conditional",
                default_amount=bets,
                early_session=_table(hands=st.integers(1, 60), amount=bets),
                near_win_limit=_table(threshold=thresholds, amount=bets),
                near_loss_limit=_table(threshold=thresholds, amount=bets),
            ),
            _settings(
                "combined",
                base_amount=bets,
                ride_correlation=_table(both=factors, one=factors, none=factors),
                hand_quality=_table(strong=factors, weak=factors),
            ),
            _formula(SEEN_BY_BONUS_BETS, min_bet=amounts(0, 300), max_bet=amounts(300, 2000)),
        )
    )
    return {**policy, "limits": draw(bonus_limits())}


@st.composite
def _tiers(draw: st.DrawFn) -> Settings:
    least = draw(st.integers(-10_000, 10_000))
    most = st.integers(least + 1, least + 10_000).map(dollars)
    ends = draw(st.fixed_dictionaries({}, optional={"max_profit": most}))
    return {"min_profit": dollars(least), "bet_amount": draw(amounts(0, 1500)), **ends}


def _actions() -> st.SearchStrategy[Settings]:
    return st.one_of(
        _settings("multiply", value=st.integers(50, 400).map(dollars)),
        _settings("increase", value=amounts(1, 300)),
        _settings("decrease", value=amounts(1, 300)),
        _settings("stop"),
        _settings("start"),
    )


def _settings(kind: str, **fields: Strategy) -> st.SearchStrategy[Settings]:
    """One type of a section, with any of its fields."""
    return st.fixed_dictionaries({"type": st.just(kind)}, optional=fields)


def _formula(variables: Iterable[str], **fields: Strategy) -> st.SearchStrategy[Settings]:
    formula = {"type": st.just("custom"), "expression": formulas(variables)}
    return st.fixed_dictionaries(formula, optional=fields)


def _table(**fields: Strategy) -> st.SearchStrategy[Settings]:
    return st.fixed_dictionaries({}, optional=fields)
