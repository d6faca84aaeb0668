"""What tells the parts of one run from those of every other."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunMark:
    """Makes checksums that hold in one run alone: a part of another is as good as a damaged one.

    Attributes:
        key: 32 bytes that follow from what is played.
    """

    key: bytes

    @classmethod
    def of(cls, facts: Mapping[str, str | int]) -> "RunMark":
        """The mark of a run of which these facts are true, and not all of them of another."""
        return cls(hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).digest())

    def checksum(self, text: str) -> str:
        """The checksum of a text of the run, 16 hexadecimal digits."""
        return hashlib.blake2b(text.encode(), digest_size=8, key=self.key).hexdigest()
