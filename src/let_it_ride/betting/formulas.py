"""Formulas for bets, as the postfix programs that the kernel runs."""

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from let_it_ride.expressions.parser import parse
from let_it_ride.expressions.programs import compile_program


class Formula(NamedTuple):
    """A compiled formula (see `let_it_ride.expressions`).

    Attributes:
        operations: what is done in turn; shape (operations,).
        operands: what it is done with: a number, or the index of a variable or operation.
    """

    operations: NDArray[np.int64]
    operands: NDArray[np.float64]

    @property
    def is_there(self) -> bool:
        """Whether there is anything to evaluate."""
        return len(self.operations) > 0

    @classmethod
    def of(cls, text: str, variables: tuple[str, ...]) -> Self:
        """Compile a formula over these variables.

        Raises:
            ExpressionError: it is none.
        """
        program = compile_program(parse(text, variables), variables)
        return cls(program.ops, program.operands)


NO_FORMULA = Formula(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float64))
