"""A formula as a tree.

The value of a tree is a double, or no number: where anything that is evaluated divides by zero or
is not finite, the whole formula is no number. A condition is 1 or 0, and holds if it is not 0.
"""

from dataclasses import dataclass
from typing import Literal

Sign = Literal["-", "not", "abs", "floor", "ceil"]
"""What makes one value of one."""

Arithmetic = Literal["+", "-", "*", "/", "//", "%", "min", "max"]
"""What makes one value of two."""

Order = Literal["<", "<=", ">", ">=", "==", "!="]


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number."""

    value: float


@dataclass(frozen=True, slots=True)
class Variable:
    """The value of a variable, which is always a finite number."""

    name: str


@dataclass(frozen=True, slots=True)
class Unary:
    """One operation on one value."""

    operator: Sign
    operand: "Tree"


@dataclass(frozen=True, slots=True)
class Chain:
    """Operations from left to right: the first operand, changed by each operator in turn.

    There is one operand more than there are operators.
    """

    operators: tuple[Arithmetic, ...]
    operands: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Neighbours compared from left to right, until one comparison does not hold.

    There is one operand more than there are operators, and each is evaluated once at most.
    """

    operators: tuple[Order, ...]
    operands: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Logic:
    """Whether all operands hold, or any; they are looked at until that is decided."""

    operator: Literal["and", "or"]
    operands: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    """One of two values, of which only that one is evaluated."""

    condition: "Tree"
    then: "Tree"
    otherwise: "Tree"


Tree = Number | Variable | Unary | Chain | Comparison | Logic | Conditional
