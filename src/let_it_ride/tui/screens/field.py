"""Asking for a word, a number or a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from let_it_ride.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult


class FieldScreen(Dialog[str]):
    """A field under its question; the result is what stands in it."""

    ABOUT = (
        "A field for one answer: under it stands what can be entered, or what is wrong with it."
        " Enter takes what is there, and Escape closes the field and changes nothing."
    )

    def __init__(
        self,
        title: str,
        hint: str,
        text: str = "",
        wrong: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Ask.

        Args:
            title: what is asked for.
            hint: what can be entered.
            text: what stands in the field at first.
            wrong: says what is wrong with a text; nothing where it can be taken.
        """
        super().__init__()
        self._title, self._hint, self._text, self._wrong = title, hint, text, wrong

    def compose(self) -> ComposeResult:
        """Show the field over what can be entered."""
        box = Vertical()
        box.border_title = Content(self._title)
        box.border_subtitle = Content("Enter takes it, Escape closes")
        with box:
            yield Input(self._text, compact=True)
            yield Static(Content(self._hint), classes="hint")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what can be entered, and no longer what was wrong."""
        event.stop()
        self.query_one(".hint", Static).update(Content(self._hint))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with the text, unless something is wrong with it."""
        event.stop()
        text = event.value.strip()
        wrong = self._wrong(text)
        if wrong:
            told = Content.styled(f"✗ {wrong}", "$text-error")
            self.query_one(".hint", Static).update(told)
        else:
            self.dismiss(text)
