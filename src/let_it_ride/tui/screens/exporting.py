"""Asking which files are wanted of runs, and writing them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from let_it_ride.reports.numbers import count
from let_it_ride.tui.editing.folders import readable
from let_it_ride.tui.keeping import kept_config
from let_it_ride.tui.run_jobs import Exported, exported, in_the_way, why_no_parquet
from let_it_ride.tui.screens.busy import busy
from let_it_ride.tui.screens.export_choice import ExportChoiceScreen, Wanted
from let_it_ride.tui.screens.files import CANCEL
from let_it_ride.tui.screens.paths import FolderScreen
from let_it_ride.tui.screens.question import QuestionScreen
from let_it_ride.tui.widgets.run_words import named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.screen import Screen

    from let_it_ride.history import Entry
    from let_it_ride.tui.app import LirApp

REPLACE: Final = "Replace"

USUAL: Final = Wanted(("html", "json", "csv", "parquet"), ("sessions", "aggregates", "seats"))
"""What is ticked at first."""

#: Of so many sessions the hands are written where a run logs none.
_LOGGED: Final = 100


async def export(screen: Screen[Any], runs: Sequence[tuple[Entry, Path]]) -> Sequence[Path]:
    """Ask which files are wanted of some complete runs, and where, and write them.

    Args:
        screen: where that is asked for, in a worker.
        runs: the runs, and where they are.

    Returns:
        The files; none where it was given up.

    Raises:
        LetItRideError: a run cannot be read, or a file not written.
    """
    exports = await _asked_for(screen, runs)
    if not exports:
        return ()
    entries = [entry for entry, _ in runs]
    files = await busy(screen, f"Exporting {named(entries)}", partial(exported, exports))
    if files is not None:
        screen.notify(_written(exports, files), title="Exported", timeout=10)
    return files or ()


async def _asked_for(screen: Screen[Any], runs: Sequence[tuple[Entry, Path]]) -> Sequence[Exported]:
    """What is to be written of each run; nothing where that is given up."""
    app = cast("LirApp", screen.app)
    entries, directories = [entry for entry, _ in runs], [directory for _, directory in runs]
    configs = [await asyncio.to_thread(kept_config, each) for each in directories]
    hands = [config.simulation.record_hands or _LOGGED for config in configs]
    missing = await asyncio.to_thread(why_no_parquet)
    asked = ExportChoiceScreen(app.wanted_files or USUAL, missing, max(hands))
    wanted = await app.push_screen_wait(asked)
    if wanted is None:
        return ()
    app.wanted_files = wanted
    base = configs[0].output.directory.rstrip("/")
    folders: list[Path]
    if len(entries) == 1:
        folder = await app.push_screen_wait(FolderScreen(f"{base}/{entries[0].id}/"))
        folders = [folder] if folder is not None else []
    else:
        folder = await app.push_screen_wait(FolderScreen(f"{base}/", for_each=True))
        folders = [folder / entry.id for entry in entries] if folder is not None else []
    if not folders:
        return ()
    exports = [
        Exported(directory, into, wanted.formats, wanted.tables, logged)
        for directory, into, logged in zip(directories, folders, hands, strict=True)
    ]
    others = await asyncio.to_thread(in_the_way, exports)
    if others:
        several = f" and {count(len(others) - 1)} more" if len(others) > 1 else ""
        text = (
            f"There are files that are not of this run: {readable(others[0])}{several}. They"
            " would go. In another folder these would be beside them."
        )
        question = QuestionScreen("Replace files of another run?", text, (CANCEL, REPLACE))
        if await app.push_screen_wait(question) != REPLACE:
            return ()
    return exports


def _written(exports: Sequence[Exported], files: Sequence[Path]) -> str:
    """Say where the files are."""
    if len(exports) == 1:
        return f"{count(len(files))} files are in\n{readable(exports[0].folder)}"
    into = readable(exports[0].folder.parent)
    return f"{count(len(files))} files are in {count(len(exports))} folders of\n{into}"
