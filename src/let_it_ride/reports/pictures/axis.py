"""Where numbers are in a picture, and which of them are round."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, log10


@dataclass(frozen=True, slots=True)
class Axis:
    """Where numbers are.

    Attributes:
        low, high: the numbers at its ends.
        start, end: the places of its ends.
    """

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """The place of a number, also beyond the ends."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return self.start + share * (self.end - self.start)

    def ticks(self, most: int) -> Iterator[float]:
        """Yield round numbers on it, at most so many but for the ends."""
        step = round_step((self.high - self.low) / most)
        first, last = -floor(-self.low / step), floor(self.high / step + 1e-9)
        yield from (number * step for number in range(first, last + 1))


def round_step(least: float) -> float:
    """The least of 1, 2, 5, 10, … that is not less than this."""
    if least <= 0:
        return 1.0
    power = 10.0 ** floor(log10(least))
    return power * next(each for each in (1, 2, 5, 10) if each * power >= least * (1 - 1e-9))
