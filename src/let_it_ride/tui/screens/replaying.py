"""Which run is replayed: that of the summary that is looked at, or that of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from let_it_ride.tui.replays import NotANumberError, drawn_seed, number_in, seeded
from let_it_ride.tui.screens.field import FieldScreen
from let_it_ride.tui.screens.replay import ReplayScreen

if TYPE_CHECKING:
    from let_it_ride.config.full import FullConfig
    from let_it_ride.tui.screens.workspace import WorkspaceScreen

_HINT: Final = (
    "The configuration names no seed, and there is no run in sight to take it from. Enter a whole"
    " number, which gives the same cards every time, or nothing for cards that nobody has seen."
)

_HIGHEST_SEED: Final = 2**63 - 1

_Run = tuple["FullConfig", int | None]
"""What was run, with its seed; and how many sessions it had, where that is known."""


async def replay(screen: WorkspaceScreen) -> None:
    """Show sessions of a run on the felt."""
    run = _run_in_sight(screen)
    if run and screen.view == "run":
        config, sessions = run
        await screen.app.push_screen_wait(ReplayScreen(config, sessions=sessions))
    elif (form := await _form_to_replay(screen, run)) is not None:
        await screen.app.push_screen_wait(ReplayScreen(form))


def _run_in_sight(screen: WorkspaceScreen) -> _Run | None:
    """The run that is being played, or else the one that has come to its end."""
    if screen.run_at_work is not None:
        config = screen.run_at_work.played_config
        return (config, None) if config else None
    outcome = screen.outcome
    results = outcome.results if outcome else None
    if outcome is None or results is None:
        return None
    return seeded(outcome.config, results.provenance.seed), results.summary.sessions


async def _form_to_replay(screen: WorkspaceScreen, run: _Run | None) -> FullConfig | None:
    """What stands in the form, with its seed; None if that is not told or it is not valid."""
    if not await screen.is_valid() or (config := screen.state.config) is None:
        return None
    if config.simulation.random_seed is not None:
        return config
    if run and (seed := run[0].simulation.random_seed) is not None:
        return seeded(config, seed)
    text = await screen.app.push_screen_wait(FieldScreen("Seed of the run", _HINT, wrong=_flaw))
    if text is None:
        return None
    return seeded(config, number_in(text, 0, _HIGHEST_SEED, "seed") if text else drawn_seed())


def _flaw(text: str) -> str:
    try:
        if text:
            number_in(text, 0, _HIGHEST_SEED, "seed")
    except NotANumberError as error:
        return str(error)
    return ""
