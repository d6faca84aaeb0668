"""The numbers of a run, as a table."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.tui.numbers import MINUS, count, decimal_text, duration, money, percent, rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from let_it_ride.simulation.summary import Check, Estimate, Summary
    from let_it_ride.tui.runs import Results


#: From this width on there are two columns.
_TWO_COLUMNS: Final = 74


class Fact(NamedTuple):
    """A line of the table: a name, a value, what goes with it, and what could be left out."""

    name: str
    value: str
    note: str = ""
    aside: str = ""


class Facts(NamedTuple):
    """Lines that belong together, under a title."""

    title: str
    lines: tuple[Fact, ...]


class SummaryView(Widget):
    """The summary of a run."""

    results: reactive[Results | None] = reactive(None, layout=True)

    def render(self) -> Content:
        """Render the facts, side by side where there is room for two columns."""
        if self.results is None:
            return Content("")
        width = self.content_size.width
        groups = (*summary_facts(self.results.summary), _origin(self.results))
        if width < _TWO_COLUMNS:
            return Content("\n").join(line for facts in groups for line in _block(facts, width))
        half = (width - 2) // 2
        blocks = [_block(facts, half) for facts in groups]
        split = min(
            range(1, len(blocks)),
            key=lambda n: max(sum(map(len, blocks[:n])), sum(map(len, blocks[n:]))),
        )
        left, right = (
            [line for block in part for line in block] for part in (blocks[:split], blocks[split:])
        )
        return Content("\n").join(
            Content.assemble(one, " " * (half + 2 - one.cell_length), other)
            for one, other in zip_longest(left, right, fillvalue=Content(""))
        )


def summary_facts(summary: Summary) -> Iterator[Facts]:
    """Yield the facts of a summary."""
    yield Facts(
        "Sessions, with 95 % intervals",
        (
            Fact("Played", count(summary.sessions)),
            _share("▲ Won", summary.win_rate, summary.won),
            _share("▼ Lost", summary.loss_rate, summary.lost),
            _share("= Even", summary.push_rate, summary.even),
        ),
    )
    mean = summary.mean_profit
    yield Facts(
        "Profit of a session",
        (
            Fact("Mean", money(mean.value, signed=True), f"± {money(mean.high - mean.value)}"),
            Fact("Spread (sd)", money(summary.std_profit)),
            Fact("Worst", money(summary.min_profit, signed=True)),
            *(
                Fact("Median" if share == 50 else f"Percentile {share}", money(profit, signed=True))
                for share, profit in summary.percentiles.items()
            ),
            Fact("Best", money(summary.max_profit, signed=True)),
        ),
    )
    hands = f"from {count(summary.min_hands)} to {count(summary.max_hands)}"
    yield Facts(
        "Length, and why it ended",
        (
            Fact("All hands", count(summary.rounds)),
            Fact("Mean hands", decimal_text(summary.mean_hands, 1), aside=hands),
            *(
                Fact(
                    reason.replace("_", " ").capitalize(),
                    percent(sessions / summary.sessions),
                    aside=count(sessions),
                )
                for reason, sessions in summary.stop_reasons.items()
            ),
        ),
    )
    yield Facts("Money of a session", tuple(_money_facts(summary)))
    yield _check("House edge", summary.house_edge)
    if summary.bonus_house_edge is not None:
        yield _check("House edge of the bonus", summary.bonus_house_edge)


def _share(name: str, share: Estimate, sessions: int) -> Fact:
    low, high = percent(share.low).removesuffix(" %"), percent(share.high)
    return Fact(name, percent(share.value), f"{low} to {high}", count(sessions))


def _money_facts(summary: Summary) -> Iterator[Fact]:
    yield Fact("Main bets", money(summary.mean_main_wagered), aside="left in action")
    if summary.bonus_house_edge is not None:
        brought = money(summary.mean_bonus_profit, signed=True)
        yield Fact("Bonus bets", money(summary.mean_bonus_wagered), f"brought {brought}")
    yield Fact("Mean drawdown", money(summary.mean_drawdown), aside="deepest of a session")
    yield Fact("Median drawdown", money(summary.median_drawdown))
    yield Fact("Worst drawdown", money(summary.max_drawdown))


def _check(title: str, check: Check) -> Facts:
    verdict = "within chance" if abs(check.z) < 3 else "beyond chance: look into it"
    return Facts(
        title,
        (
            Fact("Simulated", percent(check.simulated, 4)),
            Fact("Exact", percent(check.exact, 4)),
            Fact("z-score", f"{check.z:+.2f}".replace("-", MINUS), verdict),
        ),
    )


def _origin(results: Results) -> Facts:
    origin = results.provenance
    workers = "1 worker" if origin.workers == 1 else f"{origin.workers} workers"
    speed = origin.sessions / origin.seconds_playing if origin.seconds_playing else 0.0
    return Facts(
        "This run",
        (
            Fact("Seed", str(origin.seed)),
            Fact("Generator", origin.generator),
            Fact("Played by", workers, f"{duration(origin.seconds_playing)}, {rate(speed)}"),
        ),
    )


def _block(facts: Facts, width: int) -> list[Content]:
    """Return the lines of a group, aligned among themselves, after a blank one and the title."""
    names = max(len(fact.name) for fact in facts.lines)
    values = max(len(fact.value) for fact in facts.lines)
    lines = [Content(""), Content.styled(facts.title, "bold $primary")]
    for fact in facts.lines:
        line = Content.assemble(
            (f"  {fact.name:<{names}}", "$muted"), (f"  {fact.value:>{values}}", "bold")
        )
        for more in (fact.note, fact.aside):
            if more and line.cell_length + 2 + len(more) <= width:
                line = Content.assemble(line, f"  {more}")
            elif more and more is fact.note:
                lines.append(line)
                line = Content.styled(f"    {more}", "$muted")
        lines.append(line)
    return lines
