"""The money of sessions over their hands: where most of them stand, and some of them as they went.

Sessions that have ended stay where they ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from let_it_ride.simulation.places import places_at
from let_it_ride.simulation.replay import Replayer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from threading import Event

    from numpy.typing import NDArray

    from let_it_ride.config.full import FullConfig
    from let_it_ride.reports.pictures.played import Played

    Integers = NDArray[np.int64]

BANDS: Final = (5, 25, 50, 75, 95)
"""The percentiles of a fan."""

#: So many sessions are played again, or fewer where they have more hands than this in all, which
#: take about a second.
_MOST_SESSIONS: Final = 10_000
_MOST_HANDS: Final = 4_000_000

#: Of longer sessions every second hand is looked at, or every fourth, and so on.
_MOST_MOMENTS: Final = 4000

#: At least so many are, however long they are.
_LEAST_SESSIONS: Final = 40

_SAMPLES: Final = 4


@dataclass(frozen=True, eq=False)
class Fan:
    """Where sessions stand at moments that are equally far apart; amounts in cents.

    Attributes:
        sessions: how many.
        hands: how many hands the longest of them has.
        stride: how many hands there are from one moment to the next; the first is the beginning,
            and at the last all have ended.
        bands: by each of `BANDS`, the least money that as many percent of them do not exceed, at
            each moment; shape (moments,).
        playing: the share of them that is still playing; shape (moments,).
        samples: the money of a few of them, spread evenly, each to the first moment after its
            end.
    """

    sessions: int
    hands: int
    stride: int
    bands: Mapping[int, Integers]
    playing: NDArray[np.float64]
    samples: Sequence[Integers]

    @classmethod
    def of(cls, paths: Iterable[Integers], most: int = _MOST_MOMENTS) -> Self:
        """Lay the money of some sessions, from the beginning to their ends, over each other.

        Args:
            paths: the money of each, at the beginning and after every hand; at least one.
            most: how many strides there may be.
        """
        stride = 1
        kept: list[Integers] = []
        ends: list[tuple[int, int]] = []
        for path in paths:
            hands = len(path) - 1
            while hands > stride * most:
                stride *= 2
                kept = [each[::2].copy() for each in kept]
            kept.append(path[::stride].copy())
            ends.append((hands, int(path[-1])))
        longest = max(hands for hands, _ in ends)
        moments = -(-longest // stride) + 1
        money = np.empty((len(kept), moments), dtype=np.int64)
        for row, path, (_, end) in zip(money, kept, ends, strict=True):
            row[: len(path)] = path
            row[len(path) :] = end
        samples = [
            money[place, : -(-ends[place][0] // stride) + 1].copy()
            for place in _spread(_SAMPLES, len(kept)).tolist()
        ]
        money.sort(axis=0)
        lengths = np.array([hands for hands, _ in ends])
        places = {share: max(-(-share * len(kept) // 100) - 1, 0) for share in BANDS}
        return cls(
            len(kept),
            longest,
            stride,
            {share: money[place].copy() for share, place in places.items()},
            (lengths[:, None] > stride * np.arange(moments)).mean(axis=0),
            samples,
        )

    def hands_at(self, moment: int) -> int:
        """How many hands have been played at a moment, by who plays longest."""
        return min(moment * self.stride, self.hands)


def _spread(some: int, of: int) -> NDArray[np.intp]:
    """So many places, or as many as there are, equally far apart, the first 0."""
    some = min(some, of)
    return np.arange(some) * of // some


def fan_of(
    config: FullConfig,
    results: Played,
    stopped: Event,
    progress: Callable[[float], None] = lambda _: None,
    compiling: Callable[[], None] = lambda: None,
) -> Fan | None:
    """Play sessions from all over a run again, and lay their money over each other.

    Args:
        config: what was run, with its seed.
        results: what it gave.
        stopped: set when nobody waits any more.
        progress: told which share is done.
        compiling: called if the kernel must be compiled first, which takes some seconds.

    Returns:
        the fan; None if it was stopped.

    Raises:
        RunDirectoryError: the sessions cannot be read.
    """
    replayer = Replayer(config, compiling)
    # Where players replace each other, those before are played too.
    limit = max(int(replayer.plan.tables.hand_limit), replayer.plan.total_rounds)
    most = max(min(_MOST_HANDS // limit, _MOST_SESSIONS), _LEAST_SESSIONS)
    some = _spread(most, results.summary.sessions)

    def paths() -> Iterator[Integers]:
        for number, place in enumerate(places_at(results.columns(), some), 1):
            yield replayer.bankrolls(place)
            progress(number / len(some))
            if stopped.is_set():
                break

    fan = Fan.of(paths())
    return None if stopped.is_set() else fan
