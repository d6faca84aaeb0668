"""Any number of formulas for bets, and of rules for strategies."""

from collections.abc import Iterable

from hypothesis import strategies as st

from reference.corners import Settings

Texts = st.SearchStrategy[str]

_NUMBERS = ("0", "1", "2", "3", "5", "0.5", ".07", "1.005", "1e2")
_OFTEN_ZERO = ("(streak + 1)", "(streak - 1)", "last_result", "session_profit", "hands_played")
_OPERATORS = ("+", "-", "*", "/", "//", "%", "<", "<=", ">", ">=", "==", "!=", "and", "or")
_YES_OR_NO = (
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
    "default",
)
_COUNTED = (
    "high_cards",
    "suited_cards",
    "suited_high_cards",
    "connected_cards",
    "gaps",
    "straights",
    "straight_flush_spread",
)


def formulas(variables: Iterable[str]) -> Texts:
    """Formulas of a few variables and numbers; some divide by nothing."""
    simple = st.sampled_from([*sorted(variables), *_NUMBERS])
    divides, often_zero = st.sampled_from(["/", "//", "%"]), st.sampled_from(_OFTEN_ZERO)

    def larger(part: Texts) -> Texts:
        return st.one_of(
            st.builds("({} {} {})".format, part, divides, often_zero),
            st.builds("({} {} {})".format, part, st.sampled_from(_OPERATORS), part),
            st.builds("({} if {} else {})".format, part, part, part),
            st.builds("({} < {} <= {})".format, part, part, part),
            st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), part, part),
            st.builds("{}({})".format, st.sampled_from(["abs", "floor", "ceil"]), part),
            st.builds("({} {})".format, st.sampled_from(["not", "-"]), part),
        )

    return st.recursive(simple, larger, max_leaves=6)


def rule_strategies() -> st.SearchStrategy[Settings]:
    """Custom strategies of a few rules."""
    counted = st.builds(
        "{} {} {}".format,
        st.sampled_from(_COUNTED),
        st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
        st.integers(0, 5),
    )

    def larger(part: Texts) -> Texts:
        return st.one_of(
            st.builds("({} {} {})".format, part, st.sampled_from(["and", "or"]), part),
            st.builds("(not {})".format, part),
        )

    conditions = st.recursive(st.sampled_from(_YES_OR_NO) | counted, larger, max_leaves=3)
    rule = st.fixed_dictionaries({"when": conditions, "action": st.sampled_from(["ride", "pull"])})
    some_rules = st.lists(rule, max_size=4)
    return st.fixed_dictionaries(
        {"type": st.just("custom")}, optional={"bet1_rules": some_rules, "bet2_rules": some_rules}
    )
