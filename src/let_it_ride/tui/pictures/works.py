"""Pictures that take their time: worked out in a thread, and looked at meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from let_it_ride.money import cents
from let_it_ride.reports.phases import PHASE_WORDS
from let_it_ride.simulation.progress import Phase
from let_it_ride.tui.pictures.pages import SLOW, Page, paths_picture, ruin_picture
from let_it_ride.tui.pictures.picture import NoPicture

if TYPE_CHECKING:
    from threading import Event

    from let_it_ride.analysis.sweep import Cell
    from let_it_ride.reports.pictures.ruin import Ruin
    from let_it_ride.tui.pictures.pages import Ended
    from let_it_ride.tui.pictures.picture import Picture
    from let_it_ride.tui.what_if import Sweeper


class Work(Protocol):
    """What makes a picture."""

    picture: Picture
    """The picture as far as it is known, or how far it is."""

    def do(self) -> None:
        """Make it; called in a thread, and ends soon when nobody waits any more."""

    def fail(self, why: str) -> None:
        """Have it say why it could not be made."""


class PathsWork:
    """Plays sessions again, for the picture of their money."""

    def __init__(self, run: Ended, left: Event) -> None:
        """Prepare.

        Args:
            run: whose sessions.
            left: set when nobody waits any more.
        """
        self._run, self._left = run, left
        self.picture: Picture = NoPicture(SLOW[Page.PATHS], "Playing sessions again…")

    def do(self) -> None:
        """Play them."""
        from let_it_ride.reports.pictures.paths import fan_of

        def tell(share: float) -> None:
            self._tell(f"Playing sessions again: {share * 100:.0f} %")

        def tell_of_compiling() -> None:
            self._tell(f"{PHASE_WORDS[Phase.COMPILING]}…")

        run = self._run
        fan = fan_of(run.config, run.results, self._left, tell, tell_of_compiling)
        if fan is not None:
            self.picture = paths_picture(run, fan)

    def fail(self, why: str) -> None:
        """Say why there are no paths."""
        self._tell(f"✗ {why}. The other pictures need no session, and are there.")

    def _tell(self, text: str) -> None:
        self.picture = NoPicture(SLOW[Page.PATHS], text)


class RuinWork:
    """Solves the sessions of many bankrolls in the processes that sweeps have."""

    def __init__(self, run: Ended, left: Event, sweep: Sweeper) -> None:
        """Prepare.

        Args:
            run: whose settings.
            left: set when nobody waits any more.
            sweep: who works out variations.
        """
        self._run, self._left, self._sweep = run, left, sweep
        self.picture: Picture = NoPicture(SLOW[Page.RUIN], "Solving other bankrolls…")

    def do(self) -> None:
        """Solve them, and add each to the picture when it is known."""
        from let_it_ride.analysis.crew import Watching
        from let_it_ride.analysis.dealing import SWEEP_SESSIONS
        from let_it_ride.reports.pictures.ruin import Ruin, alone, axes_of, bankrolls
        from let_it_ride.tui.what_if import dealing_for

        config = alone(self._run.config)
        values = bankrolls(config)
        ruins = [Ruin(cents(value)) for value in values]

        def known(number: int, cell: Cell) -> None:
            ruins[number] = Ruin.of(values[number], cell)
            show(f"{sum(map(_is_known, ruins))} of {len(ruins)} bankrolls are known.")

        def show(doing: str = "") -> None:
            self.picture = ruin_picture(self._run, tuple(ruins), doing)

        def compiling() -> None:
            self.picture = NoPicture(SLOW[Page.RUIN], f"{PHASE_WORDS[Phase.COMPILING]}…")

        watching = Watching(self._left, lambda _: None, compiling, compiling)
        dealing = dealing_for(config, SWEEP_SESSIONS)
        found = self._sweep(config, axes_of(config), dealing, watching, known)
        ruins[:] = map(Ruin.of, values, found.cells)
        show()

    def fail(self, why: str) -> None:
        """Say why there are none."""
        self.picture = NoPicture(SLOW[Page.RUIN], f"✗ The chances cannot be worked out: {why}")


def _is_known(ruin: Ruin) -> bool:
    return ruin.chance is not None or bool(ruin.flaw)
