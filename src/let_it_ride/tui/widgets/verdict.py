"""Whether the parallel run equals the sequential one, and agrees with the exact law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.reports.verdict import Standing, law_verdict, verdict

if TYPE_CHECKING:
    from let_it_ride.reports.verdict import Verdict
    from let_it_ride.tui.runs import Outcome, Results

#: The colour of the title, and the class that makes the whole stand out.
_LOOKS: Final = {
    Standing.EQUAL: ("$text-success", "-right"),
    Standing.DIFFERENT: ("$text-error", "-wrong"),
    Standing.NOT_CHECKED: ("$text-warning", "-unknown"),
    Standing.AGREES: ("$text-success", "-right"),
    Standing.DISAGREES: ("$text-error", "-wrong"),
    Standing.NOT_COMPARED: ("$text-warning", "-unknown"),
}


class VerdictView(Widget):
    """The verdict of the equivalence check."""

    outcome: reactive[Outcome | None] = reactive(None, layout=True)

    def watch_outcome(self, outcome: Outcome | None) -> None:
        """Make what is wrong stand out."""
        said = self._said(outcome)
        looks = _LOOKS[said.standing][1] if said else None
        for _, name in _LOOKS.values():
            self.set_class(name == looks, name)

    def render(self) -> Content:
        """Render the verdict and the digests it rests on."""
        said = self._said(self.outcome)
        if said is None:
            return Content("")
        colour, _ = _LOOKS[said.standing]
        title = (said.title, f"bold {colour}")
        lines = [Content.assemble(title, f"  {said.meaning}"), *map(Content, said.lines)]
        if said.digests:
            lines.append(Content.styled(said.digests, "$muted"))
        return Content("\n").join(lines)

    def _said(self, outcome: Outcome | None) -> Verdict | None:
        if outcome is None or outcome.results is None:
            return None
        return self.verdict_on(outcome, outcome.results)

    def verdict_on(self, outcome: Outcome, results: Results) -> Verdict:
        """The verdict on a run that has ended."""
        return verdict(results.equivalence, outcome.config, results.provenance, results.digest)


class LawVerdictView(VerdictView):
    """The verdict of the comparison with the exact law."""

    def verdict_on(self, outcome: Outcome, results: Results) -> Verdict:
        """The verdict on a run that has ended."""
        return law_verdict(outcome.compared, results.provenance)
