"""How much of a long piece of work is done, in time."""

import time
from bisect import bisect_left
from math import log2
from typing import Final

#: Work whose hands cost ever more grows like a power of the hands between these.
_LEAST_POWER: Final = 1.0
_MOST_POWER: Final = 3.5


class Pace:
    """Tells the share of the time that has passed from how fast hands were played so far."""

    def __init__(self, hands: int) -> None:
        """Begin.

        Args:
            hands: how many there are to play.
        """
        self._hands = hands
        self._began = time.monotonic()
        self._played: list[int] = [0]
        self._seconds: list[float] = [0.0]
        self._share = 0.0

    def share(self, played: int) -> float:
        """The share of the time that has passed when so many hands have been played; it rises.

        Sessions spread out, so that later hands take longer: the time goes with a power of the
        hands, which the second half of those played so far tells.
        """
        seconds = time.monotonic() - self._began
        self._played.append(played)
        self._seconds.append(seconds)
        at = bisect_left(self._played, played / 2)
        power, before = _LEAST_POWER, self._seconds[at]
        if 0 < self._played[at] < played and 0 < before < seconds:
            power = log2(seconds / before) / log2(played / self._played[at])
        power = min(max(power, _LEAST_POWER), _MOST_POWER)
        self._share = max(self._share, (played / self._hands) ** power)
        return self._share
