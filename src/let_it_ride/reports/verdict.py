"""Whether the parallel run equals the sequential one, in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import count, duration

if TYPE_CHECKING:
    from let_it_ride.config import FullConfig
    from let_it_ride.simulation.equivalence import Equivalence
    from let_it_ride.simulation.run_directory import Provenance

_DIGEST_SHOWN: Final = 12


class Standing(Enum):
    """How an equivalence check ended."""

    EQUAL = auto()
    DIFFERENT = auto()
    NOT_CHECKED = auto()


_TITLES: Final = {
    Standing.EQUAL: "✓ EQUAL",
    Standing.DIFFERENT: "✗ DIFFERENT",
    Standing.NOT_CHECKED: "NOT CHECKED",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found.

    Attributes:
        standing: equal, different or not checked.
        lines: what was compared and found, or why nothing was.
        digests: the beginnings of the digests it rests on.
    """

    standing: Standing
    lines: tuple[str, ...]
    digests: str

    @property
    def title(self) -> str:
        """The verdict in a word or two."""
        return _TITLES[self.standing]


def verdict(
    checked: Equivalence | None, config: FullConfig, provenance: Provenance, digest: str
) -> Verdict:
    """Return the verdict on a run.

    Args:
        checked: what the equivalence check found; None if it was not made or not finished.
        config: what was run.
        provenance: where the results come from.
        digest: the run's digest.
    """
    if checked is None:
        why = (_why_not(config, provenance),)
        return Verdict(Standing.NOT_CHECKED, why, f"digest {_short(digest)}")
    what = f"all {count(checked.sessions)} sessions" if checked.sessions > 1 else "the one session"
    if not checked.complete:
        compared = count(checked.sessions_compared)
        what = f"a sample of {compared} sessions out of {count(checked.sessions)}"
    again = f"{what} played again in sequence, in {duration(checked.seconds)}"
    ours, theirs = _short(checked.digest_parallel), _short(checked.digest_sequential)
    if checked.equal:
        return Verdict(Standing.EQUAL, (again,), f"digest {ours} = {theirs}")
    found = []
    if checked.difference is not None:
        first = checked.difference
        found = [
            f"first in session {count(first.session)}, column {first.column}",
            f"{count(first.parallel)} in parallel, {count(first.sequential)} in sequence",
        ]
    lines = (*found, again, "Do not trust this run; please report it.")
    return Verdict(Standing.DIFFERENT, lines, f"digest {ours} ≠ {theirs}")


def _why_not(config: FullConfig, provenance: Provenance) -> str:
    if provenance.workers == 1:
        return "One worker played every session in sequence: there is nothing to compare."
    if config.simulation.verify == "off":
        return "simulation.verify is off."
    return "The check was stopped before its end."


def _short(digest: str) -> str:
    return f"{digest[:_DIGEST_SHOWN]}…"
