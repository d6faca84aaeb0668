"""Formulas written to break the program are refused, or worth the same in every way."""

import builtins
import math
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from itertools import cycle, islice
from random import Random
from typing import Final

import numba
import numpy as np
import pytest

from failures.mutations import mutated_text
from failures.trials import Trials
from let_it_ride.betting.formulas import Formula
from let_it_ride.config import ConfigError, parse_config
from let_it_ride.expressions.arrays import evaluate
from let_it_ride.expressions.errors import ExpressionError
from let_it_ride.expressions.limits import LARGEST_STACK, LONGEST
from let_it_ride.expressions.parser import parse
from let_it_ride.expressions.programs import Program, compile_program, run
from let_it_ride.expressions.variables import BONUS_BET, MAIN_BET, RULE
from let_it_ride.simulation.compiled import load_kernel

_GOOD: Final = (
    "base_bet * 2 if streak <= -3 else base_bet",
    "min(max(base_bet, bankroll // 100), 50) % 7",
    "not (session_profit > 0 and last_result < 1e3) or hands_played == 5",
    "abs(-floor(.5 + ceil(2.5e-3))) / (1 - streak)",
    "1 if 0 < bankroll < 1e308 != 2 else -1",
)
_WORDS: Final = (
    *("0", "1", "-1", ".5", "1e308", "5e-324", "1e-308", "9" * 300, "9007199254740993", "0.1"),
    *("9223372036854775807", "9223372036854775808", "-9223372036854775809", "4294967296"),
    *MAIN_BET,
    *("+", "-", "*", "/", "//", "%", "<", "<=", ">", ">=", "==", "!=", "and", "or", "not"),
    *("if", "else", "(", ")", ",", "min(", "max(", "abs(", "floor(", "ceil("),
)
_SIGNS: Final = (*("+", "-", "*", "/", "//", "%", "<", "<=", ">", ">=", "==", "!=", "and", "or"),)
_OPERANDS: Final = (
    *("0", "-0", "1", "-1", ".5", "3", "-7", "0.1", "1e308", "-1e308", "5e-324", "1e-308", "1e16"),
    *("9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775809"),
    *MAIN_BET,
)
_STATES: Final = (
    (500.0, 500.0, 5.0, 0.0, 0.0, 0.0, 0.0),
    (0.0, 0.01, 0.01, -0.01, 1.0, -1.0, -1.0),
    (1e9, 1e9, 1e6, -1e9, 10_000.0, 10_000.0, 1e9),
    (1e15, 5e-324, 1e308, -1e308, 1.0, -10_000.0, -0.0),
)

_ATTACKS: Final = (
    *(f"{name}" for name in dir(builtins)),
    *(f"{name}(1)" for name in ("eval", "exec", "open", "__import__", "compile", "print", "pow")),
    "().__class__.__bases__[0].__subclasses__()",
    "bankroll.__class__",
    "bankroll.real",
    "__import__('os').system('id')",
    "lambda: 1",
    "[x for x in (1,)]",
    "(x := 1)",
    "bankroll = 1",
    "f'{bankroll}'",
    "'a' * 1000000000",
    "9**9**9**9",
    "9 ** 9",
    "1 << 99999999",
    "~1",
    "1 @ 2",
    "1e999",
    "9" * 400,
    "0x10",
    "1_000",
    "1j",
    "0b1",
    "inf",
    "nan",
    "1;2",
    "1\n2",
    "1 # comment",
    "\\x31",
    "\uff11 + \uff12",  # full-width digits
    "\u0661",
    "b\u0430nkroll",  # a Cyrillic letter
    "base\u200b_bet",
    "1 \u2212 2",
    "1 \u00d7 2",
    "\u202e1 + 2",
    "1\u00a0+ 2",
    "min(*(1, 2))",
    "min(1, 2, key=3)",
    "max(" + "1, " * 200 + "1",
    "(" * LONGEST,
    "-" * LONGEST,
    "not " * 120 + "1",
    "+".join("1" * 251),
    "1 if 1 else " * 40 + "1",
    "1 if 1 else " * 60 + "1",
    "1 if (1 if (" * 30,
    "1" + " < 1" * 120,
    "1" + " and 1" * 80,
    "%" * 50,
    "",
    " \t\r\n",
    "\0",
    "\ud800",
)


@pytest.fixture(scope="module")
def machine() -> Callable[[Program, list[float]], float]:
    """The compiled machine that the kernel has, compiled by itself."""
    load_kernel()
    from let_it_ride.simulation.formulas import ROOM, value_of

    compiled = numba.njit(value_of.py_func)

    def run_compiled(program: Program, values: list[float]) -> float:
        room = np.full(ROOM, math.nan)
        room[: len(values)] = values
        return float(compiled(Formula(program.ops, program.operands), room))

    return run_compiled


@pytest.fixture(scope="module")
def cents_of() -> Callable[[float], int]:
    """How the kernel makes cents of what a formula is worth."""
    load_kernel()
    from let_it_ride.simulation import rounds

    return numba.njit(rounds._cents_of.py_func)


def the_same(*values: float) -> bool:
    if any(map(math.isnan, values)):
        return all(map(math.isnan, values))
    return min(values) == max(values) and math.isfinite(values[0])


def hold_against_each_other(
    text: str, machine: Callable[[Program, list[float]], float], variables: tuple[str, ...]
) -> None:
    """Work out a formula by its tree, by its program, and compiled."""
    tree = parse(text, variables)
    program = compile_program(tree, variables)
    assert program.stack <= LARGEST_STACK
    for state in _STATES:
        values = list(islice(cycle(state), len(variables)))
        columns = {name: np.array([value]) for name, value in zip(variables, values, strict=True)}
        by_tree = float(np.ravel(evaluate(tree, columns))[0])
        assert the_same(by_tree, run(program, values), machine(program, values)), values


@pytest.mark.slow
@pytest.mark.parametrize("variables", [MAIN_BET, BONUS_BET, RULE], ids=["main", "bonus", "rule"])
def test_an_attack_is_refused_or_a_formula_like_any_other(
    variables: tuple[str, ...], machine: Callable[[Program, list[float]], float], trials: Trials
) -> None:
    for text in _ATTACKS:
        trials.try_one(
            "formula", text, lambda text: hold_against_each_other(text, machine, variables)
        )


def test_words_in_any_order_are_refused_or_worth_the_same_in_every_way(
    machine: Callable[[Program, list[float]], float], trials: Trials
) -> None:
    def make(chance: Random) -> str:
        return " ".join(chance.choices(_WORDS, k=chance.randint(1, 14)))

    trials.run(
        "formula of words in any order",
        make,
        lambda text: hold_against_each_other(text, machine, MAIN_BET),
        share=2,
    )


def test_grown_formulas_are_worth_the_same_in_every_way(
    machine: Callable[[Program, list[float]], float], trials: Trials
) -> None:
    """Numbers at the edges of doubles and of whole numbers meet every operator."""

    def grown(chance: Random, depth: int) -> str:
        if not depth or chance.random() < 0.2:
            return chance.choice(_OPERANDS)
        left, right = grown(chance, depth - 1), grown(chance, depth - 1)
        match chance.randrange(6):
            case 0:
                return f"{chance.choice(('min', 'max'))}({left}, {right})"
            case 1:
                return f"{chance.choice(('abs', 'floor', 'ceil', 'not ', '-'))}({left})"
            case 2:
                return f"({left} if {right} else {grown(chance, depth - 1)})"
            case _:
                return f"({left} {chance.choice(_SIGNS)} {right})"

    trials.run(
        "grown formula",
        lambda chance: grown(chance, chance.randint(1, 4)),
        lambda text: hold_against_each_other(text, machine, MAIN_BET),
        share=2,
    )


def test_a_damaged_formula_is_refused_or_worth_the_same_in_every_way(
    machine: Callable[[Program, list[float]], float], trials: Trials
) -> None:
    trials.run(
        "damaged formula",
        lambda chance: mutated_text(chance.choice(_GOOD), chance, _GOOD)[: LONGEST + 50],
        lambda text: hold_against_each_other(text, machine, MAIN_BET),
    )


def test_a_formula_of_a_configuration_is_refused_with_its_line(trials: Trials) -> None:
    def take(text: str) -> None:
        quoted = "".join(f"\\U{ord(letter):08x}" for letter in text)
        table = f'[bankroll.betting_system]\ntype = "custom"\nexpression = "{quoted}"\n'
        with suppress(ExpressionError):
            parse(text, MAIN_BET)
            parse_config(table)
            return
        with pytest.raises(ConfigError) as refused:
            parse_config(table)
        assert [problem.line for problem in refused.value.problems] == [3]

    trials.run(
        "formula in a configuration",
        lambda chance: _without_surrogates(mutated_text(chance.choice(_GOOD), chance, _ATTACKS)),
        take,
    )


def test_no_value_overflows_what_money_is_counted_in(
    cents_of: Callable[[float], int], trials: Trials
) -> None:
    """Values of formulas are clamped to bets; none wraps round on the way."""

    def make(chance: Random) -> float:
        exponent = chance.randint(-1074, 1023)
        return chance.choice((-1, 1)) * math.ldexp(chance.choice((1, chance.random())), exponent)

    def take(dollars: float) -> None:
        most = 10_000_000
        exact = round(Fraction(dollars) * 1_000_000) // 10_000
        found = cents_of(dollars)
        if abs(dollars) < 1e6:
            assert abs(found - exact) <= (math.ulp(dollars * 1e6) > 1e-3)
        else:
            assert found >= most if dollars > 0 else found <= -most

    trials.run("value of a formula", make, take)


def _without_surrogates(text: str) -> str:
    return text.encode(errors="ignore").decode()[:600]
