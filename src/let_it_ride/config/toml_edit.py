"""Changing a TOML text as a person would: only what has to change.

tomlkit reads the text, the tables it gives are changed where they differ from the wanted values,
and it writes them again. What counts is the `body` of a table: its keys, comments and blank lines
in the order they are written. A table that stands in several places has a part for each.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, Comment, InlineTable, Item, Key, Null, Table, Whitespace

from let_it_ride.config.loading import BYTE_ORDER_MARK, read_toml
from let_it_ride.config.problems import ConfigError, Problem
from let_it_ride.config.toml_limits import count_dotted_pairs
from let_it_ride.config.toml_values import (
    Values,
    legible,
    pair_text,
    partners,
    stands_for,
    toml_text,
    value_text,
)

Entry = tuple[Key | None, Item]
Body = list[Entry]
Names = tuple[str, ...]

#: In what is written before a header, the end of what stays when the table goes.
_OWN: Final = "\0"

#: Longer texts, with which tomlkit would take too long, are written anew; one with 4,096 steps and
#: a comment for each is not as long.
_LONGEST: Final = 256 * 1024

#: Its time grows with the square of their number; there are not as many settings.
_MOST_DOTTED_PAIRS: Final = 1000

#: What may come of a text that tomlkit does not get right.
_FAILURES: Final = (
    AssertionError,
    AttributeError,
    ConfigError,
    LookupError,
    RecursionError,
    TOMLKitError,
    TypeError,
    ValueError,
)

_TOP_COMMENT: Final = re.compile(r"(?:[ \t]*#[^\n]*\n)*")


def edit_toml(
    text: str, full: Values, needed: Values | None = None, source: str = "configuration"
) -> str:
    """Return a TOML text changed to stand for other values, and else as it was.

    A key or table that `full` does not have goes, with the comments on its line and directly
    above it. If a text is so built that this fails, the sections that differ are written anew,
    and if that fails, everything but the comment at the top.

    Args:
        text: the text, with any line ends, with or without a byte order mark.
        full: every value that the new text has to stand for.
        needed: those of them that it has to name; if not given, all.
        source: what problems name as the place the text is from.

    Raises:
        ConfigError: the text is not TOML, or the values cannot be written in TOML.
    """
    needed = full if needed is None else needed
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    old = text.removeprefix(mark)
    found, _ = read_toml(old, source)
    if stands_for(found, full, needed):
        return text
    is_too_much = len(old) > _LONGEST or count_dotted_pairs(old) > _MOST_DOTTED_PAIRS
    ways = (_anew,) if is_too_much else (_edited, _with_new_sections, _anew)
    for change in ways:
        try:
            new = change(old.replace("\r\n", "\n").rstrip("\n") + "\n", found, full, needed)
            new = _with_ends_of(old, new)
            if stands_for(read_toml(new, source)[0], full, needed):
                return mark + new
        except _FAILURES:
            continue
    raise ConfigError((Problem(source, None, (), "cannot be written in TOML"),))


def _with_ends_of(old: str, new: str) -> str:
    """Return a text with the line ends, and no more blank lines around it, than another."""
    old_lines = old.replace("\r\n", "\n")
    new = new.rstrip("\n") if old.startswith(("\n", "\r")) else new.strip("\n")
    if new:
        new += old_lines[len(old_lines.rstrip("\n")) :] if old_lines.strip("\n") else "\n"
    return new.replace("\n", "\r\n") if "\r\n" in old else new


def _edited(text: str, found: Values, full: Values, needed: Values) -> str:
    document = tomlkit.parse(text)
    _gather_comments(document.body)
    _edit_table([_Part(document.body)], (), found, full, needed)
    return document.as_string().replace(_OWN, "")


def _with_new_sections(text: str, found: Values, full: Values, needed: Values) -> str:
    document = tomlkit.parse(text)
    right = {
        key
        for key in found.keys() & full.keys()
        if stands_for(found[key], full[key], needed.get(key))
    }
    document.body[:] = [each for each in document.body if each[0] is None or each[0].key in right]
    missing = {key: value for key, value in needed.items() if key not in right}
    rest = document.as_string().rstrip("\n")
    return f"{rest}\n\n{toml_text(legible(missing, full))}"


def _anew(text: str, _found: Values, full: Values, needed: Values) -> str:
    comment = _TOP_COMMENT.match(text)
    return f"{comment[0] if comment else ''}\n{toml_text(legible(needed, full))}"


def _gather_comments(document: Body) -> None:
    """Make the comments above a key or header part of it, as if they were its indent.

    So they go where it goes, and so do the blank lines before a header. Comments with a blank
    line below, and those at the top of the text, are about more than what comes next.
    """
    pending: list[tuple[Body, Item]] = []
    moved: list[tuple[Body, Item]] = []
    is_top = True
    for body, item in _written(document):
        if isinstance(item, Comment | Whitespace):
            pending.append((body, item))
            continue
        texts = [each.as_string() for _, each in pending]
        blank = _blank_lines(pending)
        own = blank[-1] + 1 if blank else len(texts) if is_top else 0
        start = blank[0] if blank and not is_top and isinstance(item, Table) else own
        others = "".join(texts[start:own])
        end = _OWN if others.strip() else ""
        item.trivia.indent = "".join((others, end, *texts[own:], item.trivia.indent))
        moved += pending[start:]
        pending, is_top = [], False
    blank = _blank_lines(pending)
    at_end = pending[blank[0] :] if blank else []
    gone = {id(item) for _, item in moved + at_end}
    for body in {id(body): body for body, _ in moved + at_end}.values():
        body[:] = [each for each in body if id(each[1]) not in gone]
    document += [(None, item) for _, item in at_end]


def _blank_lines(pending: list[tuple[Body, Item]]) -> list[int]:
    return [index for index, (_, item) in enumerate(pending) if not item.as_string().strip()]


def _written(body: Body) -> Iterator[tuple[Body, Item]]:
    """Yield pairs, headers, comments and blank lines as they follow each other in the text."""
    for _, item in tuple(body):
        for each in item.body if isinstance(item, AoT) else [item]:
            if not isinstance(each, Table) or not each.is_super_table():
                yield body, each
            if isinstance(each, Table):
                yield from _written(each.value.body)


@dataclass(frozen=True, slots=True)
class _Part:
    """A place where a table stands: what is there, and the table if it is not the document."""

    body: Body
    table: Table | None = None
    is_dotted: bool = False

    @property
    def has_header(self) -> bool:
        """Whether pairs can be written there as lines of their own."""
        return self.table is None or not self.table.is_super_table()


def _edit_table(
    parts: list[_Part], path: Names, found: Values, full: Values, needed: Values
) -> None:
    """Change a table, in all its parts, to stand for other values."""
    stays = {name for name in found if name in full and _is_alike(found[name], full[name])}
    tables: dict[str, list[_Part]] = {}
    rows: dict[str, list[AoT]] = {}
    for part in parts:
        _take_out(part.body, stays)
        for index, (key, item) in enumerate(part.body):
            if key is None:
                continue
            name = key.key
            if isinstance(item, Table):
                inner = _Part(item.value.body, item, key.is_dotted())
                tables.setdefault(name, []).append(inner)
            elif isinstance(item, AoT):
                rows.setdefault(name, []).append(item)
            else:
                new = _new_value(item, found[name], full[name], needed.get(name))
                part.body[index] = (key, new)
    for name, places in tables.items():
        _edit_table(places, (*path, name), found[name], full[name], needed.get(name, {}))
    for name, arrays in rows.items():
        _edit_rows(arrays, found[name], full[name], needed.get(name))
    missing = {name: value for name, value in needed.items() if name not in stays}
    for name, value in legible(missing, full).items():
        _add(parts, (*path, name), value, set(list(full)[: list(full).index(name)]))


def _is_alike(found: object, full: object) -> bool:
    """Return whether one value can be changed into the other where it stands."""
    if isinstance(found, list) and isinstance(full, list) and found:
        return isinstance(found[0], dict) == bool(full and isinstance(full[0], dict))
    return type(found) is type(full) or not isinstance(found, dict | list)


def _take_out(body: Body, stays: set[str]) -> None:
    """Take out the keys that do not stay, and a blank line where there would be two."""
    left: Body = []
    for (key, item), (_, following) in zip(body, [*body[1:], (None, Null())], strict=False):
        if key is None or key.key in stays:
            left.append((key, item))
            continue
        header = _first_header(item)
        others, end, _ = header.trivia.indent.rpartition(_OWN) if header is not None else [""] * 3
        if end:
            left.append((None, Whitespace(others.rstrip("\n") + "\n")))
            continue
        is_end = isinstance(following, Whitespace | Null) or _has_header(following)
        if is_end and left and isinstance(left[-1][1], Whitespace):
            left.pop()
    body[:] = left


def _first_header(item: Item) -> Table | None:
    """Return the first table that has a header, of those that an item is or has in it."""
    if isinstance(item, Table) and not item.is_super_table():
        return item
    inner: list[Item] = []
    if isinstance(item, Table):
        inner = [each for _, each in item.value.body]
    elif isinstance(item, AoT):
        inner = [*item.body]
    return next((header for header in map(_first_header, inner) if header is not None), None)


def _has_header(item: Item) -> bool:
    return _first_header(item) is not None


def _edit_rows(arrays: list[AoT], found: list[Any], full: list[Any], needed: Any) -> None:
    """Change a list of tables, each with a header, to stand for other values."""
    needed = needed or [{}] * len(full)
    old = [(array, table) for array in arrays for table in array.body]
    for array in arrays:
        array.body.clear()
    for index, values, names in zip(partners(found, full, needed), full, needed, strict=True):
        if index is None:
            row = tomlkit.table()
            row.trivia.indent = "\n"
            for name, value in values.items():
                row.value.body.extend(tomlkit.parse(pair_text(name, value)).body)
            array.body.append(row)
        else:
            array, row = old[index]
            array.body.append(row)
            _edit_table([_Part(row.value.body, row)], (), found[index], values, names)


def _new_value(item: Item, found: Any, full: Any, needed: Any) -> Item:
    """Return what to write for a value: what is there, if it means that or can be changed."""
    if stands_for(found, full, needed):
        return item
    if isinstance(item, Array) and isinstance(full, list) and found and full:
        _edit_list(item, found, full, needed or [{}] * len(full))
        with suppress(ConfigError):  # tomlkit forgets a comma where comments follow the element
            if stands_for(read_toml(f"_ = {item.as_string()}", "")[0], {"_": full}, {"_": needed}):
                return item
    text = value_text(full)
    if isinstance(item, InlineTable) and isinstance(full, dict):
        text = _braces_text(item, found, full, needed or {}) or text
    new = tomlkit.value(text)
    for name in ("indent", "comment_ws", "comment", "trail"):
        setattr(new.trivia, name, getattr(item.trivia, name))
    return new


def _edit_list(array: Array, found: list[Any], full: list[Any], needed: list[Any]) -> None:
    """Change a list in brackets to stand for other values."""
    pairs = partners(found, full, needed)
    for index in sorted(set(range(len(found))) - set(pairs), reverse=True):
        del array[index]
    for index, (old, value, names) in enumerate(zip(pairs, full, needed, strict=True)):
        if old is None:
            array.insert(index, tomlkit.value(value_text(value)))
        else:
            array[index] = _new_value(array.item(index), found[old], value, names)


def _braces_text(item: InlineTable, found: Values, full: Values, needed: Values) -> str:
    """Return a table in braces, or nothing if keys with dots are in it."""
    pairs: list[str] = []
    for key, value in item.value.body:
        if isinstance(value, Table):
            return ""
        if key and key.key in full:
            name = key.key
            text = _new_value(value, found[name], full[name], needed.get(name)).as_string()
            pairs.append(f"{key.as_string().strip()} = {text}")
    missing = {name: value for name, value in needed.items() if name not in found}
    pairs += [pair_text(name, value).rstrip() for name, value in legible(missing, full).items()]
    return f"{{ {', '.join(pairs)} }}"


def _add(parts: list[_Part], path: Names, value: object, before: set[str]) -> None:
    """Add a value to the table it belongs to, after those that come before it in order."""
    with_dots = [part for part in parts if part.is_dotted]
    with_header = [part for part in parts if part.has_header]
    if with_dots and not with_header:
        _insert(with_dots, _pair(path[-1], value), before | {path[-1]})
    elif isinstance(value, dict):
        _insert([part for part in parts if not part.is_dotted], _table(path, value), before)
    else:
        _insert(with_header or [_with_header(parts[0])], _pair(path[-1], value), before)


def _pair(name: str, value: object) -> Entry:
    return tomlkit.parse(pair_text(name, value)).body[0]


def _table(path: Names, table: Values) -> Entry:
    """Return a table whose header, after a blank line, has its full name."""
    nested: Values = table
    for name in reversed(path):
        nested = {name: nested}
    body = tomlkit.parse(toml_text(nested)).body
    for _ in path[1:]:
        body = body[0][1].value.body
    header = _first_header(body[0][1])
    if header is not None:
        header.trivia.indent = "\n"
    return body[0]


def _with_header(part: _Part) -> _Part:
    """Give a table a header where it stands only in the headers of the tables in it."""
    table = part.table
    first = None if table is None else _first_header(table)
    if table is not None and first is not None:
        table.trivia.indent = "\n" if first.trivia.indent.startswith("\n") else ""
        table.trivia.comment_ws = table.trivia.comment = ""
        first.trivia.indent = "\n" + first.trivia.indent.lstrip("\n")
    return part


def _insert(parts: list[_Part], entry: Entry, before: set[str]) -> None:
    """Put a pair or a table after the last of its sort that comes before it, or else first."""
    is_table = _has_header(entry[1])
    places = [
        (part.body, index + 1)
        for part in parts
        for index, (key, item) in enumerate(part.body)
        if key and key.key in before and _has_header(item) == is_table
    ]
    part = parts[0]
    pairs = [item for key, item in part.body if key and not isinstance(item, Table | AoT)]
    headers = [index for index, (_, item) in enumerate(part.body) if _has_header(item)]
    if places:
        body, place = places[-1]
    elif is_table and (part.table is None or not part.has_header):
        body, place = part.body, headers[-1] + 1 if headers else len(part.body)
    elif is_table or part.table is None:
        body, place = part.body, headers[0] if headers else len(part.body)
    else:
        body, place = part.body, 0
    if pairs and not is_table:
        old = pairs[0].trivia.indent
        entry[1].trivia.indent = old[len(old.rstrip(" \t")) :]
    body.insert(place, entry)
