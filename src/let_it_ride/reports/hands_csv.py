"""The hand log of a run as CSV: a line a hand of its first sessions, amounts in dollars.

It is played in a process of its own: the kernel is not loaded where the app's screen is drawn.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from let_it_ride.config import FullConfig
from let_it_ride.files import FileError, atomic_file
from let_it_ride.money import decimal_cents
from let_it_ride.reports.replay_json import decision
from let_it_ride.simulation.errands import do_apart
from let_it_ride.simulation.errors import ErrandFailedError
from let_it_ride.simulation.places import SessionPlace, places_of
from let_it_ride.simulation.processes import Outbox
from let_it_ride.simulation.progress import Throttle
from let_it_ride.simulation.replay import PlayedHand, Replayer
from let_it_ride.simulation.results import SimulationResults
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.stored_sessions import StoredSessions
from let_it_ride.simulation.worker import RunTask

#: How long the process that writes the file may take to remove what it has begun: killed, it would
#: leave that behind.
_SECONDS_TO_TIDY_UP: Final = 5.0

HAND_COLUMNS: Final = (
    "session",
    "table",
    "seat",
    "hand",
    "round",
    "card_1",
    "card_2",
    "card_3",
    "fourth",
    "fifth",
    "burned",
    "bet_1",
    "bet_2",
    "category",
    "bonus_category",
    "bets_in_action",
    "bet",
    "bonus",
    "main_result",
    "bonus_result",
    "bankroll",
)


@dataclass(frozen=True, slots=True)
class HandLog:
    """What the process that writes a hand log needs to know.

    Attributes:
        run: the run.
        sessions: how many of its first sessions are logged.
        path: the file.
    """

    run: RunTask
    sessions: int
    path: Path


class _StoppedError(Exception):
    """The main process has asked for a stop; the file is given up."""


def write_hands_csv(
    config: FullConfig,
    results: SimulationResults,
    sessions: int,
    path: Path,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Play the first sessions of a run again and write their hands, whole or not at all.

    Args:
        config: what was run.
        results: the run.
        sessions: how many; all, if there are not so many.
        path: the file.
        progress: told how many sessions are written, now and then; what it raises comes through.

    Raises:
        FileError: it cannot be written.
        ErrandFailedError: the process that writes it died.
    """
    sessions = min(sessions, len(results))
    task = RunTask(config.model_dump_json(), results.directory, results.mark)
    written = 0

    def hear(message: object) -> int | None:
        nonlocal written
        match message:
            case int(so_far):
                written = so_far
            case FileError() as error:
                raise error
        return written if written == sessions else None

    do_apart(
        "hand log",
        log_hands,
        HandLog(task, sessions, path),
        hear=hear,
        watch=lambda: progress(written),
        failed=lambda reason: ErrandFailedError("writing the hand log", reason),
        grace=_SECONDS_TO_TIDY_UP,
    )
    progress(sessions)


def log_hands(log: HandLog, outbox: Outbox) -> None:
    """Write a hand log; sends how many sessions are written, and all of them when it is there."""
    config, _, run = log.run.open()
    replayer = Replayer(config)
    throttle = Throttle()
    try:
        with atomic_file(log.path) as file:
            file.write((",".join(HAND_COLUMNS) + "\n").encode())
            for place in islice(_places(run), log.sessions):
                if outbox.should_stop():
                    raise _StoppedError
                _write_session(file, replayer, place)
                written = place.session + 1
                if written < log.sessions and throttle.is_due():
                    outbox.send(written)
    except _StoppedError:
        return
    except FileError as error:
        outbox.send(error)
        return
    outbox.send(log.sessions)


def _places(run: RunDirectory) -> Iterator[SessionPlace]:
    return places_of(StoredSessions(run).in_order())


def _write_session(file: BinaryIO, replayer: Replayer, place: SessionPlace) -> None:
    where = [str(number) for number in (place.session, place.table, place.seat + 1)]
    hands = replayer.replay(place).hands
    lines = (",".join((*where, *_fields(hand))) for hand in hands)
    file.write(("\n".join(lines) + "\n").encode())


def _fields(hand: PlayedHand) -> Iterator[str]:
    yield from (str(hand.hand), str(hand.round))
    yield from (*hand.own, hand.fourth, hand.fifth, " ".join(hand.burned))
    yield decision(rides=hand.bet_1_rides)
    yield decision(rides=hand.bet_2_rides)
    yield from (hand.category.key, hand.bonus_category.key, str(hand.bets_in_action))
    amounts = (hand.bet, hand.bonus, hand.main_result, hand.bonus_result, hand.bankroll)
    yield from map(decimal_cents, amounts)
