"""What a run says: the numbers of its summary, from exact sums and the exact law of a round."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.seat_covariance import bonus_covariance, main_covariance
from let_it_ride.money import CENTS_PER_DOLLAR, dollars
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.estimates import Check, Estimate
from let_it_ride.simulation.extremes import Extremes
from let_it_ride.simulation.run_sums import RunSums
from let_it_ride.simulation.seat_summary import (
    SeatCorrelation,
    SeatSummary,
    profit_at_tables,
    seat_correlation,
    seat_summaries,
    share_at_tables,
)
from let_it_ride.simulation.table_sums import Sum

PERCENTILES: Final = (1, 5, 25, 50, 75, 95, 99)


@dataclass(frozen=True)
class Summary:
    """The numbers of a run; amounts in cents.

    Attributes:
        sessions: sessions played.
        rounds: rounds played in all.
        won, lost, even: sessions by the sign of their profit.
        win_rate, loss_rate, push_rate: their shares, with Wilson's 95 % intervals.
        mean_profit: mean final profit, with its 95 % interval.
        std_profit: standard deviation of the profit over the sessions.
        percentiles: profit by percentage of sessions that do not exceed it.
        min_profit, max_profit: the worst and the best session.
        extremes: ids of these, and of the session that fell deepest; the first of such each.
        mean_hands: mean rounds a session.
        min_hands, max_hands: the shortest and the longest session.
        stop_reasons: sessions by the name of why they ended.
        mean_main_wagered: mean of the main bets that stayed in action, a session.
        mean_bonus_wagered: mean of the bonus bets, a session.
        mean_bonus_profit: mean of what the bonus brought, a session.
        mean_drawdown, median_drawdown, max_drawdown: deepest falls below an earlier peak.
        house_edge: per base bet, over the rounds dealt; None where decisions differ from round to
            round.
        bonus_house_edge: per bonus bet, over the rounds dealt; None where none was staked, or the
            pay of a meter changes from round to round.
        bet_failures, bonus_failures: rounds in which a formula gave no number.
        jackpots: meters that were won.
        seats: every seat of the tables; empty where each session is a table of its own.
        seat_correlation: how they win and lose together; None with one seat.
    """

    sessions: int
    rounds: int
    won: int
    lost: int
    even: int
    win_rate: Estimate
    loss_rate: Estimate
    push_rate: Estimate
    mean_profit: Estimate
    std_profit: float
    percentiles: Mapping[int, int]
    min_profit: int
    max_profit: int
    extremes: Extremes
    mean_hands: float
    min_hands: int
    max_hands: int
    stop_reasons: Mapping[str, int]
    mean_main_wagered: float
    mean_bonus_wagered: float
    mean_bonus_profit: float
    mean_drawdown: float
    median_drawdown: int
    max_drawdown: int
    house_edge: Check | None
    bonus_house_edge: Check | None
    bet_failures: int
    bonus_failures: int
    jackpots: int
    seats: tuple[SeatSummary, ...]
    seat_correlation: SeatCorrelation | None

    def to_json(self) -> dict[str, Any]:
        """The summary with amounts in dollars, for `json.dumps`."""
        return {
            "sessions": self.sessions,
            "rounds": self.rounds,
            "won": self.won,
            "lost": self.lost,
            "even": self.even,
            "win_rate": self.win_rate.value,
            "win_rate_interval": self.win_rate.bounds(),
            "loss_rate": self.loss_rate.value,
            "loss_rate_interval": self.loss_rate.bounds(),
            "push_rate": self.push_rate.value,
            "push_rate_interval": self.push_rate.bounds(),
            "mean_profit": dollars(self.mean_profit.value),
            "mean_profit_interval": self.mean_profit.bounds(CENTS_PER_DOLLAR),
            "std_profit": dollars(self.std_profit),
            "min_profit": dollars(self.min_profit),
            "max_profit": dollars(self.max_profit),
            "min_profit_session": self.extremes.worst,
            "max_profit_session": self.extremes.best,
            "percentiles": {
                str(share): dollars(profit) for share, profit in self.percentiles.items()
            },
            "mean_hands": self.mean_hands,
            "min_hands": self.min_hands,
            "max_hands": self.max_hands,
            "stop_reasons": dict(self.stop_reasons),
            "mean_main_wagered": dollars(self.mean_main_wagered),
            "mean_bonus_wagered": dollars(self.mean_bonus_wagered),
            "mean_bonus_profit": dollars(self.mean_bonus_profit),
            "mean_drawdown": dollars(self.mean_drawdown),
            "median_drawdown": dollars(self.median_drawdown),
            "max_drawdown": dollars(self.max_drawdown),
            "max_drawdown_session": self.extremes.deepest,
            "house_edge": self.house_edge and self.house_edge.to_json(),
            "bonus_house_edge": self.bonus_house_edge and self.bonus_house_edge.to_json(),
            "bet_failures": self.bet_failures,
            "bonus_failures": self.bonus_failures,
            "jackpots": self.jackpots,
            "seats": [seat.to_json() for seat in self.seats],
            "seat_correlation": self.seat_correlation and self.seat_correlation.to_json(),
        }


class _Law(NamedTuple):
    """The law of one bet of a round, in units of the bet."""

    edge: Fraction
    variance: Fraction
    covariance: Callable[[], Fraction]


def summarise(sums: RunSums, plan: SessionPlan) -> Summary:
    """Work out the summary of a run.

    Args:
        sums: what was added up over its sessions.
        plan: what was played.
    """
    aggregates, at_tables = sums.aggregates, sums.at_tables
    sessions, profits = aggregates.sessions, aggregates.profits
    odds, tables = plan.odds, plan.tables
    main = _Law(odds.house_edge, odds.variance, lambda: main_covariance(tables.main_units))
    bonus = _Law(
        odds.bonus_house_edge, odds.bonus_variance, lambda: bonus_covariance(tables.bonus_units)
    )
    plays_for_goal = tables.goal.is_there
    with_bonus_edge = aggregates.sums["bonus_wagered"] > 0 and not tables.meter.is_there
    if at_tables is None:
        win_rate, loss_rate, push_rate = (
            Estimate.of_share(count, sessions)
            for count in (aggregates.won, aggregates.lost, aggregates.even)
        )
        mean_profit = Estimate.of_values(profits)
    else:
        win_rate, loss_rate, push_rate = (
            share_at_tables(at_tables, what) for what in (Sum.WON, Sum.LOST, Sum.EVEN)
        )
        mean_profit = profit_at_tables(at_tables, profits)
    return Summary(
        sessions=sessions,
        rounds=aggregates.rounds,
        won=aggregates.won,
        lost=aggregates.lost,
        even=aggregates.even,
        win_rate=win_rate,
        loss_rate=loss_rate,
        push_rate=push_rate,
        mean_profit=mean_profit,
        std_profit=profits.standard_deviation,
        percentiles={share: profits.percentile(share) for share in PERCENTILES},
        min_profit=int(profits.values[0]),
        max_profit=int(profits.values[-1]),
        extremes=sums.extremes,
        mean_hands=aggregates.hands.mean,
        min_hands=int(aggregates.hands.values[0]),
        max_hands=int(aggregates.hands.values[-1]),
        stop_reasons={reason.key: count for reason, count in aggregates.stop_reasons.items()},
        mean_main_wagered=aggregates.sums["main_wagered"] / sessions,
        mean_bonus_wagered=aggregates.sums["bonus_wagered"] / sessions,
        mean_bonus_profit=aggregates.sums["bonus_profit"] / sessions,
        mean_drawdown=aggregates.drawdowns.mean,
        median_drawdown=aggregates.drawdowns.percentile(50),
        max_drawdown=int(aggregates.drawdowns.values[-1]),
        house_edge=None if plays_for_goal else _edge_check(sums, tables.main_units, main),
        bonus_house_edge=_edge_check(sums, tables.bonus_units, bonus) if with_bonus_edge else None,
        bet_failures=sums.notes["bet_failures"],
        bonus_failures=sums.notes["bonus_failures"],
        jackpots=sums.notes["jackpots"],
        seats=seat_summaries(sums),
        seat_correlation=seat_correlation(sums, plan),
    )


def _edge_check(sums: RunSums, units: NDArray[np.int64], law: _Law) -> Check:
    """The house edge over the rounds dealt, against the exact one.

    Sessions stop at times that depend on their past alone, so by Wald's second identity the
    variance of Σ(unit − mean) over all rounds is the variance of a round times the mean number of
    rounds, whatever the stop limits; and so it is with the covariance of two seats and the rounds
    that both play.
    """
    rounds = int(sums.dealt.sum())
    counts = zip(sums.dealt.tolist(), units.tolist(), strict=True)
    simulated = -sum(count * unit for count, unit in counts) / rounds
    pairs = sums.notes["seat_pairs"]
    variance = law.variance * rounds + (2 * law.covariance() * pairs if pairs else 0)
    return Check.of(simulated, float(law.edge), sqrt(variance) / rounds)
