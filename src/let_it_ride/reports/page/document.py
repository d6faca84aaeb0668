"""The whole page: the answer first, then pictures, numbers, checks, and how to repeat it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from let_it_ride.files import write_atomically
from let_it_ride.money import cents
from let_it_ride.reports.facts import run_facts
from let_it_ride.reports.origin import (
    configuration_name,
    configuration_text,
    origin_lines,
    repeating_command,
)
from let_it_ride.reports.page.drawdowns import drawdowns_figure
from let_it_ride.reports.page.heading import CLASSES, heading, verdicts
from let_it_ride.reports.page.markup import Markup, element, joined
from let_it_ride.reports.page.profits import ProfitFigure
from let_it_ride.reports.page.ruin import ruin_figure
from let_it_ride.reports.page.seats import seats_figure
from let_it_ride.reports.page.shares import hands_figures, reasons_figure
from let_it_ride.reports.page.tables import facts_table, grid_table
from let_it_ride.reports.side_by_side import legend, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from let_it_ride.analysis.agreement import Agreement, Compared
    from let_it_ride.config import FullConfig
    from let_it_ride.reports.pictures.ruin import Ruin
    from let_it_ride.simulation.results import SimulationResults

#: A page that is shown may use its own styles, and nothing else from anywhere.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def write_page(
    config: FullConfig,
    results: SimulationResults,
    compared: Compared,
    prefix: str,
    path: Path,
    ruins: Sequence[Ruin] = (),
) -> None:
    """Write a run as a page of HTML.

    Args:
        config: what was run.
        results: the run.
        compared: what comparing it with the exact law gave.
        prefix: what the names of its files begin with.
        path: the file.
        ruins: the chances to run out of money, by rising bankrolls, if they are known.

    Raises:
        FileError: it cannot be written.
    """
    write_atomically(path, page(config, results, compared, prefix, ruins).encode())


def page(
    config: FullConfig,
    results: SimulationResults,
    compared: Compared,
    prefix: str,
    ruins: Sequence[Ruin] = (),
) -> str:
    """Return a run as a page of HTML, which is well-formed XML as well.

    Args:
        config: what was run.
        results: the run.
        compared: what comparing it with the exact law gave.
        prefix: what the names of its files begin with.
        ruins: the chances to run out of money, by rising bankrolls, if they are known.
    """
    title = config.metadata.name or "A run of Let It Ride"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="generator", content=f"lir-tui {results.provenance.version}"),
        element("link", rel="icon", href="data:,"),
        element("title", f"{title} – Let It Ride"),
        element("style", Markup(_styles())),
    )
    body = element(
        "body",
        _hatching(),
        element("header", *heading(title, config, results, compared)),
        element("main", *_sections(config, results, compared, prefix, ruins)),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"


@cache
def _styles() -> str:
    return files(__package__).joinpath("page.css").read_text(encoding="utf-8")


def _hatching() -> Markup:
    """What fills bars of losses, so that they are told from those of wins without colours."""
    pattern = element(
        "pattern",
        element("rect", width=5, height=5, class_="hatch-ground"),
        element("rect", width=2.2, height=5, class_="hatch-line"),
        id="hatch",
        width=5,
        height=5,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return element(
        "svg", element("defs", pattern), width=0, height=0, aria_hidden="true", class_="defs"
    )


def _sections(
    config: FullConfig,
    results: SimulationResults,
    compared: Compared,
    prefix: str,
    ruins: Sequence[Ruin],
) -> Iterator[Markup]:
    summary, law, agreement = results.summary, compared.law, compared.agreement
    stops = config.bankroll.stop_conditions
    yield _section("Profit of a session", ProfitFigure(results, law, stops).draw())
    hands = tuple(hands_figures(results, agreement))
    ruin = _section("Risk of ruin", _ruin(config, ruins)) if ruins else None
    # It goes where there is less beside it.
    is_left = len(hands) > 1 or bool(summary.seats)
    yield element(
        "div",
        element(
            "div",
            _section("Why sessions ended", reasons_figure(results, law, agreement)),
            _section("Drawdown", drawdowns_figure(results)),
            ruin if is_left else None,
        ),
        element(
            "div",
            _section("Hands against theory", *hands),
            _section("Seats side by side", seats_figure(summary, law)) if summary.seats else None,
            None if is_left else ruin,
        ),
        class_="pair",
    )
    facts = run_facts(summary, results.provenance, config.table.hands_per_hour)
    yield _section("The numbers", element("div", *map(facts_table, facts), class_="columns"))
    yield _section("Why to believe it", *_checks(config, results, compared))
    yield _section("To repeat it", *_repeating(config, results, prefix))


def _ruin(config: FullConfig, ruins: Sequence[Ruin]) -> Markup:
    bankroll = config.bankroll
    has_limit = bankroll.stop_conditions.loss_limit is not None
    return ruin_figure(ruins, cents(bankroll.starting_amount), had_loss_limit=has_limit)


def _checks(config: FullConfig, results: SimulationResults, compared: Compared) -> Iterator[Markup]:
    for name, said in verdicts(config, results, compared).items():
        lines = filter(None, (*said.lines, said.digests))
        yield element(
            "div",
            element("h3", said.title),
            *(element("p", line) for line in lines),
            id=name,
            class_=f"verdict {CLASSES[said.standing]}",
        )
    if compared.agreement is not None:
        yield element("h3", "The run beside the exact law")
        grids = map(grid_table, side_by_side(_telling(compared.agreement, results)))
        yield element("div", *grids, class_="columns")
        yield element("p", legend(compared.agreement), class_="note")


def _telling(agreement: Agreement, results: SimulationResults) -> Agreement:
    """What there is to say: no hands of a bonus that nobody staked, no test that bounds nothing."""
    staked = results.aggregates.sums["bonus_wagered"] > 0
    return replace(
        agreement,
        comparisons=tuple(
            each
            for each in agreement.comparisons
            if staked or not each.name.startswith("bonus_categories.")
        ),
        tests=tuple(each for each in agreement.tests if each.chi_square or each.bound < 1),
    )


def _repeating(config: FullConfig, results: SimulationResults, prefix: str) -> Iterator[Markup]:
    name = configuration_name(prefix)
    yield element(
        "p",
        "The same version plays the same sessions again, to the bit and on any number of workers,"
        " from the configuration below, which is also in ",
        element("code", name),
        " beside this page:",
    )
    yield element("pre", element("code", repeating_command(prefix)), class_="command")
    origin = joined(*(element("li", line) for line in origin_lines(results.provenance)))
    yield element("ul", origin, element("li", f"digest {results.digest}"), class_="origin")
    yield element(
        "details",
        element("summary", "The configuration"),
        element("pre", element("code", configuration_text(config)), tabindex="0"),
        class_="printed",
    )


def _section(title: str, *children: Markup) -> Markup:
    return element("section", element("h2", title), *children)
