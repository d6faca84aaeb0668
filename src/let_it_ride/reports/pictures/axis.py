"""Where numbers are in a picture, and which of them are round."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, log10
from typing import Final

#: Numbers at an axis had better be so many rows apart, or as many as make so many numbers of them;
#: each row more or less is worth this share of the room.
_USUAL_ROWS: Final = 3
_USUAL_NUMBERS: Final = 6
_UNUSUAL: Final = 0.03


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


def even_scale(high: float, rows: int) -> tuple[float, dict[int, float]]:
    """How high to draw so that round numbers stand equally many whole rows apart.

    Args:
        high: what must have room, above 0.
        rows: how many there are.

    Returns:
        what the upper edge of the top row stands for, not less than `high`; and the numbers by the
        rows, counted from 1 at the bottom, whose upper edges stand for them, with 0 at 0.
    """
    usual = max(_USUAL_ROWS, rows // _USUAL_NUMBERS)
    tries = []
    for apart in range(min(2, rows), max(rows // 2, 2) + 1):
        step = _round_up(high * apart / rows)
        top = step * rows / apart
        tries.append((top * (1 + _UNUSUAL * abs(apart - usual)), apart, step, top))
    _, apart, step, top = min(tries)
    return top, {row: row // apart * step for row in range(0, rows + 1, apart)}


def _round_up(least: float) -> float:
    """The least of 1, 2, 2.5, 5, 10, … that is not less than this."""
    power = 10.0 ** floor(log10(least))
    steps = (1, 2, 2.5, 5, 10)
    return power * next(each for each in steps if each * power >= least * (1 - 1e-9))


def share_text(share: float) -> str:
    """Return a round share in percent, with as many decimals as it has."""
    return f"{round(share * 100, 6):,g} %" if share else "0"
