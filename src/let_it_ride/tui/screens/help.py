"""The keys of the present screen, and help for the focused setting with its reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from let_it_ride.config.problems import dotted
from let_it_ride.config.topics import texts_of
from let_it_ride.tui.editing.outline import path_with_types
from let_it_ride.tui.local_commands import local_commands
from let_it_ride.tui.screens.dialog import Dialog
from let_it_ride.tui.widgets.field_help import facts
from let_it_ride.tui.widgets.form_page import row_of
from let_it_ride.tui.widgets.reference_text import ReferenceText
from let_it_ride.tui.widgets.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.dom import DOMNode
    from textual.screen import Screen

    from let_it_ride.config.topics import Topic
    from let_it_ride.tui.app import LirApp
    from let_it_ride.tui.commands import Group
    from let_it_ride.tui.editing.outline import Row
    from let_it_ride.tui.editing.values import Values

#: Width of the column of keys.
_KEYS = 25

#: What letters do wherever arrows move or scroll.
_MOTION: Final = (
    (("j", "k"), "Down and up."),
    (("h", "l"), "Left and right."),
    (("g", "G"), "To the first and the last."),
    (("ctrl+d", "ctrl+u"), "A page down and up."),
    (("0", "$"), "To the beginning and the end of a row."),
)

LocalBindings = dict[str, dict[str, tuple[Binding, list[str]]]]
"""Bindings with their keys, by the title of their group and by their action."""


class HelpScreen(Dialog[None]):
    """Help over whatever is on the screen."""

    app: LirApp

    AUTO_FOCUS = "#help"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,enter,f1", "dismiss(None)", "Close", id="help.close", show=False),
        Binding("r", "reference", "Reference", id="help.reference", show=False),
        Binding("t", "topics", "Topics", id="help.topics", show=False),
    ]

    def __init__(self, screen: Screen[object], values: Values, groups: Sequence[Group]) -> None:
        """Explain a screen as it is at this moment.

        Args:
            screen: what is explained.
            values: what stands in the form.
            groups: the commands that the screen has.
        """
        super().__init__()
        self._screen, self._values = screen, values
        self._row = row_of(screen.focused)
        self._texts = texts_of(path_with_types(self._row.path, values)) if self._row else ()
        self._local = _local_bindings(screen)
        self._groups = groups
        self._about = screen.ABOUT if isinstance(screen, Dialog) else ""

    def compose(self) -> ComposeResult:
        """Show the setting's help over the keys."""
        box = Vertical()
        box.border_title = Content("Help")
        topics = self.app.key_of("help.topics", "t")
        box.border_subtitle = Content(f"{topics} shows topics, / finds a line, Escape closes")
        with box, Report(id="help"):
            yield HelpText(self._row, self._texts, self._local, self._groups, self._about)
            if self._texts:
                yield ReferenceText(self._texts)

    def action_reference(self) -> None:
        """Go to what the reference says about the setting."""
        for text in self.query(ReferenceText):
            text.scroll_visible(top=True, animate=False)

    def action_topics(self) -> None:
        """Show the topics, at the one about what is explained."""
        from let_it_ride.tui.screens.topics import TopicsScreen

        self.app.push_screen(TopicsScreen.about(self._screen, self._values))


class HelpText(Widget):
    """The text of the help."""

    app: LirApp

    def __init__(
        self,
        row: Row | None,
        texts: Sequence[Topic],
        local: LocalBindings,
        groups: Sequence[Group],
        about: str,
    ) -> None:
        super().__init__()
        self._groups, self._about = groups, about
        self._row = row
        self._texts = texts
        self._local = local

    def render(self) -> Content:
        """Render the setting's help, the keys of what has the focus, and those of everything."""
        return Content("\n").join(self._lines())

    def _lines(self) -> Iterator[Content]:
        if self._about:
            yield Content(self._about)
            yield Content("")
        if self._row is not None:
            yield from _setting_lines(
                self._row, self._texts, self.app.key_of("help.reference", "r")
            )
        typing = [title for title in self._local if title.startswith("Typing")]
        for title in (each for each in self._local if each not in typing):
            yield from self._local_lines(title)
        keymap = self.app.keymap
        for group in self._groups:
            yield Content.styled(group.title, "bold $primary")
            for command in group.commands:
                yield from self._key_lines(
                    keymap.keys_of(command.name), f"{command.label}: {command.help}"
                )
            yield Content("")
        if keymap.has_motion:
            yield Content.styled("Where nothing is typed", "bold $primary")
            for keys, text in _MOTION:
                yield from self._key_lines(keys, text)
            yield Content("")
        for title in typing:
            yield from self._local_lines(title)

    def _local_lines(self, title: str) -> Iterator[Content]:
        yield Content.styled(title, "bold $primary")
        for binding, keys in self._local[title].values():
            yield from self._key_lines(keys, binding.description)
        yield Content("")

    def _key_lines(self, keys: Sequence[str], text: str) -> Iterator[Content]:
        names = ", ".join(self.app.get_key_display(Binding(key, "")) for key in keys)
        first, *others = Content(text).wrap(max(20, self.content_size.width - _KEYS - 2))
        if len(names) < _KEYS:
            yield Content.assemble((f"  {names:<{_KEYS}}", "$accent"), first)
        else:
            yield Content.styled(f"  {names}", "$accent")
            yield Content.assemble(" " * (_KEYS + 2), first)
        for line in others:
            yield Content.assemble(" " * (_KEYS + 2), line)


def _setting_lines(row: Row, texts: Sequence[Topic], key: str) -> Iterator[Content]:
    yield Content.assemble(
        (row.field.label, "bold $primary"), "  ", (dotted(row.path), "$secondary")
    )
    yield Content(row.field.help)
    yield Content.styled(facts(row.field), "$muted")
    for choice in row.field.choices:
        if choice.help:
            yield Content.assemble("  ", (choice.label, "bold"), f" ({choice.name}): {choice.help}")
    if texts:
        titles = ", ".join(text.title for text in texts)
        yield Content.assemble((key, "$accent"), (f" shows the reference: {titles}", "$muted"))
    yield Content("")


def _local_bindings(screen: Screen[object]) -> LocalBindings:
    """Return the bindings of what has the focus, by the title of their group and their action."""
    found: LocalBindings = {}
    for command in local_commands(screen):
        actions = found.setdefault(_title(command.node), {})
        actions.setdefault(command.binding.action, (command.binding, command.keys))
    return found


def _title(node: DOMNode) -> str:
    if isinstance(node, Input):
        return "Typing in a field"
    return node.BINDING_GROUP_TITLE or type(node).__name__
