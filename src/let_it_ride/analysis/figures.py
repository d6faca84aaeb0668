"""The figures of a configuration: exact where its sessions can be solved, simulated elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

from let_it_ride.analysis.dealing import Dealing
from let_it_ride.analysis.measures import MEASURES, Measure, Unit
from let_it_ride.analysis.played_sums import PlayedSums, play_together
from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.analysis.solving import NotSolvableError, solve
from let_it_ride.config import FullConfig
from let_it_ride.money import CENTS_PER_DOLLAR
from let_it_ride.plan import SessionPlan
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.estimates import Estimate


@dataclass(frozen=True, slots=True)
class Figures:
    """What sessions of a configuration bring.

    Attributes:
        estimates: each of `MEASURES`, in their order; those of an exact law have no width.
        why_simulated: why they could not be solved; nothing where they are exact.
        differences: how much more each is than with a configuration that they were worked out
            beside; nothing without one.
    """

    estimates: tuple[Estimate, ...]
    why_simulated: str = ""
    differences: tuple[Estimate, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether the law was solved."""
        return not self.why_simulated

    def of(self, measure: Measure) -> Estimate:
        """One of the measures."""
        return self.estimates[MEASURES.index(measure)]

    def apart(self) -> Self:
        """The differences in place of the figures."""
        return replace(self, estimates=self.differences, differences=())

    def exactly_beside(self, first: Self) -> Self:
        """The same with the differences from other exact figures."""
        pairs = zip(self.estimates, first.estimates, strict=True)
        apart = (Estimate.of_mean(here.value - there.value, 0.0) for here, there in pairs)
        return replace(self, differences=tuple(apart))

    @classmethod
    def exact(cls, law: SessionLaw, hands_per_hour: int) -> Self:
        """The figures of a law."""
        values = (
            measure.of_law(law) * (hands_per_hour if measure.is_hourly else 1)
            for measure in MEASURES
        )
        return cls(tuple(Estimate.of_mean(value, 0.0) for value in values))

    @classmethod
    def simulated(cls, sums: PlayedSums, hands_per_hour: int, why: str) -> Self:
        """The figures of sessions that were played."""
        return cls(tuple(sums.estimate(measure, hands_per_hour) for measure in MEASURES), why)

    def to_json(self) -> dict[str, Any]:
        """Its measures for `json.dumps`, amounts in dollars, with intervals if simulated."""
        told: dict[str, Any] = {"exact": self.is_exact}
        if not self.is_exact:
            told["why_simulated"] = self.why_simulated
        told |= estimates_to_json(self.estimates, with_intervals=not self.is_exact)
        if self.differences:
            told["difference"] = estimates_to_json(
                self.differences, with_intervals=not self.is_exact
            )
        return told


def estimates_to_json(
    estimates: tuple[Estimate, ...], *, with_intervals: bool
) -> dict[str, float | list[float | None]]:
    """Estimates of all measures for `json.dumps`, amounts in dollars."""
    told: dict[str, float | list[float | None]] = {}
    for measure, estimate in zip(MEASURES, estimates, strict=True):
        unit = CENTS_PER_DOLLAR if measure.unit is Unit.MONEY else 1
        told[measure.name] = estimate.value / unit
        if with_intervals:
            told[f"{measure.name}_interval"] = estimate.bounds(unit)
    return told


def figures_of(
    config: FullConfig,
    dealing: Dealing,
    watch: Callable[[float], None] = lambda _: None,
) -> Figures:
    """Solve the sessions of a configuration or, where that cannot be done, simulate them.

    Args:
        config: what is played.
        dealing: what is dealt if it is simulated.
        watch: told now and then which share of the work is done; what it raises comes through.
    """
    hands_per_hour = config.table.hands_per_hour
    try:
        return exact_figures_of(config, watch)
    except NotSolvableError as refusal:
        plan = plan_to_deal(config, dealing)
        sums = play_dealt([plan], dealing, range(dealing.sessions), watch)
        return Figures.simulated(sums[0], hands_per_hour, str(refusal))


class Beside:
    """Works out configurations beside one that they are compared with."""

    def __init__(self, first: FullConfig, dealing: Dealing) -> None:
        """Solve the one, if that can be done.

        Args:
            first: the configuration that the others are compared with.
            dealing: what is dealt to both if one of them has to be simulated.
        """
        self._first, self._dealing = first, dealing
        self._exact: Figures | None = None
        self._why = ""
        try:
            self._exact = exact_figures_of(first)
        except NotSolvableError as refusal:
            self._why = f"What is varied: {refusal}"

    def figures_of(
        self, config: FullConfig, watch: Callable[[float], None] = lambda _: None
    ) -> Figures:
        """The figures of a configuration with their differences: both exact, or both simulated.

        Args:
            config: what is played.
            watch: told now and then which share of the work is done; what it raises comes through.
        """
        why = self._why
        if self._exact is not None:
            try:
                return exact_figures_of(config, watch).exactly_beside(self._exact)
            except NotSolvableError as refusal:
                why = str(refusal)
        configs, dealing = (self._first, config), self._dealing
        plans = [plan_to_deal(each, dealing) for each in configs]
        first, own = play_dealt(plans, dealing, range(dealing.sessions), watch)
        there, here = (each.table.hands_per_hour for each in configs)
        differences = tuple(own.difference(first, each, here, there) for each in MEASURES)
        return replace(Figures.simulated(own, here, why), differences=differences)


def exact_figures_of(
    config: FullConfig, watch: Callable[[float], None] = lambda _: None
) -> Figures:
    """Solve the sessions of a configuration.

    Args:
        config: what is played.
        watch: told now and then which share of the work is done; what it raises comes through.

    Raises:
        NotSolvableError: they cannot be solved exactly; the error says why.
    """
    return Figures.exact(solve(compile_plan(config), watch), config.table.hands_per_hour)


def plan_to_deal(config: FullConfig, dealing: Dealing) -> SessionPlan:
    """The plan of a configuration for so many sessions."""
    simulation = config.simulation.model_copy(update={"num_sessions": dealing.sessions})
    return compile_plan(config.model_copy(update={"simulation": simulation}))


def play_dealt(
    plans: list[SessionPlan],
    dealing: Dealing,
    tables: range,
    watch: Callable[[float], None] = lambda _: None,
) -> list[PlayedSums]:
    """Play some of the tables that are dealt, the same with every plan."""
    return play_together(plans, dealing.seed, tables, lambda played: watch(played / len(tables)))
