"""Compiling in a process of its own, before any other needs what is compiled."""

from collections.abc import Callable
from typing import Any, Final

from let_it_ride.simulation.compiled import Kernel, is_compiled
from let_it_ride.simulation.errors import CompilationFailedError
from let_it_ride.simulation.processes import (
    Child,
    Failure,
    Outbox,
    describe_exit,
    end_all,
    prepare_processes,
    wait_for_any,
)

_POLL_SECONDS: Final = 0.05


def see_that_it_is_compiled(
    kernel: Kernel,
    target: Callable[[Any, Outbox], None],
    watch: Callable[[], None],
    compiling: Callable[[], None],
) -> None:
    """Have a kernel compiled, if that has not been done, and child processes load it.

    Args:
        kernel: which; it is also what the process that compiles is given to do.
        target: what that process does.
        watch: called now and then meanwhile; what it raises comes through, and ends the process.
        compiling: called if it must be compiled, which takes some seconds.

    Raises:
        CompilationFailedError: it cannot be compiled.
        ProcessStartError: the process cannot be started.
    """
    prepare_processes(everything=True)
    if not is_compiled(kernel):
        compiling()
        compile_apart(kernel, target, watch)
        prepare_processes(everything=True)


def compile_apart(
    kernel: Kernel, target: Callable[[Any, Outbox], None], watch: Callable[[], None]
) -> None:
    """Compile a kernel, and wait until it is there.

    Args:
        kernel: which; it is also what the process is given to do.
        target: what the process does.
        watch: called now and then meanwhile; what it raises comes through, and ends the process.

    Raises:
        CompilationFailedError: it cannot be compiled.
        ProcessStartError: the process cannot be started.
    """
    # Not forked: what children are forked from is to find the kernel compiled.
    compiler = Child("the compiler", target, kernel, forked=False)
    try:
        while compiler.exit_code is None:
            watch()
            wait_for_any([compiler], _POLL_SECONDS)
        for message in compiler.messages():
            if isinstance(message, Failure):
                raise CompilationFailedError(message.text)
        if not is_compiled(kernel):
            raise CompilationFailedError(f"its process {describe_exit(compiler.exit_code)}")
    finally:
        end_all([compiler])
