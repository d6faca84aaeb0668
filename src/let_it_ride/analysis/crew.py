"""Many configurations solved, or simulated, by child processes that share the work."""

import random
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import reduce
from threading import Event
from typing import Any

from let_it_ride.analysis.dealing import Dealing
from let_it_ride.analysis.figures import (
    Beside,
    Figures,
    exact_figures_of,
    figures_of,
    plan_to_deal,
    play_dealt,
)
from let_it_ride.analysis.played_sums import PlayedSums
from let_it_ride.analysis.service import (
    SolvingCancelledError,
    SolvingFailedError,
    see_that_the_solver_is_compiled,
)
from let_it_ride.analysis.solving import NotSolvableError
from let_it_ride.config import FullConfig
from let_it_ride.planning import refuse_too_large_a_goal
from let_it_ride.simulation.compiled import Kernel
from let_it_ride.simulation.compiling import see_that_it_is_compiled
from let_it_ride.simulation.errands import messages_of
from let_it_ride.simulation.parallel import available_cpus
from let_it_ride.simulation.processes import Outbox
from let_it_ride.simulation.progress import Throttle
from let_it_ride.simulation.worker import compile_kernel


@dataclass(frozen=True, slots=True)
class Watching:
    """Who is told how the work goes.

    Attributes:
        cancelled: whoever sets it no longer waits.
        progress: told now and then which share of the work is done.
        compiling: called if the solver must be compiled first, which takes some seconds.
        compiling_tables: called if what deals the cards of tables must be, which takes some too.
    """

    cancelled: Event
    progress: Callable[[float], None] = lambda _: None
    compiling: Callable[[], None] = lambda: None
    compiling_tables: Callable[[], None] = lambda: None

    def check(self) -> None:
        """Raise `SolvingCancelledError` if nobody waits any more."""
        if self.cancelled.is_set():
            raise SolvingCancelledError("cancelled")


@dataclass(frozen=True, slots=True)
class _Share:
    """What one process works out.

    Attributes:
        work: numbers of the configurations, or tables that are played.
        configs: the configurations as JSON.
        dealing: what is dealt; None where nothing is played.
        beside: what each is compared with, as JSON, if it is.
    """

    work: Sequence[int]
    configs: tuple[str, ...]
    dealing: Dealing | None
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class _Done:
    """A process's message: which share of its work is done."""

    share: float


def figures_of_many(
    configs: Sequence[FullConfig],
    dealing: Dealing,
    watching: Watching,
    workers: int | None = None,
    beside: FullConfig | None = None,
) -> Generator[tuple[int, Figures], None, None]:
    """Yield the figures of configurations with their numbers, in the order they become known.

    The figures of each are the same however many processes there are, and whatever else is asked
    for: those that are simulated to the bit, those that are exact but for rounding.

    Args:
        configs: the configurations.
        dealing: what is dealt where one has to be simulated.
        watching: who is told.
        workers: how many processes; as many as CPUs, if that is not given.
        beside: a configuration that each is compared with, if there is one.

    Raises:
        SolvingCancelledError: it was cancelled.
        SolvingFailedError: a process raised an error or died.
        CompilationFailedError: the solver cannot be compiled.
        ProcessStartError: a process cannot be started.
    """
    with closing(_figures_of_many(configs, dealing, watching, workers, beside)) as known:
        for number, figures in known:
            if isinstance(figures, Figures):
                yield number, figures


def exact_figures_of_many(
    configs: Sequence[FullConfig], watching: Watching, workers: int | None = None
) -> Generator[tuple[int, Figures | NotSolvableError], None, None]:
    """Yield the exact figures of configurations with their numbers, or why there are none.

    Args:
        configs: the configurations.
        watching: who is told.
        workers: how many processes; as many as CPUs, if that is not given.

    Raises:
        SolvingCancelledError: it was cancelled.
        SolvingFailedError: a process raised an error or died.
        CompilationFailedError: the solver cannot be compiled.
        ProcessStartError: a process cannot be started.
    """
    return _figures_of_many(configs, None, watching, workers, None)


def _figures_of_many(
    configs: Sequence[FullConfig],
    dealing: Dealing | None,
    watching: Watching,
    workers: int | None,
    beside: FullConfig | None,
) -> Generator[tuple[int, Figures | NotSolvableError], None, None]:
    order = list(range(len(configs)))
    # What is slow to solve lies together, so it is spread over the processes.
    random.Random(0).shuffle(order)  # noqa: S311  nothing here is secret
    count = min(workers or available_cpus(), len(configs))
    shares = [order[worker::count] for worker in range(count)]
    texts = [config.model_dump_json() for config in configs]
    other = beside.model_dump_json() if beside else None
    tasks = [
        _Share(share, tuple(texts[each] for each in share), dealing, other) for share in shares
    ]
    known = 0
    everything = [*configs, beside] if beside else configs
    with closing(_work(_solve_share, tasks, everything, watching)) as messages:
        for message in messages:
            match message:
                case (int(number), (Figures() | NotSolvableError()) as figures):
                    known += 1
                    yield number, figures
    if known < len(configs):
        raise SolvingFailedError("the solver ended before everything was known")


def sums_of_many(
    configs: Sequence[FullConfig],
    dealing: Dealing,
    watching: Watching,
    workers: int | None = None,
) -> list[PlayedSums]:
    """Deal the same to all of some configurations; the sums are the same with any processes.

    Args:
        configs: the configurations.
        dealing: what is dealt to them.
        watching: who is told.
        workers: how many processes; as many as CPUs, if that is not given.

    Raises:
        SolvingCancelledError: it was cancelled.
        SolvingFailedError: a process raised an error or died.
        CompilationFailedError: the kernel cannot be compiled.
        ProcessStartError: a process cannot be started.
    """
    count = min(workers or available_cpus(), dealing.sessions)
    ends = [dealing.sessions * each // count for each in range(count + 1)]
    texts = tuple(config.model_dump_json() for config in configs)
    tasks = [_Share(range(ends[i], ends[i + 1]), texts, dealing) for i in range(count)]
    parts: list[list[PlayedSums]] = [[] for _ in configs]
    for message in _work(_play_share, tasks, configs, watching):
        match message:
            case (int(number), PlayedSums() as sums):
                parts[number].append(sums)
    if any(len(each) < count for each in parts):
        raise SolvingFailedError("the simulation ended before everything was played")
    return [reduce(PlayedSums.merged, each) for each in parts]


def _solve_share(task: _Share, outbox: Outbox) -> None:
    """Send the figures of each configuration, and how far it is."""
    throttle = Throttle()
    beside: Beside | None = None
    if task.dealing is not None and task.beside is not None:
        beside = Beside(FullConfig.model_validate_json(task.beside), task.dealing)
    for place, (number, text) in enumerate(zip(task.work, task.configs, strict=True)):

        def watch(share: float, place: int = place) -> None:
            _tell(outbox, throttle, (place + share) / len(task.work))

        config = FullConfig.model_validate_json(text)
        try:
            if beside is not None:
                outbox.send((number, beside.figures_of(config, watch)))
            elif task.dealing is None:
                outbox.send((number, exact_figures_of(config, watch)))
            else:
                outbox.send((number, figures_of(config, task.dealing, watch)))
        except NotSolvableError as refusal:
            outbox.send((number, refusal))
        except SolvingCancelledError:
            return
    outbox.send(_Done(1.0))


def _play_share(task: _Share, outbox: Outbox) -> None:
    """Send the sums of each configuration, and how far it is."""
    dealing = task.dealing
    if dealing is None:
        raise ValueError("nothing is dealt")
    throttle = Throttle()
    configs = map(FullConfig.model_validate_json, task.configs)
    plans = [plan_to_deal(config, dealing) for config in configs]
    tables = range(task.work[0], task.work[-1] + 1)
    try:
        sums = play_dealt(plans, dealing, tables, lambda share: _tell(outbox, throttle, share))
    except SolvingCancelledError:
        return
    for message in enumerate(sums):
        outbox.send(message)
    outbox.send(_Done(1.0))


def _tell(outbox: Outbox, throttle: Throttle, share: float) -> None:
    if outbox.should_stop():
        raise SolvingCancelledError("cancelled")
    if throttle.is_due():
        outbox.send(_Done(share))


def _work(
    target: Callable[[_Share, Outbox], None],
    tasks: Sequence[_Share],
    configs: Sequence[FullConfig],
    watching: Watching,
) -> Generator[Any, None, None]:
    """Yield what processes send, until all of them have ended well."""
    for config in configs:
        refuse_too_large_a_goal(config)
    _compile_what_is_needed(configs, watching)
    done = [0.0] * len(tasks)

    def watch() -> None:
        watching.check()
        watching.progress(sum(done) / len(done))

    names = [f"solver {number + 1}" for number in range(len(tasks))]
    with closing(
        messages_of(
            names,
            target,
            tasks,
            watch=watch,
            failed=lambda reason: SolvingFailedError(f"the solver {reason}"),
        )
    ) as messages:
        for number, message in messages:
            if isinstance(message, _Done):
                done[number] = message.share
            else:
                yield message
    watch()


def _compile_what_is_needed(configs: Iterable[FullConfig], watching: Watching) -> None:
    """Have the solver compiled, and the kernel that plays what it refuses."""
    see_that_the_solver_is_compiled(watching.check, watching.compiling)
    if any(config.table.num_seats > 1 or config.table.total_rounds for config in configs):
        see_that_it_is_compiled(
            Kernel.TABLES, compile_kernel, watching.check, watching.compiling_tables
        )
