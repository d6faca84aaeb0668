"""The random numbers of a session in plain Python.

splitmix64: Steele, Lea and Flood, OOPSLA 2014. xoshiro256++: Blackman and Vigna, ACM TOMS 47.
"""

from collections.abc import Iterator, Sequence

_MASK = 2**64 - 1
_DEALS = 22_100 * 49 * 48


def splitmix64(state: int) -> Iterator[int]:
    """The outputs of splitmix64 from a state on."""
    while True:
        state = (state + 0x9E3779B97F4A7C15) & _MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        yield z ^ (z >> 31)


def xoshiro256pp(state: Sequence[int]) -> Iterator[int]:
    """The outputs of xoshiro256++ from a state of four words on."""
    s = list(state)
    while True:
        yield (_rotated((s[0] + s[3]) & _MASK, 23) + s[0]) & _MASK
        shifted = (s[1] << 17) & _MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = _rotated(s[3], 45)


def session_stream(seed: int, session: int) -> Iterator[int]:
    """The 64-bit draws of a session: its seed and its id fill the stream's state."""
    words = splitmix64(seed << 32 | session)
    return xoshiro256pp([next(words) for _ in range(4)])


def dealt_classes(draws: Iterator[int], alias: Sequence[int]) -> Iterator[int]:
    """The deal classes that draws give through an alias table.

    A draw's top 12 bits are a column and its low 40 bits a height, both uniform. A column holds
    a threshold, the class from it on and the class below it. Heights that would favour some deals
    over others are drawn again.
    """
    heights = 2**40 // _DEALS * _DEALS
    for draw in draws:
        column, height = draw >> 52, draw % 2**40
        if height >= heights:
            continue
        rest, below = divmod(alias[column], 4096)
        threshold, from_it_on = divmod(rest, 4096)
        yield below if height < threshold else from_it_on


def _rotated(word: int, by: int) -> int:
    return (word << by | word >> (64 - by)) & _MASK
