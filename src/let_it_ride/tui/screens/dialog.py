"""What all dialogs share: a box over the workspace that escape closes."""

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

Answered = TypeVar("Answered")


class Dialog(ModalScreen[Answered | None]):
    """A box over the workspace; closed without an answer it gives None."""

    CSS_PATH = "dialog.tcss"
    BINDING_GROUP_TITLE = "Dialog"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close", id="dialog.close", show=False)
    ]
