"""What comparing a run with the exact law gives: numbers side by side, tests, and one verdict."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from let_it_ride.money import dollars

if TYPE_CHECKING:
    from collections.abc import Mapping

    from let_it_ride.analysis.session_law import SessionLaw

#: All tests of a run that follows the law together fail with this chance at most.
FALSE_ALARM: Final = 1e-6

#: A standard deviation that is less than this is none.
_NO_DEVIATION: Final = 1e-8


class About(StrEnum):
    """What a number is about."""

    SESSION = "session"
    ROUND = "round"


class Unit(StrEnum):
    """What a number counts."""

    SHARE = "share"
    CENTS = "cents"
    HANDS = "hands"
    BETS = "bets"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number that is both simulated and known exactly.

    Attributes:
        about: a session or a round.
        name: which, such as ``mean_profit`` or ``category.flush``.
        unit: what it counts.
        simulated: what the run gave.
        exact: the truth.
        z: their distance in standard errors; None where there is no spread, or it is not known.
        is_error_exact: whether the standard error is that of the law; else that of the run.
    """

    about: About
    name: str
    unit: Unit
    simulated: float
    exact: float
    z: float | None
    is_error_exact: bool = True

    def to_json(self) -> dict[str, Any]:
        """The comparison for `json.dumps`, amounts in dollars."""
        in_unit = dollars if self.unit is Unit.CENTS else float
        return {
            "about": self.about.value,
            "name": self.name,
            "unit": "dollars" if self.unit is Unit.CENTS else self.unit.value,
            "simulated": in_unit(self.simulated),
            "exact": in_unit(self.exact),
            "z": self.z,
            "standard_error": "exact" if self.is_error_exact else "simulated",
        }


def z_score(distance: float, deviation: float, count: int, blur: float = 0.0) -> float | None:
    """A distance in standard errors of a mean.

    Args:
        distance: of the mean from the exact one.
        deviation: standard deviation of one.
        count: of how many the mean is.
        blur: a deviation that rounding, or what a law leaves out, can feign.

    Returns:
        None where there is no deviation.
    """
    return distance * sqrt(count) / deviation if deviation > max(blur, _NO_DEVIATION) else None


@dataclass(frozen=True, slots=True)
class ChiSquare:
    """Pearson's test.

    Attributes:
        statistic: Σ (observed − expected)² / expected.
        freedom: its degrees of freedom: one less than the classes that are left.
        p_value: chance of as much or more, in the limit of many observations.
    """

    statistic: float
    freedom: int
    p_value: float


@dataclass(frozen=True, slots=True)
class FrequencyTest:
    """Whether something comes as often, or comes to as much, as the law says.

    Attributes:
        name: what comes: ``deals``, ``categories``, ``bets_in_action``, ``bonus_categories``,
            ``profits``, ``stop_reasons`` or ``hands``; or what is staked in a session:
            ``main_wagered`` or ``bonus_wagered``.
        observations: how often anything came, or how many sessions there were.
        classes: how many different things there are; 0 of what is staked.
        impossible: how often something came that has no place in the law.
        chi_square: Pearson's test; None where observations depend on each other, and of amounts.
        bound: the chance of as much, or less, whatever their number; the verdict rests on it.
    """

    name: str
    observations: int
    classes: int
    impossible: int
    chi_square: ChiSquare | None
    bound: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """What comparing a run with the exact law gave.

    Attributes:
        comparisons: every number that both can give.
        tests: the tests of frequencies.
        sample: which sessions were compared, where not all could be; else empty.
        numbers_of: of which sessions the numbers are, where sessions depend on each other; else
            empty.
        numbers_from: of how many sessions they are; 0 where sessions were not compared.
        refusal: why sessions were not compared and rounds alone were; else empty.
    """

    comparisons: tuple[Comparison, ...]
    tests: tuple[FrequencyTest, ...]
    sample: str = ""
    numbers_of: str = ""
    numbers_from: int = 0
    refusal: str = ""

    @property
    def level(self) -> float:
        """A test fails where the chance of what it saw is this or less."""
        return FALSE_ALARM / len(self.tests)

    @property
    def failed(self) -> tuple[FrequencyTest, ...]:
        """The tests that failed, the worst first."""
        failed = (test for test in self.tests if test.bound <= self.level)
        return tuple(sorted(failed, key=lambda test: test.bound))

    @property
    def agrees(self) -> bool:
        """Whether the simulation agrees with the law."""
        return not self.failed

    def to_json(self) -> dict[str, Any]:
        """All of it for `json.dumps`, amounts in dollars."""
        return {
            "agrees": self.agrees,
            "false_alarm": FALSE_ALARM,
            "level": self.level,
            "failed": [test.name for test in self.failed],
            "sample": self.sample or None,
            "numbers_of": self.numbers_of or None,
            "numbers_from": self.numbers_from,
            "refusal": self.refusal or None,
            "tests": [asdict(test) for test in self.tests],
            "comparisons": [comparison.to_json() for comparison in self.comparisons],
        }

    def kept(self) -> dict[str, Any]:
        """All of it, for `of_kept` to read."""
        return asdict(self)

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any]) -> Agreement:
        """Read what `kept` gave."""
        return cls(
            comparisons=tuple(
                Comparison(**{**each, "about": About(each["about"]), "unit": Unit(each["unit"])})
                for each in kept["comparisons"]
            ),
            tests=tuple(
                FrequencyTest(**{**each, "chi_square": _pearson(each["chi_square"])})
                for each in kept["tests"]
            ),
            sample=kept["sample"],
            numbers_of=kept["numbers_of"],
            numbers_from=kept["numbers_from"],
            refusal=kept["refusal"],
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """Whether a run was compared with the exact law, and what that gave.

    Attributes:
        agreement: what it gave; None if it was not, or not to the end.
        why_not: why it was not, for a person; else empty.
        law: the law that every session follows; None where there is no such law, or it was not
            solved.
        failed: whether it was not since something went wrong.
    """

    agreement: Agreement | None = None
    why_not: str = ""
    law: SessionLaw | None = None
    failed: bool = False

    @property
    def disagrees(self) -> bool:
        """Whether the simulation was found not to agree with the law."""
        return self.agreement is not None and not self.agreement.agrees

    def to_json(self) -> dict[str, Any]:
        """It as a part of an object for `json.dumps`; where there is none, why."""
        if self.agreement is None:
            return {"agreement": None, "agreement_refusal": self.why_not}
        return {"agreement": self.agreement.to_json()}


def _pearson(kept: Mapping[str, Any] | None) -> ChiSquare | None:
    return None if kept is None else ChiSquare(**kept)
