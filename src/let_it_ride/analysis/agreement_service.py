"""Comparing a run with the exact law in a process of its own."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import Final

import numpy as np

from let_it_ride.analysis.agreement import Agreement
from let_it_ride.analysis.comparing_rounds import SeenRounds, compare_rounds
from let_it_ride.analysis.comparing_sessions import (
    SeenSessions,
    amounts_of,
    compare_sessions,
    staked_against,
)
from let_it_ride.analysis.service import see_that_the_solver_is_compiled
from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.analysis.solving import NotSolvableError, not_exact, solve
from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.errors import LetItRideError
from let_it_ride.plan import SessionPlan
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.errands import do_apart
from let_it_ride.simulation.left_behind import private_directory
from let_it_ride.simulation.processes import Outbox
from let_it_ride.simulation.progress import Throttle
from let_it_ride.simulation.results import SimulationResults
from let_it_ride.simulation.run_identity import read_config
from let_it_ride.simulation.stored_sessions import StoredSessions
from let_it_ride.simulation.worker import RunTask

#: So many seconds, or as many as playing took, solving may take.
_PATIENCE: Final = 60.0

#: A process that was killed has a fresh one after it, as often as one that plays.
_TRIES: Final = 3

#: The part of those after which it is foretold how long it will take.
_BEFORE_FORETELLING: Final = 4


class ComparisonCancelledError(LetItRideError):
    """Comparing a run with the exact law was cancelled."""

    exit_code = 1


class ComparisonFailedError(LetItRideError):
    """The process that compares a run with the exact law raised an error or died."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class CompareTask:
    """What the process that compares needs to know.

    Attributes:
        run: the run.
        rounds: its deals.
        patience: seconds that solving its sessions may take.
        path: the file for what it finds.
    """

    run: RunTask
    rounds: SeenRounds
    patience: float
    path: Path


def check_agreement(
    results: SimulationResults,
    cancelled: Event | None = None,
    progress: Callable[[float], None] = lambda _: None,
    compiling: Callable[[], None] = lambda: None,
) -> Agreement:
    """Compare a run with the exact law, in another process.

    The verdict rests on bounds that hold for any number of observations (J. Ville, Étude critique
    de la notion de collectif, 1939): a run that follows the law fails once in a million at most.

    Where sessions take more than a minute to solve, and longer than they took to play, rounds alone
    are compared.

    Args:
        results: the run.
        cancelled: whoever sets it no longer waits.
        progress: told now and then which share of the work is done.
        compiling: called if the solver must be compiled first, which takes some seconds.

    Raises:
        ComparisonCancelledError: `cancelled` was set.
        ComparisonFailedError: the process raised an error or died.
        CompilationFailedError: the solver cannot be compiled.
        ProcessStartError: a process cannot be started.
        RunDirectoryError: the run's configuration cannot be read.
    """
    return compare_apart(results, cancelled, progress, compiling)[0]


def compare_apart(
    results: SimulationResults,
    cancelled: Event | None = None,
    progress: Callable[[float], None] = lambda _: None,
    compiling: Callable[[], None] = lambda: None,
) -> tuple[Agreement, SessionLaw | None]:
    """Compare a run with the exact law, and return that too, as `check_agreement` does.

    Returns:
        What it gave, and the law that every session follows; None where there is no such law, or
        it cannot be solved.
    """

    def watch() -> None:
        if cancelled is not None and cancelled.is_set():
            raise ComparisonCancelledError("comparing with the exact law was cancelled")

    def hear(message: object) -> Path | None:
        match message:
            case float(share):
                progress(share)
            case Path() as there:
                return there
        return None

    see_that_the_solver_is_compiled(watch, compiling)
    summary = results.summary
    edges = summary.house_edge, summary.bonus_house_edge
    rounds = SeenRounds(results.dealt, *edges, results.notes["seat_pairs"])
    config = read_config(results.directory)
    run = RunTask(config.model_dump_json(), results.directory, results.mark)
    patience = max(_PATIENCE, results.provenance.seconds_playing)
    with private_directory("agreement") as directory:
        task = CompareTask(run, rounds, patience, directory / "agreement.json")
        for tries_left in reversed(range(_TRIES)):
            try:
                path = do_apart(
                    "the comparison",
                    compare_and_save,
                    task,
                    hear=hear,
                    watch=watch,
                    failed=lambda reason: ComparisonFailedError(
                        f"the comparison with the exact law {reason}"
                    ),
                )
                break
            except ComparisonFailedError:
                if not tries_left:
                    raise
        agreement = Agreement.of_kept(json.loads(path.read_text(encoding="utf-8")))
        law = _law_beside(path)
        return agreement, SessionLaw.load(law) if law.exists() else None


def compare_and_save(task: CompareTask, outbox: Outbox) -> None:
    """Compare and save what is found; sends the share that is done now and then, then where."""
    throttle = Throttle()

    def tell(share: float) -> None:
        if outbox.should_stop():
            raise ComparisonCancelledError("comparing with the exact law was cancelled")
        if throttle.is_due():
            outbox.send(share)

    try:
        found = compare(task, tell, lambda law: law.save(_law_beside(task.path)))
    except ComparisonCancelledError:
        return
    task.path.write_text(json.dumps(found.kept()), encoding="utf-8")
    outbox.send(task.path)


def _law_beside(path: Path) -> Path:
    """The file for the law, beside that for what comparing with it gives."""
    return path.with_suffix(".npz")


def compare(
    task: CompareTask,
    tell: Callable[[float], None],
    keep: Callable[[SessionLaw], None] = lambda _: None,
) -> Agreement:
    """Compare a run with the exact law.

    Args:
        task: what is compared.
        tell: told now and then which share of the work is done; what it raises comes through.
        keep: given the law that every session follows, if there is one.

    Raises:
        RunDirectoryError: a part of the run cannot be read.
    """
    config, plan, run = task.run.open()
    comparisons, tests = compare_rounds(plan, task.rounds)
    try:
        law = law_of_first_sessions(config, plan, _patiently(tell, task.patience))
    except NotSolvableError as refusal:
        return Agreement(tuple(comparisons), tuple(tests), refusal=str(refusal))
    if not plan.total_rounds:
        keep(law)
    stored = StoredSessions(run)
    seen = SeenSessions(amounts_of(plan, law), staked_against(plan, law))
    summed = 0
    for records in stored.in_order():
        tell((1 + summed / len(stored)) / 2)
        seen.add(records, plan)
        summed += len(records)
    more_comparisons, more_tests = compare_sessions(law, seen)
    return Agreement(
        (*more_comparisons, *comparisons),
        (*more_tests, *tests),
        sample="the first session of every seat" if plan.total_rounds else "",
        numbers_of="the first seat of every table" if plan.seats > 1 else "",
        numbers_from=seen.alone.sessions,
    )


def _patiently(tell: Callable[[float], None], patience: float) -> Callable[[float], None]:
    """Tell of the first half of the work, and give up what would take too long."""
    began = time.monotonic()

    def watch(share: float) -> None:
        tell(share / 2)
        took = time.monotonic() - began
        whole = took / share if share else took
        if took > patience or (took > patience / _BEFORE_FORETELLING and whole > patience):
            raise NotSolvableError(
                f"Solving these sessions takes longer than {patience:,.0f} seconds."
                " lir-tui odds solves them however long it takes."
            )

    return watch


def law_of_first_sessions(
    config: FullConfig, plan: SessionPlan, watch: Callable[[float], None] = lambda _: None
) -> SessionLaw:
    """The law of the first session of any seat, to which it is nothing that others play.

    Args:
        config: what is played.
        plan: the same, compiled.
        watch: told now and then which share of the work is done; what it raises comes through.

    Raises:
        NotSolvableError: it cannot be solved exactly; the error says why.
    """
    table = config.table.model_copy(update={"num_seats": 1, "total_rounds": None})
    alone = config.model_copy(update={"table": table})
    if not plan.total_rounds or plan.total_rounds >= plan.tables.hand_limit:
        return solve(compile_plan(alone), watch)
    if plan.tables.goal.is_there:
        raise NotSolvableError(
            not_exact(
                "their table closes before they can end by their hands, which play for a goal"
                " knows nothing of",
                "With fewer hands_per_session, or more total_rounds, they are solved",
            )
        )
    # The table closes first, which is as if no more hands could be played but for what it is called
    # and that it is looked at after the money.
    simulation = config.simulation.model_copy(update={"hands_per_session": plan.total_rounds})
    law = solve(compile_plan(alone.model_copy(update={"simulation": simulation})), watch)
    chances = law.chances.copy()
    at_the_end = chances[StopReason.MAX_HANDS].copy()
    is_broke = plan.tables.starting_bankroll + law.profits < 3 * plan.tables.bet_floor
    chances[StopReason.INSUFFICIENT_FUNDS] += np.where(is_broke, at_the_end, 0.0)
    chances[StopReason.TABLE_CLOSED] += np.where(is_broke, 0.0, at_the_end)
    chances[StopReason.MAX_HANDS] = 0.0
    return replace(law, chances=chances)
