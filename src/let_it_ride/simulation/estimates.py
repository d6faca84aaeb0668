"""Simulated numbers with their intervals, and against the truth where that is known."""

from dataclasses import dataclass
from math import inf, isfinite, sqrt
from typing import Any, Final

from let_it_ride.simulation.frequencies import FrequencyTable

# Two-sided 95 %: the 0.975 quantiles of the standard normal law, and of Student's with 1, 2, 3, …
# degrees of freedom.
Z95: Final = 1.959963984540054
_T95: Final = (12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281)


def student_95(freedom: int) -> float:
    """The 0.975 quantile of Student's law, to three decimals; infinite without freedom.

    Above ten degrees by the expansion of M. Abramowitz and I. A. Stegun, Handbook of Mathematical
    Functions (1964), 26.7.5.
    """
    if freedom < 1:
        return inf
    if freedom <= len(_T95):
        return _T95[freedom - 1]
    z, n = Z95, freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    )


@dataclass(frozen=True, slots=True)
class Estimate:
    """A simulated number with its 95 % interval, which is infinite where nothing is known of it."""

    value: float
    low: float
    high: float

    @classmethod
    def of_share(cls, count: int, total: float, *, effective: float | None = None) -> "Estimate":
        """A share with Wilson's score interval (JASA 22, 1927), which holds for rare events too.

        Args:
            count: how many had it.
            total: of how many.
            effective: how many independent ones say as much; as many, if that is not given.
        """
        share, n, z2 = count / total, effective or total, Z95 * Z95
        centre = (share + z2 / (2 * n)) / (1 + z2 / n)
        half = Z95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
        return cls(share, max(centre - half, 0.0), min(centre + half, 1.0))

    @classmethod
    def of_values(cls, values: FrequencyTable) -> "Estimate":
        """The mean of independent values."""
        freedom = values.count - 1
        error = values.standard_deviation / sqrt(freedom) if freedom else 0.0
        return cls.of_mean(values.mean, student_95(freedom) * error if freedom else inf)

    @classmethod
    def of_mean(cls, mean: float, half: float) -> "Estimate":
        """A mean with half the width of its interval."""
        return cls(mean, mean - half, mean + half)

    @property
    def half(self) -> float:
        """Half the width of the interval of a mean."""
        return self.high - self.value

    def bounds(self, unit: float = 1) -> list[float | None]:
        """Its interval in a unit, None where there is no bound."""
        return [bound / unit if isfinite(bound) else None for bound in (self.low, self.high)]


@dataclass(frozen=True, slots=True)
class Check:
    """A number that is both simulated and known exactly.

    Attributes:
        simulated: what the run gave.
        exact: the truth.
        z: their distance in standard errors, which are exact too; beyond ±3 is rare by chance.
    """

    simulated: float
    exact: float
    z: float

    @classmethod
    def of(cls, simulated: float, exact: float, error: float) -> "Check":
        """Compare, with a standard error."""
        return cls(simulated, exact, (simulated - exact) / error if error else 0.0)

    def to_json(self) -> dict[str, Any]:
        """The three numbers for `json.dumps`."""
        return {"simulated": self.simulated, "exact": self.exact, "z": self.z}
