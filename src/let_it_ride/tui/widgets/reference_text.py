"""What the reference says about a setting, or on a topic."""

import re
from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from let_it_ride.config.topics import Topic


class ReferenceText(Vertical):
    """Texts of the reference, or parts of them."""

    def __init__(self, texts: Sequence[Topic]) -> None:
        super().__init__()
        self._texts = texts

    def compose(self) -> ComposeResult:
        """Show the texts one under the other, each point under what it is about."""
        yield from _parts(self._texts, ())

    async def show(self, texts: Sequence[Topic], words: Sequence[str] = ()) -> None:
        """Show other texts.

        Args:
            texts: the texts.
            words: what is marked in them, wherever it comes; parts with any have a class of it.
        """
        await self.remove_children()
        await self.mount_all(_parts(texts, words))


def _parts(texts: Sequence[Topic], words: Sequence[str]) -> Iterator[Static]:
    for text in texts:
        yield _part(text.title, "title", words)
        names: tuple[str, ...] = ()
        for paragraph in text.paragraphs:
            if paragraph.names and paragraph.names != names:
                yield _part(", ".join(paragraph.names), "names", words)
            names = paragraph.names
            yield _part(paragraph.text, "point" if names else "paragraph", words)


def _part(text: str, kind: str, words: Sequence[str]) -> Static:
    content = Content(text)
    for word in words:
        anywhere = re.compile(re.escape(word), re.IGNORECASE)
        content = content.highlight_regex(anywhere, style="bold underline $accent")
    return Static(content, classes=f"{kind} -marked" if content.spans else kind)
