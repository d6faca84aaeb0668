"""What keys do on single screens and in single widgets, all of it: for who wants other keys."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.dom import DOMNode

from let_it_ride.tui import screens, widgets
from let_it_ride.tui.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class LocalKeys:
    """The keys of something that is done in one place.

    Attributes:
        name: what it is called in the file of keys.
        keys: its usual keys, the best first.
        help: what it does.
        place: where.
        owner: the class that has the binding.
    """

    name: str
    keys: tuple[str, ...]
    help: str
    place: str
    owner: str


@cache
def local_keys() -> dict[str, LocalKeys]:
    """Return them by their names. Every screen and widget is loaded for it."""
    for package in (screens, widgets):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    found: dict[str, LocalKeys] = {}
    for owner in _classes(DOMNode):
        for binding in vars(owner).get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id and binding.id not in COMMANDS:
                keys = tuple(each.key for each in Binding.make_bindings([binding]))
                place = getattr(owner, "BINDING_GROUP_TITLE", None) or owner.__name__
                found[binding.id] = LocalKeys(
                    binding.id, keys, binding.description, place, owner.__qualname__
                )
    return dict(sorted(found.items()))


def _classes(base: type) -> Iterator[type]:
    """Yield the classes of ours below one."""
    each: type
    for each in base.__subclasses__():
        if each.__module__.startswith("let_it_ride."):
            yield each
        yield from _classes(each)
