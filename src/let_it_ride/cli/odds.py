"""``lir-tui odds CONFIG``: the exact odds of a round and of a session."""

import argparse
import json
from dataclasses import dataclass
from fractions import Fraction
from threading import Event
from typing import Any

from rich.console import Console
from rich.table import Table

from let_it_ride.analysis.goal_gain import GoalGain, by_the_basic_chart
from let_it_ride.analysis.service import solve_apart
from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.analysis.solving import NotSolvableError
from let_it_ride.cli.histogram import print_histogram
from let_it_ride.cli.progress import SolvingWatch
from let_it_ride.cli.results import facts_table
from let_it_ride.cli.sources import named_config
from let_it_ride.config import FullConfig
from let_it_ride.game.deals import TOTAL_DEALS
from let_it_ride.game.deviations import Deviation
from let_it_ride.game.odds import RoundOdds
from let_it_ride.money import dollars
from let_it_ride.planning import bonus_of_the_odds, compile_odds
from let_it_ride.reports.gain_facts import gain_facts
from let_it_ride.reports.hours import exact_cost_per_hour, hour_verb, odds_hour_to_json
from let_it_ride.reports.law_facts import law_facts
from let_it_ride.reports.numbers import decimal_text, fraction_text, money, percent
from let_it_ride.reports.play_cost import PlayCost, play_cost


def odds(options: argparse.Namespace) -> int:
    """Print the exact odds of a round and of a session of a configuration."""
    config = named_config(options.config)
    law = compile_odds(config)
    cost = play_cost(config)
    session = _Session.of(config)
    if options.json:
        hour = odds_hour_to_json(config, law)
        told = {
            "round": law.to_json() | hour | cost.to_json(),
            **session.to_json(config.table.hands_per_hour),
        }
        print(json.dumps(told, indent=2))
        return 0
    console = Console(highlight=False)
    paytable, is_for_goal = config.paytables.main_game.type, config.strategy.type == "goal"
    strategy = "the chart behind the goal" if is_for_goal else f"{config.strategy.type} strategy"
    side = "house" if law.bonus_house_edge >= 0 else "PLAYER"
    edge = abs(law.bonus_house_edge)
    for title, table in (
        (
            f"One round: {strategy}, {paytable} pay table, in base bets",
            _round_table(law),
        ),
        ("Hands of the main game", _category_table(law)),
        (
            f"Three Card Bonus, {config.paytables.bonus.type}{_meter_note(config)}:"
            f" {side} edge {percent(edge, 6)} = {fraction_text(edge)},"
            f" standard deviation {decimal_text(law.bonus_standard_deviation, 6)}",
            _bonus_table(law),
        ),
    ):
        console.print(title, style="bold")
        console.print(table)
    hourly = exact_cost_per_hour(config, law)
    if hourly is not None:
        verb = hour_verb(hourly)
        hands = f"{config.table.hands_per_hour:,} hands"
        console.print(
            f"An hour of {hands} {verb} {money(abs(float(hourly)))} on average", style="bold"
        )
    if not is_for_goal:
        _print_cost(console, cost)
    session.print(console, config)
    console.print(
        f"Exact, from all {TOTAL_DEALS:,} deals of three cards, a fourth and a fifth.",
        style="dim",
    )
    return 0


@dataclass(frozen=True)
class _Session:
    """What is known of a session.

    Attributes:
        law: its law, if it could be solved.
        gain: what play for a goal gains over the basic chart, if that is played.
        refusal: why it could not be solved.
    """

    law: SessionLaw | None = None
    gain: GoalGain | None = None
    refusal: str = ""

    @classmethod
    def of(cls, config: FullConfig) -> "_Session":
        """Solve the sessions of a configuration."""
        with SolvingWatch("sessions") as watch:
            try:
                law = solve_apart(config, Event(), watch.progress, watch.compiling)
                if config.strategy.type != "goal":
                    return cls(law)
                basic = solve_apart(by_the_basic_chart(config), Event())
                return cls(law, GoalGain.of(config.strategy.goal, law, basic))
            except NotSolvableError as refusal:
                return cls(refusal=str(refusal))

    def to_json(self, hands_per_hour: int) -> dict[str, Any]:
        """The session for `json.dumps`; where there is none, why."""
        if self.law is None:
            return {"session": None, "session_refusal": self.refusal}
        hourly = {"cost_per_hour": dollars(self.law.cost_per_hand * hands_per_hour)}
        gain = {} if self.gain is None else {"goal": self.gain.to_json()}
        return {"session": self.law.to_json() | hourly, **gain}

    def print(self, console: Console, config: FullConfig) -> None:
        """Print what is known."""
        if self.law is None:
            console.print(self.refusal, style="bold")
            return
        console.print("One session, exactly", style="bold")
        gains = () if self.gain is None else (gain_facts(self.gain),)
        console.print(facts_table((*gains, *law_facts(self.law, config.table.hands_per_hour))))
        print_histogram(console, self.law, config.bankroll.stop_conditions)
        console.print(f"No chance of a session is off by more than {self.law.error_bound:.0e}.")


def _meter_note(config: FullConfig) -> str:
    """Say which bonus the odds are told for, where that matters."""
    if config.paytables.bonus.type != "paytable_c":
        return ""
    return f" to a bonus of {money(bonus_of_the_odds(config))}"


def _round_table(law: RoundOdds) -> Table:
    table = Table(show_header=False)
    table.add_column()
    table.add_column()
    edge = law.house_edge
    rows = {
        "House edge": f"{percent(edge, 6)} = {fraction_text(edge)}",
        "Element of risk": percent(law.element_of_risk, 6),
        "Bets in action, mean": decimal_text(law.mean_bets, 6),
        "Standard deviation": decimal_text(law.standard_deviation, 6),
        "Skewness": decimal_text(law.skewness, 2),
        "Rounds that pay": percent(law.hit_rate, 4),
    }
    for bets, deals in law.bets_deals.items():
        rows[f"{bets} bet{'s' if bets > 1 else ''} in action"] = _share(deals)
    for label, value in rows.items():
        table.add_row(label, value)
    return table


def _category_table(law: RoundOdds) -> Table:
    table = _hand_table()
    for category, deals in law.category_deals.items():
        pay = law.paytable[category]
        table.add_row(
            _words(category.key), f"{pay} : 1" if pay else "—", _share(deals), _one_in(deals)
        )
    return table


def _bonus_table(law: RoundOdds) -> Table:
    table = _hand_table()
    for category, deals in law.bonus_category_deals.items():
        pay = law.bonus_paytable[category]
        table.add_row(
            _words(category.key),
            f"{_pay_text(pay)} : 1" if pay else "—",
            _share(deals),
            _one_in(deals),
        )
    return table


def _print_cost(console: Console, cost: PlayCost) -> None:
    if not cost.deviations:
        console.print("Decisions: as good as best play for this pay table", style="bold")
        return
    share, hourly = percent(cost.per_round, 6), _hourly(cost, cost.per_round)
    console.print(
        f"Decisions: {share} of the base bet below best play, {hourly} an hour", style="bold"
    )
    console.print(_cost_table(cost, cost.deviations))


def _cost_table(cost: PlayCost, shown: tuple[Deviation, ...]) -> Table:
    table = Table()
    table.add_column("bet")
    table.add_column("hand")
    for heading in ("one in", "each", "per round", "an hour"):
        table.add_column(heading, justify="right")
    for each in shown:
        table.add_row(
            f"{each.bet} {each.decision}s",
            each.hand,
            _one_in(each.deals),
            decimal_text(each.cost_per_hand, 4),
            percent(each.cost_per_round, 4),
            _hourly(cost, each.cost_per_round),
        )
    return table


def _hourly(cost: PlayCost, per_round: Fraction) -> str:
    return money(float(cost.per_hour(per_round)))


def _hand_table() -> Table:
    table = Table()
    table.add_column("hand")
    for heading in ("pays", "chance", "one in"):
        table.add_column(heading, justify="right")
    return table


def _words(key: str) -> str:
    return key.replace("_", " ")


def _share(deals: int) -> str:
    return percent(Fraction(deals, TOTAL_DEALS), 6)


def _pay_text(pay: int | Fraction) -> str:
    return f"{pay.numerator:,}" if pay.denominator == 1 else decimal_text(pay, 2)


def _one_in(deals: int) -> str:
    return decimal_text(Fraction(TOTAL_DEALS, deals), 2)
