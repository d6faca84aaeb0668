"""Ten million session seeds against the raw Mersenne Twister words that they consume."""

import numpy as np
from tests.benchmarks.timing import paired, seconds

from let_it_ride.simulation.seeds import session_seeds

_SEEDS = 10_000_000
_WORDS_AT_ONCE = 1 << 20


def lines() -> list[str]:
    """Measure, and say how it went."""
    twister = np.random.MT19937(1)

    def seeds() -> float:
        return seconds(lambda: sum(map(len, session_seeds(1, _SEEDS))))

    def words() -> float:
        rounds = 2 * _SEEDS // _WORDS_AT_ONCE
        return seconds(lambda: [twister.random_raw(_WORDS_AT_ONCE) for _ in range(rounds)])

    result = paired(seeds, words)
    return [
        f"seeds: {1 / result.ratio:.2f} times the raw words"
        f" ({1 / result.high:.2f} … {1 / result.low:.2f}; {result.subject:.3f} s); at most 2"
    ]
