"""Whether the parallel run equals the sequential one, and agrees with the exact law, in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import chance, count, duration, money
from let_it_ride.reports.side_by_side import TESTED

if TYPE_CHECKING:
    from let_it_ride.analysis.agreement import Compared, FrequencyTest
    from let_it_ride.config import FullConfig
    from let_it_ride.simulation.equality import Equivalence
    from let_it_ride.simulation.provenance import Provenance

_DIGEST_SHOWN: Final = 12


class Standing(Enum):
    """How a check of a run ended."""

    EQUAL = auto()
    DIFFERENT = auto()
    NOT_CHECKED = auto()
    AGREES = auto()
    DISAGREES = auto()
    NOT_COMPARED = auto()


_TITLES: Final = {
    Standing.EQUAL: "✓ EQUAL",
    Standing.DIFFERENT: "✗ DIFFERENT",
    Standing.NOT_CHECKED: "? NOT CHECKED",
    Standing.AGREES: "✓ AGREES WITH THE EXACT LAW",
    Standing.DISAGREES: "✗ DOES NOT AGREE WITH THE EXACT LAW",
    Standing.NOT_COMPARED: "? NOT COMPARED WITH THE EXACT LAW",
}

_MEANINGS: Final = {
    Standing.EQUAL: "parallel play = sequential play",
    Standing.DIFFERENT: "parallel play ≠ sequential play",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found.

    Attributes:
        standing: how it ended.
        lines: what was compared and found, or why nothing was.
        digests: the beginnings of the digests it rests on, if it does.
    """

    standing: Standing
    lines: tuple[str, ...]
    digests: str = ""

    @property
    def title(self) -> str:
        """The verdict in a word or two."""
        return _TITLES[self.standing]

    @property
    def meaning(self) -> str:
        """What the title means, where that is not said by itself."""
        return _MEANINGS.get(self.standing, "")


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
        # numpy is loaded where there are results, not before
        from let_it_ride.simulation.records import AMOUNT_COLUMNS

        first = checked.difference
        write = money if first.column in AMOUNT_COLUMNS else count
        found = [
            f"first in session {count(first.session)}, column {first.column}",
            f"{write(first.parallel)} in parallel, {write(first.sequential)} in sequence",
        ]
    lines = (*found, again, "Do not trust this run; please report it.")
    return Verdict(Standing.DIFFERENT, lines, f"digest {ours} ≠ {theirs}")


def law_verdict(compared: Compared, provenance: Provenance) -> Verdict:
    """Return the verdict on a run against the exact law.

    Args:
        compared: what comparing gave, or why it was not done.
        provenance: where the results come from.
    """
    agreement = compared.agreement
    if agreement is None:
        return Verdict(Standing.NOT_COMPARED, (compared.why_not,))
    rounds = next(test.observations for test in agreement.tests if test.name == "deals")
    told = [f"{count(rounds)} hands"]
    told += [
        f"{count(test.observations)} sessions" for test in agreement.tests if test.name == "profits"
    ]
    what = f"{' and '.join(told)} compared" + f", of {agreement.sample}" * bool(agreement.sample)
    lines = [what]
    if agreement.numbers_of:
        lines.append(
            f"z and χ² are of {count(agreement.numbers_from)} sessions: {agreement.numbers_of}"
        )
    if agreement.refusal:
        lines.append(f"Sessions are not compared. {agreement.refusal}")
    if agreement.agrees:
        return Verdict(Standing.AGREES, tuple(lines))
    failed = [_failure(test) for test in agreement.failed]
    report = (
        "If all were well, this would be seen once in a million runs at most. Do not trust this"
        f" run; please report it with its seed, {provenance.seed}, and its configuration."
    )
    return Verdict(Standing.DISAGREES, (*failed, *lines, report))


def _failure(test: FrequencyTest) -> str:
    found = f"{TESTED[test.name]}: a chance of {chance(test.bound)} at most"
    if test.chi_square is not None and test.chi_square.freedom:
        pearson = test.chi_square
        found += f", χ² {pearson.statistic:,.1f} with {count(pearson.freedom)} degrees of freedom"
    if test.impossible:
        found += f", {count(test.impossible)} of them cannot occur"
    return found


def _why_not(config: FullConfig, provenance: Provenance) -> str:
    if provenance.workers == 1:
        return "One worker played every session in sequence: there is nothing to compare."
    if config.simulation.verify == "off":
        return "simulation.verify is off."
    return "The check was stopped before its end."


def _short(digest: str) -> str:
    return f"{digest[:_DIGEST_SHOWN]}…"
