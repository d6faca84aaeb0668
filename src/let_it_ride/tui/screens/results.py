"""Where the results of a run that are looked at lead to: its files, its report."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from let_it_ride.errors import LetItRideError
from let_it_ride.tui.editing.folders import readable
from let_it_ride.tui.screens.exporting import export

if TYPE_CHECKING:
    from textual.screen import Screen

    from let_it_ride.tui.app import LirApp
    from let_it_ride.tui.runs import Outcome

_NO_RUN: Final = (
    "There is no run to look at that has come to its end. {run} plays one; {runs} lists those that"
    " are kept, and enter opens one there."
)
_NOT_KEPT: Final = "This run is not kept: there is nothing to write files from."
_NO_REPORT: Final = "There is no HTML report of this run. {export} writes one."
_NO_BROWSER: Final = "There is no browser. The report is\n{file}\n{copy} copies that."


async def export_results(screen: Screen[Any], outcome: Outcome | None) -> Outcome | None:
    """Ask which files are wanted of a run that has ended, and write them.

    Args:
        screen: where the run is looked at.
        outcome: how the run ended.

    Returns:
        The outcome, with the files that were written; None if there are none.
    """
    if outcome is None or outcome.results is None:
        tell_that_there_is_none(screen)
    elif outcome.kept is None or outcome.directory is None:
        screen.notify(_NOT_KEPT, severity="warning", timeout=6)
    else:
        try:
            files = await export(screen, [(outcome.kept, outcome.directory)])
        except LetItRideError as error:
            screen.notify(str(error), title="This cannot be done", severity="error", timeout=10)
        else:
            return replace(outcome, exported=files) if files else None
    return None


async def show_report(screen: Screen[Any], outcome: Outcome | None, export_key: str) -> None:
    """Show the HTML report of a run in a browser, or say where it is.

    Args:
        screen: where the run is looked at.
        outcome: how the run ended.
        export_key: the key that writes a report.
    """
    from let_it_ride.tui.browser import show_in_browser

    app, report = cast("LirApp", screen.app), outcome.report if outcome else None
    if report is None:
        screen.notify(_NO_REPORT.format(export=export_key), timeout=6)
    elif await asyncio.to_thread(show_in_browser, report):
        screen.notify(readable(report), title="Shown in the browser", timeout=4)
    else:
        told = _NO_BROWSER.format(file=readable(report), copy=app.key_of("copy"))
        screen.notify(told, severity="warning", timeout=10)


def tell_that_there_is_none(screen: Screen[Any]) -> None:
    """Tell that no run is looked at, and how to come by one."""
    keys = {name: cast("LirApp", screen.app).key_of(name) for name in ("run", "runs")}
    screen.notify(_NO_RUN.format(**keys), timeout=6)
