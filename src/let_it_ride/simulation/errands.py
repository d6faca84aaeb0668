"""Something that is done in processes of their own while whoever asked for it waits."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from typing import Any, Final, TypeVar

from let_it_ride.simulation.processes import (
    Child,
    Failure,
    Outbox,
    describe_exit,
    end_all,
    wait_for_any,
)

_POLL_SECONDS: Final = 0.02
_GRACE_SECONDS: Final = 0.3

Answer = TypeVar("Answer")


def do_apart(
    name: str,
    target: Callable[[Any, Outbox], None],
    task: object,
    *,
    hear: Callable[[object], Answer | None],
    watch: Callable[[], None],
    failed: Callable[[str], Exception],
    grace: float = _GRACE_SECONDS,
) -> Answer:
    """Have a process do something, and wait for its answer.

    Args:
        name: what people call the process.
        target: what it does.
        task: what it does it with.
        hear: given each of its messages; returns the answer, once that has come, and may raise.
        watch: called now and then meanwhile; what it raises comes through, and ends the process.
        failed: makes the error of a process that raised one or died, of what happened to it.
        grace: the seconds that it has to end by itself.

    Raises:
        ProcessStartError: the process cannot be started.
    """
    with closing(
        messages_of([name], target, [task], watch=watch, failed=failed, grace=grace)
    ) as messages:
        for _, message in messages:
            answer = hear(message)
            if answer is not None:
                return answer
    raise failed(describe_exit(0))


def messages_of(
    names: Sequence[str],
    target: Callable[[Any, Outbox], None],
    tasks: Sequence[object],
    *,
    watch: Callable[[], None],
    failed: Callable[[str], Exception],
    grace: float = _GRACE_SECONDS,
) -> Generator[tuple[int, object], None, None]:
    """Have processes do something, and yield what they say until all of them have ended well.

    Args:
        names: what people call each process.
        target: what they do.
        tasks: what each does it with.
        watch: called now and then meanwhile; what it raises comes through, and ends them.
        failed: makes the error of a process that raised one or died, of what happened to it.
        grace: the seconds that they have to end by themselves.

    Yields:
        The number of a process, from 0, and what it says.

    Raises:
        ProcessStartError: a process cannot be started.
    """
    children: list[Child] = []
    try:
        for name, task in zip(names, tasks, strict=True):
            watch()
            children.append(Child(name, target, task))
        running = dict(enumerate(children))
        while running:
            watch()
            wait_for_any(list(running.values()), _POLL_SECONDS)
            for number, child in list(running.items()):
                # What a process that has ended by now had to say is all there already.
                code = child.exit_code
                for message in child.messages():
                    if isinstance(message, Failure):
                        raise failed(f"failed: {message.text}")
                    yield number, message
                if code:
                    raise failed(describe_exit(code))
                if code is not None:
                    del running[number]
    finally:
        end_all(children, grace)
