"""A run beside the exact law, in words: the same on the screen and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from let_it_ride.reports.facts import REASONS
from let_it_ride.reports.numbers import (
    chance,
    count,
    decimal_text,
    money,
    percent,
    percentile_name,
    signed_minus,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from let_it_ride.analysis.agreement import Agreement, Comparison, FrequencyTest

TESTED: Final = {
    "profits": "Profits",
    "stop_reasons": "Stop reasons",
    "hands": "Numbers of hands",
    "main_wagered": "Main bets",
    "bonus_wagered": "Bonus bets",
    "deals": "Deals",
    "bets_in_action": "Bets in action",
    "categories": "Hands made",
    "bonus_categories": "Bonus hands",
}
"""What frequencies and amounts are tested, by the name of the test."""

_NAMES: Final = {
    "win_probability": "▲ Ahead",
    "loss_probability": "▼ Behind",
    "push_probability": "= Even",
    "mean_profit": "Mean profit",
    "std_profit": "Spread (sd)",
    "mean_hands": "Mean hands",
    "mean_main_wagered": "Main bets",
    "mean_bonus_wagered": "Bonus bets",
    "mean_bonus_profit": "Bonus brought",
    "house_edge": "House edge",
    "bonus_house_edge": "Bonus edge",
    "mean_bets": "Bets in action",
}

_PERCENTILE: Final = "percentile_"

_TITLES: Final = {
    "session": "A session",
    "round": "A hand",
    "bets_in_action": "Bets in action",
    "categories": "Hand",
    "bonus_categories": "Bonus hand",
}

_UNKNOWN: Final = "—"


class Row(NamedTuple):
    """A line: a name and three values."""

    name: str
    values: tuple[str, str, str]


class Grid(NamedTuple):
    """Lines that belong together, under a title and the headings of their values."""

    title: str
    headings: tuple[str, str, str]
    rows: tuple[Row, ...]


def _share(share: float) -> str:
    return percent(share, 4 if abs(share) >= 1e-3 else 6)


_WRITTEN: Final[Mapping[str, Callable[[float], str]]] = {
    "share": _share,
    "cents": money,
    "hands": lambda hands: decimal_text(hands, 3),
    "bets": lambda bets: decimal_text(bets, 5),
}


def side_by_side(agreement: Agreement) -> Iterator[Grid]:
    """Yield every number that is both simulated and known, then the tests of frequencies."""
    groups: dict[str, list[Row]] = {}
    for comparison in agreement.comparisons:
        group, _, kind = comparison.name.rpartition(".")
        title = _TITLES.get(group) or _TITLES[comparison.about]
        groups.setdefault(title, []).append(_row(comparison, group, kind))
    for title, rows in groups.items():
        yield Grid(title, ("simulated", "exact", "z"), tuple(rows))
    tests = tuple(_test(test, agreement) for test in agreement.tests)
    yield Grid("Tests", ("χ²", "freedom", "p"), tests)


def legend(agreement: Agreement) -> str:
    """Return what there is to know of the numbers."""
    text = (
        "z: distance in exact standard errors; with ≈ in those of the run. p: the chance of as much"
        " or more, by χ²; with ≤ a bound on it."
    )
    if agreement.numbers_of:
        text += f" Numbers of a session: those of {agreement.numbers_of}."
    return text


def _row(comparison: Comparison, group: str, kind: str) -> Row:
    write = _WRITTEN[comparison.unit]
    simulated, exact = write(comparison.simulated), write(comparison.exact)
    return Row(_name(group, kind), (simulated, exact, _z(comparison)))


def _name(group: str, kind: str) -> str:
    if group == "stop_reason":
        return REASONS[kind]
    if group == "bets_in_action":
        return f"{kind} bet{'s' if kind != '1' else ''}"
    if group:
        return kind.replace("_", " ").capitalize()
    if kind.startswith(_PERCENTILE):
        return percentile_name(int(kind.removeprefix(_PERCENTILE)))
    return _NAMES.get(kind) or kind.replace("_", " ").capitalize()


def _z(comparison: Comparison) -> str:
    if comparison.z is None:
        return _UNKNOWN
    about = "" if comparison.is_error_exact else "≈"
    return about + signed_minus(f"{comparison.z:+.2f}")


def _test(test: FrequencyTest, agreement: Agreement) -> Row:
    name = TESTED[test.name]
    if test in agreement.failed:
        name = f"✗ {name}"
    pearson = test.chi_square
    if pearson is None:
        return Row(name, (_UNKNOWN, _UNKNOWN, f"≤ {chance(test.bound)}"))
    values = (decimal_text(pearson.statistic, 1), count(pearson.freedom), chance(pearson.p_value))
    return Row(name, values)
