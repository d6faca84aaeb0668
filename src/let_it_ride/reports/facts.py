"""The numbers of a run in words: the same on the screen and on the command line."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final, NamedTuple

from let_it_ride.reports.hours import cost_per_hour, mean_minutes
from let_it_ride.reports.numbers import (
    count,
    decimal_text,
    duration,
    hours_and_minutes,
    money,
    percent,
    percentile_name,
    rate,
    share_text,
    signed_minus,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from let_it_ride.simulation.estimates import Check, Estimate
    from let_it_ride.simulation.provenance import Provenance
    from let_it_ride.simulation.seat_summary import SeatCorrelation
    from let_it_ride.simulation.summary import Summary

REASONS: Final = {
    "win_limit": "Win limit reached",
    "loss_limit": "Loss limit reached",
    "max_hands": "All hands played",
    "max_duration": "Time was up",
    "insufficient_funds": "Out of money",
    "table_closed": "Table closed",
}

#: A z-score beyond which chance is a poor explanation: once in 370 runs, if all is well.
_SUSPICIOUS: Final = 3


class Fact(NamedTuple):
    """A line: a name, a value, what goes with it, and what could be left out."""

    name: str
    value: str
    note: str = ""
    aside: str = ""


class Facts(NamedTuple):
    """Lines that belong together, under a title."""

    title: str
    lines: tuple[Fact, ...]


def run_facts(summary: Summary, provenance: Provenance, hands_per_hour: int) -> Iterator[Facts]:
    """Yield everything a run found, in the order in which a player asks, and where it is from.

    Args:
        summary: what it found.
        provenance: where it is from.
        hands_per_hour: how fast the table deals.
    """
    yield Facts(
        "Sessions, with 95 % intervals",
        (
            Fact("Played", count(summary.sessions), aside=_tables(summary, provenance)),
            _share("▲ Ahead", summary.win_rate, summary.won),
            _share("▼ Behind", summary.loss_rate, summary.lost),
            _share("= Even", summary.push_rate, summary.even),
        ),
    )
    yield Facts("Profit of a session", tuple(_profits(summary, hands_per_hour)))
    yield Facts("Length, and why it ended", tuple(_lengths(summary, hands_per_hour)))
    yield Facts("Money of a session", tuple(_amounts(summary)))
    if summary.seats:
        yield Facts("Mean profit by seat", tuple(_seats(summary)))
    if summary.seat_correlation is not None:
        yield Facts("Correlation between seats", tuple(_correlation(summary.seat_correlation)))
    if summary.house_edge is not None:
        yield _check("House edge", summary.house_edge)
    if summary.bonus_house_edge is not None:
        yield _check("House edge of the bonus", summary.bonus_house_edge)
    yield _origin(provenance)


def _tables(summary: Summary, origin: Provenance) -> str:
    if not summary.seats:
        return ""
    return "at 1 table" if origin.tables == 1 else f"at {count(origin.tables)} tables"


def _share(name: str, share: Estimate, sessions: int) -> Fact:
    low, high = percent(share.low).removesuffix(" %"), percent(share.high)
    return Fact(name, percent(share.value), f"{low} to {high}", count(sessions))


def _profits(summary: Summary, hands_per_hour: int) -> Iterator[Fact]:
    mean, extremes = summary.mean_profit, summary.extremes
    yield Fact("Mean", money(mean.value, signed=True), _half(mean))
    hourly = -cost_per_hour(summary, hands_per_hour)
    yield Fact("Mean an hour", money(hourly, signed=True), aside="of all hands")
    yield Fact("Spread (sd)", money(summary.std_profit))
    yield Fact("Worst", money(summary.min_profit, signed=True), aside=_session(extremes.worst))
    for share, profit in summary.percentiles.items():
        yield Fact(percentile_name(share), money(profit, signed=True))
    yield Fact("Best", money(summary.max_profit, signed=True), aside=_session(extremes.best))


def _session(session: int) -> str:
    """A session by its id, as it is typed to replay it."""
    return f"session {session}"


def _half(mean: Estimate) -> str:
    """Half the width of a mean's interval, if there is one."""
    return f"± {money(mean.half)}" if isfinite(mean.half) else "± unknown"


def _lengths(summary: Summary, hands_per_hour: int) -> Iterator[Fact]:
    least, most = count(summary.min_hands), count(summary.max_hands)
    yield Fact("All hands", count(summary.rounds))
    yield Fact("Mean hands", decimal_text(summary.mean_hands, 1), aside=f"from {least} to {most}")
    minutes = mean_minutes(summary, hands_per_hour)
    yield Fact("Mean time", hours_and_minutes(minutes), aside="hours:minutes")
    for reason, sessions in summary.stop_reasons.items():
        share = share_text(sessions / summary.sessions)
        yield Fact(REASONS[reason], share, aside=count(sessions))


def _amounts(summary: Summary) -> Iterator[Fact]:
    yield Fact("Main bets", money(summary.mean_main_wagered), aside="left in action")
    if summary.mean_bonus_wagered:
        brought = money(summary.mean_bonus_profit, signed=True)
        yield Fact("Bonus bets", money(summary.mean_bonus_wagered), f"brought {brought}")
    if summary.jackpots:
        yield Fact("Meters won", count(summary.jackpots), aside="in all sessions")
    for formula, failures in (
        ("Bets", summary.bet_failures),
        ("Bonus bets", summary.bonus_failures),
    ):
        if failures:
            share = percent(failures / summary.rounds)
            yield Fact(f"{formula} without a number", share, "of all hands: the lowest bet")
    yield Fact("Mean drawdown", money(summary.mean_drawdown), aside="deepest of a session")
    yield Fact("Median drawdown", money(summary.median_drawdown))
    deepest = _session(summary.extremes.deepest)
    yield Fact("Worst drawdown", money(summary.max_drawdown), aside=deepest)


def _seats(summary: Summary) -> Iterator[Fact]:
    for seat in summary.seats:
        mean = seat.mean_profit
        yield Fact(
            f"Seat {seat.seat + 1}",
            money(mean.value, signed=True),
            _half(mean),
            f"ahead {percent(seat.win_rate.value)}",
        )


def _correlation(correlation: SeatCorrelation) -> Iterator[Fact]:
    of_profits = correlation.mean_of_profits
    value = "none: no spread" if of_profits is None else signed_minus(f"{of_profits:+.4f}")
    yield Fact("Profits at a table", value, aside="mean of all pairs")
    if correlation.main_round is not None:
        yield Fact("One round, exact", signed_minus(f"{correlation.main_round:+.4f}"))
    if correlation.bonus_round is not None:
        bonus_round = signed_minus(f"{correlation.bonus_round:+.4f}")
        yield Fact("Its bonus, exact", bonus_round)


def _check(title: str, check: Check) -> Facts:
    verdict = "beyond chance: look into it" if abs(check.z) >= _SUSPICIOUS else "within chance"
    return Facts(
        title,
        (
            Fact("Simulated", percent(check.simulated, 4)),
            Fact("Exact", percent(check.exact, 4)),
            Fact("z-score", signed_minus(f"{check.z:+.2f}"), verdict),
        ),
    )


def _origin(origin: Provenance) -> Facts:
    workers = "1 worker" if origin.workers == 1 else f"{count(origin.workers)} workers"
    speed = origin.sessions / origin.seconds_playing if origin.seconds_playing else 0.0
    return Facts(
        "This run",
        (
            Fact("Seed", str(origin.seed)),
            Fact("Generator", origin.generator),
            Fact("Played by", workers, f"{duration(origin.seconds_playing)}, {rate(speed)}"),
            *(
                [Fact("Went wrong", count(origin.mended), "mended; the run's log tells what")]
                if origin.mended
                else []
            ),
        ),
    )
