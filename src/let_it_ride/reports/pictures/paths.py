"""The money of sessions over their hands: where most of them stand, and some of them as they went.

Sessions that have ended stay where they ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from let_it_ride.simulation.places import places_of
from let_it_ride.simulation.replay import Replayer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from threading import Event

    from numpy.typing import NDArray

    from let_it_ride.config.full import FullConfig
    from let_it_ride.reports.pictures.played import Played

    Integers = NDArray[np.int64]

BANDS: Final = (5, 25, 50, 75, 95)
"""The percentiles of a fan."""

#: So many sessions are played again, or fewer where they have more hands than this in all.
_MOST_SESSIONS: Final = 1000
_MOST_HANDS: Final = 4_000_000

#: At least so many are, however long they are.
_LEAST_SESSIONS: Final = 40

_SAMPLES: Final = 4


@dataclass(frozen=True, eq=False)
class Fan:
    """Where sessions stand after every hand; amounts in cents.

    Attributes:
        sessions: how many.
        bands: by each of `BANDS`, the least money that as many percent of them do not exceed, at
            the beginning and after every hand; shape (hands + 1,).
        playing: the share of them that is still playing after so many hands; shape (hands + 1,).
        samples: the money of the first sessions, to their ends.
    """

    sessions: int
    bands: Mapping[int, Integers]
    playing: NDArray[np.float64]
    samples: Sequence[Integers]

    @classmethod
    def of(cls, paths: Sequence[Integers]) -> Self:
        """Lay the money of some sessions, from the beginning to their ends, over each other."""
        lengths = np.array([len(path) for path in paths])
        hands = int(lengths.max())
        money = np.empty((len(paths), hands), dtype=np.int64)
        for row, path in zip(money, paths, strict=True):
            row[: len(path)] = path
            row[len(path) :] = path[-1]
        money.sort(axis=0)
        places = {share: -(-share * len(paths) // 100) - 1 for share in BANDS}
        playing = (lengths[:, None] - 1 > np.arange(hands)).mean(axis=0)
        return cls(
            len(paths),
            {share: money[max(place, 0)].copy() for share, place in places.items()},
            playing,
            tuple(paths[:_SAMPLES]),
        )

    @property
    def hands(self) -> int:
        """How many hands the longest of them has."""
        return len(self.playing) - 1


def fan_of(
    config: FullConfig,
    results: Played,
    stopped: Event,
    progress: Callable[[float], None] = lambda _: None,
    compiling: Callable[[], None] = lambda: None,
) -> Fan | None:
    """Play the first sessions of a run again, and lay their money over each other.

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
    limit = int(replayer.plan.tables.hand_limit)
    most = max(min(_MOST_HANDS // limit, _MOST_SESSIONS), _LEAST_SESSIONS)
    total = min(most, results.summary.sessions)
    paths = []
    for place in islice(places_of(results.columns()), total):
        if stopped.is_set():
            return None
        paths.append(replayer.bankrolls(place))
        progress(len(paths) / total)
    return Fan.of(paths)
