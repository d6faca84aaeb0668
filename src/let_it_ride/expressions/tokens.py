"""The words of a formula."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from let_it_ride.expressions.errors import ExpressionError

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_NUMBER: Final = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SIGN: Final = re.compile(r"//|<=|>=|==|!=|[-+*/%<>(),]")
_PART_OF_NUMBER: Final = re.compile(r"[\w.]+")
#: Signs of other languages, which would else be read as two signs or as none.
_FOREIGN: Final = re.compile(r"\*\*|<>|=>|=<|&&|\|\||=(?!=)|!(?!=)|[&|]")
_MEANT: Final = {
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
    "=": "==",
    "!": "not",
    "&": "and",
    "&&": "and",
    "|": "or",
    "||": "or",
}

_WORDS: Final = "numbers, names, + - * / // % < <= > >= == != ( ) and commas"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a formula.

    Attributes:
        kind: what it is; a keyword is a name.
        text: the word, empty at the end.
        column: where it begins, from 1.
    """

    kind: Literal["number", "name", "sign", "end"]
    text: str
    column: int


def token_from(text: str, start: int) -> tuple[Token, int]:
    """Return the first word from a place on, and the place behind it.

    Raises:
        ExpressionError: what stands there is no word.
    """
    space = _SPACE.match(text, start)
    at = space.end() if space else start
    column = at + 1
    if at == len(text):
        return Token("end", "", column), at
    if foreign := _FOREIGN.match(text, at):
        sign = foreign[0]
        raise ExpressionError(column, "unknown sign", sign, _WORDS, _MEANT.get(sign))
    if number := _NUMBER.match(text, at):
        whole = _PART_OF_NUMBER.match(text, number.end())
        if whole:
            found = text[at : whole.end()]
            raise ExpressionError(column, "not a number", found, "numbers such as 1, 2.5 or 1e3")
        return Token("number", number[0], column), number.end()
    if name := _NAME.match(text, at):
        return Token("name", name[0], column), name.end()
    if known := _SIGN.match(text, at):
        return Token("sign", known[0], column), known.end()
    raise ExpressionError(column, "unknown sign", text[at], _WORDS)
