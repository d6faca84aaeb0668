"""The value of a formula for many states at once."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

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

Values = NDArray[np.float64]

_UNARY: Final[dict[str, Callable[[Values], Any]]] = {
    "-": np.negative,
    "not": np.logical_not,
    "abs": np.abs,
    "floor": np.floor,
    "ceil": np.ceil,
}
_BINARY: Final[dict[str, Callable[[Values, Values], Any]]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "//": np.floor_divide,
    "%": np.remainder,
    "min": np.minimum,
    "max": np.maximum,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}


def evaluate(tree: Tree, variables: Mapping[str, NDArray[Any]]) -> Values:
    """Return the value of a formula in every state.

    Args:
        tree: the formula.
        variables: by name, the finite values of each variable; shape (states,).

    Returns:
        The values; shape (states,), or () where no variable is used. nan is no number: something
        evaluated in that state divides by zero or is not finite.
    """
    with np.errstate(all="ignore"):
        return _value(tree, variables)


def _value(tree: Tree, variables: Mapping[str, NDArray[Any]]) -> Values:
    match tree:
        case Number(number):
            return np.asarray(number, dtype=np.float64)
        case Variable(name):
            return np.asarray(variables[name], dtype=np.float64)
        case Unary(operator, operand):
            value = _value(operand, variables)
            return _finite(_UNARY[operator](value), value)
        case Chain(operators, operands):
            value = _value(operands[0], variables)
            for symbol, operand in zip(operators, operands[1:], strict=True):
                other = _value(operand, variables)
                value = _finite(_BINARY[symbol](value, other), value, other)
            return value
        case Comparison(orders, operands):
            return _compared(orders, [_value(operand, variables) for operand in operands])
        case Logic(logic, operands):
            return _decided([_value(operand, variables) for operand in operands], by=logic == "or")
        case Conditional(condition, then, otherwise):
            holds = _value(condition, variables)
            value = np.where(holds != 0, _value(then, variables), _value(otherwise, variables))
            return np.where(np.isnan(holds), np.nan, value)


def _compared(orders: tuple[str, ...], values: list[Values]) -> Values:
    pairs = zip(orders, values[:-1], values[1:], strict=True)
    return _decided(
        [_finite(_BINARY[order](left, right), left, right) for order, left, right in pairs],
        by=False,
    )


def _decided(conditions: list[Values], *, by: bool) -> Values:
    """Return what the first condition that is `by`, or no number, decides; else the contrary."""
    decided: Values = np.asarray(float(not by))
    for condition in reversed(conditions):
        ends = (condition != 0) == by
        decided = np.where(ends, float(by), decided)
        decided = np.where(np.isnan(condition), np.nan, decided)
    return decided


def _finite(result: Any, *operands: Values) -> Values:
    """Return a result with nan where it is not finite, or where an operand is no number."""
    value = np.asarray(result, dtype=np.float64)
    is_number = np.isfinite(value)
    for operand in operands:
        is_number = is_number & ~np.isnan(operand)
    return np.where(is_number, value, np.nan)
