"""The moment of a chart as two fields to type into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from let_it_ride.money import decimal_cents, read_cents
from let_it_ride.tui.styles import style_sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.analysis.moments import Standing


class MomentFields(Horizontal):
    """The bankroll and the hands left, with the arrow keys that change them."""

    DEFAULT_CSS = style_sheet(__file__)
    SCOPED_CSS = False

    standing: reactive[Standing | None] = reactive(None)
    """The moment that is asked for."""

    @dataclass
    class Typed(Message):
        """Another moment was typed: what of it has changed."""

        changes: dict[str, Any]

    @dataclass
    class Mistyped(Message):
        """What was typed is no moment."""

        why: str

    class Left(Message):
        """Nothing more is to be typed."""

    def compose(self) -> ComposeResult:
        """Show the fields beside their names."""
        yield Static(Content.assemble(("Bankroll ", "$muted"), "← →"))
        yield Input(id="bankroll", compact=True, max_length=20)
        yield Static(Content.assemble(("Hands left ", "$muted"), "↓ ↑"), id="hands-left-name")
        yield Input(id="hands-left", compact=True, max_length=20)

    def watch_standing(self, standing: Standing | None) -> None:
        """Show which moment is asked for, but leave alone what stands for it already."""
        if standing is None:
            return
        for name, value, text in (
            ("#bankroll", standing.bankroll, decimal_cents(standing.bankroll)),
            ("#hands-left", standing.hands_left, str(standing.hands_left)),
        ):
            field = self.query_one(name, Input)
            if not _says(field, value):
                with field.prevent(Input.Changed):
                    field.value = text
                field.cursor_position = len(text)

    @on(Input.Changed)
    def take_typed(self, event: Input.Changed) -> None:
        """Tell what was typed."""
        event.stop()
        try:
            value = _read(event.input)
        except ValueError as error:
            self.post_message(self.Mistyped(str(error)))
        else:
            name = "bankroll" if event.input.id == "bankroll" else "hands_left"
            self.post_message(self.Typed({name: value}))

    @on(Input.Submitted)
    def leave(self, event: Input.Submitted) -> None:
        """Tell that it was typed to its end."""
        event.stop()
        self.post_message(self.Left())


def _read(field: Input) -> int:
    if field.id == "bankroll":
        return read_cents(field.value)
    try:
        return int(field.value.replace(",", ""))
    except ValueError:
        raise ValueError(f"{field.value!r} is no number of hands, such as 20") from None


def _says(field: Input, value: int) -> bool:
    try:
        return _read(field) == value
    except ValueError:
        return False
