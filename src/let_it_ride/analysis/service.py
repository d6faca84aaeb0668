"""Solving sessions in a process of its own, so that whoever asks need not load what solves."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final

from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.analysis.solving import NotSolvableError, solve
from let_it_ride.config import FullConfig
from let_it_ride.errors import LetItRideError
from let_it_ride.goal_play.rules import GoalTooLargeError
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.compiled import Kernel, compile_here
from let_it_ride.simulation.compiling import see_that_it_is_compiled
from let_it_ride.simulation.errands import do_apart
from let_it_ride.simulation.left_behind import private_directory
from let_it_ride.simulation.processes import Outbox
from let_it_ride.simulation.progress import Throttle
from let_it_ride.simulation.worker import compile_kernel

#: What is done about sessions that are not solved.
_INSTEAD: Final = "F5 or lir-tui run simulates them."


class SolvingCancelledError(LetItRideError):
    """Solving was cancelled."""


class SolvingFailedError(LetItRideError):
    """The process that solves raised an error or died."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class SolveTask:
    """What the process that solves needs to know.

    Attributes:
        config: the configuration as JSON.
        path: the file for its law.
    """

    config: str
    path: Path


def solve_apart(
    config: FullConfig,
    cancelled: Event,
    progress: Callable[[float], None] = lambda _: None,
    compiling: Callable[[], None] = lambda: None,
) -> SessionLaw:
    """Solve the sessions of a configuration in another process.

    Args:
        config: what is played.
        cancelled: whoever sets it no longer waits for the law.
        progress: told now and then which share of the work is done.
        compiling: called if the solver must be compiled first, which takes some seconds.

    Raises:
        NotSolvableError: they cannot be solved exactly; the error says why.
        SolvingCancelledError: `cancelled` was set.
        SolvingFailedError: the process raised an error or died.
        CompilationFailedError: the solver cannot be compiled.
        ProcessStartError: a process cannot be started.
    """

    def watch() -> None:
        if cancelled.is_set():
            raise SolvingCancelledError("solving was cancelled")

    def hear(message: object) -> Path | None:
        match message:
            case float(share):
                progress(share)
            case NotSolvableError() as refusal:
                raise refusal
            case Path() as there:
                return there
        return None

    see_that_the_solver_is_compiled(watch, compiling)
    with private_directory("law") as directory:
        task = SolveTask(config.model_dump_json(), directory / "law.npz")
        path = do_apart(
            "the solver",
            solve_and_save,
            task,
            hear=hear,
            watch=watch,
            failed=lambda reason: SolvingFailedError(f"the solver {reason}"),
        )
        return SessionLaw.load(path)


def solve_session(config: FullConfig) -> SessionLaw:
    """The exact law of a session of a configuration, found in another process.

    It usually takes milliseconds, but has no upper bound: sessions without stop limits that go on
    for thousands of hands, with many different bets, can take minutes. The solver is compiled for
    this machine when it is first needed, which takes some seconds.

    Args:
        config: what is played; its seed and its number of sessions make no difference.

    Raises:
        NotSolvableError: the sessions cannot be solved exactly; the error says why, and what would
            help.
        SolvingFailedError: the process raised an error or died.
        CompilationFailedError: the solver cannot be compiled.
        ProcessStartError: a process cannot be started.
    """
    return solve_apart(config, Event())


def see_that_the_solver_is_compiled(
    watch: Callable[[], None], compiling: Callable[[], None]
) -> None:
    """Compile the solver in a process of its own, if that has not been done.

    Args:
        watch: called now and then meanwhile; what it raises comes through.
        compiling: called if it must be compiled, which takes some seconds.
    """
    see_that_it_is_compiled(Kernel.SOLVER, compile_solver, watch, compiling)


def solve_and_save(task: SolveTask, outbox: Outbox) -> None:
    """Solve and save the law; sends the share that is done now and then, then where it is."""
    throttle = Throttle()

    def watch(share: float) -> None:
        if outbox.should_stop():
            raise SolvingCancelledError("solving was cancelled")
        if throttle.is_due():
            outbox.send(share)

    config = FullConfig.model_validate_json(task.config)
    try:
        solve(compile_plan(config), watch).save(task.path)
        outbox.send(task.path)
    except NotSolvableError as refusal:
        outbox.send(NotSolvableError(f"{refusal} {_INSTEAD}"))
    except GoalTooLargeError as error:
        outbox.send(NotSolvableError(str(error)))
    except SolvingCancelledError:
        return


def compile_solver(_task: object = None, _outbox: Outbox | None = None) -> None:
    """Compile the solver, so that every process after this one finds it compiled."""
    compile_kernel(Kernel.SESSIONS)
    compile_here(Kernel.SOLVER, warm_up)


def warm_up() -> None:
    """Load the solver, and solve the sessions of the default configuration."""
    solve(compile_plan(FullConfig()))
