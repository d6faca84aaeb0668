"""Keeping changes that are not saved, should the program come to an end."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import work

from let_it_ride.errors import LetItRideError
from let_it_ride.tui.screens.live import LiveScreen

if TYPE_CHECKING:
    from let_it_ride.tui.unsaved import Keeper, Unsaved

#: Seconds from a change until it is written down with those that have followed it.
_SECONDS_TO_KEEP: Final = 1.0


class UnsavedScreen(LiveScreen):
    """A screen whose changes outlast the program until they are saved or given up."""

    _keeper: Keeper | None = None
    _is_to_be_kept = False
    _given_up: str | None = None

    @property
    def keeper(self) -> Keeper:
        """Who keeps the changes."""
        if self._keeper is None:
            from let_it_ride.tui.unsaved import Keeper  # no change comes before the first frame

            self._keeper = Keeper()
        return self._keeper

    @property
    def place(self) -> str:
        """The section that is looked at."""
        raise NotImplementedError

    async def keep_unsaved(self) -> None:
        """Write the changes down now, if there are any."""
        await asyncio.to_thread(self._keep)

    async def give_up_changes(self) -> None:
        """Keep nothing of the changes there are: they are not wanted."""
        self._given_up = self.session.text
        await asyncio.to_thread(self.keeper.forget)

    async def offer_unsaved(self, *, is_start: bool = False) -> bool:
        """Offer changes that another program has left behind; return whether there are any.

        Args:
            is_start: whether those of files that are not open are offered, too.
        """
        raise NotImplementedError

    def on_unmount(self) -> None:
        """Leave the changes to the next start, however the program ends."""
        if self._keeper is not None or self.is_dirty:
            self._keep()
            self.keeper.leave_behind()

    def _note_saved(self) -> None:
        super()._note_saved()
        if self.is_dirty:
            if not self._is_to_be_kept:
                self._is_to_be_kept = True
                self.set_timer(_SECONDS_TO_KEEP, self._keep_now)
        elif self._keeper is not None and self._keeper.keeps:
            self._keep_now()

    @work(group="unsaved")
    async def _keep_now(self) -> None:
        self._is_to_be_kept = False
        await asyncio.to_thread(self._keep)

    def _keep(self) -> None:
        """Write down what is not saved, or remove what was written down of it."""
        # What cannot be written down is lost with the program alone.
        with suppress(LetItRideError, OSError):
            if self.is_dirty and self.session.text != self._given_up:
                self.keeper.keep(self._unsaved())
            elif self._keeper is not None:
                self._keeper.forget()

    def _unsaved(self) -> Unsaved:
        from let_it_ride.tui.unsaved import Unsaved, mark_of

        saved = self.session.saved
        # Links are left as they were named.
        path = None if saved.path is None else Path(os.path.abspath(saved.path))  # noqa: PTH100
        return Unsaved(path, self._text_of_form(), mark_of(saved.on_disk), self.place)

    def _text_of_form(self) -> str:
        """The text, with what was changed in the form since."""
        from let_it_ride.tui.editing.session import text_for

        if not self._text_is_behind:
            return self.session.text
        try:
            return text_for(self.session.text, self.session.state)
        except Exception:  # noqa: BLE001  the text as it was is better than nothing
            return self.session.text
