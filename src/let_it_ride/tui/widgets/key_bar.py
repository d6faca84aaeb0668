"""The line at the bottom: the keys that matter most."""

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.reactive import reactive
from textual.widget import Widget


class KeyBar(Widget):
    """What a footer shows, in one widget: it is there in the first frame."""

    keys: reactive[tuple[Binding, ...]] = reactive(())

    def __init__(self, keys: tuple[Binding, ...]) -> None:
        super().__init__()
        self.set_reactive(KeyBar.keys, keys)

    def render(self) -> Content:
        """Render each key with its name; what has no room is left out whole."""
        width = self.content_size.width
        bar = Content("")
        for binding in self.keys:
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
        for binding in self.keys:
            end += len(f"{self.app.get_key_display(binding)} {binding.description}  ")
            if event.x < end:
                self.app.simulate_key(binding.key)
                return
