"""Which values and list elements of a TOML text mean the same as new ones."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from let_it_ride.config.paths import Path
from let_it_ride.config.toml_text import Table

Moves = dict[Path, list[int | None]]
"""By the path of a list: the new index of each old element, None for one that goes."""


def moves(data: Table, full: Table, needed: Table, path: Path = ()) -> Moves:
    """Return what becomes of the elements of every list that stays a list.

    Elements that are the same at the beginning and the end stay what they are, and those between
    are paired in order: so one that is put in or taken out leaves the others alone.

    Args:
        data: the values in the text.
        full: every setting the new text has to stand for.
        needed: those of them that it has to name.
        path: where the tables stand.
    """
    found: Moves = {}
    for key, old in data.items():
        new, named = full.get(key), needed.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            found |= moves(old, new, named or {}, (*path, key))
        elif isinstance(old, list) and isinstance(new, list):
            found[(*path, key)] = _pairing(old, new, named or [{}] * len(new))
    return found


def same(old: object, new: object) -> bool:
    """Return whether a value in a text means a setting's value."""
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if isinstance(old, int | Decimal) and isinstance(new, int | Decimal):
        return old == new
    if isinstance(old, date | time) and isinstance(new, str):
        return old.isoformat() == new
    return type(old) is type(new) and old == new


def _pairing(old: list[Any], new: list[Any], named: list[Any]) -> list[int | None]:
    shorter = min(len(old), len(new))
    ahead = 0
    while ahead < shorter and _same_element(old[ahead], new[ahead], named[ahead]):
        ahead += 1
    behind = 0
    while behind < shorter - ahead and _same_element(
        old[-1 - behind], new[-1 - behind], named[-1 - behind]
    ):
        behind += 1
    paired = min(len(old), len(new)) - ahead - behind
    kept = ahead + paired
    lost: list[int | None] = [None] * (len(old) - kept - behind)
    return [*range(kept), *lost, *range(len(new) - behind, len(new))]


def _same_element(old: object, new: object, named: object) -> bool:
    """Return whether an element can stay as it is."""
    if isinstance(old, dict) and isinstance(new, dict) and isinstance(named, dict):
        is_right = all(key in new and same(value, new[key]) for key, value in old.items())
        return is_right and named.keys() <= old.keys()
    return same(old, new)
