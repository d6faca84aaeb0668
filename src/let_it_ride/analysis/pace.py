"""How long solving takes, from how fast it has come how far."""

import time
from bisect import bisect_left
from collections.abc import Callable
from math import log2
from typing import Final

#: Where later hands cost ever more, the time grows like a power of the hands between these.
_LEAST_POWER: Final = 1.0
_MOST_POWER: Final = 3.5

#: What has taken fewer seconds says little about what is to come.
_SECONDS_TO_KNOW: Final = 0.2

#: Nothing is said of how long it takes before it has taken so many seconds …
_SECONDS_TO_TELL: Final = 0.4

#: … nor if it takes fewer than these in all.
_LONG_SECONDS: Final = 2.0

#: What is to come grows out of all proportion at first: a smaller share tells nothing in seconds.
_SHARE_TO_TELL: Final = 0.05

A_WHILE: Final = "a while"
"""How long it takes, where that is long but cannot be told in seconds yet."""


class Pace:
    """Tells the share of the time that has passed from how fast hands were played so far."""

    def __init__(self, hands: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin.

        Args:
            hands: how many there are to play.
            clock: tells seconds.
        """
        self._hands = hands
        self._clock = clock
        self._began = clock()
        self._played: list[int] = [0]
        self._seconds: list[float] = [0.0]
        self._share = 0.0

    def share(self, played: int) -> float:
        """The share of the time that has passed when so many hands have been played; it rises.

        It is 0 until that can be told, and 1 at the end. Sessions spread out, so that later hands
        take longer: the time goes with a power of the hands, which the second half of those played
        so far tells.
        """
        seconds = self._clock() - self._began
        self._played.append(played)
        self._seconds.append(seconds)
        at = bisect_left(self._played, played / 2)
        half, before = self._played[at], self._seconds[at]
        if played == self._hands:
            self._share = 1.0
        elif seconds >= _SECONDS_TO_KNOW and 0 < half < played and 0 < before < seconds:
            power = log2(seconds / before) / log2(played / half)
            power = min(max(power, _LEAST_POWER), _MOST_POWER)
            self._share = max(self._share, (played / self._hands) ** power)
        return self._share


class Wait:
    """Tells whoever waits how long it takes in all, from the share of the time that has passed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to wait.

        Args:
            clock: tells seconds.
        """
        self._clock = clock
        self._began = clock()

    def in_all(self, share: float) -> str:
        """How long it takes in all, in words; empty if that is not long, or not known yet.

        While the share is 0, it is only about to begin.
        """
        if share == 0:
            self._began = self._clock()
        passed = self._clock() - self._began
        if share < _SHARE_TO_TELL:
            return A_WHILE if passed >= _LONG_SECONDS else ""
        seconds = passed / share
        is_long = passed >= _SECONDS_TO_TELL and seconds >= _LONG_SECONDS
        return about(seconds) if is_long else ""


def so_far(share: float, in_all: str) -> str:
    """Which share is done, and how long it takes in all if that is told: "about 3 min · 27 %"."""
    done = f"{share * 100:.0f} %"
    return f"{in_all} · {done}" if in_all else done


def about(seconds: float) -> str:
    """A time that is only estimated, in words: "about 12 s", "about 3 min"."""
    if seconds < 90:
        return f"about {_rounded(seconds)} s"
    if seconds < 90 * 60:
        return f"about {_rounded(seconds / 60)} min"
    return f"about {_rounded(seconds / 3600)} h"


def _rounded(number: float) -> int:
    """Two digits that say no more than is known."""
    return round(number) if number < 20 else round(number / 5) * 5
