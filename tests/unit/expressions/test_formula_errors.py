"""What is no formula is refused, with its place, and nothing else ever happens."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from let_it_ride.errors import LetItRideError
from let_it_ride.expressions.errors import ExpressionError
from let_it_ride.expressions.limits import DEEPEST, LONGEST
from let_it_ride.expressions.parser import parse
from let_it_ride.expressions.programs import compile_program, run
from let_it_ride.expressions.trees import Tree
from let_it_ride.expressions.variables import MAIN_BET, RULE


def refusal(text: str, variables: tuple[str, ...] = MAIN_BET) -> ExpressionError:
    with pytest.raises(ExpressionError) as refused:
        parse(text, variables)
    return refused.value


@pytest.mark.parametrize(
    ("text", "column", "found", "suggestion"),
    [
        ("base_bet * bankrol", 12, "bankrol", "bankroll"),
        ("Bankroll", 1, "Bankroll", "bankroll"),
        ("base-bet", 1, "base", "base_bet"),
        ("floo(2)", 1, "floo", "floor"),
        ("1 + ", 5, None, None),
        ("", 1, None, None),
        ("   ", 4, None, None),
        ("(1 + 2", 7, None, None),
        ("1 + 2)", 6, ")", None),
        ("1 2", 3, "2", None),
        ("1 AND 2", 3, "AND", "and"),
        ("1 esle 2", 3, "esle", "else"),
        ("1 = 2", 3, "=", "=="),
        ("1 => 2", 3, "=>", ">="),
        ("1 <> 2", 3, "<>", "!="),
        ("1 && 2", 3, "&&", "and"),
        ("!1", 1, "!", "not"),
        ("2 ** 3", 3, "**", None),
        ("1e999", 1, "1e999", None),
        ("0x10", 1, "0x10", None),
        ("1_000", 1, "1_000", None),
        ("1.2.3", 1, "1.2.3", None),
        ("5$", 2, "$", None),
        ("1 + not 2", 5, "not", None),
        ("1 if 2", 7, None, None),
        ("min(1)", 1, "min", None),
        ("abs(1, 2)", 1, "abs", None),
        ("floor", 6, None, None),
        ("bankroll(1)", 1, "bankroll", None),
        ("bankroll.real", 9, ".", None),
        ("'text'", 1, "'", None),
        ("\u0661 + 1", 1, "\u0661", None),
        ("\uff42ankroll", 1, "\uff42", None),
    ],
)
def test_an_error_says_where_it_is_what_is_there_and_what_could_be(
    text: str, column: int, found: str | None, suggestion: str | None
):
    error = refusal(text)
    assert isinstance(error, LetItRideError)
    assert (error.column, error.found, error.suggestion) == (column, found, suggestion)
    assert f"column {column}" in str(error)
    assert error.allowed in str(error)


def test_an_unknown_name_is_told_every_name_there_is():
    assert refusal("streaks").allowed == ", ".join(MAIN_BET)
    assert refusal("streak", RULE).allowed == ", ".join(RULE)


def test_fifty_levels_are_read_and_one_more_is_not():
    for opening, closing in (("(", ")"), ("-", ""), ("not ", ""), ("abs(", ")"), ("min(1,", ")")):
        parse(opening * DEEPEST + "1" + closing * DEEPEST, ())
        too_deep = opening * (DEEPEST + 1) + "1" + closing * (DEEPEST + 1)
        error = refusal(too_deep)
        assert error.message == "nested too deeply"
        assert opening.strip().endswith(str(error.found)) or error.found == "("
        assert too_deep[error.column - 1 :].startswith(str(error.found))
        assert error.column > len(opening) * DEEPEST


def test_five_hundred_characters_are_read_and_one_more_is_not():
    text = "+".join("1" * 250)
    program = compile_program(parse(text + " ", ()), ())
    assert (len(text) + 1, run(program, [])) == (LONGEST, 250)
    assert refusal(text + "  ").message == "too long"


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "().__class__.__bases__[0].__subclasses__()",
        "9**9**9**9",
        "(lambda: 1)()",
        "[x for x in (1,)]",
        "{1: 2}",
        "f'{1}'",
        "bankroll := 3",
        "globals()",
        "eval('1')",
        "min.__class__",
        "max(*(1, 2))",
        "abs(x=1)",
        "1 if True else 2",
        "None",
        "1; 2",
        "1 # 2",
        "1 \\\n + 2",
        "\x00",
        "1\x00",
        "\ud800",
        "\u202e1",
        "1\u00a0+ 2",
        "9" * 500,
        "1e" + "9" * 498,
        "(" * 500,
        "-" * 500,
        "not " * 125,
        "abs(" * 125,
        "1 if 1 else " * 41,
        "((1" * 160,
        "1<" * 250,
        "." * 500,
        "_" * 500,
    ],
)
def test_what_attacks_is_refused_at_once(text: str):
    before = time.process_time()
    refusal(text)
    assert time.process_time() - before < 2


_PIECES = st.sampled_from(
    [
        *("bankroll", "__import__", "lambda", "if", "else", "not ", "min(", "9" * 40, "1e999"),
        *("(", ")", ".", "**", "'", '"', "[", "-", ",", "\x00", "\n", " ", "==", "<"),
        *("é", "\uff10", "\\"),
    ]
)


@given(st.text(max_size=600) | st.lists(_PIECES, max_size=80).map("".join))
def test_any_text_is_a_formula_or_a_formula_error(text: str):
    tree, error = read(text)
    if tree is not None:
        run(compile_program(tree, MAIN_BET), [1.0] * len(MAIN_BET))
    if error is not None:
        assert 1 <= error.column <= len(text) + 1
        assert str(error).isprintable()


def read(text: str) -> tuple[Tree | None, ExpressionError | None]:
    try:
        return parse(text, MAIN_BET), None
    except ExpressionError as error:
        return None, error
