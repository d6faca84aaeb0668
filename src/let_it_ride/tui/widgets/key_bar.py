"""The line at the bottom: the keys that matter most."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

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


class KeyBar(Widget):
    """What a footer shows, in one widget: it is there in the first frame."""

    app: LirApp

    keys: reactive[tuple[Binding, ...]] = reactive(())

    def __init__(self, keys: tuple[Binding, ...]) -> None:
        super().__init__()
        self.set_reactive(KeyBar.keys, keys)

    def render(self) -> Content:
        """Render each key with its name; what has no room is left out whole."""
        width = self.content_size.width
        bar = Content("")
        for binding in map(self._mapped, self.keys):
            key = Content.assemble(
                (self.app.get_key_display(binding), "bold $footer-key-foreground"),
                f" {binding.description}  ",
            )
            if bar.cell_length + key.cell_length - 2 > width:
                break
            bar += key
        return bar

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked."""
        end = 0
        for binding in map(self._mapped, self.keys):
            end += len(f"{self.app.get_key_display(binding)} {binding.description}  ")
            if event.x < end:
                self.app.simulate_key(binding.key)
                return

    def _mapped(self, binding: Binding) -> Binding:
        """Return a binding with its best key alone."""
        keys = self.app.keymap.keys.get(binding.id or "") or binding.key.split(",")
        return binding.with_key(keys[0])


def keys_of_bar(bindings: Iterable[BindingType], labels: Mapping[str, str]) -> tuple[Binding, ...]:
    """Return the keys that are worth a place at the bottom.

    Args:
        bindings: those of the screen; the program's are there besides.
        labels: what each does, by its name.
    """
    known = {each.id: each for each in (*bindings, *PROGRAM_BINDINGS) if isinstance(each, Binding)}
    return tuple(replace(known[name], description=label) for name, label in labels.items())
