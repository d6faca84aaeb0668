"""A session on a screen: played again in a thread, and explained while it is looked at."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, Final

from textual import work
from textual.reactive import reactive
from textual.screen import Screen

from let_it_ride.money import cents
from let_it_ride.reports.felt_text import ended_text, session_text
from let_it_ride.reports.phases import PHASE_WORDS
from let_it_ride.simulation.progress import Phase
from let_it_ride.simulation.replay import seed_to_replay
from let_it_ride.tui.replays import SessionPlayer, Sight, Stage
from let_it_ride.tui.widgets.bankroll_view import BankrollView, Limits
from let_it_ride.tui.widgets.felt_view import FeltView

if TYPE_CHECKING:
    from let_it_ride.config.full import FullConfig
    from let_it_ride.simulation.replay import Replay

#: Seconds after which it is said what is being done.
_PATIENCE: Final = 0.2


class SessionScreen(Screen[None]):
    """What is looked at of a session, and how it comes there."""

    sight: reactive[Sight | None] = reactive(None, init=False)
    """What is looked at."""

    session_name: reactive[str] = reactive("", init=False)
    """Which session it is, in words."""

    doing: reactive[str] = reactive("", init=False)
    """What is being done; empty if nothing is, or not for long."""

    def __init__(self, config: FullConfig, session: int) -> None:
        super().__init__()
        self.config, self.wanted = config, session
        self.player = SessionPlayer(config)
        self._seed, self._seats = seed_to_replay(config), config.table.num_seats
        self._turn = asyncio.Lock()
        self._is_left = Event()
        self._at_work = self._missing = self._unexplained = ""
        self._share = 0.0

    @property
    def is_explained(self) -> bool:
        """Whether the hand that is looked at is there, and what its decisions are worth."""
        return self.sight is not None and self.sight.decisions is not None

    def begin(self) -> None:
        """Play the first session again, and work out what its decisions are worth."""
        self.load(self.wanted)
        self._explain()

    def on_unmount(self) -> None:
        """Leave nothing at work."""
        self._is_left.set()

    def look_at(self, hand: int, stage: Stage = Stage.PAID) -> None:
        """Look at a hand; the nearest there is."""
        if self.sight is not None:
            replay = self.sight.replay
            hand = min(max(hand, 1), len(replay.hands))
            decisions = self.player.decisions(replay, hand)
            self.sight = Sight(replay, hand, stage, decisions, self._seats)

    @work(group="replay")
    async def load(self, session: int) -> None:
        """Play a session again, unless another one is wanted meanwhile."""
        self.wanted = session
        self._at_work = "Playing the session again…"
        telling = self.set_interval(_PATIENCE, self._tell_of_work)
        try:
            async with self._turn:
                if session != self.wanted:
                    return
                replay = await asyncio.to_thread(self.player.play, session, self._note_compiling)
        except Exception as error:  # noqa: BLE001  a session may be missing, the program may not
            if session == self.wanted:
                self._refuse(str(error) or type(error).__name__)
            return
        finally:
            telling.stop()
        if session == self.wanted and self.is_mounted:
            self.doing = ""
            self._show(replay)

    def _show(self, replay: Replay) -> None:
        stops, bankroll = self.config.bankroll.stop_conditions, replay.starting_bankroll
        self.query_one(BankrollView).limits = Limits(
            None if stops.win_limit is None else bankroll + cents(stops.win_limit),
            None if stops.loss_limit is None else bankroll - cents(stops.loss_limit),
        )
        self.session_name = session_text(self.config, replay, self._seed, self.player.sessions)
        if replay.hands:
            decisions = self.player.decisions(replay, 1)
            self.sight = Sight(replay, 1, Stage.DEALT, decisions, self._seats)
        else:
            self._missing, self.sight = f"No hand was played. {ended_text(replay.session)}", None
        self._tell_what_is_missing()

    def _refuse(self, why: str) -> None:
        """Say why a session is not there, and stay with the one that is shown."""
        self.doing = ""
        if self.sight is None:
            self._missing = f"✗ {why}"
            self._tell_what_is_missing()
        else:
            self.wanted = self.sight.replay.session.session
            self.notify(why, severity="warning", timeout=6)

    @work(group="explain")
    async def _explain(self) -> None:
        """Work out what decisions are worth."""
        telling = self.set_interval(_PATIENCE, self._tell_share)
        try:
            await asyncio.to_thread(self.player.explain, self._is_left, self._note_share)
        except Exception as error:  # noqa: BLE001  the reasons may be missing, the hands may not
            self._unexplained = f"What decisions are worth is not known: {error}"
        else:
            self._unexplained = ""
            if self.sight is not None:
                self.look_at(self.sight.hand, self.sight.stage)
        finally:
            telling.stop()
        self._tell_what_is_missing()

    def _note_share(self, share: float) -> None:
        self._share = share

    def _note_compiling(self) -> None:
        """Note it, in the thread that compiles; the screen looks at it when it has time."""
        self._at_work = f"{PHASE_WORDS[Phase.COMPILING]}…"

    def _tell_share(self) -> None:
        self._unexplained = f"Working out what decisions are worth: {int(100 * self._share)} %"
        self._tell_what_is_missing()

    def _tell_of_work(self) -> None:
        self.doing = self._missing = self._at_work
        self._tell_what_is_missing()

    def _tell_what_is_missing(self) -> None:
        for felt in self.query(FeltView):
            felt.note = self._missing if self.sight is None else self._unexplained
