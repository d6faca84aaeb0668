"""What of a configuration is written in a file, and how it looks there."""

from typing import Any, Literal

import tomli_w

from let_it_ride.config.fields import describe, describe_model
from let_it_ride.config.paths import Path
from let_it_ride.config.section import Section

Table = dict[str, Any]
"""Plain data: tables as dicts, lists as lists, values as the models have them."""

Extent = Literal["all", "said", "needed"]
"""all: every setting that is not absent; needed: what differs from its default; said: that, and
what was set to its default on purpose.
"""


def as_table(section: Section, extent: Extent) -> Table:
    """Return the settings of a section as plain data, without those that are absent."""
    table: Table = {}
    for field in describe(type(section)):
        value = getattr(section, field.name)
        is_said = extent == "said" and field.name in section.model_fields_set
        if isinstance(value, Section):
            inner = as_table(value, extent)
            kind = describe_model(type(value)).name
            if kind and (extent == "all" or kind != field.default or (is_said and inner)):
                inner = {"type": kind, **inner}
            if inner or field.optional or extent == "all":
                table[field.name] = inner
        elif value is not None and (extent == "all" or is_said or value != field.default):
            table[field.name] = (
                [as_table(each, extent) if isinstance(each, Section) else each for each in value]
                if isinstance(value, tuple)
                else value
            )
    return table


def legible(part: Table, whole: Table) -> Table:
    """Return a part of a table with the rows of its lists, and tables of defaults, in full."""
    return {
        key: legible(value, whole[key]) if isinstance(value, dict) and value else whole[key]
        for key, value in part.items()
    }


def value_text(value: object, indent: str = "") -> str:
    """Return a value in TOML: on one line, but a list of tables with a line for each."""
    match value:
        case dict():
            pairs = (f"{key} = {value_text(inner)}" for key, inner in value.items())
            return f"{{ {', '.join(pairs)} }}" if value else "{}"
        case [dict(), *_]:
            lines = (f"{indent}    {value_text(each)},\n" for each in value)
            return "".join(("[\n", *lines, indent, "]"))
        case list():
            return f"[{', '.join(map(value_text, value))}]"
        case _:
            return _scalar_text(value)


def pair_text(key: str, value: object, indent: str = "") -> str:
    """Return the line of a key and its value; text with line ends takes several."""
    # tomli_w would turn CR LF in text of several lines into LF.
    has_lines = isinstance(value, str) and "\n" in value and "\r\n" not in value
    text = _scalar_text(value, has_lines=True) if has_lines else value_text(value, indent)
    return f"{indent}{key} = {text}\n"


def table_text(path: Path, table: Table, brackets: str = "[]") -> str:
    """Return a table with its header, and after it the tables in it."""
    pairs = "".join(pair_text(key, v) for key, v in table.items() if not isinstance(v, dict))
    inner = [table_text((*path, key), v) for key, v in table.items() if isinstance(v, dict)]
    half = len(brackets) // 2
    names = ".".join(part for part in path if isinstance(part, str))
    header = f"{brackets[:half]}{names}{brackets[half:]}\n"
    own = [header + pairs] if path and (pairs or not inner) else []
    return "\n".join([*own, *inner])


def _scalar_text(value: object, *, has_lines: bool = False) -> str:
    return tomli_w.dumps({"": value}, multiline_strings=has_lines)[len('"" = ') : -1]
