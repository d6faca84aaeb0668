"""Plain data that a TOML text has to stand for: whether it does, and how the data is written."""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

import tomli_w

Values = dict[str, Any]
"""Plain data: tables as dicts, lists as lists, values as the models have them."""


def stands_for(found: Any, full: Any, needed: Any) -> bool:
    """Return whether what a text says means the settings it has to stand for.

    Args:
        found: what the text says.
        full: every setting there is; the text may say no other.
        needed: those that the text has to name; None for none of them.
    """
    match found, full:
        case dict(), dict():
            return (needed or {}).keys() <= found.keys() and all(
                key in full and stands_for(value, full[key], (needed or {}).get(key))
                for key, value in found.items()
            )
        case list(), list():
            return len(found) == len(full) and all(
                map(stands_for, found, full, needed or [None] * len(full))
            )
        case (int(), Decimal()) if not isinstance(found, bool):
            return found == full
        case date() | time(), str():
            return found.isoformat() == full
        case _:
            is_nan = found != found and full != full  # noqa: PLR0124  only nan differs from itself
            return type(found) is type(full) and (found == full or is_nan)


def partners(found: Sequence[Any], full: Sequence[Any], needed: Sequence[Any]) -> list[int | None]:
    """Return for each element of a list the index of the one in the text to make it from.

    Elements that are the same at the beginning and the end stay what they are, and those between
    are paired in order: so one that is put in or taken out leaves the others alone.
    """
    shorter = min(len(found), len(full))

    def count_same(most: int, *, from_end: bool) -> int:
        places = (~i if from_end else i for i in range(most))
        same = (stands_for(found[i], full[i], needed[i]) for i in places)
        return next((count for count, is_same in enumerate(same) if not is_same), most)

    ahead = count_same(shorter, from_end=False)
    behind = count_same(shorter - ahead, from_end=True)
    paired: list[int | None] = list(range(shorter - behind))
    fresh = [None] * (len(full) - shorter)
    return paired + fresh + list(range(len(found) - behind, len(found)))


def legible(part: Values, whole: Values) -> Values:
    """Return a part of a table with the rows of its lists, and tables of defaults, in full."""
    return {
        key: legible(value, whole[key]) if isinstance(value, dict) and value else whole[key]
        for key, value in part.items()
    }


def toml_text(values: Values) -> str:
    """Return values as a TOML text of their own."""
    return tomli_w.dumps(values)


def pair_text(key: str, value: object) -> str:
    """Return the line of a key and its value; a list of tables has a line for each."""
    return f"{_key_text(key)} = {value_text(value)}\n"


def value_text(value: object) -> str:
    """Return a value on one line, but a list of tables with a line for each."""
    match value:
        case dict():
            pairs = (pair_text(key, inner).rstrip() for key, inner in value.items())
            return f"{{ {', '.join(pairs)} }}" if value else "{}"
        case [dict(), *_]:
            return "".join(("[\n", *(f"    {value_text(each)},\n" for each in value), "]"))
        case list():
            return f"[{', '.join(map(value_text, value))}]"
        case _:
            return tomli_w.dumps({"": value}).removeprefix('"" = ').removesuffix("\n")


def _key_text(key: str) -> str:
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")
