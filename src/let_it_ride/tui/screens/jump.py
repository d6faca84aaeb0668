"""A letter beside everything in sight: the next key goes there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from let_it_ride.tui.editing.outline import pages
from let_it_ride.tui.widgets.field_row import FieldRow
from let_it_ride.tui.widgets.form_page import FormPage
from let_it_ride.tui.widgets.section_list import SectionList
from let_it_ride.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.events import Click, Key
    from textual.screen import Screen

#: The letters of tags, those under resting fingers first.
_LETTERS: Final = "asdfghjklqwertyuiopzxcvbnm" + ascii_uppercase

_WIDTH: Final = 3


@dataclass(frozen=True, slots=True)
class Target:
    """Something to jump to.

    Attributes:
        key: the character that goes there.
        place: where its tag is.
        widget: what gets the focus.
        section: the section of the form that is shown first; empty for what is in sight.
        action: what is done instead; empty where something gets the focus.
    """

    key: str
    place: Offset
    widget: Widget
    section: str = ""
    action: str = ""


def targets(screen: Screen[Any]) -> tuple[Target, ...]:
    """Return what can be jumped to on a screen: settings, panels, views, sections by number."""
    letters = iter(_LETTERS)
    found: list[Target] = []
    for widget in screen.focus_chain:
        if isinstance(widget, SectionList) and not widget.is_folded:
            found += _sections(widget)
        elif not isinstance(widget, FormPage) and _is_in_sight(widget):
            key = next(letters, None)
            if key is not None:
                found.append(Target(key, _beside(widget), widget))
    for bar in screen.query(TitleBar):
        for (place, action), key in zip(bar.places(), letters, strict=False):
            found.append(Target(key, place, bar, action=action))
    return tuple(found)


class JumpScreen(ModalScreen[Target | None]):
    """The tags, over the screen that they are about."""

    CSS_PATH = "jump.tcss"
    BINDING_GROUP_TITLE = "Jump"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Stay", id="jump.close", show=False)
    ]

    def __init__(self, found: Sequence[Target]) -> None:
        """Put tags beside targets.

        Args:
            found: the targets.
        """
        super().__init__()
        self._targets = {target.key: target for target in found}

    def compose(self) -> ComposeResult:
        """Show the tags."""
        yield from map(JumpTag, self._targets.values())
        yield Static(Content("A letter goes there, escape stays here."), id="jump-hint")

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether a letter is that of a tag."""
        del key
        return character in self._targets

    def on_key(self, event: Key) -> None:
        """Go where the letter stands."""
        target = self._targets.get(event.character or "")
        if target is not None:
            event.stop()
            self.dismiss(target)

    def on_click(self, event: Click) -> None:
        """Go to the tag that was clicked, or leave."""
        self.dismiss(event.widget.target if isinstance(event.widget, JumpTag) else None)


class JumpTag(Widget):
    """The letter of a target."""

    def __init__(self, target: Target) -> None:
        super().__init__()
        self.target = target
        self.styles.offset = target.place

    def render(self) -> Content:
        """Render the letter."""
        return Content(f" {self.target.key} ")


def _sections(sections: SectionList) -> Iterator[Target]:
    """Yield the sections that are in sight, by the numbers that show them in their list too."""
    region = sections.content_region
    for number, page in zip(count(1), pages(), strict=False):
        place = Offset(region.right - _WIDTH - 1, region.y + number - 1)
        if number <= 9 and sections.is_on_screen and place.y < region.bottom:
            yield Target(str(number), place, sections, page.name)


def _is_in_sight(widget: Widget) -> bool:
    """Whether the place of a widget's tag is seen."""
    placed = widget.screen.find_widget(widget)
    return bool(placed.visible_region) and placed.visible_region.y == placed.region.y


def _beside(widget: Widget) -> Offset:
    """Return where the tag of a widget hides nothing of worth."""
    row = widget.parent
    if isinstance(row, FieldRow):
        return row.region.offset - Offset(1, 0)
    title = widget.border_title
    if title and widget.styles.border_top[0]:
        after = len(Content.from_markup(title).plain) + 3
        return Offset(min(widget.region.x + after, widget.region.right - _WIDTH), widget.region.y)
    return widget.region.offset
