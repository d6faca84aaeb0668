"""Something that is done in a process of its own while whoever asked for it waits."""

from collections.abc import Callable
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
    child = Child(name, target, task)
    try:
        while True:
            watch()
            wait_for_any([child], _POLL_SECONDS)
            # What a process that has ended by now had to say is all there already.
            code = child.exit_code
            for message in child.messages():
                if isinstance(message, Failure):
                    raise failed(f"failed: {message.text}")
                answer = hear(message)
                if answer is not None:
                    return answer
            if code is not None:
                raise failed(describe_exit(code))
    finally:
        end_all([child], grace)
