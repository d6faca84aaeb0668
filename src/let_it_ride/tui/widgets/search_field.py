"""A field for words to find hands of a chart by."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

if TYPE_CHECKING:
    from textual.binding import BindingType


class SearchField(Input):
    """Words that the hands have to have."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "leave", "Back to the hands", id="chart.found", show=False),
        Binding("escape", "clear", "Find everything again", id="chart.clear", show=False),
    ]

    class Left(Message):
        """Nothing more is to be typed."""

    def __init__(self) -> None:
        super().__init__(
            placeholder="Words, or cards in hand: royal, pull flush, ks qs 9s", compact=True
        )

    def action_leave(self) -> None:
        """Leave what is typed as it is."""
        self.post_message(self.Left())

    def action_clear(self) -> None:
        """Find everything again."""
        self.value = ""
        self.post_message(self.Left())
