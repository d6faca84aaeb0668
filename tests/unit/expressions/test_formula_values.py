"""What a formula is worth, held against what Python makes of the same text."""

import math

import numpy as np
import pytest
from formulas import STATES, VALUES, VARIABLES, by_python, same, texts, word_salads
from hypothesis import assume, example, given
from hypothesis import strategies as st

from let_it_ride.expressions.arrays import evaluate
from let_it_ride.expressions.errors import ExpressionError
from let_it_ride.expressions.parser import parse
from let_it_ride.expressions.programs import compile_program, run


def value(text: str, **state: float) -> float:
    """What a formula is worth by its program, which its tree must confirm."""
    tree = parse(text, VARIABLES)
    by_program = run(compile_program(tree, VARIABLES), [state.get(name, 0.0) for name in VARIABLES])
    columns = {name: np.array([state.get(name, 0.0)]) for name in VARIABLES}
    assert same(float(np.ravel(evaluate(tree, columns))[0]), by_program)
    return by_program


@given(text=texts() | word_salads(), state=STATES)
@example(text="x // y", state={"x": -7.0, "y": 2.5, "streak": 0})
@example(text="x % y", state={"x": -7.0, "y": 1e-300, "streak": 0})
@example(text="x % y", state={"x": 1e-300, "y": -7.0, "streak": 0})
@example(text="x // y", state={"x": 1e300, "y": 1e-300, "streak": 0})
def test_a_formula_is_worth_what_python_says_and_python_reads_no_other(
    text: str, state: dict[str, float]
):
    assume(", )" not in text)  # Python allows a comma behind the last argument
    expected = by_python(text)
    if expected is None:
        with pytest.raises(ExpressionError):
            parse(text, VARIABLES)
    else:
        assert same(value(text, **state), expected(state))


@given(text=texts(), states=st.lists(STATES, min_size=2, max_size=5))
def test_many_states_at_once_are_each_as_if_alone(text: str, states: list[dict[str, float]]):
    assume(by_python(text) is not None)
    tree = parse(text, VARIABLES)
    columns = {name: np.array([state[name] for state in states]) for name in VARIABLES}
    at_once = np.broadcast_to(evaluate(tree, columns), len(states))
    program = compile_program(tree, VARIABLES)
    for state, found in zip(states, at_once, strict=True):
        assert same(found, run(program, [state[name] for name in VARIABLES]))


@given(x=VALUES, y=VALUES)
def test_whole_division_and_remainder_are_pythons_whatever_the_signs(x: float, y: float):
    for text in ("x // y", "x % y"):
        expected = by_python(text)
        assert expected is not None
        assert same(value(text, x=x, y=y), expected({"x": x, "y": y}))


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("1 + 2 * 3 - 4 / 8", 6.5),
        ("-7 // 2", -4),
        ("-7 % 3", 2),
        ("7 % -3", -2),
        ("-2 * -3", 6),
        ("10 - 3 - 2", 5),
        ("100 / 10 / 2", 5),
        ("not 0 == 1", 1),
        ("not 2", 0),
        ("3 or 0", 1),
        ("3 and 2", 1),
        ("1 < 2 < 3", 1),
        ("1 < 3 < 2", 0),
        ("3 > 2 == 2 != 5", 1),
        ("1 if 0 else 2 if 0 else 3", 3),
        ("(1 if 1 else 2) + 10", 11),
        ("1 if 1 else 2 + 10", 1),
        ("min(3, 1, 2) + max(1, 3, 2)", 4),
        ("abs(-2) + floor(-0.5) + ceil(0.5)", 2),
        ("1 < 2 + 3", 1),
        ("(1 < 2) + 3", 4),
        (".5 + 1. + 1e1", 11.5),
        ("\n 1\t+\r\n1 ", 2),
    ],
)
def test_precedence_truth_and_rounding_are_pythons(text: str, worth: float):
    assert value(text) == worth


@pytest.mark.parametrize(
    "text",
    [
        "1 / 0",
        "1 // 0",
        "1 % 0",
        "1e308 * 10",
        "1e308 + 1e308",
        "-1e308 - 1e308",
        "1e308 / 1e-308",
        "1e308 // 1e-308",
        "floor(1e308 * 10)",
        "0 * (1 / 0)",
        "1 / 0 < 5",
        "min(1, 1 / 0)",
        "not 1 / 0",
        "1 / 0 or 1",
        "0 or 1 / 0",
        "1 / 0 if 1 else 2",
        "3 if 1 / 0 else 2",
        "1 < 2 < 1 / 0",
    ],
)
def test_one_division_by_zero_or_overflow_makes_the_whole_no_number(text: str):
    assert math.isnan(value(text))


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("1 / x if x != 0 else 7", 7),
        ("0 and 1 / 0", 0),
        ("1 or 1 / 0", 1),
        ("2 < 1 < 1 / 0", 0),
        ("5 if 1 else 1 / 0", 5),
        ("0 or 0 and 1 / 0 or 3", 1),
    ],
)
def test_what_is_not_needed_is_not_looked_at(text: str, worth: float):
    assert value(text) == worth


def test_the_example_of_the_reference_doubles_after_three_losses():
    text = "x * 2 if streak <= -3 else x"
    assert value(text, x=5, streak=-3) == 10
    assert value(text, x=5, streak=1) == 5
