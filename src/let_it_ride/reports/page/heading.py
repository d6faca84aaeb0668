"""What is at the top of a page: what was played, how its checks ended, and the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from let_it_ride.reports.hours import cost_per_hour, mean_minutes
from let_it_ride.reports.numbers import count, hours_and_minutes, money, percent
from let_it_ride.reports.origin import origin_words
from let_it_ride.reports.page.markup import Markup, element, prose
from let_it_ride.reports.verdict import Standing, Verdict, law_verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from let_it_ride.analysis.agreement import Compared
    from let_it_ride.config import FullConfig
    from let_it_ride.simulation.results import SimulationResults

CLASSES: Final = {
    Standing.EQUAL: "good",
    Standing.DIFFERENT: "bad",
    Standing.NOT_CHECKED: "open",
    Standing.AGREES: "good",
    Standing.DISAGREES: "bad",
    Standing.NOT_COMPARED: "open",
}
"""How each outcome of a check looks."""


def heading(
    title: str, config: FullConfig, results: SimulationResults, compared: Compared
) -> Iterator[Markup]:
    """Yield what comes before the pictures.

    Args:
        title: what the run is called.
        config: what was run.
        results: the run.
        compared: what comparing it with the exact law gave.
    """
    yield element("p", "Let It Ride", class_="kicker")
    yield element("h1", title)
    if config.metadata.description:
        yield element("p", config.metadata.description, class_="description")
    yield element("p", prose(_what_was_played(config, results)), class_="played")
    origin = (element("span", each, class_="amount") for each in origin_words(results.provenance))
    yield element("p", Markup(" · ".join(origin)), class_="played")
    yield element(
        "p",
        *(
            element("a", said.title, href=f"#{name}", class_=f"badge {CLASSES[said.standing]}")
            for name, said in verdicts(config, results, compared).items()
        ),
        class_="badges",
    )
    yield element("dl", *_tiles(config, results, compared), class_="tiles")


def _what_was_played(config: FullConfig, results: SimulationResults) -> str:
    bankroll, seats = config.bankroll, config.table.num_seats
    sessions = count(results.summary.sessions)
    told = [
        f"{sessions} sessions of at most {count(results.plan.tables.hand_limit)} hands",
        f"{money(float(bankroll.starting_amount) * 100)} to begin with",
        f"{money(float(bankroll.base_bet) * 100)} on each circle",
        f"strategy {_words(config.strategy.type)}",
        f"betting system {_words(bankroll.betting_system.type)}",
    ]
    if config.bonus_strategy.type != "never":
        told.append(f"bonus {_words(config.bonus_strategy.type)}")
    if seats > 1:
        told.append(f"{seats} seats at {count(results.provenance.tables)} tables")
    return f"{'; '.join(told)}."


def _tiles(config: FullConfig, results: SimulationResults, compared: Compared) -> Iterator[Markup]:
    """Yield what a player asks first, each with what goes with it."""
    summary, law, hands_per_hour = results.summary, compared.law, config.table.hands_per_hour
    ahead, mean = summary.win_rate, summary.mean_profit
    hourly = -cost_per_hour(summary, hands_per_hour)
    median = summary.percentiles[50]
    exactly = (
        (
            f"exactly {percent(law.win_probability)}",
            f"exactly {money(law.mean_profit, signed=True)}",
            f"exactly {money(law.percentile(50), signed=True)}",
        )
        if law
        else (
            f"{percent(ahead.low)} to {percent(ahead.high)}",
            f"± {money(mean.half)}",
            "half end lower",
        )
    )
    for name, value, note in (
        ("Leave ahead", percent(ahead.value), exactly[0]),
        ("Mean profit", money(mean.value, signed=True), exactly[1]),
        ("Median profit", money(median, signed=True), exactly[2]),
        ("An hour brings", money(hourly, signed=True), f"{count(hands_per_hour)} hands an hour"),
        (
            "Mean time",
            hours_and_minutes(mean_minutes(summary, hands_per_hour)),
            "hours:minutes",
        ),
        ("Median drawdown", money(summary.median_drawdown), f"worst {money(summary.max_drawdown)}"),
    ):
        yield element(
            "div",
            element("dt", name),
            element("dd", value),
            element("dd", note, class_="note"),
            class_="tile",
        )


def verdicts(
    config: FullConfig, results: SimulationResults, compared: Compared
) -> dict[str, Verdict]:
    """How the checks of a run ended, by the names of their places on the page."""
    return {
        "equivalence": verdict(results.equivalence, config, results.provenance, results.digest),
        "agreement": law_verdict(compared, results.provenance),
    }


def _words(kind: str) -> str:
    return kind.replace("_", " ")
