"""The yardstick of the kernel: nothing but its generator, compiled by the same compiler."""

import numpy as np
from numba import njit

_U64 = np.uint64


@njit(nogil=True)
def xor_of_draws(draws: int, s0: int, s1: int, s2: int, s3: int) -> int:
    """Draw from xoshiro256++ and xor the draws, so that none can be left out."""
    s0, s1, s2, s3 = _U64(s0), _U64(s1), _U64(s2), _U64(s3)
    xor = _U64(0)
    for _ in range(draws):
        total = s0 + s3
        xor ^= ((total << _U64(23)) | (total >> _U64(41))) + s0
        shifted = s1 << _U64(17)
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = (s3 << _U64(45)) | (s3 >> _U64(19))
    return xor
