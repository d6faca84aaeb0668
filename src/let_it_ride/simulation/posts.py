"""Processes that do something with blocks, one block after the other, and are replaced if they die.

Nothing is lost with a process but the block it was at: a fresh one begins with that. A block is
blamed only for processes that did nothing else before they died; those that something outside has
ended are forgiven more often than those that ended by a fault of their own, and most often before
they have begun.
"""

import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from let_it_ride.simulation.errors import ProcessStartError
from let_it_ride.simulation.processes import (
    LOST,
    Beat,
    Child,
    Failure,
    Outbox,
    describe_exit,
    end_all,
)

#: A block is given up when it is blamed for so much: for a process that ended by a fault of its
#: own, for one that was ended from outside, and for one that was so before it had begun.
_GIVEN_UP: Final = 180
_OWN_FAULT: Final = 60
_OUTSIDE_END: Final = 12
_END_AT_THE_START: Final = 1

#: After so many seconds without a word a process is said not to answer; then it is replaced. One
#: that has not begun may have the whole package to load.
SECONDS_TO_SILENT: Final = 0.8
_SECONDS_TO_REPLACED: Final = 5.0

#: One that speaks and comes no further, though not for the disk, hangs; its steps are some 20 ms of
#: work, of which many processes on few processors get little done.
SECONDS_TO_STUCK: Final = 15.0
_SECONDS_TO_BEGIN: Final = 30.0

#: No wait between two looks counts for more: the program itself may have been stopped, or the
#: machine asleep, and then nobody could be heard.
_LONGEST_TICK: Final = 0.25

#: What the system, or a person, sends to end a process.
_OUTSIDE: Final = {signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT}


@dataclass(frozen=True, slots=True)
class Done:
    """A message: something has been done with a block.

    Attributes:
        block: the block, which is the next one of those that the process was given.
        result: what came of it.
    """

    block: int
    result: Any


#: A message of a process that has all it needs, and nothing more to say of that.
BEGUN: Final = "begun"


class PostState(StrEnum):
    """What becomes of a post."""

    STARTING = "starting"
    WORKING = "working"
    SILENT = "silent"
    DONE = "done"


class AwakeClock:
    """Seconds for which this program has been able to listen."""

    def __init__(self) -> None:
        self.now = 0.0
        self._last = time.monotonic()

    def tick(self) -> None:
        """Let time go on; called between any two looks at what has been said."""
        present = time.monotonic()
        self.now += min(present - self._last, _LONGEST_TICK)
        self._last = present


class Post:
    """Some blocks, and the process that does something with each of them in turn.

    Attributes:
        name: what people call the process.
        blocks: the blocks, in the order in which they are done.
        done: how many of them are done.
        restarts: how often a fresh process took the place of one that died.
    """

    def __init__(
        self,
        name: str,
        target: Callable[[Any, Outbox], None],
        task_of: Callable[[Sequence[int]], object],
        blocks: Sequence[int],
        *,
        clock: AwakeClock,
        note: Callable[[str], None],
        give_up: Callable[[str, int, str], Exception],
    ) -> None:
        """Prepare; nothing is started before `start`.

        Args:
            name: what people call the process.
            target: what it does: sends something when it begins, and `Done` for one block after
                the other.
            task_of: what it does it with, given the blocks that are left.
            blocks: the blocks.
            clock: the listener's.
            note: told of every process that is replaced, in words.
            give_up: makes the error of a block that cannot be done: given `name`, the block, and
                what happened to the last process.
        """
        self.name = name
        self.blocks = blocks
        self.done = self.restarts = 0
        self._target, self._task_of = target, task_of
        self._clock, self._note, self._give_up = clock, note, give_up
        self._child: Child | None = None
        self._has_spoken = self._has_begun = False
        self._heard_at = self._worked_at = 0.0
        self._steps = 0
        self._done_by_this_one = self._blame = 0

    @property
    def child(self) -> Child | None:
        """The process that is at work."""
        return self._child

    @property
    def is_done(self) -> bool:
        """Whether all blocks are done; the process may be about to end."""
        return self.done == len(self.blocks)

    @property
    def state(self) -> PostState:
        """What it is doing."""
        if self.is_done:
            return PostState.DONE
        if not self._has_spoken:
            return PostState.STARTING
        is_stuck = self._clock.now - self._worked_at > SECONDS_TO_STUCK / 3
        is_silent = is_stuck or self._is_silent(SECONDS_TO_SILENT)
        return PostState.SILENT if is_silent else PostState.WORKING

    def start(self) -> None:
        """Start a process for the blocks that are left, if there are any.

        Raises:
            ProcessStartError: the system does not allow another one.
        """
        if self.is_done:
            return
        task = self._task_of(self.blocks[self.done :])
        self._has_spoken = self._has_begun = False
        self._done_by_this_one = 0
        self._heard_at = self._worked_at = self._clock.now
        self._child = Child(self.name, self._target, task, beats=True)

    def hear(self) -> Iterator[object]:
        """What the process has said since the last time, without waiting; `Done` among it.

        A process that has died is replaced.

        Raises:
            Exception: what `give_up` makes of a block that cannot be done.
        """
        child = self._child
        if child is None:
            return
        # What a process that has ended by now had to say is all there already.
        code = child.exit_code
        failure: str | None = None
        for message in child.messages():
            self._has_spoken, self._heard_at = True, self._clock.now
            match message:
                case Done(block) if not self.is_done and block == self.blocks[self.done]:
                    self.done += 1
                    self._done_by_this_one += 1
                    self._blame = 0
                    yield message
                case Failure(text):
                    failure = f"failed: {text}"
                case Beat(steps, is_on_disk):
                    if steps != self._steps or is_on_disk or not self._has_begun:
                        self._steps, self._worked_at = steps, self._clock.now
                case Done():
                    pass
                case _:
                    self._has_begun = True
                    yield message
        if self.is_done:
            if code is not None:
                end_posts([self])
        elif failure is not None:
            self._replace(failure, is_own_fault=True)
        elif code is not None:
            is_own_fault = code != LOST and -code not in _OUTSIDE
            self._replace(describe_exit(code), is_own_fault=is_own_fault)
        elif self._is_silent(_SECONDS_TO_REPLACED if self._has_spoken else _SECONDS_TO_BEGIN):
            self._replace("did not answer any more and was ended", is_own_fault=False)
        elif self._clock.now - self._worked_at > SECONDS_TO_STUCK:
            self._replace("came no further and was ended", is_own_fault=True)

    def let_go(self) -> Child | None:
        """Have no process any more; returns the one that was there, to be ended."""
        child, self._child = self._child, None
        return child

    def _is_silent(self, seconds: float) -> bool:
        return self._clock.now - self._heard_at > seconds

    def _replace(self, reason: str, *, is_own_fault: bool) -> None:
        child = self.let_go()
        if child is not None:
            child.kill()
            child.close()
        if not self._done_by_this_one:
            ended_outside = _OUTSIDE_END if self._has_begun else _END_AT_THE_START
            self._blame += _OWN_FAULT if is_own_fault else ended_outside
        block = self.blocks[self.done]
        if self._blame >= _GIVEN_UP:
            raise self._give_up(self.name, block, reason)
        self.restarts += 1
        self._note(f"{self.name} {reason}; a fresh process goes on")
        try:
            self.start()
        except ProcessStartError as error:
            raise self._give_up(self.name, block, f"{reason}; {error}") from error


def end_posts(posts: Iterable[Post]) -> None:
    """See that no process of theirs is left."""
    end_all([child for post in posts if (child := post.let_go()) is not None])
