"""Where results come from: all it takes to get them again."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where results come from: all it takes to get them again.

    Attributes:
        version: of this package.
        python, numpy, numba: versions.
        platform: operating system and processor.
        seed: the base seed.
        generator: the family of random numbers.
        workers: processes that played; of a run that was resumed, those that ended it.
        sessions: sessions played.
        tables: tables played; with one seat that nobody else takes, a table is a session.
        block_tables: tables in a block.
        started: when, in UTC, ISO 8601.
        seconds_playing: how long the sessions took, all programs that worked at them together.
        mended: how often something went wrong on the way and was mended; the run's log tells what.
    """

    version: str
    python: str
    numpy: str
    numba: str
    platform: str
    seed: int
    generator: str
    workers: int
    sessions: int
    tables: int
    block_tables: int
    started: str
    seconds_playing: float
    mended: int = 0

    def to_json(self) -> dict[str, Any]:
        """The provenance for `json.dumps`."""
        return asdict(self)
