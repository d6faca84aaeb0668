"""What the reference says about a setting."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from let_it_ride.config.topics import Topic


class ReferenceText(Vertical):
    """The texts of the reference about a setting, or their parts."""

    def __init__(self, texts: Sequence[Topic]) -> None:
        super().__init__()
        self._texts = texts

    def compose(self) -> ComposeResult:
        """Show the texts one under the other, each point under what it is about."""
        for text in self._texts:
            yield Static(Content(text.title), classes="title")
            names: tuple[str, ...] = ()
            for paragraph in text.paragraphs:
                if paragraph.names and paragraph.names != names:
                    yield Static(Content(", ".join(paragraph.names)), classes="names")
                names = paragraph.names
                yield Static(Content(paragraph.text), classes="point" if names else "paragraph")
