"""What the laboratory did in a session of tests, counted as it is done."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal

Deed = Literal["inputs fuzzed", "kills", "resumes"]

_DEEDS: tuple[Deed, ...] = ("inputs fuzzed", "kills", "resumes")


class Laboratory:
    """Counts deeds, each by what it was done to.

    A test calls one of the three methods for each single deed, when it is done::

        def test_a_killed_worker_is_replaced(laboratory: Laboratory) -> None:
            os.kill(worker.pid, signal.SIGKILL)
            laboratory.killed("workers")
    """

    def __init__(self) -> None:
        self._counts: dict[Deed, Counter[str]] = {deed: Counter() for deed in _DEEDS}

    def fuzzed(self, kind: str) -> None:
        """Count an input that the program was given, by what it stands for: "theme file"."""
        self._counts["inputs fuzzed"][kind] += 1

    def killed(self, what: str) -> None:
        """Count a process that was killed: "workers"."""
        self._counts["kills"][what] += 1

    def resumed(self, after: str) -> None:
        """Count a run that went on: "after SIGKILL"."""
        self._counts["resumes"][after] += 1

    def counts(self) -> dict[Deed, dict[str, int]]:
        """Give all that was done, in types that another process can be sent."""
        return {deed: dict(counts) for deed, counts in self._counts.items()}

    def add(self, counts: Mapping[Deed, Mapping[str, int]]) -> None:
        """Count what another process of the same session of tests did."""
        for deed, of_kinds in counts.items():
            self._counts[deed].update(of_kinds)

    @property
    def is_idle(self) -> bool:
        """Whether nothing was done."""
        return not any(map(bool, self._counts.values()))

    @property
    def total(self) -> str:
        """What was done, on one line."""
        sums = (f"{self._counts[deed].total():,} {deed}" for deed in _DEEDS)
        return f"failures laboratory: {', '.join(sums)}"

    def lines(self) -> Iterator[str]:
        """Yield what was done to what, a line for each."""
        for deed in _DEEDS:
            for kind, count in sorted(self._counts[deed].items()):
                yield f"  {count:>9,} {deed}: {kind}"
