"""``lir-tui explain``: the reference of settings, results and the program."""

import argparse
import json
import textwrap
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from rich.console import Console
from rich.text import Text

from let_it_ride.config.explaining import Explanation, explain, explain_all, explain_settings
from let_it_ride.config.fields import Choice, FieldInfo
from let_it_ride.config.index import Entry
from let_it_ride.config.problems import shown
from let_it_ride.config.topics import GROUPS, Topic, TypedPath, topic
from let_it_ride.errors import LetItRideError

#: Longer lines are hard to read.
_WIDEST: Final = 100
_INDENT: Final = "    "

#: Width of the column of topics.
_NAMES: Final = 16

_Line = tuple[str, str]
"""A line and the style it has."""


class TwoThingsError(LetItRideError):
    """A name is asked for, and every setting besides."""

    def __init__(self) -> None:
        super().__init__("--settings prints every setting; it goes without a name")


def explain_named(options: argparse.Namespace) -> int:
    """Print what the reference says about something, every setting, or which topics there are."""
    name = " ".join(options.name)
    if options.settings and name:
        raise TwoThingsError
    if options.settings:
        found = explain_settings()
    else:
        found = explain(name) if options.name else explain_all()
    if options.json:
        print(json.dumps(found.to_json(), indent=2))
        return 0
    console = Console(highlight=False, soft_wrap=True)
    width = min(console.width, _WIDEST)
    is_list = not (options.name or options.settings)
    for line, style in _topic_list(width) if is_list else _lines(found, width):
        console.print(Text(line, style))
    return 0


def _topic_list(width: int) -> Iterator[_Line]:
    """Yield the topics in their groups."""
    for title, names in GROUPS.items():
        yield title, "bold"
        for name in names:
            yield f"{_INDENT}{name:<{_NAMES - len(_INDENT)}}{topic(name).title}", ""
        yield "", ""
    yield from _wrapped(
        "'lir-tui explain NAME' shows a topic, a setting, a type of one, or a variable of formulas;"
        " 'lir-tui explain --settings' every setting.",
        "",
        width,
    )


def _lines(found: Explanation, width: int) -> Iterator[_Line]:
    said: set[tuple[TypedPath, ...]] = set()
    for place, entry in enumerate(found.entries):
        if place:
            yield "", ""
        yield from _entry_lines(entry, said, width)
        said.add(entry.paths)
    if found.entries and found.texts:
        yield "", ""
    for place, text in enumerate(found.texts):
        if place:
            yield "", ""
        yield from _text_lines(text, width)
    if found.see_also:
        yield "", ""
        yield from _wrapped(f"See also the topics {', '.join(found.see_also)}.", "", width)


def _entry_lines(entry: Entry, said: set[tuple[TypedPath, ...]], width: int) -> Iterator[_Line]:
    what = entry.what
    yield _heading(entry, width), "bold"
    types = [".".join(_types(path, entry)) for path in entry.paths]
    if any(types) and tuple(path[:-1] for path in entry.paths) not in said:
        yield from _wrapped(f"With type: {', '.join(types)}", _INDENT, width)
    yield from _wrapped(f"{what.label}: {what.help}", _INDENT, width)
    if isinstance(what, FieldInfo):
        yield from _fact_lines(what, width)


def _heading(entry: Entry, width: int) -> str:
    key = ".".join(entry.key)
    if isinstance(entry.what, Choice):
        return f'{key}.type = "{entry.what.name}"'
    if len(entry.key) == 1:
        return f"[{key}] ".ljust(width, "-")
    return f"[{key}]" if entry.what.kind in {"section", "union"} else key


def _types(path: TypedPath, entry: Entry) -> Iterator[str]:
    """Yield the types on a path, which are what its key has not."""
    names = iter(entry.key)
    name = next(names, None)
    for part in path[:-1] if isinstance(entry.what, Choice) else path:
        if part == name:
            name = next(names, None)
        else:
            yield part


def _fact_lines(field: FieldInfo, width: int) -> Iterator[_Line]:
    default = _default(field)
    unit = f"Unit: {field.unit}" if field.unit else ""
    facts = "   ".join(part for part in (default, unit) if part)
    if facts:
        yield from _wrapped(facts, _INDENT, width)
    if field.kind not in {"section", "union"}:
        yield from _wrapped(f"Allowed: {field.allowed}", _INDENT, width)
        for choice in field.choices:
            start = f"{_INDENT}  {shown(choice.name)}: "
            yield from _wrapped(choice.help, start, width)


def _default(field: FieldInfo) -> str:
    if field.optional and field.default is None:
        return f"Left out: {field.absent}"
    match field.default:
        case None:
            return ""
        case tuple() as entries:
            return f"Default: [{', '.join('{}' for _ in entries)}]"
        case Decimal() as amount if field.kind == "money":
            return f"Default: {amount:,.2f}"
        case int() as number if field.kind == "integer":
            return f"Default: {number:,}"
        case str() as name if field.kind == "union":
            return f"Default: type = {shown(name)}"
        case value:
            return f"Default: {shown(value)}"


def _text_lines(text: Topic, width: int) -> Iterator[_Line]:
    yield f"{text.title} ({text.name})", "bold"
    names: tuple[str, ...] = ()
    for paragraph in text.paragraphs:
        yield "", ""
        if paragraph.names and paragraph.names != names:
            yield from _wrapped(", ".join(paragraph.names), "  ", width)
        names = paragraph.names
        yield from _wrapped(paragraph.text, _INDENT if names else "", width)


def _wrapped(text: str, start: str, width: int) -> Iterator[_Line]:
    """Yield the lines of a text that begins with `start`; those after it are indented alike."""
    indent = " " * min(len(start), 2 * len(_INDENT)) if start.strip() else start
    for line in textwrap.wrap(
        text,
        width,
        initial_indent=start,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ):
        yield line, ""
