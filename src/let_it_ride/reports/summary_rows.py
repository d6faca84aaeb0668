"""The summary and the verdict in words: the same lines on the screen and on the command line."""

from dataclasses import dataclass

from let_it_ride.money import dollar_text
from let_it_ride.simulation.equivalence import Equivalence
from let_it_ride.simulation.summary import Check, Estimate, Summary

_REASONS = {
    "win_limit": "win limit",
    "loss_limit": "loss limit",
    "max_hands": "all hands played",
    "max_duration": "time was up",
    "insufficient_funds": "out of money",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the summary.

    Attributes:
        label: what it is.
        value: the number, with its unit.
        note: what belongs to it: an interval, a share, an exact value.
    """

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Lines that belong together, under a heading."""

    title: str
    rows: tuple[Row, ...]


def summary_groups(summary: Summary) -> tuple[RowGroup, ...]:
    """Every number of a summary, in the order in which a player asks for them."""
    return (
        RowGroup(
            "Sessions",
            (
                Row("played", f"{summary.sessions:,}", f"{summary.rounds:,} rounds"),
                _share_row("won", summary.win_rate, summary.won),
                _share_row("lost", summary.loss_rate, summary.lost),
                _share_row("even", summary.push_rate, summary.even),
            ),
        ),
        RowGroup("Profit of a session", _profit_rows(summary)),
        RowGroup(
            "Length of a session",
            (
                Row(
                    "hands, mean",
                    f"{summary.mean_hands:,.1f}",
                    f"{summary.min_hands:,} to {summary.max_hands:,}",
                ),
                *(
                    Row(
                        f"ended: {_REASONS[reason]}",
                        f"{count / summary.sessions:.2%}",
                        f"{count:,}",
                    )
                    for reason, count in summary.stop_reasons.items()
                ),
            ),
        ),
        RowGroup("Money in action, mean of a session", _money_rows(summary)),
        RowGroup("Simulated against exact", _check_rows(summary)),
    )


def verdict_text(verdict: Equivalence) -> str:
    """The verdict of an equivalence check, in a sentence or two."""
    digests = f"{verdict.digest_parallel[:16]} = {verdict.digest_sequential[:16]}"
    what = (
        f"all {verdict.sessions:,} sessions"
        if verdict.complete
        else f"a sample of {verdict.sessions_compared:,} of {verdict.sessions:,} sessions"
    )
    if verdict.equal:
        return f"EQUAL: {what} played again in sequence, every byte the same; digest {digests}"
    difference = verdict.difference
    digests = digests.replace("=", "≠")
    if difference is None:
        return f"NOT EQUAL: of {what} played again in sequence, the digests differ: {digests}"
    return (
        f"NOT EQUAL: session {difference.session:,} differs in {difference.column}:"
        f" {difference.parallel:,} in parallel, {difference.sequential:,} in sequence;"
        f" digest {digests}"
    )


def _share_row(label: str, share: Estimate, count: int) -> Row:
    return Row(
        label, f"{share.value:.2%}", f"{count:,}; 95 % within {share.low:.2%} … {share.high:.2%}"
    )


def _profit_rows(summary: Summary) -> tuple[Row, ...]:
    mean = summary.mean_profit
    percentiles = summary.percentiles
    return (
        Row(
            "mean",
            dollar_text(mean.value, signed=True),
            f"95 % within {dollar_text(mean.low, signed=True)}"
            f" … {dollar_text(mean.high, signed=True)}",
        ),
        Row("standard deviation", dollar_text(summary.std_profit)),
        Row("median", dollar_text(percentiles[50], signed=True)),
        Row(
            "middle half",
            f"{dollar_text(percentiles[25], signed=True)}"
            f" … {dollar_text(percentiles[75], signed=True)}",
        ),
        Row(
            "5 % … 95 %",
            f"{dollar_text(percentiles[5], signed=True)}"
            f" … {dollar_text(percentiles[95], signed=True)}",
        ),
        Row(
            "1 % … 99 %",
            f"{dollar_text(percentiles[1], signed=True)}"
            f" … {dollar_text(percentiles[99], signed=True)}",
        ),
        Row(
            "worst … best",
            f"{dollar_text(summary.min_profit, signed=True)}"
            f" … {dollar_text(summary.max_profit, signed=True)}",
        ),
        Row(
            "deepest fall, median",
            dollar_text(summary.median_drawdown),
            f"mean {dollar_text(summary.mean_drawdown)}, at most"
            f" {dollar_text(summary.max_drawdown)}",
        ),
    )


def _money_rows(summary: Summary) -> tuple[Row, ...]:
    main = Row("main game", dollar_text(summary.mean_main_wagered), "bets that stayed")
    if not summary.mean_bonus_wagered:
        return (main,)
    bonus = Row(
        "bonus",
        dollar_text(summary.mean_bonus_wagered),
        f"which brought {dollar_text(summary.mean_bonus_profit, signed=True)}",
    )
    return (main, bonus)


def _check_rows(summary: Summary) -> tuple[Row, ...]:
    rows = [_check_row("house edge", summary.house_edge)]
    if summary.bonus_house_edge:
        rows.append(_check_row("bonus house edge", summary.bonus_house_edge))
    return tuple(rows)


def _check_row(label: str, check: Check) -> Row:
    return Row(label, f"{check.simulated:.4%}", f"exactly {check.exact:.4%}; z = {check.z:+.2f}")
