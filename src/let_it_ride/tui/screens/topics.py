"""The topics of the reference, to browse and to search."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from let_it_ride.config.topics import GROUPS, TOPICS, texts_of, topic, topics_with
from let_it_ride.tui.editing.outline import path_with_types
from let_it_ride.tui.screens.dialog import Dialog
from let_it_ride.tui.widgets.form_page import row_of
from let_it_ride.tui.widgets.reference_text import ReferenceText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.screen import Screen

    from let_it_ride.tui.editing.values import Values

_TOPIC_OF: Final = {
    "ChartScreen": "chart",
    "PicturesScreen": "pictures",
    "ReplayScreen": "replay",
    "PracticeScreen": "replay",
    "DistributionScreen": "exact",
    "SweepScreen": "what-if",
    "VaryScreen": "what-if",
    "ComparisonScreen": "what-if",
    "RunsScreen": "runs",
    "RunsBesideScreen": "runs",
    "KeptRunScreen": "runs",
    "ThemesScreen": "themes",
}
"""What is shown first over a screen where no setting has the focus."""

_HINT: Final = "up and down choose a topic, page up and page down scroll its text"


class TopicsScreen(Dialog[None]):
    """A list of topics, narrowed by what is typed, beside the text of one."""

    BINDING_GROUP_TITLE = "Topics"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next topic", id="topics.down", show=False),
        Binding("up", "move(-1)", "Topic before", id="topics.up", show=False),
        Binding("pagedown,ctrl+down", "scroll_text(1)", "Down", id="topics.scroll_down"),
        Binding("pageup,ctrl+up", "scroll_text(-1)", "Up", id="topics.scroll_up"),
    ]

    def __init__(self, current: str = TOPICS[0]) -> None:
        """Show the topics.

        Args:
            current: the one whose text is shown first.
        """
        super().__init__()
        self._current = current

    @classmethod
    def about(cls, screen: Screen[object], values: Values) -> TopicsScreen:
        """Show first what is about a screen, or the setting that has the focus there."""
        row = row_of(screen.focused)
        texts = texts_of(path_with_types(row.path, values)) if row else ()
        usual = _TOPIC_OF.get(type(screen).__name__, TOPICS[0])
        return cls(texts[0].name if texts else usual)

    def compose(self) -> ComposeResult:
        """Show a field to search with over the list and the text."""
        box = Vertical()
        box.border_title = Content("Topics")
        box.border_subtitle = Content("Escape closes")
        with box:
            yield Input(placeholder="Type words to search for", compact=True)
            with Horizontal():
                options = OptionList()
                options.can_focus = False
                yield options
                with VerticalScroll(can_focus=False):
                    yield ReferenceText(())
            yield Static(_HINT, classes="hint")

    async def on_mount(self) -> None:
        """Show every topic."""
        await self._search("")

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Show the topics that have all words that were typed."""
        event.stop()
        await self._search(event.value)

    async def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the text of a topic, from the first of the words on."""
        event.stop()
        name, options = event.option_id, self.query_one(OptionList)
        if name is None or options.highlighted_option is not event.option:
            return  # the list is another by now
        self._current = name
        words = self.query_one(Input).value.split()
        await self.query_one(ReferenceText).show((topic(name),), words)
        self.call_after_refresh(self._go_to_words)

    def action_move(self, by: int) -> None:
        """Go to another topic."""
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_scroll_text(self, pages: int) -> None:
        """Scroll the text by a page less a line."""
        scroll = self.query_one(VerticalScroll)
        by = pages * max(1, scroll.size.height - 1)
        scroll.scroll_relative(y=by, animate=False, immediate=True)

    async def _search(self, typed: str) -> None:
        found = [text.name for text in topics_with(typed)]
        options = self.query_one(OptionList)
        options.clear_options()
        if not found:
            nothing = Content.styled("Nothing has these words", "italic")
            options.add_option(Option(nothing, disabled=True))
            await self.query_one(ReferenceText).show(())
            return
        if typed.strip():
            options.add_options([Option(name, name) for name in found])
            options.highlighted = 0
        else:
            options.add_options(_every_option())
            options.highlighted = options.get_option_index(self._current)

    def _go_to_words(self) -> None:
        self.query_one(VerticalScroll).scroll_home(animate=False, immediate=True)
        for part in self.query("ReferenceText > .-marked").results(Static):
            part.scroll_visible(top=True, animate=False, immediate=True)
            return


def _every_option() -> Iterator[Option]:
    for title, names in GROUPS.items():
        yield Option(Content.styled(title, "bold $primary"), disabled=True)
        yield from (Option(f"  {name}", name) for name in names)
