"""The list of sections beside the form, or a line over it where there is no room beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.tui.editing.outline import pages, rows_of_page
from let_it_ride.tui.editing.state import State
from let_it_ride.tui.widgets.field_row import CHANGED
from let_it_ride.tui.widgets.picker import AFTER, BEFORE

if TYPE_CHECKING:
    from textual.events import Click, Key

    from let_it_ride.tui.app import LirApp


class SectionList(Widget, can_focus=True):
    """The sections of the configuration, with what is changed and what is wrong in them."""

    app: LirApp

    BINDING_GROUP_TITLE = "Sections"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Section above", id="sections.up", show=False),
        Binding("down", "move(1)", "Section below", id="sections.down", show=False),
        Binding("home", "move(-99)", "First section", id="sections.first", show=False),
        Binding("end", "move(99)", "Last section", id="sections.last", show=False),
        Binding("enter,right", "enter", "Into the form", id="sections.enter", show=False),
    ]

    state: reactive[State] = reactive(State)
    page: reactive[str] = reactive("")

    @dataclass
    class Chosen(Message):
        """A section is to be shown; `enter` puts the focus in it too."""

        page: str
        enter: bool

    @property
    def is_folded(self) -> bool:
        """Whether there is a line for the section that is shown alone."""
        return self.content_size.height == 1

    def render(self) -> Content:
        """Render a line for each section, or one for that which is shown."""
        width = max(8, self.content_size.width)
        if self.is_folded:
            return self._folded(width)
        lines = [self._line(page.name, page.label, width) for page in pages()]
        count = self.state.error_count
        if count:
            errors = "error" if count == 1 else "errors"
            lines += [Content(""), Content.styled(f" ✗ {count} {errors}", "bold $text-error")]
            lines.append(Content.styled(f"   {self.app.key_of('next_error')} goes there", "$muted"))
        return Content("\n").join(lines)

    def action_move(self, by: int) -> None:
        """Show the section so many places further, or the last one there is."""
        names = [page.name for page in pages()]
        place = max(0, min(len(names) - 1, names.index(self.page) + by))
        self.post_message(self.Chosen(names[place], enter=False))

    def action_enter(self) -> None:
        """Put the focus in the section."""
        self.post_message(self.Chosen(self.page, enter=True))

    def on_click(self, event: Click) -> None:
        """Show the section that was clicked, or the one before or after in a single line."""
        place = event.get_content_offset(self)
        if place is not None and self.is_folded:
            self.action_move(-1 if place.x < len(self._before()) else 1)
        elif place is not None and place.y < len(pages()):
            self.post_message(self.Chosen(pages()[place.y].name, enter=False))

    def on_key(self, event: Key) -> None:
        """Show the section of a number."""
        if event.character and event.character in "123456789"[: len(pages())]:
            event.stop()
            self.post_message(self.Chosen(pages()[int(event.character) - 1].name, enter=False))

    def _is_changed(self, name: str) -> bool:
        values = self.state.values
        if name not in values:
            return False
        page = next(page for page in pages() if page.name == name)
        return any(row.is_changed(values) for row in rows_of_page(page, values))

    def _before(self) -> str:
        """Return what stands before the name of the section in a single line."""
        return f"{BEFORE} {self.app.key_of('previous_section')}  "

    def _folded(self, width: int) -> Content:
        """Return the section between the keys to the ones before and after it."""
        names = [page.name for page in pages()]
        place = names.index(self.page)
        sign = f" {CHANGED}" if self._is_changed(self.page) else ""
        line = Content.assemble(
            (self._before(), "$accent"),
            (pages()[place].label, "bold"),
            (sign, "$accent"),
            (f"  {self.app.key_of('next_section')} {AFTER}", "$accent"),
        )
        count = self.state.error_count
        key = self.app.key_of("next_error")
        told = f"✗ {count}  {key}" if count else f"{place + 1} of {len(names)}"
        gap = width - line.cell_length - len(told)
        if gap > 0:
            style = "bold $text-error" if count else "$muted"
            line = Content.assemble(line, " " * gap, (told, style))
        return line.stylize_before("on $primary-muted" if self.has_focus else "on $panel")

    def _line(self, name: str, label: str, width: int) -> Content:
        errors = sum(problem.path[:1] == (name,) for problem in self.state.problems)
        sign = f"✗{errors}" if errors else CHANGED if self._is_changed(name) else ""
        room = width - 3 - len(sign)
        if len(label) > room:  # the key is a name too, and shorter
            label = name.replace("_", " ").capitalize()[:room]
        current = name == self.page
        style = "bold" if current else ""
        sign_style = "bold $text-error" if errors else "$accent"
        line = Content.assemble(
            ("▌" if current else " ", "$primary"),
            (label.ljust(room + 1), style),
            (sign, sign_style),
            " ",
        )
        if current:
            line = line.stylize_before("on $primary-muted" if self.has_focus else "on $panel")
        return line
