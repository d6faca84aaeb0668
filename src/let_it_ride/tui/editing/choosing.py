"""Changing the type of a table, or leaving it out, without losing what it held."""

from collections.abc import Mapping
from typing import Any

from let_it_ride.config.problems import Path
from let_it_ride.tui.editing.outline import chosen_settings, chosen_type
from let_it_ride.tui.editing.settings import Setting
from let_it_ride.tui.editing.values import MISSING, Values, table_at, value_at, with_value


class TypeMemory:
    """What tables held when their type was last another one, or when they were left out."""

    def __init__(self) -> None:
        self._tables: dict[tuple[Path, object], Mapping[str, Any]] = {}

    def forget(self) -> None:
        """Forget everything, since another configuration is being edited."""
        self._tables.clear()

    def with_type(self, values: Values, union: Setting, path: Path, name: str) -> Values:
        """Return the values with another type chosen for the table at a path.

        Settings that both types share stay; what else the table held when it last had that type
        comes back.
        """
        table = table_at(values, path)
        before = chosen_type(union, table)
        if before == name:
            return values
        self._tables[path, str(before)] = table
        chosen = {"type": name}
        following = chosen_settings(union, chosen)
        shared = {
            each.name
            for each in chosen_settings(union, table)
            if any(each.is_like(other) for other in following)
        }
        recalled = {k: v for k, v in self._tables.get((path, name), {}).items() if k != "type"}
        kept = {key: value for key, value in table.items() if key in shared}
        new = {**({} if name == union.default else chosen), **recalled, **kept}
        return with_value(values, path, new or MISSING)

    def with_table(self, values: Values, path: Path, *, present: bool) -> Values:
        """Return the values with an optional table put in, as it was last, or taken out."""
        table = value_at(values, path)
        if present == (table is not MISSING):
            return values
        if present:
            return with_value(values, path, self._tables.get((path, None), {}))
        if isinstance(table, Mapping):
            self._tables[path, None] = table
        return with_value(values, path, MISSING)
