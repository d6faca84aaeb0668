"""The line at the bottom: the keys that matter most."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.tui.commands import PROGRAM_BINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import BindingType
    from textual.events import Click

    from let_it_ride.tui.app import LirApp


_GAP: Final = "  "


class KeyBar(Widget):
    """What a footer shows, in one widget: it is there in the first frame."""

    app: LirApp

    keys: reactive[tuple[Binding, ...]] = reactive(())

    def __init__(self, keys: tuple[Binding, ...]) -> None:
        super().__init__()
        self.set_reactive(KeyBar.keys, keys)

    def render(self) -> Content:
        """Render each key with its name; what has no room is left out whole, but never escape."""
        return Content(_GAP).join(
            Content.assemble((key, "bold $footer-key-foreground"), f" {binding.description}")
            for binding, key in self._in_sight()
        )

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked."""
        end = 0
        for binding, key in self._in_sight():
            end += _needed(binding, key)
            if event.x < end:
                self.app.simulate_key(binding.key)
                return

    def _in_sight(self) -> list[tuple[Binding, str]]:
        """Return the keys that have room, each as it is shown."""
        keys = [(each, self.app.get_key_display(each)) for each in map(self._mapped, self.keys)]
        escape = [each for each in keys if each[0].key == "escape"]
        room = self.content_size.width + len(_GAP) - sum(_needed(*each) for each in escape)
        shown: list[tuple[Binding, str]] = []
        for each in keys:
            if each not in escape:
                room -= _needed(*each)
            if room < 0:
                return [*shown, *(late for late in escape if late not in shown)]
            shown.append(each)
        return shown

    def _mapped(self, binding: Binding) -> Binding:
        """Return a binding with its best key alone."""
        keys = self.app.keymap.keys.get(binding.id or "") or binding.key.split(",")
        return binding.with_key(keys[0])


def _needed(binding: Binding, key: str) -> int:
    return len(f"{key} {binding.description}{_GAP}")


def keys_of_bar(bindings: Iterable[BindingType], labels: Mapping[str, str]) -> tuple[Binding, ...]:
    """Return the keys that are worth a place at the bottom.

    Args:
        bindings: those of the screen; the program's are there besides.
        labels: what each does, by its name.
    """
    known = {each.id: each for each in (*bindings, *PROGRAM_BINDINGS) if isinstance(each, Binding)}
    return tuple(replace(known[name], description=label) for name, label in labels.items())
