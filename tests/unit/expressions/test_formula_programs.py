"""Programs, run by a machine written from their table, with no more stack than they say."""

import math

import numpy as np
import pytest
from formulas import STATES, VARIABLES, by_python, same, texts
from hypothesis import assume, given

from let_it_ride.expressions.limits import LARGEST_STACK
from let_it_ride.expressions.parser import parse
from let_it_ride.expressions.programs import Op, Program, compile_program, run
from let_it_ride.expressions.variables import BONUS_BET, MAIN_BET


def machine(program: Program, values: list[float]) -> float:
    """Run a program on a stack that has just the places that the program asks for."""
    stack = np.full(program.stack, math.nan)
    top, at = -1, 0
    while at < len(program.ops):
        op, operand = program.ops[at], program.operands[at]
        at += 1
        if op in {Op.PUSH_CONST, Op.PUSH_VAR}:
            top += 1
            stack[top] = operand if op == Op.PUSH_CONST else values[int(operand)]
        elif op == Op.NEG:
            stack[top] = -stack[top]
        elif op == Op.NOT:
            stack[top] = stack[top] == 0
        elif op == Op.ABS:
            stack[top] = abs(stack[top])
        elif op == Op.FLOOR:
            stack[top] = math.floor(stack[top])
        elif op == Op.CEIL:
            stack[top] = math.ceil(stack[top])
        elif op == Op.TUCK:
            top += 1
            stack[top] = stack[top - 1]
            stack[top - 1] = stack[top - 2]
            stack[top - 2] = stack[top]
        elif op == Op.POP:
            top -= 1
        elif op == Op.JUMP:
            at = ahead(at, operand)
        elif op in {Op.JUMP_IF_FALSE, Op.JUMP_IF_TRUE}:
            if (stack[top] != 0) == (op == Op.JUMP_IF_TRUE):
                at = ahead(at, operand)
            top -= 1
        else:
            top -= 1
            result = of_two(Op(op), float(stack[top]), float(stack[top + 1]))
            if not math.isfinite(result):
                return math.nan
            stack[top] = result
    assert top == 0
    return float(stack[0])


def of_two(op: Op, a: float, b: float) -> float:
    if b == 0 and op in {Op.DIV, Op.FLOORDIV, Op.MOD}:
        return math.nan
    python = {"ADD": "+", "SUB": "-", "MUL": "*", "DIV": "/", "FLOORDIV": "//", "MOD": "%"}
    python |= {"LT": "<", "LE": "<=", "GT": ">", "GE": ">=", "EQ": "==", "NE": "!="}
    text = f"{op.name.lower()}(a, b)" if op in {Op.MIN, Op.MAX} else f"a {python[op.name]} b"
    return float(eval(text, {"a": a, "b": b}))  # noqa: S307


def ahead(at: int, target: float) -> int:
    assert target == int(target) >= at
    return int(target)


@given(text=texts(), state=STATES)
def test_a_machine_made_from_the_table_gets_the_same_on_the_stack_that_is_asked_for(
    text: str, state: dict[str, float]
):
    assume(by_python(text) is not None)
    program = compile_program(parse(text, VARIABLES), VARIABLES)
    values = [state[name] for name in VARIABLES]
    assert same(machine(program, values), run(program, values))


@pytest.mark.parametrize(
    "opening", ["(", "0+(", "0<0+0*(", "0<0<0+0*(", "min(0,", "-(", "0 if 0 else ("]
)
def test_no_formula_needs_a_larger_stack_than_there_is(opening: str):
    levels = min(50 // (1 + ("-" in opening) + ("else" in opening)), 499 // (len(opening) + 1))
    longest = opening * levels
    text = longest + "1" + ")" * levels
    program = compile_program(parse(text, ()), ())
    assert program.stack <= LARGEST_STACK
    assert same(machine(program, []), run(program, []))


def test_the_operands_are_constants_indexes_and_places_as_documented():
    program = compile_program(parse("base_bet * 2 if streak < 0 else 1", MAIN_BET), MAIN_BET)
    listing = [
        (Op(op).name, operand) for op, operand in zip(program.ops, program.operands, strict=True)
    ]
    assert listing == [
        ("PUSH_VAR", MAIN_BET.index("streak")),
        ("PUSH_CONST", 0),
        ("LT", 0),
        ("JUMP_IF_FALSE", 8),
        ("PUSH_VAR", MAIN_BET.index("base_bet")),
        ("PUSH_CONST", 2),
        ("MUL", 0),
        ("JUMP", 9),
        ("PUSH_CONST", 1),
    ]
    assert (program.ops.dtype, program.operands.dtype) == (np.int64, np.float64)
    assert program.stack == 2


def test_a_bonus_bet_sees_what_a_main_bet_sees_under_the_same_numbers():
    assert BONUS_BET[: len(MAIN_BET)] == MAIN_BET
