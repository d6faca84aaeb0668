"""Simulated numbers with their intervals, and against the truth where that is known."""

from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

from let_it_ride.simulation.aggregates import FrequencyTable

# Two-sided 95 %: the 0.975 quantile of the standard normal law.
_Z95: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Estimate:
    """A simulated number with its 95 % interval."""

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
        share, n, z2 = count / total, effective or total, _Z95 * _Z95
        centre = (share + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
        return cls(share, max(centre - half, 0.0), min(centre + half, 1.0))

    @classmethod
    def of_mean(cls, mean: float, error: float) -> "Estimate":
        """A mean with the interval of the normal law.

        Args:
            mean: of what was counted.
            error: its standard error.
        """
        return cls(mean, mean - _Z95 * error, mean + _Z95 * error)

    @classmethod
    def of_values(cls, values: FrequencyTable) -> "Estimate":
        """The mean of independent values."""
        return cls.of_mean(values.mean, values.standard_deviation / sqrt(values.count))

    def bounds(self) -> list[float]:
        """Its interval."""
        return [self.low, self.high]


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
