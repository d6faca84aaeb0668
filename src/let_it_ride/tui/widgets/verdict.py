"""Whether the parallel run equals the sequential one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.reports.verdict import Standing, verdict

if TYPE_CHECKING:
    from let_it_ride.reports.verdict import Verdict
    from let_it_ride.tui.runs import Outcome

#: The colour of the title, and the class that makes the whole stand out.
_LOOKS: Final = {
    Standing.EQUAL: ("$text-success", "-equal"),
    Standing.DIFFERENT: ("$text-error", "-different"),
    Standing.NOT_CHECKED: ("$text-warning", "-not-checked"),
}


class VerdictView(Widget):
    """The verdict of the equivalence check."""

    outcome: reactive[Outcome | None] = reactive(None, layout=True)

    def watch_outcome(self, outcome: Outcome | None) -> None:
        """Make what is wrong stand out."""
        said = _said(outcome)
        for standing, (_, name) in _LOOKS.items():
            self.set_class(said is not None and said.standing is standing, name)

    def render(self) -> Content:
        """Render the verdict and the digests it rests on."""
        said = _said(self.outcome)
        if said is None:
            return Content("")
        colour, _ = _LOOKS[said.standing]
        return Content("\n").join(
            [
                Content.styled(said.title, f"bold {colour}"),
                *map(Content, said.lines),
                Content.styled(said.digests, "$muted"),
            ]
        )


def _said(outcome: Outcome | None) -> Verdict | None:
    if outcome is None or outcome.results is None:
        return None
    results = outcome.results
    return verdict(results.equivalence, outcome.config, results.provenance, results.digest)
