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
    "The configuration names no seed, and nothing has been run. Enter a whole number, which gives"
    " the same cards every time, or nothing for cards that nobody has seen."
)

_HIGHEST_SEED: Final = 2**63 - 1


async def replay(screen: WorkspaceScreen) -> None:
    """Show sessions of a run on the felt."""
    outcome = screen.outcome
    results = outcome.results if outcome else None
    if outcome and results and screen.view == "run":
        config = seeded(outcome.config, results.provenance.seed)
        await screen.app.push_screen_wait(ReplayScreen(config, sessions=results.summary.sessions))
    elif (form := await _form_to_replay(screen)) is not None:
        await screen.app.push_screen_wait(ReplayScreen(form))


async def _form_to_replay(screen: WorkspaceScreen) -> FullConfig | None:
    """What stands in the form, with its seed; None if that is not told or it is not valid."""
    if not await screen.is_valid() or (config := screen.state.config) is None:
        return None
    if config.simulation.random_seed is not None:
        return config
    if screen.outcome and screen.outcome.results:
        return seeded(config, screen.outcome.results.provenance.seed)
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
