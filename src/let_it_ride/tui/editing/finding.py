"""What can be gone to in the form, and the words by which it is found."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from let_it_ride.config.problems import dotted
from let_it_ride.tui.editing.outline import chosen_type, pages, rows_of_page
from let_it_ride.tui.editing.values import MISSING, table_at, value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from let_it_ride.config.problems import Path
    from let_it_ride.tui.editing.settings import Setting
    from let_it_ride.tui.editing.values import Values

#: Of more types that show a setting, the others are counted.
_NAMED: Final = 3


class Place(NamedTuple):
    """A setting, and where the form has it.

    Attributes:
        label: what the form calls it, after its section.
        about: its key; for one that is not in the form as it is, also what shows it.
        path: the setting to go to: itself, or the one whose choice shows it.
        name: what its key calls it, in words.
        help: what it is.
        words: by which it is found besides: its choices, and what is in it.
    """

    label: str
    about: str
    path: Path
    name: str
    help: str
    words: str


class _Hidden(NamedTuple):
    """A setting that another choice shows."""

    setting: Setting
    path: Path
    chooser: Setting
    chooser_path: Path
    choice: str


def places(values: Values) -> Iterator[Place]:
    """Yield every setting of the form, those that other choices show after the others."""
    shown: set[Path] = set()
    for page in pages():
        for row in rows_of_page(page, values):
            shown.add(row.path)
            if row.is_editable:
                label = f"{page.label}: {row.field.label}"
                yield _place(label, dotted(row.path), row.path, [row.field])
    for page in pages():
        found: dict[Path, list[_Hidden]] = {}
        for each in _hidden(page, (page.name,), values):
            if each.path not in shown:
                found.setdefault(each.path, []).append(each)
        for path, those in found.items():
            first = those[0]
            about = f"{dotted(path)}, shown by {first.chooser.label}: {_choices(those)}"
            label = f"{page.label}: {first.setting.label}"
            yield _place(label, about, first.chooser_path, [each.setting for each in those])


def _place(label: str, about: str, path: Path, fields: Sequence[Setting]) -> Place:
    """The place of a setting, which can be several under one key."""
    first, words = fields[0], " ".join(dict.fromkeys(map(_words, fields)))
    name = first.name.replace("num_", "number of ").replace("_", " ")
    return Place(label, about, path, name, first.help, f"{name} {words}")


def _words(field: Setting) -> str:
    """The words of a setting beyond its name: its help, its choices, what is in its tables."""
    choices = (f"{each.name} {each.label} {each.help}" for each in field.choices)
    inner = (f"{each.name} {each.label}" for each in field.settings)
    return " ".join((field.help, field.unit or "", *choices, *inner))


def _choices(those: list[_Hidden]) -> str:
    names = list(dict.fromkeys(each.choice for each in those))
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _hidden(field: Setting, path: Path, values: Values) -> Iterator[_Hidden]:
    """Yield what a table would show with other choices in it, or if it were there."""
    if field.kind == "union":
        chosen = chosen_type(field, table_at(values, path))
        for choice in field.choices:
            if choice.name == chosen:
                yield from chain.from_iterable(
                    _hidden(each, (*path, each.name), values) for each in choice.settings
                )
                continue
            for setting, below in _all_of(choice.settings, path):
                yield _Hidden(setting, below, field, (*path, "type"), choice.label)
    elif field.optional and field.kind == "section" and value_at(values, path) is MISSING:
        for setting, below in _all_of(field.settings, path):
            yield _Hidden(setting, below, field, path, "on")
    elif field.kind == "section":
        for each in field.settings:
            yield from _hidden(each, (*path, each.name), values)


def _all_of(settings: tuple[Setting, ...], path: Path) -> Iterator[tuple[Setting, Path]]:
    """Yield settings with their paths, and those of the tables among them."""
    for each in settings:
        below = (*path, each.name)
        if each.kind == "section":
            yield from _all_of(each.settings, below)
        elif each.kind == "union":
            yield each, (*below, "type")
            for choice in each.choices:
                yield from _all_of(choice.settings, below)
        else:
            yield each, below
