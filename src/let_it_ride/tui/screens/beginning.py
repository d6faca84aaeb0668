"""Where a person begins: with a welcome, with what was open last, with a preset."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from let_it_ride.config import preset_text
from let_it_ride.tui.editing.folders import readable
from let_it_ride.tui.editing.outline import pages
from let_it_ride.tui.editing.session import UNTITLED, Saved
from let_it_ride.tui.editing.settings import Choice
from let_it_ride.tui.recent import (
    RecentFile,
    forget_file,
    is_welcomed,
    note_welcome,
    recent_files,
)
from let_it_ride.tui.screens.choosing import ChoosingScreen
from let_it_ride.tui.screens.restoring import ask
from let_it_ride.tui.screens.welcome import CHOOSE, FIRST_PRESET, PLAY, WelcomeScreen
from let_it_ride.tui.unsaved import LeftBehind, left_behind
from let_it_ride.tui.widgets.run_words import moment_text

if TYPE_CHECKING:
    from pathlib import Path

    from let_it_ride.tui.screens.workspace import WorkspaceScreen

FORGET: Final = "Take it off the list"

#: Seconds for which what was open last is offered.
_OFFERED: Final = 12


async def begin_without_file(screen: WorkspaceScreen) -> None:
    """Welcome who is here for the first time; offer anybody else what was open last.

    Who types already is not interrupted.
    """
    recent = await asyncio.to_thread(_still_there)
    if screen.app.last_key or screen.is_dirty:
        return
    if recent:
        latest = recent[0]
        place = _label_of(latest.page)
        text = f"{readable(latest.path)}{f', at {place}' if place else ''}."
        key = screen.app.key_of("recent")
        screen.notify(f"{text} {key} goes on there.", title="Open last", timeout=_OFFERED)
    elif screen.app.welcomes and not await asyncio.to_thread(is_welcomed):
        # Where it cannot be noted, it would come at every start.
        is_noted = await asyncio.to_thread(note_welcome)
        if is_noted:
            await welcome(screen)


async def welcome(screen: WorkspaceScreen) -> None:
    """Say what this is, and begin in one of three ways."""
    way = await screen.app.push_screen_wait(WelcomeScreen())
    if way == PLAY and await screen.may_leave():
        text = preset_text(FIRST_PRESET)
        await screen.edit_text(text, Saved(None, text))
        screen.action_run()
    elif way == CHOOSE:
        await screen.new()


async def open_recent(screen: WorkspaceScreen) -> None:
    """Open one of the files that were open last, where it was left, or changes left behind."""
    left = await asyncio.to_thread(left_behind)
    choices = await asyncio.to_thread(_choices)
    if not choices and not left:
        screen.notify("No file has been open yet.", timeout=4)
        return
    unsaved = [Choice(str(each.kept), *_told(each)) for each in left]
    chosen = await screen.app.push_screen_wait(
        ChoosingScreen("Recent files", [*unsaved, *(choice for choice, _ in choices)])
    )
    for each in left:
        if chosen == str(each.kept):
            await ask(screen, each)
            return
    recent = next((each for choice, each in choices if choice.name == chosen), None)
    if recent is not None:
        await open_again(screen, recent)


async def open_again(screen: WorkspaceScreen, recent: RecentFile) -> None:
    """Open a file that was open, where it was left."""
    if not await screen.may_leave():
        return
    if not await asyncio.to_thread(_is_there, recent.path):
        text = f"{readable(recent.path)} is no longer there."
        if await screen.ask("The file is gone", text, ("OK", FORGET)) == FORGET:
            await asyncio.to_thread(forget_file, recent.path)
    elif await screen.open_file(recent.path) and screen.view == "form" and _label_of(recent.page):
        await screen.go_to_section(recent.page)


def _told(left: LeftBehind) -> tuple[str, str]:
    """What is said of changes that were left behind, and where they belong."""
    path, moment = left.unsaved.path, moment_text(left.moment)
    where = "it has no file yet" if path is None else _folder_of(path)
    return f"● {path.name if path else UNTITLED}, not saved", f"{where}, changes of {moment}"


def _choices() -> list[tuple[Choice, RecentFile]]:
    return [(_choice(each), each) for each in recent_files()]


def _choice(recent: RecentFile) -> Choice:
    about, place = _folder_of(recent.path), _label_of(recent.page)
    label = recent.path.name if _is_there(recent.path) else f"✗ {recent.path.name} (gone)"
    return Choice(str(recent.path), label, f"{about}, at {place}" if place else about)


def _folder_of(path: Path) -> str:
    folder = readable(path.parent)
    return "here" if folder == "." else folder


def _still_there() -> list[RecentFile]:
    return [each for each in recent_files() if _is_there(each.path)]


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _label_of(page: str) -> str:
    return next((each.label for each in pages() if each.name == page), "")
