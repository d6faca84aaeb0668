"""What can be done with the runs that are kept; each asks what it needs, in a worker."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from let_it_ride.config.printing import quoted
from let_it_ride.reports.kept_runs import short_names
from let_it_ride.reports.numbers import count, size_text
from let_it_ride.reports.sizes import NotASizeError, read_size
from let_it_ride.simulation.run_state import RunCheck, RunState
from let_it_ride.tui.editing.session import Saved
from let_it_ride.tui.keeping import checked_config, kept_config
from let_it_ride.tui.replays import NotANumberError, number_in
from let_it_ride.tui.run_jobs import compared, verified
from let_it_ride.tui.screens import exporting
from let_it_ride.tui.screens.busy import busy
from let_it_ride.tui.screens.field import FieldScreen
from let_it_ride.tui.screens.files import CANCEL
from let_it_ride.tui.screens.kept_run import KeptRunScreen
from let_it_ride.tui.screens.question import QuestionScreen
from let_it_ride.tui.screens.replay import ReplayScreen
from let_it_ride.tui.screens.runs_beside import RunsBesideScreen
from let_it_ride.tui.widgets.run_words import named

if TYPE_CHECKING:
    from let_it_ride.history import Entry
    from let_it_ride.tui.screens.runs import RunsScreen

DELETE: Final = "Delete"

_NOT_COMPLETE: Final = "{} is not complete: {}."
_HOW_TO_GO_ON: Final = {
    RunState.UNFINISHED: "{resume} goes on with it",
    RunState.RUNNING: "a program plays it",
    RunState.DAMAGED: "what it is cannot be read",
}


_KEYS_IN_TEXTS: Final = {"resume": "r", "open": "enter"}


async def open_run(screen: RunsScreen) -> None:
    """Show a complete run as if it had just ended."""
    entry = screen.pointed
    if entry is not None and _is_complete(screen, entry):
        directory = screen.history.path(entry.id)
        config = await asyncio.to_thread(kept_config, directory)
        await screen.app.push_screen_wait(KeptRunScreen(entry, config, directory))


async def resume(screen: RunsScreen) -> None:
    """Go on with a run in the workspace."""
    entry = screen.pointed
    if entry is None:
        return
    if entry.state is not RunState.UNFINISHED:
        why = {RunState.COMPLETE: "it is complete; {open} opens it"} | _HOW_TO_GO_ON
        why_not = _with_keys(screen, why[entry.state])
        screen.notify(f"There is nothing to resume: {why_not}.", timeout=5)
    elif screen.workspace.resume_run(entry.id):
        screen.dismiss(None)
        await screen.workspace.look_at("run")


async def replay(screen: RunsScreen) -> None:
    """Ask for a session of a run, and show it hand by hand."""
    entry = screen.pointed
    if entry is None:
        return
    config = await asyncio.to_thread(checked_config, screen.history.path(entry.id))
    hint = "Its number, from 0."
    if entry.sessions is not None:
        hint = f"Its number, from 0 to {count(entry.sessions - 1)}."
    number = await screen.app.push_screen_wait(
        FieldScreen("Play a session again", hint, "0", partial(_not_a_session, entry.sessions))
    )
    if number is None:
        return
    session = number_in(number, 0, None, "session")
    await screen.app.push_screen_wait(ReplayScreen(config, session, entry.sessions))


async def compare(screen: RunsScreen) -> None:
    """Put the two marked runs beside each other, or the marked one and that pointed at."""
    chosen = list(screen.marked)
    pointed = screen.pointed
    if len(chosen) == 1 and pointed is not None and pointed not in chosen:
        chosen.append(pointed)
    if len(chosen) != 2:
        marked = f"{count(len(chosen))} are marked; " if len(chosen) > 2 else ""
        screen.notify(f"{marked}space marks the two runs to compare.", timeout=5)
        return
    for entry in chosen:
        if not _is_complete(screen, entry):
            return
    runs = sorted(chosen, key=lambda entry: entry.started)
    named = [
        (name, screen.history.path(entry.id))
        for name, entry in zip(short_names(runs), runs, strict=True)
    ]
    found = await busy(screen, "Comparing the runs", partial(compared, named))
    if found is not None:
        await screen.app.push_screen_wait(RunsBesideScreen(*found))


async def rename(screen: RunsScreen) -> None:
    """Ask what a run is to be called."""
    entry = screen.pointed
    if entry is None:
        return
    hint = "What to call this run; empty for what its id says."
    name = await screen.app.push_screen_wait(FieldScreen("Name of the run", hint, entry.title))
    if name is not None:
        await asyncio.to_thread(screen.history.rename, entry.id, name)
        await screen.look()


async def pin(screen: RunsScreen) -> None:
    """Keep a run when room is made, or no longer."""
    entry = screen.pointed
    if entry is not None:
        await asyncio.to_thread(screen.history.pin, entry.id, not entry.pinned)
        await screen.look()


async def export(screen: RunsScreen) -> None:
    """Write the files of the marked runs or, if none is marked, of that pointed at."""
    pointed = screen.pointed
    going = screen.marked or ((pointed,) if pointed else ())
    if going and all(_is_complete(screen, entry) for entry in going):
        await exporting.export(screen, [(each, screen.history.path(each.id)) for each in going])


async def verify(screen: RunsScreen) -> None:
    """Check the digest of every block of a run, and its equivalence where that is not known."""
    entry = screen.pointed
    if entry is None:
        return
    directory = screen.history.path(entry.id)
    job = partial(verified, directory, was_checked=entry.check is not RunCheck.NOT_CHECKED)
    told = await busy(screen, f"Verifying {quoted(entry.title)}", job)
    await asyncio.to_thread(screen.history.note, directory)
    await screen.look()
    if told is not None:
        title, text = told
        await screen.app.push_screen_wait(QuestionScreen(title, text))


async def take(screen: RunsScreen) -> None:
    """Load the configuration of a run into the form, as one without a file."""
    entry = screen.pointed
    if entry is None:
        return
    from let_it_ride.config import dump_config

    config = await asyncio.to_thread(kept_config, screen.history.path(entry.id))
    text = await asyncio.to_thread(dump_config, config)
    if await screen.workspace.may_leave():
        await screen.workspace.edit_text(text, Saved())
        screen.dismiss(None)


async def delete(screen: RunsScreen) -> None:
    """Delete the marked runs or, if none is marked, that pointed at, having asked."""
    pointed = screen.pointed
    going = screen.marked or ((pointed,) if pointed else ())
    if not going:
        return
    size = size_text(sum(entry.size for entry in going))
    text = f"{named(going)}, {size}, cannot be had back."
    title = "Delete the run?" if len(going) == 1 else f"Delete {count(len(going))} marked runs?"
    question = QuestionScreen(title, text, (CANCEL, DELETE))
    if await screen.app.push_screen_wait(question) != DELETE:
        return
    try:
        for entry in going:
            await asyncio.to_thread(screen.history.delete, entry.id)
    finally:
        await screen.look()


async def limit(screen: RunsScreen) -> None:
    """Ask how much all runs may take."""
    history = screen.history
    before = "none" if history.limit is None else size_text(history.limit)
    hint = (
        "What all runs may take, such as 500 MB or 20 GB; none for no limit. Where a new run"
        " would take more, you are asked whether the oldest go that are not pinned."
    )
    text = await screen.app.push_screen_wait(
        FieldScreen("Limit on space", hint, before, _not_a_size)
    )
    if text is not None and text != before:
        history.limit = read_size(text or "none")
        await screen.look()


def _is_complete(screen: RunsScreen, entry: Entry) -> bool:
    """Return whether a run is complete; if not, say how it stands."""
    is_complete = entry.state is RunState.COMPLETE
    if not is_complete:
        how = _with_keys(screen, _HOW_TO_GO_ON[entry.state])
        screen.notify(_NOT_COMPLETE.format(quoted(entry.title), how), timeout=5)
    return is_complete


def _with_keys(screen: RunsScreen, text: str) -> str:
    """Return a text with the keys that it names."""
    keys = {name: screen.app.key_of(f"runs.{name}", key) for name, key in _KEYS_IN_TEXTS.items()}
    return text.format(**keys)


def _not_a_session(sessions: int | None, text: str) -> str:
    try:
        number = number_in(text, 0, None, "session")
    except NotANumberError as error:
        return str(error)
    if sessions is not None and number >= sessions:
        return f"The last session of this run is {count(sessions - 1)}."
    return ""


def _not_a_size(text: str) -> str:
    try:
        read_size(text or "none")
    except NotASizeError as error:
        return str(error)
    return ""
