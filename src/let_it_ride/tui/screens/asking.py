"""What if: asking what to vary or compare with, and what follows from the answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from let_it_ride.analysis.axes import parse_axis
from let_it_ride.config import load_config, parse_config, preset_text
from let_it_ride.config.problems import ConfigError
from let_it_ride.tui.editing.folders import readable
from let_it_ride.tui.editing.outline import all_rows
from let_it_ride.tui.editing.settings import Choice
from let_it_ride.tui.editing.varying import as_in_form, suggested
from let_it_ride.tui.screens.choosing import ChoosingScreen
from let_it_ride.tui.screens.comparison import ComparisonScreen
from let_it_ride.tui.screens.paths import OpenScreen
from let_it_ride.tui.screens.presets import EMPTY, preset_choices
from let_it_ride.tui.screens.sweep import VARY_AGAIN, SweepScreen
from let_it_ride.tui.screens.vary import VaryScreen
from let_it_ride.tui.widgets.edits import Edited
from let_it_ride.tui.widgets.form_page import row_of

if TYPE_CHECKING:
    from let_it_ride.config.full import FullConfig
    from let_it_ride.tui.screens.workspace import WorkspaceScreen

_A_FILE: Final = "/"
"""The name of the choice that is a file; no preset is called so."""


async def vary(screen: WorkspaceScreen) -> None:
    """Ask what to vary, show it, and put what is chosen into the form."""
    config = screen.state.config
    if config is None:
        return
    texts = suggested(row_of(screen.focused), screen.state.values)
    while True:
        asked = await screen.app.push_screen_wait(VaryScreen(texts, screen.state.values))
        if asked is None:
            return
        texts = asked
        axes = tuple(parse_axis(text) for text in texts if text)
        answer = await screen.app.push_screen_wait(SweepScreen(config, axes))
        if answer is None:
            return
        if answer != VARY_AGAIN:
            break
    for path, value in answer:
        row = next((row for row in all_rows(screen.state.values) if row.path == path), None)
        if row is not None:
            screen.take_edit(Edited(row, as_in_form(row, value)))
    await screen.show_setting(answer[-1][0])


async def compare(screen: WorkspaceScreen) -> None:
    """Ask what to compare with, and show both."""
    config = screen.state.config
    if config is None:
        return
    presets = await asyncio.to_thread(preset_choices)
    file = Choice(_A_FILE, "A file…", "A configuration that you have saved.")
    name = await screen.app.push_screen_wait(ChoosingScreen("Compare with", (file, *presets)))
    if name is None:
        return
    other = await _from_a_file(screen) if name == _A_FILE else _from_a_preset(name)
    if other is not None:
        named = ((screen.session.name, config), other)
        await screen.app.push_screen_wait(ComparisonScreen(named))


async def _from_a_file(screen: WorkspaceScreen) -> tuple[str, FullConfig] | None:
    saved = screen.session.saved.path
    folder = f"{readable(saved.parent)}/" if saved else ""
    path = await screen.app.push_screen_wait(OpenScreen(folder))
    if path is None:
        return None
    try:
        return path.name, await asyncio.to_thread(load_config, path)
    except ConfigError as error:
        await screen.tell("This file cannot be compared with", str(error))
        return None


def _from_a_preset(name: str) -> tuple[str, FullConfig]:
    text = "" if name == EMPTY else preset_text(name)
    return name or "defaults", parse_config(text, name)
