"""Solving sessions in a process of its own, so that whoever asks need not load what solves."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final

from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.analysis.solving import NotSolvableError, solve
from let_it_ride.config import FullConfig
from let_it_ride.errors import LetItRideError
from let_it_ride.plan import compile_plan
from let_it_ride.simulation.compiled import Kernel, compile_here, is_compiled
from let_it_ride.simulation.compiling import compile_apart
from let_it_ride.simulation.processes import (
    Child,
    Failure,
    Outbox,
    describe_exit,
    end_all,
    prepare_processes,
    wait_for_any,
)
from let_it_ride.simulation.progress import Throttle
from let_it_ride.simulation.worker import compile_kernel

_POLL_SECONDS: Final = 0.02


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

    prepare_processes(everything=True)
    if not is_compiled(Kernel.SOLVER):
        compiling()
        compile_apart(Kernel.SOLVER, compile_solver, watch)
        prepare_processes(everything=True)
    with tempfile.TemporaryDirectory(prefix="lir-tui-law-") as directory:
        path = Path(directory) / "law.npz"
        child = Child("the solver", solve_and_save, SolveTask(config.model_dump_json(), path))
        try:
            while True:
                code = child.exit_code
                for message in child.messages():
                    match message:
                        case float(share):
                            progress(share)
                        case NotSolvableError() as refusal:
                            raise refusal
                        case Failure(text):
                            raise SolvingFailedError(f"the solver failed: {text}")
                if code == 0:
                    return SessionLaw.load(path)
                if code is not None:
                    raise SolvingFailedError(f"the solver {describe_exit(code)}")
                watch()
                wait_for_any([child], _POLL_SECONDS)
        finally:
            end_all([child])


def solve_and_save(task: SolveTask, outbox: Outbox) -> None:
    """Solve, save the law, and end; sends the share that is done now and then."""
    throttle = Throttle()

    def watch(share: float) -> None:
        if outbox.should_stop():
            raise SolvingCancelledError("solving was cancelled")
        if throttle.is_due():
            outbox.send(share)

    config = FullConfig.model_validate_json(task.config)
    try:
        solve(compile_plan(config), watch).save(task.path)
    except NotSolvableError as refusal:
        outbox.send(refusal)
    except SolvingCancelledError:
        return


def compile_solver(_task: object = None, _outbox: Outbox | None = None) -> None:
    """Compile the solver, so that every process after this one finds it compiled."""
    compile_kernel(Kernel.SESSIONS)
    compile_here(Kernel.SOLVER, warm_up)


def warm_up() -> None:
    """Load the solver, and solve the sessions of the default configuration."""
    solve(compile_plan(FullConfig()))
