"""What the form shows: pages of rows, read from the description of the configuration."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from let_it_ride.config.problems import Path, Problem
from let_it_ride.tui.editing.entries import differs_from_default
from let_it_ride.tui.editing.recollection import keep, recalled
from let_it_ride.tui.editing.settings import Choice, Setting, described
from let_it_ride.tui.editing.values import MISSING, Values, table_at, value_at

RowKind = Literal["heading", "field", "type", "switch", "tables"]
"""heading: the title of a table within a page; field: one value; type: which of several tables a
union is; switch: whether an optional table is there; tables: a list of tables."""


class Row(NamedTuple):
    """One row of a page.

    Attributes:
        kind: what it is.
        field: the setting it is about.
        path: the setting's place in the configuration; a type row's ends in `type`.
        depth: how many tables below the page it stands.
    """

    kind: RowKind
    field: Setting
    path: Path
    depth: int

    @property
    def is_editable(self) -> bool:
        """Whether there is something in it to focus and change."""
        return self.kind != "heading"

    @property
    def table_path(self) -> Path:
        """The path of the value whose default the row compares with."""
        return self.path[:-1] if self.kind == "type" else self.path

    def value(self, values: Values) -> object:
        """Return what it shows out of the values of a configuration."""
        if self.kind == "type":
            return chosen_type(self.field, table_at(values, self.table_path))
        return value_at(values, self.path)

    def is_changed(self, values: Values) -> bool:
        """Return whether its setting differs from the default."""
        return differs_from_default(self.field, value_at(values, self.table_path))


@cache
def pages() -> tuple[Setting, ...]:
    """Return the sections of a configuration, each a page of the form."""
    return recalled() or described()


def keep_pages() -> None:
    """Keep the pages for the next start of the program, unless they are kept already."""
    if recalled() is None:
        keep(pages())


def rows_of_page(page: Setting, values: Values) -> tuple[Row, ...]:
    """Return the rows of a page, with only the settings of the chosen types."""
    return tuple(_rows_of_table(page, (page.name,), values, 0, is_page=True))


def all_rows(values: Values) -> Iterator[Row]:
    """Yield the rows of every page in turn."""
    for page in pages():
        yield from rows_of_page(page, values)


def chosen_type(field: Setting, table: Values) -> object:
    """Return the type that a union's table has, which may be none of its choices."""
    return table.get("type", field.default)


def chosen_settings(field: Setting, table: Values) -> tuple[Setting, ...]:
    """Return the settings of the type that a union's table has; none for no choice."""
    choice = choice_named(field, chosen_type(field, table))
    return choice.settings if choice else ()


def choice_named(field: Setting, name: object) -> Choice | None:
    """Return the choice of a field that a word stands for."""
    return next((choice for choice in field.choices if choice.name == name), None)


def path_with_types(path: Path, values: Values) -> tuple[str, ...]:
    """Return a setting's path as the reference has it: with types, without indexes.

    The types are those that the tables on the way have in the values.
    """
    settings, named = pages(), []
    for depth, part in enumerate(path, start=1):
        field = next((each for each in settings if each.name == part), None)
        if field is None:
            continue  # an index, or the type of the table before it
        named.append(field.name)
        settings = field.settings
        if field.kind == "union":
            table = table_at(values, path[:depth])
            named.append(str(chosen_type(field, table)))
            settings = chosen_settings(field, table)
    return tuple(named)


def problems_by_row(
    rows: Sequence[Row], problems: Sequence[Problem]
) -> dict[Path, tuple[Problem, ...]]:
    """Return the problems of a page by the path of the row that shows them.

    That is the row of the setting itself or the nearest one around it; a problem with the page's
    own table, or with a key that no row has, is under the page's path.
    """
    paths = {row.path for row in rows}
    found: dict[Path, list[Problem]] = {}
    for problem in problems:
        place = problem.path
        while len(place) > 1 and place not in paths:
            place = place[:-1]
            if (*place, "type") in paths:
                place = (*place, "type")
        found.setdefault(place, []).append(problem)
    return {path: tuple(those) for path, those in found.items()}


def _rows_of_table(
    field: Setting, path: Path, values: Values, depth: int, *, is_page: bool = False
) -> Iterator[Row]:
    """Yield the row of a section or union and the rows of what is in it."""
    inner = depth + 1
    if field.kind == "union":
        yield Row("type", field, (*path, "type"), depth)
        settings = chosen_settings(field, table_at(values, path))
    elif field.optional:
        yield Row("switch", field, path, depth)
        settings = () if value_at(values, path) is MISSING else field.settings
    else:
        if not is_page:
            yield Row("heading", field, path, depth)
        settings, inner = field.settings, depth
    for setting in settings:
        yield from _rows_of_setting(setting, (*path, setting.name), values, inner)


def _rows_of_setting(setting: Setting, path: Path, values: Values, depth: int) -> Iterator[Row]:
    if setting.kind in {"section", "union"}:
        yield from _rows_of_table(setting, path, values, depth)
    elif setting.kind == "list" and setting.settings:
        yield Row("tables", setting, path, depth)
    else:
        yield Row("field", setting, path, depth)
