"""The numbers of a run, as a table."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive

from let_it_ride.reports.facts import run_facts
from let_it_ride.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from let_it_ride.reports.facts import Facts
    from let_it_ride.tui.runs import Outcome

#: From this width on there are two columns.
_TWO_COLUMNS: Final = 74


class SummaryView(Fitted):
    """The summary of a run."""

    outcome: reactive[Outcome | None] = reactive(None, layout=True)

    def content_at(self, width: int) -> Content:
        """Return the facts, side by side where there is room for two columns."""
        if self.outcome is None or self.outcome.results is None:
            return Content("")
        results, table = self.outcome.results, self.outcome.config.table
        groups = tuple(run_facts(results.summary, results.provenance, table.hands_per_hour))
        if width < _TWO_COLUMNS:
            return Content("\n").join(line for facts in groups for line in _block(facts, width))
        # The left one has shares with intervals, and needs a little more.
        left_width = width // 2 + 1
        right_width = width - 2 - left_width
        blocks = [_block(facts, left_width) for facts in groups]
        split = min(
            range(1, len(blocks)),
            key=lambda n: max(sum(map(len, blocks[:n])), sum(map(len, blocks[n:]))),
        )
        left, right = (
            [line for facts in part for line in _block(facts, room)]
            for part, room in ((groups[:split], left_width), (groups[split:], right_width))
        )
        return Content("\n").join(
            Content.assemble(one, " " * (left_width + 2 - one.cell_length), other)
            for one, other in zip_longest(left, right, fillvalue=Content(""))
        )


def _block(facts: Facts, width: int) -> list[Content]:
    """Return the lines of a group, aligned among themselves, after a blank one and the title.

    What could be left out is there for every line of the group or for none.
    """
    names = max(len(fact.name) for fact in facts.lines)
    values = max(len(fact.value) for fact in facts.lines)
    asides = _asides(facts)
    has_asides = 4 + names + values + max(map(len, asides)) <= width
    lines = [Content(""), Content.styled(facts.title, "bold $primary")]
    for fact, aside in zip(facts.lines, asides, strict=True):
        line = Content.assemble(
            (f"  {fact.name:<{names}}", "$muted"), (f"  {fact.value:>{values}}", "bold")
        )
        if aside and has_asides:
            line = Content.assemble(line, aside)
        elif fact.note and line.cell_length + 2 + len(fact.note) <= width:
            line = Content.assemble(line, f"  {fact.note}")
        elif fact.note:
            lines.append(line)
            line = Content.styled(f"    {fact.note}", "$muted")
        lines.append(line)
    return lines


def _asides(facts: Facts) -> list[str]:
    """What stands after each value where there is room for all that could be left out.

    Counts are aligned, and what follows notes.
    """
    notes = max(len(fact.note) for fact in facts.lines)
    counts = [len(fact.aside) for fact in facts.lines if fact.aside[:1].isdigit()]
    asides = []
    for fact in facts.lines:
        aside = fact.aside.rjust(max(counts)) if fact.aside[:1].isdigit() else fact.aside
        note = f"  {fact.note.ljust(notes if aside else 0)}" if fact.note else ""
        asides.append(f"{note}  {aside}" if aside else "")
    return asides
