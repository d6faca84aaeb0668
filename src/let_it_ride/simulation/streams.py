"""Random numbers for the kernels: one stream of 64-bit words for every key.

A stream is an array of 64-bit words, its state; `fill` writes the words that come next. Two
families can be had:

* xoshiro256++, whose 256 bits are four outputs of splitmix64 started at the key.
  D. Blackman and S. Vigna, Scrambled linear pseudorandom number generators, ACM TOMS 47 (2021);
  G. Steele, D. Lea and C. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
* ChaCha20, the block function of RFC 8439: the first three words of its key are session, seed and
  number of the stream, its counter begins at 0, all else is 0; a block is eight words, the low half
  of each first.

Constants that are compiled in are spelled out here (see `compiled`).
"""

from typing import Any

import numpy as np
from numba import njit

_U64 = np.uint64
_INDEX = np.uintp

_GOLDEN = _U64(0x9E3779B97F4A7C15)
_LOW_HALF = _U64(0xFFFFFFFF)

STATE_WORDS = 44
"""Words of a stream's state: the family, and what that family needs."""

XOSHIRO, CHACHA = 0, 1


@njit(cache=True, nogil=True, _nrt=False)
def _splitmix64(state: Any) -> Any:
    z = state
    z = (z ^ (z >> _U64(30))) * _U64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> _U64(27))) * _U64(0x94D049BB133111EB)
    return z ^ (z >> _U64(31))


@njit(cache=True, nogil=True, _nrt=False)
def open_stream(state: Any, family: Any, seed: Any, session: Any, number: Any) -> None:
    """Put a stream at its beginning.

    Args:
        state: `STATE_WORDS` words, of which all are set.
        family: `XOSHIRO` or `CHACHA`.
        seed: the session's or table's own seed, below 2³².
        session: its id, below 2³².
        number: which of its streams: 0 deals, the others show cards; below 2³².
    """
    state[0] = _U64(family)
    key = (_U64(seed) << _U64(32)) | _U64(session)
    if family == XOSHIRO:
        if number:
            key = _splitmix64(key + _GOLDEN) ^ _splitmix64(_U64(number))
        for word in range(4):
            key += _GOLDEN
            state[_INDEX(1 + word)] = _splitmix64(key)
    else:
        state[1] = key
        state[2] = _U64(number) << _U64(32)  # the low half counts blocks
        state[3] = _U64(8)  # no word of a block is left


@njit(cache=True, nogil=True, _nrt=False)
def next_word(state: Any) -> Any:
    """The next word of a ChaCha20 stream."""
    if state[3] == _U64(8):
        _chacha_block(state)
    word = state[_INDEX(_U64(4) + state[3])]
    state[3] += _U64(1)
    return word


@njit(cache=True, nogil=True, _nrt=False)
def fill(state: Any, words: Any, count: Any) -> None:
    """Write the next words of a stream into ``words[:count]``."""
    if state[0] == XOSHIRO:
        s0, s1, s2, s3 = state[1], state[2], state[3], state[4]
        for k in range(count):
            total = s0 + s3
            words[_INDEX(k)] = ((total << _U64(23)) | (total >> _U64(41))) + s0
            shifted = s1 << _U64(17)
            s2 ^= s0
            s3 ^= s1
            s1 ^= s2
            s0 ^= s3
            s2 ^= shifted
            s3 = (s3 << _U64(45)) | (s3 >> _U64(19))
        state[1], state[2], state[3], state[4] = s0, s1, s2, s3
    else:
        for k in range(count):
            words[_INDEX(k)] = next_word(state)


@njit(cache=True, nogil=True, _nrt=False)
def chacha_rounds(block: Any, mixed: Any) -> None:
    """The block function of RFC 8439.

    Args:
        block: sixteen 32-bit words, each in a 64-bit one, changed in place.
        mixed: room for as many.
    """
    for word in range(16):
        mixed[_INDEX(word)] = block[_INDEX(word)]
    for _ in range(10):
        for column in range(4):
            _quarter_round(mixed, column, 4 + column, 8 + column, 12 + column)
        for column in range(4):
            _quarter_round(
                mixed,
                column,
                4 + (column + 1) % 4,
                8 + (column + 2) % 4,
                12 + (column + 3) % 4,
            )
    for word in range(16):
        block[_INDEX(word)] = (block[_INDEX(word)] + mixed[_INDEX(word)]) & _LOW_HALF


@njit(cache=True, nogil=True, _nrt=False)
def _quarter_round(x: Any, a: Any, b: Any, c: Any, d: Any) -> None:
    x[a] = (x[a] + x[b]) & _LOW_HALF
    x[d] = _rotated(x[d] ^ x[a], _U64(16))
    x[c] = (x[c] + x[d]) & _LOW_HALF
    x[b] = _rotated(x[b] ^ x[c], _U64(12))
    x[a] = (x[a] + x[b]) & _LOW_HALF
    x[d] = _rotated(x[d] ^ x[a], _U64(8))
    x[c] = (x[c] + x[d]) & _LOW_HALF
    x[b] = _rotated(x[b] ^ x[c], _U64(7))


@njit(cache=True, nogil=True, _nrt=False)
def _rotated(word: Any, by: Any) -> Any:
    return ((word << by) | (word >> (_U64(32) - by))) & _LOW_HALF


@njit(cache=True, nogil=True, _nrt=False)
def _chacha_block(state: Any) -> None:
    block, mixed = state[12:28], state[28:44]
    for word in range(16):
        block[_INDEX(word)] = _U64(0)
    block[0], block[1] = _U64(0x61707865), _U64(0x3320646E)
    block[2], block[3] = _U64(0x79622D32), _U64(0x6B206574)
    block[4], block[5] = state[1] & _LOW_HALF, state[1] >> _U64(32)
    block[6] = state[2] >> _U64(32)
    block[12] = state[2] & _LOW_HALF
    chacha_rounds(block, mixed)
    for word in range(8):
        low, high = block[_INDEX(2 * word)], block[_INDEX(2 * word + 1)]
        state[_INDEX(4 + word)] = low | (high << _U64(32))
    state[2] += _U64(1)
    state[3] = _U64(0)
