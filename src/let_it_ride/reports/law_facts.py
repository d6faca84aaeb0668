"""The exact law of a session in words: the same on the screen and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from let_it_ride.reports.facts import REASONS, Fact, Facts
from let_it_ride.reports.numbers import (
    count,
    decimal_text,
    hours_and_minutes,
    money,
    percent,
    percentile_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from let_it_ride.analysis.session_law import SessionLaw

#: Shown of the profits that most sessions stay above or below.
_PERCENTILES: Final = (1, 5, 25, 50, 75, 95, 99)


def law_facts(law: SessionLaw, hands_per_hour: int) -> Iterator[Facts]:
    """Yield what a session brings, how long it lasts, and why it ends.

    Args:
        law: the law.
        hands_per_hour: how fast the table deals.
    """
    yield Facts(
        "Chances of a session",
        (
            Fact("▲ Ahead", percent(law.win_probability, 4)),
            Fact("▼ Behind", percent(law.loss_probability, 4)),
            Fact("= Even", percent(law.push_probability, 4)),
        ),
    )
    yield Facts("Profit of a session", tuple(_profits(law, hands_per_hour)))
    yield Facts("Length, and why it ends", tuple(_lengths(law, hands_per_hour)))


def _profits(law: SessionLaw, hands_per_hour: int) -> Iterator[Fact]:
    yield Fact("Mean", money(law.mean_profit, signed=True))
    hourly = -law.cost_per_hand * hands_per_hour
    yield Fact("Mean an hour", money(hourly, signed=True), aside="of all hands")
    yield Fact("Spread (sd)", money(law.std_profit))
    yield Fact("Skewness", decimal_text(law.skewness, 2))
    for share in _PERCENTILES:
        name = percentile_name(share)
        yield Fact(name, money(law.percentile(share), signed=True))


def _lengths(law: SessionLaw, hands_per_hour: int) -> Iterator[Fact]:
    yield Fact("Mean hands", decimal_text(law.mean_hands, 3))
    for share in (5, 50, 95):
        name = percentile_name(share, "Median hands")
        yield Fact(name, count(law.hands_percentile(share)))
    minutes = law.mean_hands * 60 / hands_per_hour
    yield Fact("Mean time", hours_and_minutes(minutes), aside="hours:minutes")
    for reason, chance in law.stop_reasons.items():
        yield Fact(REASONS[reason.key], percent(chance, 4))
    yield Fact("Main bets", money(law.main_wagered), aside="left in action")
    if law.bonus_staked:
        yield Fact("Bonus bets", money(law.bonus_staked))
