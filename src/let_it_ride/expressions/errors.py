"""What is wrong with a formula, and where."""

from let_it_ride.errors import LetItRideError


class ExpressionError(LetItRideError):
    """A text that is no formula.

    Attributes:
        column: where in the text, from 1.
        message: what is wrong, in a few words.
        found: what stands there, or None at the end of the text.
        allowed: what could stand there.
        suggestion: what was probably meant, or None.
    """

    def __init__(
        self,
        column: int,
        message: str,
        found: str | None,
        allowed: str,
        suggestion: str | None = None,
    ) -> None:
        super().__init__(column, message, found, allowed, suggestion)
        self.column, self.message, self.found = column, message, found
        self.allowed, self.suggestion = allowed, suggestion

    def __str__(self) -> str:
        found = "the end" if self.found is None else repr(self.found)
        meant = f"; did you mean {self.suggestion}?" if self.suggestion else ""
        return (
            f"{self.message} at column {self.column}; found {found}; allowed: {self.allowed}{meant}"
        )
