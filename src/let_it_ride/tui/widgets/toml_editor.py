"""The configuration as TOML text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import TextArea

from let_it_ride.tui.editing.state import State
from let_it_ride.tui.styles import style_sheet
from let_it_ride.tui.widgets.edits import TextEdited

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text
    from textual.app import ComposeResult

    from let_it_ride.tui.app import LirApp

_TOKEN: Final = re.compile(
    r"""(?P<comment>\#.*)
    |(?P<table>^\s*\[\[?[^\]\n]*\]\]?)
    |(?P<key>(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"\n]*"))*(?=\s*=))
    |(?P<text>\"{3}.*?(?:\"{3}|$)|'{3}.*?(?:'{3}|$)|"(?:\\.|[^"\\])*"?|'[^']*'?)
    |(?P<word>\b(?:true|false|inf|nan)\b)
    |(?P<number>[+-]?\b\d[\d_.:eExXoabcdefTZ+-]*)
    """,
    re.VERBOSE,
)


class TomlEditor(TextArea, inherit_bindings=False):
    """An editor for TOML that colours what it shows, line by line."""

    DEFAULT_CSS = style_sheet(__file__)
    SCOPED_CSS = False

    BINDING_GROUP_TITLE = "Typing in the text"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "toml--comment",
        "toml--table",
        "toml--key",
        "toml--text",
        "toml--word",
        "toml--number",
    }
    # F6 and F7 mean the same everywhere in the program, so they cannot select text here.
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            binding
            for binding in TextArea.BINDINGS
            if isinstance(binding, Binding) and binding.key not in {"f6", "f7"}
        ),
        Binding(
            "alt+a", "select_all", "Select all", id="text.select_all", show=False, priority=True
        ),
        Binding("ctrl+home", "go_to_start", "Go to the first line", id="text.start", show=False),
        Binding("ctrl+end", "go_to_end", "Go to the last line", id="text.end", show=False),
    ]

    def __init__(self, text: str) -> None:
        super().__init__(text, show_line_numbers=True, soft_wrap=False, tab_behavior="focus")
        self._last_step: tuple[object, str] | None = None

    def get_line(self, line_index: int) -> Text:
        """Return a line with its parts coloured; text over several lines is not recognised."""
        line = super().get_line(line_index)
        for token in _TOKEN.finditer(line.plain):
            style = self.get_component_rich_style(f"toml--{token.lastgroup}", partial=True)
            line.stylize(style, token.start(), token.end())
        return line

    def show_text(self, text: str, cause: object) -> None:
        """Change the text to another one, leaving the lines alone that stay.

        It is a step in the history of changes. What has the same cause as the step before, such
        as the next letter typed into a field, becomes one step with it.
        """
        if text == self.text:
            return
        if self._last_step == (cause, self.text):
            self.undo()
        self._change_lines(text)
        self._last_step = (cause, self.text)

    def _change_lines(self, text: str) -> None:
        old, new = (each.replace("\r\n", "\n").split("\n") for each in (self.text, text))
        if old == new:
            return
        start = _common_length(old, new)
        end = _common_length(old[start:][::-1], new[start:][::-1])
        middle = new[start : len(new) - end]
        if end:
            insert = "".join(f"{line}\n" for line in middle)
            first, last = (start, 0), (len(old) - end, 0)
        else:
            before = max(start - 1, 0)
            insert = "\n".join([*new[before:start], *middle])
            first, last = (before, 0), (len(old) - 1, len(old[-1]))
        self.history.checkpoint()
        self.replace(insert, first, last, maintain_selection_offset=True)
        self.history.checkpoint()

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Scroll to the cursor; not before the editor has a place, where nothing is in sight."""
        return super().scroll_cursor_visible(center, animate) if self.size else Offset()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.scroll_cursor_visible()

    def action_go_to_start(self) -> None:
        """Put the cursor at the beginning of the text."""
        self.move_cursor(self.document.start)

    def action_go_to_end(self) -> None:
        """Put the cursor at the end of the text."""
        self.move_cursor(self.document.end)

    def go_to_line(self, line: int) -> None:
        """Put the cursor at the beginning of a line, counted from 1, in the middle of the view."""
        self.move_cursor((min(line, self.document.line_count) - 1, 0), center=True)


def _common_length(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many elements two sequences have in common at their beginnings."""
    shorter = min(len(one), len(other))
    return next((i for i in range(shorter) if one[i] != other[i]), shorter)


class TextStatus(Widget):
    """Under the text: whether it is a configuration, and if not, what is wrong and where."""

    app: LirApp

    state: reactive[State] = reactive(State, layout=True)
    line: reactive[int] = reactive(1, layout=True)
    """The line the cursor is on, from 1."""

    def render(self) -> Content:
        """Render the problem on the cursor's line, or the first one there is."""
        problems = (self.state.broken,) if self.state.broken else self.state.problems
        if not problems:
            words = "✓ a valid configuration" if self.state.config else "…"
            return Content.styled(words, "$muted")
        here = [problem for problem in problems if problem.line == self.line]
        problem = (*here, *problems)[0]
        place = f"line {problem.line}: " if problem.line else ""
        key = f"{problem.key}: " if problem.key else ""
        next_error = self.app.key_of("next_error")
        more = f"  (1 of {len(problems)}, {next_error} goes on)" if len(problems) > 1 else ""
        return Content.assemble(
            (f"✗ {place}", "bold $text-error"), (f"{key}{problem.text}"), (more, "$muted")
        )


class TextView(Vertical):
    """The text over its status."""

    state: reactive[State] = reactive(State)

    def __init__(self, text: str) -> None:
        super().__init__(id="text-view")
        self._text = text

    def compose(self) -> ComposeResult:
        """Show the editor and the status."""
        yield TomlEditor(self._text)
        yield TextStatus().data_bind(TextView.state)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell the text."""
        event.stop()
        self.post_message(TextEdited(event.text_area.text))

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """Tell the status where the cursor is."""
        self.query_one(TextStatus).line = event.selection.end[0] + 1
