"""One seed for every table, all drawn from the master generator before any worker starts.

With one seat that nobody else takes, a table is a session.

The seeds are those of the plain loop ``[rng.randint(0, 2**31 - 1) for _ in range(sessions)]`` over
``rng = random.Random(base_seed)``: each draw takes a 32-bit word of the Mersenne Twister and
rejects words of 2³¹ and more. Here the words come a large array at a time.
"""

import random
import secrets
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

SEED_BOUND: Final = 1 << 31
# As many words as stay in the processor's nearest caches.
_WORDS_AT_ONCE: Final = 1 << 14


def session_seeds(base_seed: int, sessions: int) -> Iterator[NDArray[np.uint32]]:
    """Seeds of the sessions in order, in arrays of a bounded size that together hold them all."""
    words = np.random.Generator(_twister(base_seed))
    missing = sessions
    while missing > 0:
        drawn = words.integers(0, 1 << 32, size=_WORDS_AT_ONCE, dtype=np.uint32)
        # Taking by position is twice as fast here as taking by a mask of coin flips.
        seeds = drawn.take(np.flatnonzero(drawn < SEED_BOUND))[:missing]
        missing -= len(seeds)
        yield seeds


def seeds_of(base_seed: int, tables: range, at_once: int) -> Iterator[NDArray[np.uint32]]:
    """Seeds of some tables, or sessions, in order, so many at once but for the last.

    All before them are drawn, and none is kept.
    """
    held: list[NDArray[np.uint32]] = []
    missing, drawn = at_once, 0
    for some in session_seeds(base_seed, tables.stop):
        seeds = some[max(tables.start - drawn, 0) :]
        drawn += len(some)
        while len(seeds) >= missing:
            yield np.concatenate([*held, seeds[:missing]])
            seeds = seeds[missing:]
            held, missing = [], at_once
        if len(seeds):
            held.append(seeds)
            missing -= len(seeds)
    if held:
        yield np.concatenate(held)


def seed_of_table(base_seed: int, table: int) -> int:
    """The seed of one table, or session; all before it are drawn, and none is kept."""
    for seeds in session_seeds(base_seed, table + 1):
        last = seeds
    return int(last[-1])


def fresh_base_seed() -> int:
    """A base seed from the system, for a run that names none: 0 … 2⁶³ − 1."""
    return secrets.randbits(63)


def _twister(base_seed: int) -> np.random.MT19937:
    """The Mersenne Twister of numpy in the state of ``random.Random(base_seed)``."""
    _, internal, _ = random.Random(base_seed).getstate()  # noqa: S311  no secrets here
    twister = np.random.MT19937()
    twister.state = {
        "bit_generator": "MT19937",
        "state": {"key": np.array(internal[:-1], dtype=np.uint32), "pos": internal[-1]},
    }
    return twister
