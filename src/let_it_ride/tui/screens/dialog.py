"""What all dialogs share: a box over the workspace that escape closes."""

from dataclasses import replace
from typing import ClassVar, Final, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from let_it_ride.tui.commands import PROGRAM_BINDINGS

Answered = TypeVar("Answered")

#: The keys of the app itself end at a dialog.
_HELP: Final = next(
    replace(each, action="app.help", show=False) for each in PROGRAM_BINDINGS if each.id == "help"
)


class Dialog(ModalScreen[Answered | None]):
    """A box over the workspace; closed without an answer it gives None."""

    CSS_PATH = "dialog.tcss"
    BINDING_GROUP_TITLE = "Dialog"
    ABOUT: ClassVar[str] = ""
    """What it is and what its keys do, for the help."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _HELP,
        Binding("escape", "dismiss(None)", "Close", id="dialog.close", show=False),
    ]
