"""From a TOML text or file to a `FullConfig`, or to everything that is wrong with it."""

import errno
import os
import re
import tomllib
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from let_it_ride.config.full import FullConfig
from let_it_ride.config.printing import printable, quoted
from let_it_ride.config.problems import ConfigError, Problem
from let_it_ride.config.toml_limits import MOST_LEVELS, line_of_long_key
from let_it_ride.config.toml_places import Places
from let_it_ride.config.validation import validate_mapping
from let_it_ride.files import read_small_file

LARGEST_FILE: Final = 1024 * 1024
"""Bytes. A configuration with every setting and thousands of steps is far smaller."""

BYTE_ORDER_MARK: Final = "\ufeff"

_TOO_LARGE: Final = f"too large for a configuration; allowed: at most {LARGEST_FILE:,} bytes"

_TOO_DEEP: Final = f"nested too deeply; allowed: at most {MOST_LEVELS} levels"

#: 4,096 steps with every key of theirs have 20,480.
_MOST_VALUES: Final = 50_000

_OS_ERRORS: Final = {
    errno.ENOENT: "there is no such file",
    errno.EISDIR: "this is a directory, not a file",
    errno.ENOTDIR: "a part of the path is not a directory",
    errno.EACCES: "reading it is not permitted",
    errno.EPERM: "reading it is not permitted",
    errno.ELOOP: "its symbolic links go round in a circle",
    errno.ENAMETOOLONG: "the name is too long",
}

_REPEATED: Final = ("Cannot overwrite a value", "Cannot declare", "Duplicate inline table key")

#: What TOML wants where `tomllib` complains, by the beginning of its complaint.
_EXPECTED: Final = {
    "Invalid statement": "key = value, or a [table]",
    "Invalid initial character for a key part": "a name, or a name in quotes",
    "Expected '=' after a key": "key = value",
    "Invalid value": 'a number, "text" in quotes, true, false, a [list] or a {table}',
    "Expected newline or end of document": "one key = value on a line",
    "Expected ']' at the end of a table declaration": "[table]",
    "Expected ']]' at the end of an array declaration": "[[table]]",
    **dict.fromkeys(_REPEATED, "each key and table once"),
    "Cannot mutate immutable namespace": "each table in one place",
    "Cannot redefine namespace": "each table in one place",
    "Unclosed array": "a comma or ] after a value in a list",
    "Unclosed inline table": "a comma or } after a value in a table in braces",
    "Unterminated string": "a quote at the end of the text",
    "Expected \"'": "a quote at the end of the text",
    "Illegal character": "a quote at the end of the text, on the same line",
    "Unescaped": "two backslashes, or the text in 'single' quotes",
}

_NAMES: Final = re.compile(r"\('([^()]*)',?\)")
_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def load_config(path: str | os.PathLike[str]) -> FullConfig:
    """Return the configuration in a TOML file; what it leaves out has its default.

    Args:
        path: the file, of a megabyte at most.

    Raises:
        ConfigError: the file cannot be read, or its text is no configuration.
    """
    source = printable(os.fspath(path))
    return parse_config(read_text(path), source)


def parse_config(text: str, source: str = "configuration") -> FullConfig:
    """Return the configuration that a TOML text stands for.

    Args:
        text: the text, with any line ends, with or without a byte order mark.
        source: what the problems name as the place the text is from.

    Raises:
        ConfigError: with every problem of the text, and the line of each.
    """
    data, places = read_toml(text.removeprefix(BYTE_ORDER_MARK), source)
    return validate_mapping(data, source, places.line_of)


def read_toml(text: str, source: str) -> tuple[dict[str, object], Places]:
    """Return the values of a TOML text, and where they stand.

    Numbers with a point are `Decimal`.

    Raises:
        ConfigError: the text is too large, is not TOML, or is nested too deeply.
    """
    if len(text) > LARGEST_FILE:
        raise _unreadable(source, _TOO_LARGE)
    if line := line_of_long_key(text):
        raise ConfigError((Problem(source, line, (), "a key of too many parts"),))
    try:
        data = tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError((_syntax_problem(text, source, str(error)),)) from None
    except RecursionError:
        raise _unreadable(source, _TOO_DEEP, Places(text).deepest_line) from None
    except ValueError:
        raise _unreadable(source, "a number in it is too long") from None
    places = Places(text)
    if excess := _excess(data):
        raise _unreadable(source, excess, places.deepest_line if excess is _TOO_DEEP else None)
    return data, places


def read_text(path: str | os.PathLike[str]) -> str:
    """Return the text of a configuration file, with line ends and byte order mark as they are.

    Raises:
        ConfigError: the file cannot be read, is too large, or is not UTF-8 text.
    """
    source = printable(os.fspath(path))
    try:
        content = read_small_file(path, LARGEST_FILE + 1)
    except OSError as error:
        message = _OS_ERRORS.get(error.errno or 0) or error.strerror or str(error)
        raise _unreadable(source, message) from None
    if len(content) > LARGEST_FILE:
        raise _unreadable(source, _TOO_LARGE)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8 text; found the byte 0x{content[error.start]:02x}"
        raise ConfigError((Problem(source, line, (), message),)) from None


def _excess(data: dict[str, Any]) -> str | None:
    """Return what there is too much of in the values of a text, or None."""
    tables: list[Any] = [data]
    count = 0
    for _ in range(MOST_LEVELS):
        values = [v for t in tables for v in (t.values() if isinstance(t, dict) else t)]
        tables = [value for value in values if isinstance(value, dict | list)]
        count += len(values)
        if count > _MOST_VALUES:
            return f"more than {_MOST_VALUES:,} keys"
        if not tables:
            return None
    return _TOO_DEEP


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond even what Decimal holds
        return Decimal("Infinity")


def _syntax_problem(text: str, source: str, complaint: str) -> Problem:
    """Return the problem that a complaint of `tomllib` is about."""
    repeated = Places(text).repeated if complaint.startswith(_REPEATED) else None
    if repeated:
        path, first, second = repeated
        return Problem(source, second, path, f"given twice, first on line {first}")
    place = _PLACE.search(complaint)
    message = complaint[: place.start()] if place else complaint
    message = _NAMES.sub(lambda names: names[1].replace("', '", "."), message)
    expected = next((_EXPECTED[known] for known in _EXPECTED if message.startswith(known)), None)
    lines = text.rstrip().split("\n")
    if place is None or place[1] is None:
        line, found = len(lines), "the end of the file"
        message = f"not TOML: {message}"
    else:
        line, column = int(place[1]), int(place[2])
        rest = "".join(lines[line - 1 : line])[column - 1 :].strip()
        found = quoted(rest) if rest else "the end of the line"
        message = f"not TOML from column {column} on: {message}"
    return Problem(source, line, (), message, found, expected)


def _unreadable(source: str, message: str, line: int | None = None) -> ConfigError:
    return ConfigError((Problem(source, line, (), message),))
