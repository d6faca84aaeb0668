"""Opening and saving, and a question before anything is lost."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Final

from let_it_ride.config.problems import ConfigError
from let_it_ride.errors import LetItRideError
from let_it_ride.tui.editing.folders import readable
from let_it_ride.tui.editing.session import Saved, line_not_kept
from let_it_ride.tui.screens.unsaved import UnsavedScreen

if TYPE_CHECKING:
    from pathlib import Path

SAVE: Final = "Save"
DISCARD: Final = "Don't save"
CANCEL: Final = "Cancel"
OVERWRITE: Final = "Overwrite"
RELOAD: Final = "Reload"
SAVE_AS: Final = "Save as"
ANYWAY: Final = "Save anyway"


class FilesScreen(UnsavedScreen):
    """A screen whose configuration has a file."""

    async def ask(self, title: str, text: str, answers: tuple[str, ...]) -> str | None:
        """Ask a question; without an answer it is None."""
        from let_it_ride.tui.screens.question import QuestionScreen

        return await self.app.push_screen_wait(QuestionScreen(title, text, answers))

    async def tell(self, title: str, text: str) -> None:
        """Show a message until it is read."""
        await self.ask(title, text, ("OK",))

    async def new(self, preset: str | None = None) -> None:
        """Begin a configuration from a preset, from one that is chosen where none is named."""
        if not await self.may_leave():
            return
        from let_it_ride.config import preset_text
        from let_it_ride.tui.screens.choosing import ChoosingScreen
        from let_it_ride.tui.screens.presets import EMPTY, preset_choices

        name = preset
        if name is None:
            choices = await asyncio.to_thread(preset_choices)
            name = await self.app.push_screen_wait(ChoosingScreen("New from a preset", choices))
        if name is not None:
            text = "" if name == EMPTY else preset_text(name)
            await self.edit_text(text, Saved(None, text))

    async def open(self) -> None:
        """Open a configuration from a file."""
        if not await self.may_leave():
            return
        from let_it_ride.tui.screens.paths import OpenScreen

        path = await self.app.push_screen_wait(OpenScreen(self._folder()))
        if path is not None:
            await self.open_file(path)

    async def open_file(self, path: Path) -> bool:
        """Open a file; return whether it could be read."""
        from let_it_ride.config.loading import read_text

        try:
            text = await asyncio.to_thread(read_text, path)
        except ConfigError as error:
            await self.tell("This file cannot be opened", str(error))
            return False
        line = line_not_kept(text)
        if line is not None:
            await self.tell(
                "This file cannot be opened",
                f"{readable(path)}:{line}: has a character here that ends a line in an editor but"
                " not in TOML, and would be lost. Take it out first.",
            )
            return False
        await self.edit_text(text, Saved(path, text, text))
        await self.remember_file()
        await self.offer_unsaved()
        return True

    async def save(self) -> bool:
        """Write the configuration to its file; return whether it is there."""
        path = self.session.saved.path
        if path is None:
            return await self.save_as()
        await self.settle()
        if not await self._may_save_errors():
            return False
        on_disk = await asyncio.to_thread(text_on_disk, path)
        if on_disk == self.session.saved.on_disk:
            return await self._write(path)
        return await self._settle_conflict(path, is_there=on_disk is not None)

    async def save_as(self) -> bool:
        """Ask for a file and write the configuration to it; return whether it is there."""
        await self.settle()
        from let_it_ride.tui.screens.paths import SaveScreen

        saved = path = self.session.saved.path
        while True:
            path = await self.app.push_screen_wait(SaveScreen(readable(path) if path else ""))
            if path is None or not await self._may_save_errors():
                return False
            if path != saved and os.path.lexists(path):
                question = f"{readable(path)} is there already. Overwriting cannot be taken back."
                answers = (CANCEL, OVERWRITE)
                if await self.ask("Overwrite the file?", question, answers) != OVERWRITE:
                    return False
            if await self._write(path):
                return True

    async def may_leave(self) -> bool:
        """Return whether the configuration may be left, having asked where it is not saved."""
        await self.settle()
        if not self.is_dirty:
            return True
        question = f"The changes to {self.session.name} are not saved."
        answer = await self.ask("Save the changes?", question, (SAVE, DISCARD, CANCEL))
        if answer == SAVE:
            return await self.save()
        if answer == DISCARD:
            await self.give_up_changes()
        return answer == DISCARD

    async def edit_text(self, text: str, saved: Saved) -> None:
        """Edit another configuration from here on."""
        raise NotImplementedError

    async def remember_file(self) -> None:
        """Remember what is open, to be opened again soon."""
        raise NotImplementedError

    async def _settle_conflict(self, path: Path, *, is_there: bool) -> bool:
        """Ask what to do where the file is not as it was; return whether it is written."""
        if is_there:
            text = f"{readable(path)} has changed on the disk since it was read here."
            answers: tuple[str, ...] = (CANCEL, OVERWRITE, RELOAD, SAVE_AS)
        else:
            text = f"{readable(path)} is no longer there, or can no longer be read."
            answers = (CANCEL, OVERWRITE, SAVE_AS)
        match await self.ask("The file has changed", text, answers):
            case "Overwrite":
                return await self._write(path)
            case "Reload":
                await self.open_file(path)
            case "Save as":
                return await self.save_as()
        return False

    async def _may_save_errors(self) -> bool:
        """Return whether to save, having asked where there are errors."""
        count = self.state.error_count
        if not count:
            return True
        errors = "an error" if count == 1 else f"{count} errors"
        text = (
            f"The configuration has {errors} and cannot be run as it is."
            f" {self.app.key_of('next_error')} goes there."
        )
        return await self.ask("Save with errors?", text, (CANCEL, ANYWAY)) == ANYWAY

    async def _write(self, path: Path) -> bool:
        from let_it_ride.files import write_atomically

        text = self.session.text
        try:
            await asyncio.to_thread(write_atomically, path, text.encode())
        except LetItRideError as error:
            await self.tell("The file cannot be written", str(error))
            return False
        self.session.saved = Saved(path, text, text)
        self._note_saved()
        await self.remember_file()
        self.notify(f"Saved to {readable(path)}", timeout=3)
        return True

    def _folder(self) -> str:
        path = self.session.saved.path
        folder = readable(path.parent) if path else "."
        return "" if folder == "." else f"{folder}/"


def text_on_disk(path: Path) -> str | None:
    """Return the text of a file, or None where it cannot be read."""
    from let_it_ride.config.loading import read_text

    try:
        return read_text(path)
    except ConfigError:
        return None
