"""Asking for a file: to open, or to save to."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from let_it_ride.tui.editing.folders import (
    SUFFIX,
    Listing,
    completed,
    in_folder_of,
    list_folder,
)
from let_it_ride.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.tui.app import LirApp


class PathScreen(Dialog[Path]):
    """A field for a path over the folders and configurations that fit what is typed."""

    app: LirApp

    TITLE_OF_BOX = ""
    HINT = ""
    SELECTS = False
    """Whether what stands in the field at first gives way to what is typed."""

    BINDING_GROUP_TITLE = "Path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", id="path.complete", show=False),
        Binding("down", "move(1)", "Next", id="path.down", show=False),
        Binding("up", "move(-1)", "Previous", id="path.up", show=False),
        Binding("pagedown", "move(8)", "Page down", id="path.page_down", show=False),
        Binding("pageup", "move(-8)", "Page up", id="path.page_up", show=False),
    ]

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self._typed = typed
        self._listing = Listing()

    def compose(self) -> ComposeResult:
        """Show the field, the list, and how to use them."""
        box = Vertical()
        box.border_title = Content(self.TITLE_OF_BOX)
        with box:
            yield Input(self._typed, placeholder="path", compact=True, select_on_focus=self.SELECTS)
            options = OptionList()
            options.can_focus = False
            yield options
            yield Static(classes="hint")

    def on_mount(self) -> None:
        """List the folder that is begun with."""
        self._list(self._typed)

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what fits."""
        event.stop()
        self._list(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the path, go into the folder, or take what the cursor is on."""
        event.stop()
        self.take(event.value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was clicked."""
        event.stop()
        self._take_name(str(event.option_id))

    def action_move(self, by: int) -> None:
        """Move the cursor in the list."""
        options = self.query_one(OptionList)
        count = options.option_count
        if not count:
            return
        if options.highlighted is None:
            options.highlighted = 0 if by > 0 else count - 1
        else:
            options.highlighted = max(0, min(count - 1, options.highlighted + by))

    def action_complete(self) -> None:
        """Continue the path as far as there is no choice, or with what the cursor is on."""
        field = self.query_one(Input)
        longer = completed(field.value, self._listing.names)
        pointed = self._pointed()
        if longer == field.value and pointed is not None:
            longer = in_folder_of(field.value, pointed)
        self._type(longer)

    def take(self, typed: str) -> None:
        """Take what was typed and entered."""
        raise NotImplementedError

    def offered(self, listing: Listing) -> Listing:
        """Return what is offered of what is there."""
        return listing

    def _take_name(self, name: str) -> None:
        path = in_folder_of(self.query_one(Input).value, name)
        if name.endswith("/"):
            self._type(path)
        else:
            self.take_path(path)

    def take_path(self, typed: str) -> None:
        """Close with a path."""
        try:
            self.dismiss(Path(typed).expanduser())
        except RuntimeError as error:  # a user that is not known
            self.query_one(".hint", Static).update(Content(str(error)))

    def _type(self, text: str) -> None:
        field = self.query_one(Input)
        field.value = text
        field.cursor_position = len(text)

    def _pointed(self) -> str | None:
        options = self.query_one(OptionList)
        if options.highlighted is None or not self._listing.names:
            return None
        return self._listing.names[options.highlighted]

    @work(exclusive=True)
    async def _list(self, typed: str) -> None:
        listing = self.offered(await asyncio.to_thread(list_folder, typed))
        if not self.query(OptionList):
            return  # closed meanwhile
        self._listing = listing
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(Content(name), name) for name in self._listing.names])
        options.display = bool(self._listing.names)
        note = self._listing.note
        hint = self.HINT.format(complete=self.app.key_of("path.complete", "Tab"))
        hint = f"{note}\n{hint}" if note else hint
        self.query_one(".hint", Static).update(Content(hint))


class OpenScreen(PathScreen):
    """Asks which file to open."""

    ABOUT = (
        "The path of a configuration to open, over the folders and .toml files that begin as it"
        " does. Arrows point at one of them and Enter takes it: it goes into a folder and opens a"
        " file. A path that is typed in full is opened. ~ is your home. Escape closes."
    )
    TITLE_OF_BOX = "Open a configuration"
    HINT = "{complete} completes, Enter opens, Escape closes."

    def take(self, typed: str) -> None:
        """Open the file that was typed, or else what the cursor is on."""
        path = os.path.expanduser(typed)  # noqa: PTH111  leaves alone what is no user's
        pointed = self._pointed()
        if typed and os.path.isfile(path):  # noqa: PTH113  no error where it cannot be known
            self.take_path(typed)
        elif pointed is not None:
            self._take_name(pointed)
        elif typed and os.path.isdir(path):  # noqa: PTH112  no error there either
            self._type(f"{typed.rstrip('/')}/")
        elif typed:
            self.take_path(typed)


class SaveScreen(PathScreen):
    """Asks where to save."""

    ABOUT = (
        "The path to save the configuration to, over the folders and .toml files that begin as it"
        " does; .toml is added to a name without an ending. You are asked before a file is"
        " overwritten. Escape closes, and nothing is saved."
    )
    TITLE_OF_BOX = "Save the configuration as"
    HINT = "{complete} completes, Enter saves, Escape closes."

    def take(self, typed: str) -> None:
        """Save to the path that was typed, or to what the cursor is on."""
        pointed = self._pointed()
        if pointed is not None:
            self._type(in_folder_of(typed, pointed))
        elif typed and not typed.endswith("/"):
            name = typed if Path(typed).suffix else f"{typed}{SUFFIX}"
            self.take_path(name)


class FolderScreen(PathScreen):
    """Asks for a folder to write files into."""

    ABOUT = (
        "The folder that files of a run are written into, over the folders that begin as it does;"
        " one that is not there is made. You are asked before files of another run would go."
        " Escape closes, and nothing is written."
    )
    TITLE_OF_BOX = "Export into the folder"
    SELECTS = True
    HINT = (
        "{complete} completes, Enter writes the files into what is typed (. is here), Escape"
        " closes. A folder that is not there is made."
    )

    def __init__(self, typed: str = "", *, for_each: bool = False) -> None:
        """Ask.

        Args:
            typed: what stands in the field at first.
            for_each: whether a folder is made in it for each of several runs.
        """
        super().__init__(typed)
        if for_each:
            self.TITLE_OF_BOX = "Export into a folder for each run, in"

    def offered(self, listing: Listing) -> Listing:
        """Return the folders; what is not there can be made."""
        return Listing(tuple(name for name in listing.names if name.endswith("/")))

    def take(self, typed: str) -> None:
        """Take the folder that was typed, or go into that which the cursor is on."""
        pointed = self._pointed()
        if pointed is not None:
            self._type(in_folder_of(typed, pointed))
        elif typed:
            self.take_path(typed)
