"""What the views of a configuration tell when somebody changes it."""

from dataclasses import dataclass
from typing import Any

from textual.message import Message

from let_it_ride.tui.editing.outline import Row


@dataclass
class Edited(Message):
    """A row of the form got another value; `MISSING` is its default."""

    row: Row
    value: Any
    is_typed: bool = False
    """It stands in the row's field already."""


@dataclass
class TextEdited(Message):
    """The TOML text is another one."""

    text: str
