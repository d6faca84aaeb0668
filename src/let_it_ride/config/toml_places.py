"""On which line each key of a TOML text stands.

`tomllib` gives the values of a text and forgets their places; this gives the places and leaves
the values. A text that is not TOML is scanned as far as it makes sense.
"""

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from itertools import count
from typing import Final

from let_it_ride.config.paths import Path

_TRIVIA: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE_VALUE: Final = re.compile(r"[^,\[\]{}#\"'\r\n]+")
_NAME: Final = re.compile(r"""[ \t]*([A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')[ \t]*""")
_STRING: Final = re.compile(
    r"""\"{3}(?:\\.|[^\\])*?"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'""", re.DOTALL
)


class Places:
    """Where the keys of a text stand; the text is looked through when that is first asked."""

    def __init__(self, text: str) -> None:
        self._text = text.removeprefix("\ufeff")

    def line_of(self, path: Path) -> int | None:
        """Return the line, from 1, on which a key, a table or an array's element begins."""
        place = self._scan.places.get(path)
        return None if place is None else self._line_at(place)

    @property
    def repeated(self) -> tuple[Path, int, int] | None:
        """The first key or table that stands in the text twice, and its two lines."""
        if self._scan.repeated is None:
            return None
        path, first, second = self._scan.repeated
        return path, self._line_at(first), self._line_at(second)

    @property
    def deepest_line(self) -> int | None:
        """The line of what is nested most deeply."""
        path = max(self._scan.places, key=len, default=())
        return self.line_of(path)

    def _line_at(self, place: int) -> int:
        return self._text.count("\n", 0, place) + 1

    @cached_property
    def _scan(self) -> "_Scan":
        scan = _Scan(self._text)
        with suppress(_NoTomlError, RecursionError):
            scan.statements()
        return scan


class _NoTomlError(Exception):
    """The text makes no sense from here on."""


class _Scan:
    def __init__(self, text: str) -> None:
        self.places: dict[Path, int] = {}
        self.repeated: tuple[Path, int, int] | None = None
        self._declared: set[Path] = set()
        self._row_counts: dict[Path, int] = {}
        self._text = text
        self._at = 0

    def statements(self) -> None:
        table: Path = ()
        self._take(_TRIVIA)
        while self._at < len(self._text):
            if self._takes("["):
                table = self._header(is_row=self._takes("["))
            else:
                self._pair(table)
            self._take(_TRIVIA)

    def _header(self, *, is_row: bool) -> Path:
        place = self._at
        path: Path = ()
        names = self._key()
        for number, name in enumerate(names, 1):
            path = (*path, name)
            if is_row and number == len(names):
                self._row_counts[path] = self._row_counts.get(path, 0) + 1
            if path in self._row_counts:
                path = (*path, self._row_counts[path] - 1)
        self._declare(path, place, len(path))
        self._expect("]]" if is_row else "]")
        return path

    def _pair(self, table: Path) -> None:
        place = self._at
        names = self._key()
        path = (*table, *names)
        self._declare(path, place, len(names))
        self._expect("=")
        self._take(_TRIVIA)
        self._value(path)

    def _key(self) -> list[str]:
        names: list[str] = []
        while not names or self._takes("."):
            name = self._take(_NAME).strip(" \t")
            try:
                names += tomllib.loads(f"{name} = 0") if name[:1] in {'"', "'"} else [name]
            except tomllib.TOMLDecodeError:
                raise _NoTomlError from None
        return names

    def _value(self, path: Path) -> None:
        if self._takes("["):
            for index in self._elements("]"):
                self._declare((*path, index), self._at, 1)
                self._value((*path, index))
        elif self._takes("{"):
            for _ in self._elements("}"):
                self._pair(path)
        elif not self._take(_STRING) and not self._take(_BARE_VALUE):
            raise _NoTomlError

    def _elements(self, closing: str) -> Iterator[int]:
        """Yield the index of each element, which has been gone through before the next."""
        for index in count():
            self._take(_TRIVIA)
            if self._takes(closing):
                return
            yield index
            self._take(_TRIVIA)
            if not self._takes(","):
                self._expect(closing)
                return

    def _expect(self, token: str) -> None:
        if not self._takes(token):
            raise _NoTomlError

    def _takes(self, token: str) -> bool:
        taken = self._text.startswith(token, self._at)
        self._at += len(token) if taken else 0
        return taken

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return match[0] if match else ""

    def _declare(self, path: Path, place: int, names: int) -> None:
        """Note where a path stands, of which the last `names` are written there.

        The tables around it stand there too, unless they have or get a place of their own.
        """
        for length in range(len(path) - names + 1, len(path)):
            self.places.setdefault(path[:length], place)
        if path in self._declared and self.repeated is None:
            self.repeated = (path, self.places[path], place)
        self._declared.add(path)
        self.places[path] = place
