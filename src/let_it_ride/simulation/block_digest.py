"""The digest of a block of sessions, and that of a whole run over those of its blocks."""

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from let_it_ride.simulation.raw_files import bytes_of


class BlockDigest:
    """SHA-256 of a block: all its records in order, then its counts of deal classes."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()

    def add(self, records: NDArray[np.void]) -> None:
        """Go on with some records."""
        if len(records):  # there is no view of the bytes of none
            self._sha256.update(bytes_of(records))

    def whole(self, counts: NDArray[np.uint32]) -> str:
        """The digest of all that was added, with the counts."""
        digest = self._sha256.copy()
        digest.update(bytes_of(counts))
        return digest.hexdigest()


def digest_of_blocks(digests: Iterable[str]) -> str:
    """SHA-256 over the blocks' digests, in the order of the blocks."""
    whole = hashlib.sha256()
    for digest in digests:
        whole.update(bytes.fromhex(digest))
    return whole.hexdigest()
