"""Formulas, compiled: the machine that `let_it_ride.expressions.programs` describes.

Its table of instructions says what each does; the numbers of instructions are spelled out here
because they are compiled in, and a test holds them against that table.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from let_it_ride.betting.formulas import Formula

_INDEX = np.uintp

#: Doubles that evaluating a formula takes room for: its variables, and from `_STACK` on its stack.
ROOM = 16 + 256
_STACK = 16

# fmt: off
(
    PUSH_CONST, PUSH_VAR, NEG, NOT, ABS, FLOOR, CEIL, ADD, SUB, MUL, DIV, FLOORDIV, MOD, MIN, MAX,
    LT, LE, GT, GE, EQ, NE, TUCK, POP, JUMP, JUMP_IF_FALSE, JUMP_IF_TRUE,
) = range(26)
# fmt: on


@njit(cache=True, nogil=True, _nrt=False)
def value_of(formula: "Formula", room: Any) -> Any:
    """The value of a formula, or nan where it is no number.

    Args:
        formula: the formula.
        room: `ROOM` doubles, of which the first are its variables.
    """
    at, top = 0, _STACK - 1
    while at < len(formula.operations):
        op, operand = formula.operations[_INDEX(at)], formula.operands[_INDEX(at)]
        at += 1
        if op == PUSH_CONST:
            top += 1
            room[_INDEX(top)] = operand
        elif op == PUSH_VAR:
            top += 1
            room[_INDEX(top)] = room[_INDEX(operand)]
        elif op <= CEIL:
            room[_INDEX(top)] = _of_one(op, room[_INDEX(top)])
        elif op <= NE:
            top -= 1
            result = _of_two(op, room[_INDEX(top)], room[_INDEX(top + 1)])
            if not np.isfinite(result):
                return np.nan
            room[_INDEX(top)] = result
        elif op == TUCK:
            top += 1
            room[_INDEX(top)] = room[_INDEX(top - 1)]
            room[_INDEX(top - 1)] = room[_INDEX(top - 2)]
            room[_INDEX(top - 2)] = room[_INDEX(top)]
        elif op == POP:
            top -= 1
        elif op == JUMP:
            at = int(operand)
        else:
            if (room[_INDEX(top)] != 0.0) == (op == JUMP_IF_TRUE):
                at = int(operand)
            top -= 1
    return room[_INDEX(top)]


@njit(cache=True, nogil=True, _nrt=False)
def _of_one(op: Any, a: Any) -> Any:
    if op == NEG:
        return -a
    if op == NOT:
        return 1.0 if a == 0.0 else 0.0
    if op == ABS:
        return abs(a)
    return np.floor(a) if op == FLOOR else np.ceil(a)


@njit(cache=True, nogil=True, _nrt=False)
def _of_two(op: Any, a: Any, b: Any) -> Any:
    if op == ADD:
        return a + b
    if op == SUB:
        return a - b
    if op == MUL:
        return a * b
    if op <= MOD:
        if b == 0.0:
            return np.nan
        if op == DIV:
            return a / b
        return a // b if op == FLOORDIV else a % b
    if op == MIN:
        return min(a, b)
    if op == MAX:
        return max(a, b)
    holds = (
        (op == LT and a < b)
        or (op == LE and a <= b)
        or (op == GT and a > b)
        or (op == GE and a >= b)
        or (op == EQ and a == b)
        or (op == NE and a != b)
    )
    return 1.0 if holds else 0.0
