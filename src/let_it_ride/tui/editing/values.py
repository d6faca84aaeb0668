"""Reading and changing nested values by path, without touching the original."""

from collections.abc import Mapping
from typing import Any, Final

from let_it_ride.config.problems import Path

Values = Mapping[str, Any]
"""Tables as a TOML text has them: what is left out is not in them."""


class _Missing:
    """The value of a setting that is left out."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()


def value_at(values: Values, path: Path) -> Any:
    """Return the value at a path, or `MISSING`."""
    value: Any = values
    for part in path:
        if isinstance(part, int):
            if not isinstance(value, list | tuple) or part >= len(value):
                return MISSING
        elif not isinstance(value, Mapping) or part not in value:
            return MISSING
        value = value[part]
    return value


def table_at(values: Values, path: Path) -> Values:
    """Return the table at a path; anything else is an empty one."""
    value = value_at(values, path)
    return value if isinstance(value, Mapping) else {}


def with_value(values: Values, path: Path, value: object) -> Values:
    """Return the values with another one at a path; `MISSING` takes it out.

    Tables on the way are made where there are none. A table that is empty when something has been
    taken out of it goes too, unless it stands in a list.
    """
    changed = _changed(values, path, value)
    return changed if isinstance(changed, dict) else {}


def _changed(holder: Any, path: Path, value: object) -> Any:
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(part, int):
        items = list(holder) if isinstance(holder, list | tuple) else []
        items.extend({} for _ in range(part + 1 - len(items)))
        inner = _changed(items[part], rest, value)
        items[part] = {} if inner is MISSING else inner
        return items
    table = dict(holder) if isinstance(holder, Mapping) else {}
    inner = _changed(table.get(part, MISSING), rest, value)
    if inner is MISSING:
        table.pop(part, None)
    else:
        table[part] = inner
    return MISSING if value is MISSING and not table else table
