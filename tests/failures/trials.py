"""Giving the program one bad thing after another, and what must come of it."""

import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from types import FrameType
from typing import Final, TypeVar

from failures.laboratory import Laboratory
from let_it_ride.errors import LetItRideError

Input = TypeVar("Input")

#: Nothing that is wrong takes a hundredth of this; what does not end takes more on any machine.
_SECONDS_TO_ANSWER: Final = 30

#: Kilobytes by which all the inputs of a kind together may make the program larger.
_MOST_GROWTH: Final = 400 * 1024


class HangError(BaseException):
    """The program does not answer; no `except Exception` of its own keeps that quiet."""


class Trials:
    """Tries inputs and counts them.

    Attributes:
        count: how many inputs of each kind are tried.
    """

    def __init__(self, laboratory: Laboratory, count: int) -> None:
        self._laboratory = laboratory
        self.count = count

    def run(
        self,
        kind: str,
        make: Callable[[Random], Input],
        take: Callable[[Input], object],
        share: float = 1,
    ) -> None:
        """Have many inputs made, and taken: each ends well or with a clear error, and soon.

        Args:
            kind: what the inputs stand for; the same kind gets the same inputs every time.
            make: makes one by chance.
            take: gives it to the program.
            share: how many times as many inputs are tried as of other kinds.
        """
        before = _peak()
        for number in range(max(1, round(self.count * share))):
            made = make(Random(f"{kind} {number}"))
            self.try_one(kind, made, take, f"{kind}, input {number}")
        assert _peak() - before < _MOST_GROWTH, f"{kind}: memory was eaten"

    def try_one(
        self, kind: str, made: Input, take: Callable[[Input], object], name: str = ""
    ) -> None:
        """Have one input taken: that ends well or with a clear error, and soon."""
        try:
            with answer_is_expected():
                outcome = said_of(lambda: take(made))
            assert outcome is None or is_clear(outcome), outcome
        except BaseException as error:
            error.add_note(f"{name or kind}: {_shown(made)}")
            raise
        self._laboratory.fuzzed(kind)


def said_of(action: Callable[[], object]) -> str | None:
    """Return what the program says is wrong, or None where nothing is."""
    try:
        action()
    except LetItRideError as error:
        return str(error)
    return None


def is_clear(message: str) -> bool:
    """Whether a message says something, and has nothing in it that a terminal would act on."""
    return bool(message.strip()) and all(map(str.isprintable, message.split("\n")))


@contextmanager
def answer_is_expected(seconds: float = _SECONDS_TO_ANSWER) -> Iterator[None]:
    """Raise `HangError` in this block when it takes too long."""

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _peak() -> float:
    """Kilobytes that this process had at most, so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if sys.platform == "darwin" else most


def _shown(made: object) -> str:
    text = repr(made)
    return text if len(text) < 4000 else f"{text[:2000]} … {text[-2000:]}"
