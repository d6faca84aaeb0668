"""A formula compiled to a flat program, for evaluating it once a round.

A program is a list of instructions for a machine with a stack of doubles. Instruction k is
`ops[k]` with `operands[k]`; the machine begins with the first, goes on to the next one unless it
jumps, and ends behind the last, with one value on the stack: the value of the formula.

An instruction takes values off the stack and puts its result there. In the table the top of the
stack is on the right, and only what changes is shown:

    opcode             operand    stack before → after
    PUSH_CONST         number     → number
    PUSH_VAR           index      → the variable with that index
    NEG                           a → −a
    NOT                           a → 1 if a = 0 else 0
    ABS                           a → |a|
    FLOOR                         a → the greatest whole number that is not above a
    CEIL                          a → the least whole number that is not below a
    ADD, SUB, MUL                 a b → a + b, a − b, a × b
    DIV                           a b → a ÷ b                    (b = 0: no number)
    FLOORDIV, MOD                 a b → a // b, a % b of Python  (b = 0: no number)
    MIN, MAX                      a b → the smaller, the larger
    LT, LE, GT, GE, EQ, NE        a b → 1 if a < b (≤, >, ≥, =, ≠) else 0
    TUCK                          a b → b a b
    POP                           a →
    JUMP               target     →                   and go on with instruction `target`
    JUMP_IF_FALSE      target     a →                 and if a = 0 go on with `target`
    JUMP_IF_TRUE       target     a →                 and if a ≠ 0 go on with `target`

Targets lie ahead, so that every program ends; one past the last instruction is the end. Where the
result of ADD, SUB, MUL, DIV, FLOORDIV or MOD is not finite, or has no value, the formula is no
number: the machine ends at once, with nan. So all that is ever on the stack is finite.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import ceil, floor, isfinite, nan
from typing import Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.expressions.limits import LARGEST_STACK
from let_it_ride.expressions.trees import (
    Chain,
    Comparison,
    Conditional,
    Logic,
    Number,
    Tree,
    Unary,
    Variable,
)


class Op(IntEnum):
    """What an instruction does; the module's table says it."""

    PUSH_CONST = 0
    PUSH_VAR = 1
    NEG = 2
    NOT = 3
    ABS = 4
    FLOOR = 5
    CEIL = 6
    ADD = 7
    SUB = 8
    MUL = 9
    DIV = 10
    FLOORDIV = 11
    MOD = 12
    MIN = 13
    MAX = 14
    LT = 15
    LE = 16
    GT = 17
    GE = 18
    EQ = 19
    NE = 20
    TUCK = 21
    POP = 22
    JUMP = 23
    JUMP_IF_FALSE = 24
    JUMP_IF_TRUE = 25


@dataclass(frozen=True, eq=False)
class Program:
    """A compiled formula.

    Attributes:
        ops: what each instruction does, as `Op`; int64, shape (instructions,).
        operands: a number, the index of a variable or the index of an instruction, where the
            instruction has one, else 0; float64, shape (instructions,).
        stack: the most values that are on the stack at once, at most `LARGEST_STACK`.
    """

    ops: NDArray[np.int64]
    operands: NDArray[np.float64]
    stack: int


_UNARY_OPS: Final = {
    "-": Op.NEG,
    "not": Op.NOT,
    "abs": Op.ABS,
    "floor": Op.FLOOR,
    "ceil": Op.CEIL,
}
_BINARY_OPS: Final = {
    "+": Op.ADD,
    "-": Op.SUB,
    "*": Op.MUL,
    "/": Op.DIV,
    "//": Op.FLOORDIV,
    "%": Op.MOD,
    "min": Op.MIN,
    "max": Op.MAX,
    "<": Op.LT,
    "<=": Op.LE,
    ">": Op.GT,
    ">=": Op.GE,
    "==": Op.EQ,
    "!=": Op.NE,
}

#: By how much an instruction changes the height of the stack.
_GROWTH: Final = (
    dict.fromkeys(Op, 0)
    | dict.fromkeys(_BINARY_OPS.values(), -1)
    | dict.fromkeys((Op.POP, Op.JUMP_IF_FALSE, Op.JUMP_IF_TRUE), -1)
    | dict.fromkeys((Op.PUSH_CONST, Op.PUSH_VAR, Op.TUCK), 1)
)

_UNARY: Final[dict[Op, Callable[[float], float]]] = {
    Op.NEG: lambda a: -a,
    Op.NOT: lambda a: float(a == 0),
    Op.ABS: abs,
    Op.FLOOR: lambda a: float(floor(a)),
    Op.CEIL: lambda a: float(ceil(a)),
}
_BINARY: Final[dict[Op, Callable[[float, float], float]]] = {
    Op.ADD: lambda a, b: a + b,
    Op.SUB: lambda a, b: a - b,
    Op.MUL: lambda a, b: a * b,
    Op.DIV: lambda a, b: a / b if b else nan,
    Op.FLOORDIV: lambda a, b: a // b if b else nan,
    Op.MOD: lambda a, b: a % b if b else nan,
    Op.MIN: min,
    Op.MAX: max,
    Op.LT: lambda a, b: float(a < b),
    Op.LE: lambda a, b: float(a <= b),
    Op.GT: lambda a, b: float(a > b),
    Op.GE: lambda a, b: float(a >= b),
    Op.EQ: lambda a, b: float(a == b),
    Op.NE: lambda a, b: float(a != b),
}


def compile_program(tree: Tree, variables: tuple[str, ...]) -> Program:
    """Return the program of a formula.

    Args:
        tree: the formula.
        variables: its variables, in the order of their indexes.
    """
    compiler = _Compiler(variables)
    compiler.compile(tree)
    if compiler.highest > LARGEST_STACK:
        raise ValueError(f"{compiler.highest} values on the stack at once")
    return Program(
        np.array(compiler.ops, dtype=np.int64),
        np.array(compiler.operands, dtype=np.float64),
        compiler.highest,
    )


def run(program: Program, values: Sequence[float]) -> float:
    """Return the value of a formula in one state, or nan where it is no number.

    Args:
        program: the formula.
        values: the finite values of the variables, by index.
    """
    stack: list[float] = []
    at, end = 0, len(program.ops)
    while at < end:
        op, operand = Op(program.ops[at]), float(program.operands[at])
        at += 1
        if op == Op.PUSH_CONST:
            stack.append(operand)
        elif op == Op.PUSH_VAR:
            stack.append(float(values[int(operand)]))
        elif op in _UNARY:
            stack.append(_UNARY[op](stack.pop()))
        elif op in _BINARY:
            b, a = stack.pop(), stack.pop()
            result = _BINARY[op](a, b)
            if not isfinite(result):
                return nan
            stack.append(result)
        elif op == Op.TUCK:
            stack.insert(-2, stack[-1])
        elif op == Op.POP:
            stack.pop()
        elif op == Op.JUMP or (stack.pop() != 0) == (op == Op.JUMP_IF_TRUE):
            at = int(operand)
    (value,) = stack
    return value


class _Compiler:
    """Instructions as they are written, and how high the stack is behind the last of them."""

    def __init__(self, variables: tuple[str, ...]) -> None:
        self.ops: list[Op] = []
        self.operands: list[float] = []
        self.height = self.highest = 0
        self._variables = variables

    def compile(self, tree: Tree) -> None:
        """Write what puts the value of a tree on the stack."""
        match tree:
            case Number(value):
                self._write(Op.PUSH_CONST, value)
            case Variable(name):
                self._write(Op.PUSH_VAR, self._variables.index(name))
            case Unary(sign, operand):
                self.compile(operand)
                self._write(_UNARY_OPS[sign])
            case Chain(operators, operands):
                self.compile(operands[0])
                for operator, operand in zip(operators, operands[1:], strict=True):
                    self.compile(operand)
                    self._write(_BINARY_OPS[operator])
            case Comparison(operators, operands):
                self._compile_comparison([_BINARY_OPS[order] for order in operators], operands)
            case Logic("and", operands):
                self._compile_logic(operands, Op.JUMP_IF_FALSE, decided=0)
            case Logic(_, operands):
                self._compile_logic(operands, Op.JUMP_IF_TRUE, decided=1)
            case Conditional(condition, then, otherwise):
                self.compile(condition)
                to_otherwise = self._write(Op.JUMP_IF_FALSE)
                self.compile(then)
                self._compile_other_way([to_otherwise], lambda: self.compile(otherwise))

    def _compile_comparison(self, orders: list[Op], operands: tuple[Tree, ...]) -> None:
        self.compile(operands[0])
        to_false = []
        for order, operand in zip(orders[:-1], operands[1:-1], strict=True):
            self.compile(operand)
            self._write(Op.TUCK)
            self._write(order)
            to_false.append(self._write(Op.JUMP_IF_FALSE))
        self.compile(operands[-1])
        self._write(orders[-1])
        if to_false:
            self._compile_other_way(to_false, self._write_false_for_the_top, waiting=1)

    def _compile_logic(self, operands: tuple[Tree, ...], jump: Op, *, decided: int) -> None:
        jumps = []
        for operand in operands:
            self.compile(operand)
            jumps.append(self._write(jump))
        self._write(Op.PUSH_CONST, 1 - decided)
        self._compile_other_way(jumps, lambda: self._write(Op.PUSH_CONST, decided))

    def _compile_other_way(
        self, jumps: list[int], compile_it: Callable[[], object], waiting: int = 0
    ) -> None:
        """Write the other way to a value, which begins where these jumps lead.

        Args:
            jumps: the jumps, written with no target yet.
            compile_it: writes the other way.
            waiting: how many values of the first way are still on the stack there.
        """
        to_end = self._write(Op.JUMP)
        self.height += waiting - 1
        for jump in jumps:
            self.operands[jump] = len(self.ops)
        compile_it()
        self.operands[to_end] = len(self.ops)

    def _write_false_for_the_top(self) -> None:
        self._write(Op.POP)
        self._write(Op.PUSH_CONST, 0)

    def _write(self, op: Op, operand: float = 0) -> int:
        """Write an instruction; return where it is."""
        self.ops.append(op)
        self.operands.append(operand)
        self.height += _GROWTH[op]
        self.highest = max(self.highest, self.height)
        return len(self.ops) - 1
