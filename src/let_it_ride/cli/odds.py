"""``lir-tui odds CONFIG``: the exact odds of a round."""

import argparse
import json
from fractions import Fraction

from rich.console import Console
from rich.table import Table

from let_it_ride.cli.sources import named_config
from let_it_ride.config import FullConfig
from let_it_ride.game.deals import TOTAL_DEALS
from let_it_ride.game.odds import RoundOdds
from let_it_ride.plan import compile_odds


def odds(options: argparse.Namespace) -> int:
    """Print the exact odds of a round of a configuration."""
    config = named_config(options.config)
    law = compile_odds(config)
    if options.json:
        print(json.dumps({"round": law.to_json()}, indent=2))
        return 0
    console = Console(highlight=False)
    console.print(_round_table(config, law))
    console.print(_category_table(law))
    console.print(_bonus_table(config, law))
    console.print(
        f"Exact, from all {TOTAL_DEALS:,} deals of three cards, a fourth and a fifth.",
        style="dim",
    )
    return 0


def _round_table(config: FullConfig, law: RoundOdds) -> Table:
    strategy, paytable = config.strategy.type, config.paytables.main_game.type
    table = _two_columns(f"One round: {strategy} strategy, {paytable} pay table, in base bets")
    edge = law.house_edge
    rows = {
        "House edge": f"{float(edge):.6%}  = {edge}",
        "Element of risk": f"{float(law.element_of_risk):.6%}",
        "Bets in action, mean": f"{float(law.mean_bets):.6f}",
        "Standard deviation": f"{law.standard_deviation:.6f}",
        "Skewness": f"{law.skewness:.2f}",
        "Rounds that pay": f"{float(law.hit_rate):.4%}",
    }
    for bets, deals in law.bets_deals.items():
        rows[f"{bets} bet{'s' if bets > 1 else ''} in action"] = _share(deals)
    for label, value in rows.items():
        table.add_row(label, value)
    return table


def _category_table(law: RoundOdds) -> Table:
    table = Table(title="Hands of the main game", title_justify="left", title_style="bold")
    table.add_column("hand")
    for heading in ("pays", "chance", "one in"):
        table.add_column(heading, justify="right")
    for category, deals in law.category_deals.items():
        pay = law.paytable[category]
        table.add_row(
            _words(category.key), f"{pay} : 1" if pay else "—", _share(deals), _one_in(deals)
        )
    return table


def _bonus_table(config: FullConfig, law: RoundOdds) -> Table:
    edge = law.bonus_house_edge
    side = "house" if edge >= 0 else "PLAYER"
    table = Table(
        title=f"Three Card Bonus, {config.paytables.bonus.type}:"
        f" {side} edge {abs(float(edge)):.6%} = {abs(edge)},"
        f" standard deviation {law.bonus_standard_deviation:.6f}",
        title_justify="left",
        title_style="bold",
    )
    table.add_column("hand")
    for heading in ("pays", "chance", "one in"):
        table.add_column(heading, justify="right")
    for category, deals in law.bonus_category_deals.items():
        pay = law.bonus_paytable[category]
        table.add_row(
            _words(category.key),
            f"{float(pay):g} : 1" if pay else "—",
            _share(deals),
            _one_in(deals),
        )
    return table


def _two_columns(title: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", show_header=False)
    table.add_column()
    table.add_column()
    return table


def _words(key: str) -> str:
    return key.replace("_", " ")


def _share(deals: int) -> str:
    return f"{deals / TOTAL_DEALS:.6%}"


def _one_in(deals: int) -> str:
    return f"{float(Fraction(TOTAL_DEALS, deals)):,.2f}"
