"""Every setting and type there is, and finding them by the names a person may call them."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from functools import cache

from let_it_ride.config.fields import Choice, FieldInfo, describe
from let_it_ride.config.full import FullConfig
from let_it_ride.config.section import Section
from let_it_ride.config.topics import TypedPath


@dataclass(frozen=True, slots=True)
class Entry:
    """A setting, or a type that a setting's table can have.

    Attributes:
        key: its place in a file, without the types; entries of lists have no indexes.
        paths: the same with the types that go before it: several where it is the same setting
            in several types.
        what: its description.
    """

    key: TypedPath
    paths: tuple[TypedPath, ...]
    what: FieldInfo | Choice

    def among(self, starts: Set[TypedPath]) -> "Entry | None":
        """Return the entry with only those of its paths that begin with one of `starts`."""
        kept = tuple(
            path
            for path in self.paths
            if any(path[:depth] in starts for depth in range(1, len(path) + 1))
        )
        return replace(self, paths=kept) if kept else None


@cache
def every_entry() -> tuple[Entry, ...]:
    """Return all entries; what several types share comes once, after what each has for itself."""
    return tuple(_entries(FullConfig, (), ((),)))


def find_paths(words: str) -> tuple[TypedPath, ...]:
    """Return the paths of everything a dotted key can mean; nothing if there is no such key.

    Types on the way may be named, and other names left out. What has exactly this key goes before
    all else.
    """
    parts = tuple(part for part in re.sub(r"\[\d*\]", "", words).split(".") if part)
    if parts[1:] and parts[-1] == "type":
        parts = parts[:-1]
    paths = [(entry, path) for entry in every_entry() for path in entry.paths]
    exact = tuple(path for entry, path in paths if parts == path or parts == _key_of(entry))
    return exact or tuple(path for _, path in paths if _is_short_for(parts, path))


def entries_at(paths: Iterable[TypedPath]) -> tuple[Entry, ...]:
    """Return the entries at paths and of all that is in them."""
    starts = frozenset(paths)
    return tuple(entry for each in every_entry() if (entry := each.among(starts)))


def _key_of(entry: Entry) -> TypedPath | None:
    """Return the key of a setting; that of a type is its union's."""
    return entry.key if isinstance(entry.what, FieldInfo) else None


def _is_short_for(parts: TypedPath, path: TypedPath) -> bool:
    """Return whether parts end as a path does and are all in it, in their order."""
    rest = iter(path)
    return parts[-1:] == path[-1:] and all(part in rest for part in parts)


def _entries(model: type[Section], key: TypedPath, paths: tuple[TypedPath, ...]) -> Iterator[Entry]:
    for field in describe(model):
        yield from _entries_of(field, key, paths)


def _entries_of(field: FieldInfo, key: TypedPath, paths: tuple[TypedPath, ...]) -> Iterator[Entry]:
    key = (*key, field.name)
    paths = _each_with(field.name, paths)
    yield Entry(key, paths, field)
    if field.model is not None:
        yield from _entries(field.model, key, paths)
    if field.kind != "union":
        return
    owners: dict[FieldInfo, list[str]] = {}
    for choice in field.choices:
        for inner in describe(choice.model) if choice.model else ():
            owners.setdefault(inner, []).append(choice.name)
    for choice in field.choices:
        own_paths = _each_with(choice.name, paths)
        yield Entry(key, own_paths, choice)
        for inner, types in owners.items():
            if types == [choice.name]:
                yield from _entries_of(inner, key, own_paths)
    for inner, types in owners.items():
        if len(types) > 1:
            shared = tuple(path for each in types for path in _each_with(each, paths))
            yield from _entries_of(inner, key, shared)


def _each_with(name: str, paths: tuple[TypedPath, ...]) -> tuple[TypedPath, ...]:
    return tuple((*path, name) for path in paths)
