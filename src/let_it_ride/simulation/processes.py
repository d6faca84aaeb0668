"""Child processes that talk over a queue of their own, stop when asked and never outlive us.

Every child has its own queue of small messages, a pipe: one that is killed can break no other's,
and there are no semaphores, which would be lost with multiprocessing's tracker of them. What a
child prints goes nowhere, since the terminal belongs to the main process, and Ctrl-C is the main
process's alone to handle.
"""

import atexit
import contextlib
import os
import resource
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver, get_context, parent_process, resource_tracker, util
from multiprocessing.connection import Connection, wait
from threading import Event, Lock, Thread, Timer
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

from let_it_ride.simulation.compiled import (
    Kernel,
    end_and_remove_if_until_exit,
    handed_on,
    is_compiled,
)
from let_it_ride.simulation.errors import ProcessStartError
from let_it_ride.simulation.left_behind import (
    ProcessIdentity,
    end_if_alive,
    end_what_others_left,
    identity_of,
    note_child,
    note_directory,
)

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_GRACE_SECONDS: Final = 0.3
_SECONDS_BETWEEN_BEATS: Final = 0.2
_SECONDS_TO_DIE: Final = 5.0
_SECONDS_TO_WAKE: Final = 1.0

_STARTS_TRIED: Final = 5
_SECONDS_BETWEEN_STARTS: Final = 0.1

#: Open files for as many workers as there can be; each takes four.
_FILES_WANTED: Final = 4096

#: In bytes: a socket's name has at most 103, and multiprocessing adds /pymp-…/listener-….
_LONGEST_PLACE_FOR_SOCKETS: Final = 103 - 32

_CONTEXT: Final = get_context("forkserver")
_SPAWNING: Final = get_context("spawn")

#: Held while exit codes are read, which starting a process does too, of all those that have ended:
#: an exit code can be read once, and the second of two threads would be told that it is 255.
_READING_EXIT_CODES: Final = Lock()

#: Held while the tracker is looked at and started, since standard error is another one meanwhile.
_SEEING_TO_TRACKER: Final = Lock()

#: What starting a process raises when what it is forked from has died, or the tracker just has;
#: both are there again at the next try.
_DIED: Final = (ConnectionError, EOFError, ValueError)


#: The exit code of a process whose own is not known, since the fork server has died.
LOST: Final = 255

#: The processes that have been started and not been let go of.
_CHILDREN: Final[WeakSet["Child"]] = WeakSet()

_SERVERS_NOTED: Final[set[ProcessIdentity]] = set()


class _ForkServer:
    """What child processes are forked from; it takes a second to load the kernel."""

    def __init__(self) -> None:
        self.is_ready = Event()
        self._lock = Lock()
        self._is_started = False

    def start(self, preload: list[str]) -> None:
        """Start it, once, with these modules loaded; return at once."""
        with self._lock:
            if not self._is_started:
                self._is_started = True
                self._start(preload)

    def _start(self, preload: list[str]) -> None:
        with _interrupts_blocked():
            _CONTEXT.set_forkserver_preload(preload)
            with contextlib.suppress(OSError), handed_on():  # starting a child will tell
                forkserver.ensure_running()
            Thread(target=self._wait, name="fork server", daemon=True).start()

    def _wait(self) -> None:
        """Fork a process for nothing: that comes back when the server has loaded everything."""
        with contextlib.suppress(OSError, *_DIED):  # starting a child will tell
            probe = _CONTEXT.Process(target=int, daemon=True)
            with _READING_EXIT_CODES:
                probe.start()
                probe.kill()
                probe.join()
        self.is_ready.set()


_FORK_SERVER: Final = _ForkServer()
_SESSIONS_ALONE: Final = ["let_it_ride.preload"]
_EVERYTHING: Final = [*_SESSIONS_ALONE, "let_it_ride.preload_more"]


def prepare_processes(*, everything: bool = False) -> None:
    """Have child processes start soon: what they are forked from loads the kernel meanwhile.

    Where the kernel has not been compiled, that is left for later, since a fork server that was
    started before could not hand it to them. Returns at once.

    Args:
        everything: whether the kernels of tables and of the solver are loaded too, which is worth
            its half second to a program that will use them time and again.
    """
    _prepare_to_start()
    if is_compiled(Kernel.SESSIONS):
        _FORK_SERVER.start(_EVERYTHING if everything else _SESSIONS_ALONE)


def processes_are_ready(seconds: float) -> bool:
    """Wait at most so long until a `Child` can be started without a delay; say whether it can."""
    _prepare_to_start()
    _FORK_SERVER.start(_SESSIONS_ALONE)
    return _FORK_SERVER.is_ready.wait(seconds)


@cache
def _prepare_to_start() -> None:
    """Do what is done once, before the first process is started."""
    _allow_files(_FILES_WANTED)
    end_what_others_left()
    _make_a_place_for_sockets()
    # Before multiprocessing's own, which would wait for processes that are stopped.
    atexit.register(_end_those_left)
    with contextlib.suppress(OSError):  # starting a child will tell
        _see_that_the_tracker_runs()


def _see_that_the_tracker_runs() -> None:
    """Start multiprocessing's tracker of semaphores where it is not there, or has been killed.

    Every start needs it, and Python's own way of having it there again is none for us: it warns,
    and it fails where an app on the screen has taken the place of standard error.
    """
    tracker: Any = resource_tracker._resource_tracker  # noqa: SLF001  no other way to ask it
    with _SEEING_TO_TRACKER:
        if tracker._fd is not None and tracker._check_alive():  # noqa: SLF001  as above
            return
        # For good: to take it back would take back what other threads have said meanwhile.
        warnings.filterwarnings("ignore", "resource_tracker: process died unexpectedly")
        with _interrupts_blocked(), contextlib.redirect_stderr(sys.__stderr__):
            tracker.ensure_running()


def _make_a_place_for_sockets() -> None:
    """Have multiprocessing make its private directory, which it keeps and removes."""
    usual = tempfile.tempdir
    if len(os.fsencode(tempfile.gettempdir())) > _LONGEST_PLACE_FOR_SOCKETS:
        tempfile.tempdir = "/tmp"  # noqa: S108  mkdtemp makes a private one in it
    with contextlib.suppress(OSError):  # starting a child will tell
        note_directory(util.get_temp_dir())
    tempfile.tempdir = usual


def _servers() -> Iterator[ProcessIdentity]:
    """What child processes are forked from, and what looks after their semaphores."""
    # Python does not tell these in any other way.
    for pid in (
        forkserver._forkserver._forkserver_pid,  # type: ignore[attr-defined]  # noqa: SLF001
        resource_tracker._resource_tracker._pid,  # type: ignore[attr-defined]  # noqa: SLF001
    ):
        identity = identity_of(pid) if pid else None
        if identity is not None:
            yield identity


def _note_servers() -> None:
    for server in _servers():
        if server not in _SERVERS_NOTED:
            _SERVERS_NOTED.add(server)
            note_child(server)


def _wake_servers() -> None:
    """Have those that were stopped from outside go on: they would keep this program waiting."""
    for server in _servers():
        with contextlib.suppress(OSError):
            os.kill(server.pid, signal.SIGCONT)


def _end_those_left() -> None:
    _wake_servers()
    for child in list(_CHILDREN):
        with contextlib.suppress(OSError, ValueError):
            child.kill()


@dataclass(frozen=True, slots=True)
class Failure:
    """The last message of a child that an exception ended.

    Attributes:
        text: what went wrong, for a person.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Beat:
    """A message that says no more than that its process is alive.

    Attributes:
        steps: a number that rises as long as the process comes forward with what it does.
        is_on_disk: whether it reads or writes just now, which can take any time.
    """

    steps: int
    is_on_disk: bool


class Outbox:
    """A child's end: where it sends its messages, and hears that it should stop.

    Attributes:
        steps: how often it was asked whether a stop is wanted, which says that things go on.
        is_on_disk: says whether the child reads or writes just now.
    """

    def __init__(self, queue: Connection, stop: Connection) -> None:
        self.steps = 0
        self.is_on_disk: Callable[[], bool] = lambda: False
        self._queue = queue
        self._stop = stop
        self._sending = Lock()

    def send(self, message: object) -> None:
        """Queue a message; pickled, it must stay below 4,096 bytes, so that it is never torn."""
        with self._sending:
            self._queue.send(message)

    def should_stop(self, seconds: float = 0.0) -> bool:
        """Whether the main process has asked for a stop, or does within so many seconds."""
        self.steps += 1
        return self._stop.poll(seconds)


class Child:
    """One child process, seen from the main process."""

    def __init__(
        self,
        name: str,
        target: Callable[[Any, Outbox], None],
        task: object,
        *,
        forked: bool = True,
        beats: bool = False,
    ) -> None:
        """Start a process that runs ``target(task, outbox)``; both must be importable by it.

        Args:
            name: what people call it.
            target: what it does.
            task: what it does it with.
            forked: whether it is forked from what `prepare_processes` prepares, or loads
                everything itself.
            beats: whether it sends a `Beat` some times a second, whatever it is doing.

        Raises:
            ProcessStartError: the system does not allow another process, or its open files.
        """
        context: Any = _CONTEXT if forked else _SPAWNING
        self._process: BaseProcess
        for tries_left in reversed(range(_STARTS_TRIED)):
            try:
                self._start(context, name, (target, task), beats=beats)
            except _DIED as error:
                if not tries_left:
                    raise ProcessStartError(name, str(error) or type(error).__name__) from error
                time.sleep(_SECONDS_BETWEEN_STARTS)
            except OSError as error:
                raise ProcessStartError(name, str(error)) from error
            else:
                break
        self._identity = identity_of(self._process.pid or 0)
        _CHILDREN.add(self)
        note_child(self._identity)
        _note_servers()

    def _start(self, context: Any, name: str, does: tuple[object, object], *, beats: bool) -> None:
        self._queue: Connection
        self._queue, queue = context.Pipe(duplex=False)
        stop, self._stop = context.Pipe(duplex=False)
        self._process = context.Process(
            name=name, target=_run, args=(*does, queue, stop, beats), daemon=True
        )
        _see_that_the_tracker_runs()
        waking = Timer(_SECONDS_TO_WAKE, _wake_servers)
        waking.daemon = True
        waking.start()
        try:
            with _interrupts_blocked(), handed_on(), _READING_EXIT_CODES:
                self._process.start()
        finally:
            waking.cancel()
        queue.close()  # so that it has an end when the process has
        stop.close()

    @property
    def sentinel(self) -> int:
        """A handle for `wait_for_any` that is ready when the process has ended."""
        return self._process.sentinel

    @property
    def exit_code(self) -> int | None:
        """How the process ended: 0 well, below 0 by that signal; None while it runs."""
        with _READING_EXIT_CODES:
            return self._process.exitcode

    def messages(self) -> Iterator[object]:
        """Every message that has come, without waiting."""
        # A child that has ended, perhaps in the middle of a message, leaves an end behind.
        with contextlib.suppress(EOFError, OSError):
            while self._queue.poll():
                yield self._queue.recv()

    def ask_to_stop(self) -> None:
        """Ask the process to end after what it is doing; it takes some tens of milliseconds."""
        with contextlib.suppress(OSError):
            self._stop.send_bytes(b"stop")

    def join(self, seconds: float) -> bool:
        """Wait at most so long for the process to end, and say whether it has."""
        if not wait([self.sentinel], max(seconds, 0)):
            return False
        with _READING_EXIT_CODES:
            self._process.join()
        return True

    def kill(self) -> None:
        """End the process at once, whatever state it is in."""
        self._process.kill()
        _wake_servers()  # the end of a process is told by what it was forked from
        # One that waits for a disk that does not answer ends when that does.
        if wait([self.sentinel], _SECONDS_TO_DIE):
            with _READING_EXIT_CODES:
                self._process.join()
        # When the fork server dies, its processes seem to have ended and have not.
        if self._identity is not None:
            end_if_alive(self._identity)

    def close(self) -> None:
        """Give back what belongs to a process that has ended."""
        self._queue.close()
        self._stop.close()
        _CHILDREN.discard(self)


def end_all(children: Sequence[Child], grace: float = _GRACE_SECONDS) -> None:
    """See that processes are gone: ask them all, and kill those that do not end by themselves.

    Args:
        children: the processes.
        grace: the seconds they have to end by themselves.
    """
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + grace
    for child in children:
        if not child.join(deadline - time.monotonic()):
            child.kill()
        child.close()


def wait_for_any(children: Sequence[Child], seconds: float) -> None:
    """Wait until one of the children has ended, at most so long."""
    if children:
        wait([child.sentinel for child in children], timeout=seconds)
    else:
        time.sleep(seconds)


def describe_exit(code: int | None) -> str:
    """How a process ended, in words."""
    if code == LOST:
        return "was lost with the process that it was forked from"
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"was killed by {signal.Signals(-code).name}"
    ended = f"ended unexpectedly with exit code {code}"
    if "let_it_ride.cli" in sys.modules:
        return ended  # no script of somebody's own has started it
    return f'{ended} (a script that starts a run must do so under `if __name__ == "__main__":`)'


def _run(
    target: Callable[[Any, Outbox], None],
    task: object,
    queue: Connection,
    stop: Connection,
    beats: bool,
) -> None:
    silence()
    Thread(target=_end_with_parent, name="end with parent", daemon=True).start()
    outbox = Outbox(queue, stop)
    if beats:
        Thread(target=_beat, args=(outbox,), name="beat", daemon=True).start()
    try:
        target(task, outbox)
    except Exception as error:  # noqa: BLE001  whatever it is, the main process must hear of it
        outbox.send(Failure(f"{type(error).__name__}: {error}"[:2000]))


def _beat(outbox: Outbox) -> None:
    while True:
        outbox.send(Beat(outbox.steps, outbox.is_on_disk()))
        time.sleep(_SECONDS_BETWEEN_BEATS)


def _end_with_parent() -> None:
    """End this process, whatever it is doing, as soon as the main process is no more."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        end_and_remove_if_until_exit(1)


def silence() -> None:
    """Send what this process prints nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _allow_files(count: int) -> None:
    """Have this process, and those it starts, open so many files where the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = count if hard == resource.RLIM_INFINITY else min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Start a process with SIGINT blocked, which it inherits for good."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
