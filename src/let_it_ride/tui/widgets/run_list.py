"""The runs that are kept, as a list to move in; only the lines in sight are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.simulation.run_state import RunState
from let_it_ride.tui.copying import Copy
from let_it_ride.tui.styles import style_sheet
from let_it_ride.tui.widgets.run_words import columns_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.events import Click, MouseScrollDown, MouseScrollUp

    from let_it_ride.history import Entry
    from let_it_ride.tui.widgets.run_words import Column

#: Lines that the wheel of a mouse moves.
_WHEEL: Final = 3

MARKED: Final = "●"
PINNED: Final = "★"
"""What a run has before its name."""

_POINTED: Final = "▌"

#: What stands before a name: the cursor, the mark, the pin, and a gap.
_SIGNS: Final = 4

#: After the last column.
_MARGIN: Final = 1

_COLOURS: Final = {
    RunState.RUNNING: "bold $primary",
    RunState.UNFINISHED: "$accent",
    RunState.COMPLETE: "$muted",
    RunState.DAMAGED: "$text-error",
}


class RunList(Widget, can_focus=True):
    """Runs under the names of their columns, one of them pointed at, some of them marked."""

    DEFAULT_CSS = style_sheet(__file__)
    SCOPED_CSS = False
    BINDING_GROUP_TITLE = "In the list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next run", id="run_list.down", show=False),
        Binding("up", "move(-1)", "Run before", id="run_list.up", show=False),
        Binding("pagedown", "turn(1)", "Page down", id="run_list.page_down", show=False),
        Binding("pageup", "turn(-1)", "Page up", id="run_list.page_up", show=False),
        Binding("home", "move(-1000000)", "Newest run", id="run_list.home", show=False),
        Binding("end", "move(1000000)", "Oldest run", id="run_list.end", show=False),
    ]

    entries: reactive[tuple[Entry, ...]] = reactive(())
    """The runs that are listed."""

    marked: reactive[frozenset[str]] = reactive(frozenset[str]())
    """The ids of those that are marked."""

    cursor: reactive[int] = reactive(0)
    """The place of the run that is pointed at."""

    class Pointed(Message):
        """Another run is pointed at, or none."""

    @dataclass
    class Chosen(Message):
        """The run that was pointed at already was clicked."""

        entry: Entry

    def __init__(self) -> None:
        super().__init__()
        self._first = 0

    @property
    def pointed(self) -> Entry | None:
        """The run under the cursor; None where there is none."""
        return self.entries[self.cursor] if self.cursor < len(self.entries) else None

    def show(self, entries: tuple[Entry, ...]) -> None:
        """List other runs, with the cursor on the same run as before if it is one of them."""
        before = self.pointed
        places = {entry.id: place for place, entry in enumerate(entries)}
        place = places.get(before.id) if before else 0
        self.entries = entries
        self.cursor = max(min(self.cursor, len(entries) - 1), 0) if place is None else place
        self.post_message(self.Pointed())

    def render(self) -> Content:
        """Render the names of the columns over the runs around the cursor."""
        width, room = self.content_size.width, max(self.content_size.height - 1, 1)
        columns = columns_at(width - _SIGNS - _MARGIN)
        last = max(len(self.entries) - room, 0)
        self._first = max(min(self._first, self.cursor, last), min(self.cursor - room + 1, last))
        head = "".join(column.placed(column.title) for column in columns)
        lines = [Content.styled(" " * _SIGNS + head, "$muted")]
        places = range(self._first, min(self._first + room, len(self.entries)))
        lines += [self._line(place, columns, width) for place in places]
        return Content("\n").join(lines)

    def watch_cursor(self) -> None:
        """Tell that another run is pointed at."""
        self.post_message(self.Pointed())

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor = max(0, min(self.cursor + by, len(self.entries) - 1))

    def copies(self) -> Iterable[Copy]:
        """Return what names the run that is pointed at, and its digest."""
        entry = self.pointed
        if entry is not None:
            yield Copy(f"Id {entry.id}", entry.id)
            if entry.is_named:
                yield Copy(f"Name {entry.name}", entry.name)
            if entry.digest is not None:
                yield Copy(f"Digest {entry.digest}", entry.digest)

    def action_turn(self, by: int) -> None:
        """Move the cursor by a page."""
        self.action_move(by * max(self.content_size.height - 2, 1))

    def on_click(self, event: Click) -> None:
        """Go to the run that was clicked, or choose it if the cursor is there."""
        place = self._first + event.y - 1
        if event.y < 1 or place >= len(self.entries):
            return
        if place == self.cursor:
            self.post_message(self.Chosen(self.entries[place]))
        self.cursor = place

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Move down."""
        event.stop()
        self.action_move(_WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Move up."""
        event.stop()
        self.action_move(-_WHEEL)

    def _line(self, place: int, columns: tuple[Column, ...], width: int) -> Content:
        entry = self.entries[place]
        is_pointed, is_marked = place == self.cursor, entry.id in self.marked
        signs = f"{_POINTED if is_pointed else ' '}{MARKED if is_marked else ' '}"
        signs += f"{PINNED if entry.pinned else ' '} "
        line = Content.styled(signs, "$accent")
        for column in columns:
            style = _COLOURS[entry.state] if column.title == "State" else ""
            line += Content.styled(column.placed(column.text(entry)), style)
        if not is_pointed:
            return line
        style = (
            "bold $block-cursor-foreground on $primary"
            if self.has_focus
            else "bold on $primary-muted"
        )
        return Content.styled(line.plain.ljust(width), style)
