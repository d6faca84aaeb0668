"""What a run says of the seats of its tables, and of what they have to do with each other."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

from let_it_ride.game.seat_covariance import bonus_covariance, main_covariance
from let_it_ride.money import CENTS_PER_DOLLAR, dollars
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.aggregates import Aggregates
from let_it_ride.simulation.estimates import Z95, Estimate, student_95
from let_it_ride.simulation.frequencies import FrequencyTable
from let_it_ride.simulation.run_sums import RunSums
from let_it_ride.simulation.table_sums import Sum, TableSums


@dataclass(frozen=True, slots=True)
class SeatSummary:
    """The sessions of one seat; amounts in cents.

    Attributes:
        seat: which, from 0.
        sessions: sessions played on it.
        win_rate: share with a profit above zero, with its 95 % interval.
        mean_profit: mean final profit, with its 95 % interval.
        std_profit: standard deviation of the profit over the sessions.
        mean_hands: mean rounds a session.
    """

    seat: int
    sessions: int
    win_rate: Estimate
    mean_profit: Estimate
    std_profit: float
    mean_hands: float

    @classmethod
    def of(cls, seat: int, aggregates: Aggregates, at_tables: TableSums) -> "SeatSummary":
        """Sum a seat up."""
        return cls(
            seat=seat,
            sessions=aggregates.sessions,
            win_rate=share_at_tables(at_tables, Sum.WON, seat),
            mean_profit=profit_at_tables(at_tables, aggregates.profits, seat),
            std_profit=aggregates.profits.standard_deviation,
            mean_hands=aggregates.hands.mean,
        )

    def to_json(self) -> dict[str, Any]:
        """The seat with amounts in dollars, for `json.dumps`."""
        return {
            "seat": self.seat + 1,
            "sessions": self.sessions,
            "win_rate": self.win_rate.value,
            "win_rate_interval": self.win_rate.bounds(),
            "mean_profit": dollars(self.mean_profit.value),
            "mean_profit_interval": self.mean_profit.bounds(CENTS_PER_DOLLAR),
            "std_profit": dollars(self.std_profit),
            "mean_hands": self.mean_hands,
        }


@dataclass(frozen=True, slots=True)
class SeatCorrelation:
    """How much the seats of a table win and lose together.

    Attributes:
        profits: correlation of what each two seats of a table won in all; shape (seats, seats).
            None where a seat won the same at every table.
        main_round: of the main results of two seats in one round, exactly; None where all rounds
            bring the same, and where decisions differ from round to round.
        bonus_round: of their bonus results, exactly; None where all rounds bring the same, and
            where no bonus is played.
    """

    profits: tuple[tuple[float, ...], ...] | None
    main_round: float | None
    bonus_round: float | None

    @property
    def mean_of_profits(self) -> float | None:
        """The mean over all pairs of seats."""
        if self.profits is None:
            return None
        pairs = [row[other] for seat, row in enumerate(self.profits) for other in range(seat)]
        return sum(pairs) / len(pairs)

    def to_json(self) -> dict[str, Any]:
        """The correlations for `json.dumps`."""
        return {
            "profits": self.profits,
            "mean_of_profits": self.mean_of_profits,
            "main_round": self.main_round,
            "bonus_round": self.bonus_round,
        }


def seat_summaries(sums: RunSums) -> tuple[SeatSummary, ...]:
    """Every seat in order; empty where sessions are their own tables."""
    if sums.at_tables is None:
        return ()
    return tuple(
        SeatSummary.of(seat, aggregates, sums.at_tables)
        for seat, aggregates in enumerate(sums.seat_aggregates)
    )


def seat_correlation(sums: RunSums, plan: SessionPlan) -> SeatCorrelation | None:
    """The correlation between seats; None where there is one."""
    if sums.at_tables is None or plan.seats == 1:
        return None
    odds, tables = plan.odds, plan.tables
    with_bonus = sums.aggregates.sums["bonus_wagered"] > 0 and not tables.meter.is_there
    return SeatCorrelation(
        profits=sums.at_tables.profit_correlations(),
        main_round=float(main_covariance(tables.main_units) / odds.variance)
        if odds.variance and not tables.goal.is_there
        else None,
        bonus_round=float(bonus_covariance(tables.bonus_units) / odds.bonus_variance)
        if with_bonus and odds.bonus_variance
        else None,
    )


def share_at_tables(at_tables: TableSums, what: Sum, seat: int | None = None) -> Estimate:
    """A share of sessions whose tables, and not they, are independent; see `share_of_tables`."""
    _, error = at_tables.mean(what, seat)
    return share_of_tables(
        at_tables.count(what, seat),
        at_tables.count(Sum.SESSIONS, seat),
        error,
        tables=at_tables.tables,
        seats=at_tables.seats if seat is None else 1,
    )


def share_of_tables(
    count: int, sessions: int, error: float, *, tables: int, seats: int
) -> Estimate:
    """A share of sessions whose tables, and not they, are independent.

    It has the interval of as many independent sessions as have its error (E. L. Korn and B. I.
    Graubard, Survey Methodology 24, 1998), never of more than there are; where the error is not to
    be seen, as if all seats of a table were one.

    Args:
        count: how many sessions had it.
        sessions: of how many.
        error: standard error of the share, from the tables.
        tables: how many tables.
        seats: how many seats of each.
    """
    share, effective = count / sessions, sessions / seats
    if error:
        effective = share * (1 - share) / (error * student_95(tables - 1) / Z95) ** 2
    return Estimate.of_share(count, sessions, effective=min(effective, sessions))


def profit_at_tables(
    at_tables: TableSums, profits: FrequencyTable, seat: int | None = None
) -> Estimate:
    """The mean profit of sessions whose tables, and not they, are independent.

    Its interval is that of a ratio of sums over tables, and never narrower than that of as many
    independent sessions; for a single table as if all its seats were one.

    Args:
        at_tables: the sums.
        profits: of all those sessions.
        seat: of which seat; None for all.
    """
    mean, error = at_tables.mean(Sum.PROFIT, seat)
    half = Estimate.of_values(profits).half
    if at_tables.tables > 1:
        half = max(half, student_95(at_tables.tables - 1) * error)
    elif seat is None:
        half *= sqrt(at_tables.seats)
    return Estimate.of_mean(mean, half)
