"""A dialog that is worked in, with the help and the palette of a screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from let_it_ride.tui.commands import PROGRAM_BINDINGS
from let_it_ride.tui.screens.dialog import Answered, Dialog

if TYPE_CHECKING:
    from textual.binding import BindingType


class WorkDialog(Dialog[Answered]):
    """A dialog whose actions are in the help and in the palette."""

    # The keys of the app itself end at a dialog.
    BINDINGS: ClassVar[list[BindingType]] = [
        replace(binding, action=f"app.{binding.action}") for binding in PROGRAM_BINDINGS
    ]
