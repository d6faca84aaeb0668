"""Going on with changes that were not saved when a program ended."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from let_it_ride.tui.editing.folders import readable
from let_it_ride.tui.editing.outline import pages
from let_it_ride.tui.editing.session import UNTITLED, Saved
from let_it_ride.tui.screens.files import text_on_disk
from let_it_ride.tui.unsaved import LeftBehind, mark_of
from let_it_ride.tui.widgets.run_words import moment_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.tui.screens.workspace import WorkspaceScreen

RESTORE: Final = "Restore"
LATER: Final = "Not now"
DISCARD: Final = "Discard"

#: Seconds for which changes that are not asked about are offered.
_OFFERED: Final = 12


def called(left: LeftBehind) -> str:
    """What to call the configuration that has the changes."""
    path = left.unsaved.path
    return f"a configuration without a file ({UNTITLED})" if path is None else readable(path)


async def offer(screen: WorkspaceScreen, left: Sequence[LeftBehind], *, is_start: bool) -> None:
    """Ask about changes of the file that is open or, where none is, of any.

    Who types already is not interrupted.

    Args:
        screen: the workspace.
        left: the changes that were left behind, the newest first.
        is_start: whether others are told of.
    """
    open_file = screen.session.saved.path
    here = None if open_file is None else Path(os.path.abspath(open_file))  # noqa: PTH100  links stay links
    asked = [each for each in left if here is None or each.unsaved.path == here]
    if asked and not screen.is_dirty:
        await ask(screen, asked[0])
        return
    if asked or is_start:
        newest = (asked or left)[0]
        key = screen.app.key_of("recent")
        text = f"{called(newest)} has changes of {moment_text(newest.moment)}. {key} offers them."
        screen.notify(text, title="Not saved", timeout=_OFFERED)


async def ask(screen: WorkspaceScreen, left: LeftBehind) -> None:
    """Ask whether changes are wanted, and go on with them or discard them."""
    path, moment = left.unsaved.path, moment_text(left.moment)
    on_disk = None if path is None else await asyncio.to_thread(text_on_disk, path)
    is_same = mark_of(on_disk) == left.unsaved.base
    text = f"{called(left)} has changes of {moment} that were not saved when the program ended."
    if not is_same and on_disk is None:
        text += " The file is no longer there, or can no longer be read."
    elif not is_same:
        text += " The file has changed since then; saving will ask which of them stays."
    answer = await screen.ask("Restore the changes?", text, (RESTORE, LATER, DISCARD))
    if answer == DISCARD:
        await asyncio.to_thread(left.discard)
    elif answer == RESTORE and await screen.may_leave():
        if not await asyncio.to_thread(screen.keeper.take_over, left):
            screen.notify("These changes are no longer there.", severity="warning", timeout=5)
            return
        # A file that has changed since is not what was read: saving asks.
        saved = Saved(path, on_disk or "", on_disk if is_same else None)
        await screen.edit_text(left.unsaved.text, saved)
        if screen.view == "form" and left.unsaved.page in {page.name for page in pages()}:
            await screen.show_page(left.unsaved.page)
            screen.form.current.focus_first()
