"""Ratios that can be trusted on a machine that cannot: pairs in turn, and the median of each."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Paired:
    """What interleaved timings of two things gave.

    Attributes:
        ratio: median of (seconds of the yardstick) ÷ (seconds of the subject), pair by pair.
        low, high: the least and the greatest of those ratios.
        subject: median seconds of the subject.
        yardstick: median seconds of the yardstick.
    """

    ratio: float
    low: float
    high: float
    subject: float
    yardstick: float


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def paired(subject: Callable[[], float], yardstick: Callable[[], float], pairs: int = 7) -> Paired:
    """Time two things in turn; each gives its own seconds, or seconds a unit."""
    subject(), yardstick()
    timed = []
    for _ in range(pairs):
        before = yardstick()
        timed.append((subject(), (before + yardstick()) / 2))
    ratios = [yard / sub for sub, yard in timed]
    return Paired(
        median(ratios),
        min(ratios),
        max(ratios),
        median(sub for sub, _ in timed),
        median(yard for _, yard in timed),
    )
