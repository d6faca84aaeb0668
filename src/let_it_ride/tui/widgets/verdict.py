"""Whether the parallel run equals the sequential one, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.tui.numbers import count, duration

if TYPE_CHECKING:
    from let_it_ride.tui.runs import Outcome, Results

_DIGEST_SHOWN = 12


class Verdict(Widget):
    """The verdict of the equivalence check."""

    outcome: reactive[Outcome | None] = reactive(None, layout=True)

    def watch_outcome(self, outcome: Outcome | None) -> None:
        """Make what is wrong stand out."""
        checked = outcome.results.equivalence if outcome and outcome.results else None
        self.set_class(checked is not None and checked.equal, "-equal")
        self.set_class(checked is not None and not checked.equal, "-different")

    def render(self) -> Content:
        """Render the verdict and the digests it rests on."""
        if self.outcome is None or self.outcome.results is None:
            return Content("")
        return Content("\n").join(_lines(self.outcome, self.outcome.results))


def _lines(outcome: Outcome, results: Results) -> list[Content]:
    checked = results.equivalence
    if checked is None:
        digest = f"digest {results.digest[:_DIGEST_SHOWN]}…"
        return [
            Content.styled("NOT CHECKED", "bold $text-warning"),
            Content(_why_not_checked(outcome, results)),
            Content.styled(digest, "$muted"),
        ]
    how_many = f"{count(checked.sessions_compared)} sessions"
    if not checked.complete:
        how_many = f"a sample of {how_many} out of {count(checked.sessions)}"
    ours, theirs = (
        digest[:_DIGEST_SHOWN] for digest in (checked.digest_parallel, checked.digest_sequential)
    )
    if checked.equal:
        return [
            Content.styled("✓ EQUAL", "bold $text-success"),
            Content(f"{how_many} played again in sequence, in {duration(checked.seconds)}"),
            Content.styled(f"digest {ours}… = {theirs}…", "$muted"),
        ]
    lines = [Content.styled("✗ DIFFERENT", "bold $text-error")]
    difference = checked.difference
    if difference is not None:
        found, right = count(difference.parallel), count(difference.sequential)
        lines += [
            Content.assemble(
                "first in session ",
                (count(difference.session), "bold"),
                ", column ",
                (difference.column, "bold"),
            ),
            Content(f"{found} in parallel, {right} in sequence"),
        ]
    lines.append(Content(f"{how_many} played again in sequence"))
    lines.append(Content.styled(f"digest {ours}… ≠ {theirs}…", "$muted"))
    lines.append(Content("Do not trust this run; please report it."))
    return lines


def _why_not_checked(outcome: Outcome, results: Results) -> str:
    if results.provenance.workers == 1:
        return "One worker played every session in sequence: there is nothing to compare."
    if outcome.config.simulation.verify == "off":
        return "simulation.verify is off."
    return "The check was stopped before its end."
