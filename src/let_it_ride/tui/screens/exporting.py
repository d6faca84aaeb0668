"""Writing the files of the runs that are marked, or of the one that is pointed at."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

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

    from let_it_ride.history import Entry
    from let_it_ride.tui.screens.runs import RunsScreen

REPLACE: Final = "Replace"

USUAL: Final = Wanted(("html", "json", "csv", "parquet"), ("sessions", "aggregates", "seats"))
"""What is ticked at first."""

#: Of so many sessions the hands are written where a run logs none.
_LOGGED: Final = 100


async def export(screen: RunsScreen, entries: Sequence[Entry]) -> None:
    """Ask which files are wanted of some complete runs, and where, and write them.

    Args:
        screen: the list of runs.
        entries: the runs.

    Raises:
        LetItRideError: a run cannot be read, or a file not written.
    """
    exports = await _asked_for(screen, entries)
    if not exports:
        return
    files = await busy(screen, f"Exporting {named(entries)}", partial(exported, exports))
    if files is not None:
        screen.notify(_written(exports, files), timeout=10)


async def _asked_for(screen: RunsScreen, entries: Sequence[Entry]) -> Sequence[Exported]:
    """What is to be written of each run; nothing where that is given up."""
    directories = [screen.history.path(entry.id) for entry in entries]
    configs = [await asyncio.to_thread(kept_config, each) for each in directories]
    hands = [config.simulation.record_hands or _LOGGED for config in configs]
    missing = await asyncio.to_thread(why_no_parquet)
    asked = ExportChoiceScreen(screen.wanted_files, missing, max(hands))
    wanted = await screen.app.push_screen_wait(asked)
    if wanted is None:
        return ()
    screen.wanted_files = wanted
    base = configs[0].output.directory.rstrip("/")
    folders: list[Path]
    if len(entries) == 1:
        folder = await screen.app.push_screen_wait(FolderScreen(f"{base}/{entries[0].id}/"))
        folders = [folder] if folder is not None else []
    else:
        folder = await screen.app.push_screen_wait(FolderScreen(f"{base}/", for_each=True))
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
        if await screen.app.push_screen_wait(question) != REPLACE:
            return ()
    return exports


def _written(exports: Sequence[Exported], files: Sequence[Path]) -> str:
    """Say what was written."""
    if len(exports) == 1:
        folders = {file.parent for file in files}
        names = ", ".join(file.name for file in files)
        return f"Written into {', '.join(map(readable, folders))}: {names}"
    into = readable(exports[0].folder.parent)
    return f"Written: {count(len(files))} files in {count(len(exports))} folders of {into}"
