"""Help for the focused setting, always in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.config.problems import dotted
from let_it_ride.tui.editing.entries import default_text

if TYPE_CHECKING:
    from let_it_ride.tui.app import LirApp
    from let_it_ride.tui.editing.outline import Row
    from let_it_ride.tui.editing.settings import Choice, Setting


class FieldHelp(Widget):
    """What the focused setting is for, what it may be, and its key in the file."""

    app: LirApp

    row: reactive[Row | None] = reactive(None)
    choice: reactive[Choice | None] = reactive(None)
    """The choice that the setting has, or that the cursor is on."""

    def render(self) -> Content:
        """Render it in the lines there are, with a sign where there is more."""
        width, height = self.content_size
        if self.row is None or not width or not height:
            text = f"Tab goes through the form; {self.app.key_of('help')} shows every key."
            return Content.styled(text, "$muted")
        lines = [
            self._title(self.row, width),
            *Content(self._help(self.row.field)).wrap(width),
            *Content.styled(facts(self.row.field), "$muted").wrap(width),
        ]
        if len(lines) > height:
            sign = f" … {self.app.key_of('help')}"
            last = lines[height - 1]
            end = _whole_words(last.plain, max(1, width - len(sign)))
            lines = [*lines[: height - 1], Content.assemble(last[:end], (sign, "$accent"))]
        return Content("\n").join(lines)

    def _title(self, row: Row, width: int) -> Content:
        key = dotted(row.path)
        label = Content.styled(row.field.label, "bold $primary")
        gap = width - label.cell_length - len(key)
        if gap < 2:
            return Content.assemble(label, "\n", (key, "$secondary"))
        return Content.assemble(label, " " * gap, (key, "$secondary"))

    def _help(self, field: Setting) -> str:
        if self.choice is None or not self.choice.help:
            return field.help
        return f"{field.help} {self.choice.label}: {self.choice.help}"


def _whole_words(text: str, room: int) -> int:
    """Return how much of a text to show: up to the end of a clause or, if none is near, a word."""
    clause = max(text.rfind(mark, 0, room + 1) for mark in (",", ";", ".", "  ·"))
    if clause > room // 2:
        return clause
    return room if len(text) <= room else max(text.rfind(" ", 0, room + 1), 1)


def facts(field: Setting) -> str:
    """Return what a setting may be and what it is when it is left out, in a line or two."""
    parts = [_default(field) if field.kind != "list" else "", _allowed(field)]
    return "  ·  ".join(part for part in parts if part)


def _allowed(field: Setting) -> str:
    unit = f", in {field.unit}" if field.unit and field.kind in {"integer", "number"} else ""
    if field.kind == "section":
        return ""
    if field.kind == "union":
        return f"Type: {', '.join(choice.name for choice in field.choices)}"
    allowed = "yes or no" if field.kind == "toggle" else field.allowed
    return f"Allowed: {allowed}{unit}"


def _default(field: Setting) -> str:
    if field.optional and field.default is None:
        return f"Left out: {field.absent}" if field.absent else ""
    return f"Default: {default_text(field)}"
