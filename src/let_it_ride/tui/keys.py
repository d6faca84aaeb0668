"""Keys are acted on one after the other.

Textual sends a key to the widget that has the focus when it arrives. Who types ahead of the screen
would have letters land in the field that the tab before them was about to leave. Here a key is sent
on only when the one before has been dealt with, wherever it led: to a dialog too, which takes a
moment to be there.

A key that moves by a letter is sent on as the arrow it stands for, where nothing takes the letter;
and a capital that means nothing as the small letter, since caps lock may be on.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.events import Key
from textual.message import Message

from let_it_ride.tui.key_names import is_capital
from let_it_ride.tui.motion import MOTION, is_taken, meant_by

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App
    from textual.events import Event
    from textual.screen import Screen
    from textual.worker import Worker

#: A key that takes longer, or whose widget has gone, holds up the next one no longer.
_PATIENCE: Final = 0.5

#: The same of a key that opens a dialog, and how often it is looked whether that is there.
_DIALOG_PATIENCE: Final = 3.0
_LOOKS_EVERY: Final = 0.01

#: The groups of workers that lead to a dialog, or may.
_LEAD_TO_DIALOGS: Final = frozenset({"dialog", "quit", "run-key"})


@dataclass
class KeyDone(Message):
    """Follows a key through the widgets: where it arrives, the key has been before.

    Attributes:
        number: the number of the key.
    """

    number: int


class KeyQueue:
    """The keys that wait for their turn."""

    def __init__(
        self, app: App[int], send: Callable[[Event], Awaitable[None]], *, has_motion: bool
    ) -> None:
        """Prepare.

        Args:
            app: the app.
            send: sends a key to the widget that has the focus.
            has_motion: whether letters move where nothing is typed.
        """
        self._app = app
        self._send = send
        self._has_motion = has_motion
        self._waiting: deque[Event] = deque()
        self._number = 0
        self._is_busy = False
        self._began = 0.0
        self._screen: Screen[object] | None = None
        self._before: set[Worker[object]] = set()

    async def take(self, key: Event) -> None:
        """Send a key on, now or when its turn has come."""
        if self._is_busy:
            self._waiting.append(key)
        else:
            await self._begin(key)

    async def _begin(self, key: Event) -> None:
        self._is_busy = True
        self._number += 1
        number = self._number
        self._began = time.monotonic()
        self._screen, self._before = self._app.screen, set(self._app.workers)
        self._app.set_timer(_PATIENCE, lambda: self.end(number))
        target = self._app.focused or self._app.screen
        if isinstance(key, Key):
            key = _plain(key)
            key = _small(key, self._app.screen)
            if other := self._has_motion and meant_by(key.key, self._app.screen):
                key = Key(other, None)
        await self._send(key)
        if not target.post_message(KeyDone(number)):
            await self.end(number)

    async def end(self, number: int) -> None:
        """Go on with the next key, unless that has been done."""
        if number != self._number or not self._is_busy:
            return
        if self._opens_a_dialog():
            self._app.set_timer(_LOOKS_EVERY, lambda: self.end(number))
            return
        self._is_busy = False
        if self._waiting:
            await self._begin(self._waiting.popleft())

    def _opens_a_dialog(self) -> bool:
        """Whether the key has asked for a dialog that is not there yet."""
        if self._app.screen is not self._screen:
            return False
        if time.monotonic() - self._began > _DIALOG_PATIENCE:
            return False
        return any(
            worker.group in _LEAD_TO_DIALOGS
            and not worker.is_finished
            and worker not in self._before
            for worker in self._app.workers
        )


def _plain(key: Key) -> Key:
    """Return a key as bindings have it."""
    if key.key == "ctrl+@":  # how terminals send it
        return Key("ctrl+space", None)
    # Fields would take a letter for themselves even where it comes with alt.
    return Key(key.key, None) if key.key.startswith("alt+") else key


def _small(key: Key, screen: Screen[object]) -> Key:
    """Return the small letter for a capital that means nothing on a screen."""
    letter = key.key
    means_nothing = (
        is_capital(letter)
        and letter not in MOTION
        and not is_taken(letter, screen)
        and letter not in screen.active_bindings
    )
    return Key(letter.lower(), letter.lower()) if means_nothing else key
