"""The formulas of a configuration, read with Python's own parser and worked out step by step.

All numbers are doubles: true is 1.0 and false is 0.0.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor, isfinite

LONGEST = 500

Variables = Mapping[str, float]

_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_OF_MANY: dict[str, Callable[..., float]] = {"min": min, "max": max}
_OF_ONE: dict[str, Callable[[float], float]] = {
    "abs": abs,
    "floor": lambda number: float(floor(number)) if isfinite(number) else number,
    "ceil": lambda number: float(ceil(number)) if isfinite(number) else number,
}
_NUMBER = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


class Formula:
    """A formula that can be worked out again and again.

    Raises:
        ValueError: when it is not in the language, or names what is no variable.
    """

    def __init__(self, text: str, variables: frozenset[str]) -> None:
        if len(text) > LONGEST:
            raise ValueError(f"longer than {LONGEST} characters")
        self._text, self._variables = text.strip(), variables
        self._tree = ast.parse(self._text, mode="eval").body
        self._check(self._tree)

    def value(self, variables: Variables) -> float | None:
        """What it comes to, or None: a division by zero, or no finite number."""
        try:
            value = self._worked_out(self._tree, variables)
        except ZeroDivisionError:
            return None
        return value if isfinite(value) else None

    def _worked_out(self, node: ast.expr, variables: Variables) -> float:
        def value(part: ast.expr) -> float:
            return self._worked_out(part, variables)

        def holds(part: ast.expr) -> bool:
            return value(part) != 0

        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name(id=name):
                return float(variables[name])
            case ast.BinOp(left=left, op=op, right=right):
                return _ARITHMETIC[type(op)](value(left), value(right))
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return float(not holds(part))
            case ast.UnaryOp(op=ast.USub(), operand=part):
                return -value(part)
            case ast.UnaryOp(operand=part):
                return value(part)
            case ast.BoolOp(op=ast.And(), values=parts):
                return float(all(holds(part) for part in parts))
            case ast.BoolOp(values=parts):
                return float(any(holds(part) for part in parts))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return value(body) if holds(test) else value(orelse)
            case ast.Compare(left=left, ops=signs, comparators=others):
                before = value(left)
                for sign, other in zip(signs, others, strict=True):
                    after = value(other)
                    if not _COMPARISONS[type(sign)](before, after):
                        return 0.0
                    before = after
                return 1.0
            case ast.Call(func=ast.Name(id=name), args=args):
                numbers = [value(arg) for arg in args]
                return _OF_ONE[name](*numbers) if name in _OF_ONE else _OF_MANY[name](*numbers)
        raise AssertionError("checked when it was read")

    def _check(self, node: ast.expr) -> None:
        parts: list[ast.expr] = []
        match node:
            case ast.Constant():
                allowed = _NUMBER.fullmatch(self._written(node)) is not None
            case ast.Name(id=name):
                allowed = name in self._variables
            case ast.BinOp(left=left, op=op, right=right):
                parts = [left, right]
                allowed = type(op) in _ARITHMETIC
            case ast.UnaryOp(op=sign, operand=part):
                parts = [part]
                allowed = isinstance(sign, ast.Not | ast.USub | ast.UAdd)
            case ast.BoolOp(values=parts):
                allowed = True
            case ast.IfExp(test=test, body=body, orelse=orelse):
                parts = [test, body, orelse]
                allowed = True
            case ast.Compare(left=left, ops=signs, comparators=others):
                parts = [left, *others]
                allowed = all(type(sign) in _COMPARISONS for sign in signs)
            case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]):
                of_one, of_many = name in _OF_ONE, name in _OF_MANY
                allowed = (of_one and len(parts) == 1) or (of_many and len(parts) >= 2)
            case _:
                allowed = False
        if not allowed:
            raise ValueError(f"not in the language: {self._written(node)}")
        for part in parts:
            self._check(part)

    def _number(self, node: ast.Constant) -> float:
        return float(self._written(node))

    def _written(self, node: ast.expr) -> str:
        return ast.get_source_segment(self._text, node) or ""


def in_cents(dollars: float) -> int:
    """A result as a bet: rounded to a millionth of a dollar, then down to the cent."""
    millionths = round(dollars * 1_000_000)
    return floor(Fraction(millionths, 10_000))
