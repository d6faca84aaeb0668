"""From the text of a formula to its tree."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf, isfinite
from typing import Final, cast

from let_it_ride.expressions.errors import ExpressionError
from let_it_ride.expressions.limits import DEEPEST, LONGEST
from let_it_ride.expressions.tokens import Token, token_from
from let_it_ride.expressions.trees import (
    Arithmetic,
    Chain,
    Comparison,
    Conditional,
    Logic,
    Number,
    Order,
    Sign,
    Tree,
    Unary,
    Variable,
)

#: How tightly an operator binds. A chain of one level is evaluated from left to right.
_LEVELS: Final = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "/", "//", "%"), 6),
}
_LOGIC: Final = (1, 2)
_NOT: Final = 3
_COMPARISON: Final = 4
_SIGNED: Final = 7

#: How many arguments each function takes, at least and at most.
_FUNCTIONS: Final = {
    "min": (2, inf),
    "max": (2, inf),
    "abs": (1, 1),
    "floor": (1, 1),
    "ceil": (1, 1),
}
_KEYWORDS: Final = ("and", "or", "not", "if", "else")
_FOLDED: Final = ("min", "max")

_VALUE: Final = "a number, a variable, a function, not, a sign or ("
_OPERATORS: Final = "an operator, a comparison, and, or, if"


def parse(text: str, variables: tuple[str, ...]) -> Tree:
    """Return the tree of a formula.

    Args:
        text: the formula.
        variables: the names it may use.

    Raises:
        ExpressionError: the text is no formula, or one that is too long or nested too deeply.
    """
    if len(text) > LONGEST:
        raise ExpressionError(
            LONGEST + 1, "too long", text[LONGEST:], f"at most {LONGEST} characters"
        )
    return _Parser(text, variables).whole()


class _Parser:
    def __init__(self, text: str, variables: tuple[str, ...]) -> None:
        self._text, self._variables = text, variables
        self._depth = 0
        self._token, self._after = token_from(text, 0)

    def whole(self) -> Tree:
        tree = self._expression()
        if self._token.kind != "end":
            raise self._unexpected(f"{_OPERATORS}, or the end")
        return tree

    def _expression(self) -> Tree:
        then = self._operation(0)
        if self._token.text != "if":
            return then
        self._next()
        condition = self._operation(0)
        otherwise = self._expect("else")
        with self._nested(otherwise):
            return Conditional(condition, then, self._expression())

    def _operation(self, least: int) -> Tree:
        """Return an operand with everything that binds more tightly than a level."""
        tree = self._operand(least)
        while (level := _LEVELS.get(self._token.text, 0)) > least:
            tree = self._chain(tree, level)
        return tree

    def _chain(self, first: Tree, level: int) -> Tree:
        operands, operators = [first], []
        while _LEVELS.get(self._token.text) == level:
            operators.append(self._next().text)
            operands.append(self._operation(level))
        if level in _LOGIC:
            return Logic("or" if level == _LOGIC[0] else "and", tuple(operands))
        if level == _COMPARISON:
            return Comparison(cast("tuple[Order, ...]", tuple(operators)), tuple(operands))
        return Chain(cast("tuple[Arithmetic, ...]", tuple(operators)), tuple(operands))

    def _operand(self, least: int) -> Tree:
        """Return what stands before the next operator; `not` only where no operator is near."""
        token = self._token
        if token.kind == "number":
            return self._number()
        if token.text == "not" and least <= _NOT:
            self._next()
            with self._nested(token):
                return Unary("not", self._operation(_NOT))
        if token.kind == "name" and token.text not in _KEYWORDS:
            return self._named()
        if token.text in {"-", "+"}:
            self._next()
            with self._nested(token):
                operand = self._operand(_SIGNED)
            return Unary("-", operand) if token.text == "-" else operand
        if token.text == "(":
            self._next()
            with self._nested(token):
                tree = self._expression()
            self._expect(")")
            return tree
        if token.text == "not":
            raise self._unexpected(
                "( ) around not and what it denies", "not cannot follow an operator"
            )
        raise self._unexpected(_VALUE, "a value is missing")

    def _number(self) -> Tree:
        token = self._next()
        value = float(token.text)
        if not isfinite(value):
            raise ExpressionError(token.column, "too large", token.text, "at most 1.79e308")
        return Number(value)

    def _named(self) -> Tree:
        token = self._next()
        name, is_call = token.text, self._token.text == "("
        if name in _FUNCTIONS:
            return self._call(token)
        if name not in self._variables or is_call:
            known = tuple(_FUNCTIONS) if is_call else self._variables
            raise ExpressionError(
                token.column,
                "unknown function" if is_call else "unknown variable",
                name,
                ", ".join(known),
                _nearest(name, known if is_call else (*known, *_FUNCTIONS, *_KEYWORDS)),
            )
        return Variable(name)

    def _call(self, function: Token) -> Tree:
        if self._token.text != "(":
            raise self._unexpected("(", f"{function.text} is a function")
        with self._nested(self._next()):
            arguments = [self._expression()]
            while self._token.text == ",":
                self._next()
                arguments.append(self._expression())
        self._expect(")", f"{_OPERATORS}, a comma or )")
        least, most = _FUNCTIONS[function.text]
        if not least <= len(arguments) <= most:
            raise ExpressionError(
                function.column,
                f"{function.text} with {len(arguments)} argument{'s'[: len(arguments) - 1]}",
                function.text,
                "one argument" if most == 1 else "two arguments or more",
            )
        if function.text in _FOLDED:
            operator = cast("Arithmetic", function.text)
            return Chain((operator,) * (len(arguments) - 1), tuple(arguments))
        return Unary(cast("Sign", function.text), arguments[0])

    @contextmanager
    def _nested(self, opening: Token) -> Iterator[None]:
        """Be one level deeper, behind the word that opens the level."""
        if self._depth == DEEPEST:
            raise ExpressionError(
                opening.column, "nested too deeply", opening.text, f"at most {DEEPEST} levels"
            )
        self._depth += 1
        yield
        self._depth -= 1

    def _next(self) -> Token:
        token = self._token
        self._token, self._after = token_from(self._text, self._after)
        return token

    def _expect(self, word: str, allowed: str | None = None) -> Token:
        if self._token.text != word:
            raise self._unexpected(allowed or f"an operator, a comparison, and, or, or {word}")
        return self._next()

    def _unexpected(self, allowed: str, message: str = "not expected") -> ExpressionError:
        token = self._token
        found = None if token.kind == "end" else token.text
        meant = _nearest(token.text, _KEYWORDS) if token.kind == "name" else None
        return ExpressionError(
            token.column, message, found, allowed, None if meant == found else meant
        )


def _nearest(word: str, names: tuple[str, ...]) -> str | None:
    # Only what is wrong needs it.
    from difflib import get_close_matches

    return next(iter(get_close_matches(word[:100].lower(), names, n=1)), None)
