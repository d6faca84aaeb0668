"""Where everything stands in a TOML text.

`tomllib` gives the values of a text and forgets their places; this gives the places and leaves
the values. A text that is not TOML is scanned as far as it makes sense.
"""

import re
import tomllib
from bisect import bisect_left
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Literal

from let_it_ride.config.paths import Path

#: Deeper nesting and longer keys are refused: parsers recurse, or need time that grows with the
#: square of the depth.
MOST_LEVELS: Final = 64

#: More keys and elements are refused; 4,096 steps with every key of theirs have 20,480.
MOST_PLACES: Final = 50_000

#: Longer numbers are refused: Python does not read whole numbers of more than 4,300 digits.
LONGEST_NUMBER: Final = 1000

_SPACE: Final = re.compile(r"[ \t]*")
_TRIVIA: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_REST_OF_LINE: Final = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n)?")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE: Final = re.compile(r"[^,\[\]{}#\"'\r\n]+")
_STRING: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)


class TooMuchError(ValueError):
    """A text that nobody wrote by hand: too deep, too many keys, too long a number.

    Attributes:
        line: the line it was noticed on, from 1.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class _NoTomlError(Exception):
    """The text makes no sense from here on."""


@dataclass(slots=True)
class Value:
    """A value, from `start` to `end` in the text.

    Attributes:
        entries: the pairs of an inline table, or the elements of an array.
    """

    kind: Literal["scalar", "array", "table"]
    start: int
    end: int = 0
    entries: list["Entry"] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """A key with its value, or an element of an array.

    Attributes:
        path: the full path; a dotted key adds several names, an element its index.
        around: the path of the table or array it stands in.
        start: where the key, or the element, begins.
    """

    path: Path
    around: Path
    start: int
    value: Value


@dataclass(slots=True)
class Statement:
    """A table's header or a pair of key and value, with the whole lines it takes.

    Attributes:
        path: the full path of the table or key; an array table's ends in its index.
        start, end: from the beginning of its first line to the beginning of the next.
        entry: the pair; None for a header.
    """

    path: Path
    start: int
    end: int
    entry: Entry | None = None


class Document:
    """The statements of a text in their order, and the lines of its keys.

    Attributes:
        repeated: the first key or table that stands in the text twice, and its two places.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.statements: list[Statement] = []
        self.repeated: tuple[Path, int, int] | None = None
        self._places: dict[Path, int] = {}
        self._declared: set[Path] = set()
        self._newlines = [match.start() for match in re.finditer("\n", text)]

    def line_of(self, path: Path) -> int | None:
        """Return the line, from 1, on which a key, a table or an array's element begins."""
        place = self._places.get(path)
        return None if place is None else self.line_at(place)

    def line_at(self, place: int) -> int:
        """Return the line, from 1, of a place in the text."""
        return bisect_left(self._newlines, place) + 1

    def declare(self, path: Path, place: int, names: int) -> None:
        """Note where a path stands, of which the last `names` are written there.

        The tables that those names imply stand there too, unless they have or get a place of
        their own.
        """
        for length in range(len(path) - names + 1, len(path)):
            self._places.setdefault(path[:length], place)
        if path in self._declared and self.repeated is None:
            self.repeated = (path, self._places[path], place)
        self._declared.add(path)
        self._places[path] = place
        if len(self._declared) > MOST_PLACES:
            raise TooMuchError(f"more than {MOST_PLACES:,} keys", self.line_at(place))


def scan(text: str) -> Document:
    """Return where everything stands in a text.

    Raises:
        TooMuchError: for what no parser should be given.
    """
    scanner = _Scanner(text)
    with suppress(_NoTomlError):
        scanner.scan()
    return scanner.document


class _Scanner:
    def __init__(self, text: str) -> None:
        self.document = Document(text)
        self._text = text
        self._at = 0
        self._array_lengths: dict[Path, int] = {}

    def scan(self) -> None:
        table: Path = ()
        self._skip(_TRIVIA)
        while self._at < len(self._text):
            start = self._text.rfind("\n", 0, self._at) + 1
            entry = None
            if self._take("[["):
                path = table = self._header("]]")
            elif self._take("["):
                path = table = self._header("]")
            else:
                entry = self._pair(table, 0)
                path = entry.path
            self._skip(_REST_OF_LINE)
            self.document.statements.append(Statement(path, start, self._at, entry))
            self._skip(_TRIVIA)

    def _header(self, closing: str) -> Path:
        place = self._at
        self._skip(_SPACE)
        *parents, name = self._key()
        self._skip(_SPACE)
        if not self._take(closing):
            raise _NoTomlError
        path: Path = ()
        for parent in parents:
            path = self._in_last_element((*path, parent))
        path = (*path, name)
        if closing == "]]":
            self._array_lengths[path] = self._array_lengths.get(path, 0) + 1
            path = self._in_last_element(path)
        self.document.declare(path, place, len(path))
        return path

    def _in_last_element(self, path: Path) -> Path:
        length = self._array_lengths.get(path)
        return path if length is None else (*path, length - 1)

    def _pair(self, table: Path, level: int) -> Entry:
        start = self._at
        names = self._key()
        self._skip(_SPACE)
        if not self._take("="):
            raise _NoTomlError
        self._skip(_SPACE)
        path = (*table, *names)
        self.document.declare(path, start, len(names))
        return Entry(path, table, start, self._value(path, level))

    def _key(self) -> list[str]:
        names = [self._name()]
        self._skip(_SPACE)
        while self._take("."):
            self._skip(_SPACE)
            names.append(self._name())
            self._skip(_SPACE)
            if len(names) > MOST_LEVELS:
                raise self._too_much("a key of too many parts")
        return names

    def _name(self) -> str:
        start = self._at
        if self._take_match(_BARE_KEY):
            return self._text[start : self._at]
        if not self._take_match(_STRING):
            raise _NoTomlError
        quoted = self._text[start : self._at]
        if "\\" not in quoted:
            return quoted[1:-1]
        try:
            (name,) = tomllib.loads(f"{quoted} = 0")
        except tomllib.TOMLDecodeError:
            raise _NoTomlError from None
        return name

    def _value(self, path: Path, level: int) -> Value:
        if level > MOST_LEVELS:
            raise self._too_much("nested too deeply")
        value = Value("scalar", self._at)
        if self._take("["):
            value.kind = "array"
            self._entries(value, path, level, "]")
        elif self._take("{"):
            value.kind = "table"
            self._entries(value, path, level, "}")
        elif not self._take_match(_STRING):
            if not self._take_match(_BARE_VALUE):
                raise _NoTomlError
            bare = self._text[value.start : self._at].rstrip()
            if len(bare) > LONGEST_NUMBER:
                raise self._too_much(f"a number of {len(bare):,} characters")
            self._at = value.start + len(bare)
        value.end = self._at
        return value

    def _entries(self, value: Value, path: Path, level: int, closing: str) -> None:
        self._skip(_TRIVIA)
        while not self._take(closing):
            if value.kind == "table":
                entry = self._pair(path, level + 1)
            else:
                element = (*path, len(value.entries))
                self.document.declare(element, self._at, 1)
                entry = Entry(element, path, self._at, self._value(element, level + 1))
            value.entries.append(entry)
            self._skip(_TRIVIA)
            if not self._take(",") and not self._text.startswith(closing, self._at):
                raise _NoTomlError
            self._skip(_TRIVIA)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self._take_match(pattern)

    def _take(self, token: str) -> bool:
        taken = self._text.startswith(token, self._at)
        self._at += len(token) if taken else 0
        return taken

    def _take_match(self, pattern: re.Pattern[str]) -> bool:
        match = pattern.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return match is not None

    def _too_much(self, message: str) -> TooMuchError:
        return TooMuchError(message, self.document.line_at(self._at))
