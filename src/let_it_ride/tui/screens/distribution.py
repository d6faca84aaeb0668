"""The distribution of a session's profit on the whole screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from let_it_ride.reports.numbers import money, percent
from let_it_ride.tui.screens.work_dialog import WorkDialog
from let_it_ride.tui.session_odds import SessionOdds
from let_it_ride.tui.widgets.key_hints import ESCAPE, Hint, KeyHints
from let_it_ride.tui.widgets.large_plot import LargePlot
from let_it_ride.tui.widgets.session_figures import SessionFigures

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.tui.screens.live import LiveScreen

_KEYS: Final = (
    Hint("", "← →", "Move"),
    Hint("plot.cumulative", "c", "Cumulative"),
    Hint("plot.percentiles", "p", "Percentiles"),
    Hint("plot.median", "m", "Median"),
    ESCAPE,
)


class DistributionScreen(WorkDialog[None]):
    """A large plot with the figures beside it; it follows the configuration's odds."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium")]  # noqa: RUF012  as Screen declares it

    BINDING_GROUP_TITLE = "Distribution"
    AUTO_FOCUS = "LargePlot"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "dismiss(None)", "Close", id="distribution.close", show=False)
    ]

    session: reactive[SessionOdds] = reactive(SessionOdds)
    """What is known about the odds of a session."""

    def __init__(self, workspace: LiveScreen) -> None:
        """Show the odds that the workspace has, and those it is going to have."""
        super().__init__()
        self._workspace = workspace
        self._plot = LargePlot()
        self._figures = SessionFigures()
        self._why = Static(classes="why")
        self._summary = Static(classes="summary")
        self._keys = KeyHints()

    def compose(self) -> ComposeResult:
        """Put the figures beside the plot, or the most important ones over it."""
        box = Vertical()
        box.border_title = Content("Profit of a session")
        with box:
            yield self._why
            yield self._summary
            with Horizontal():
                yield self._plot.data_bind(DistributionScreen.session)
                yield self._figures.data_bind(DistributionScreen.session)
            yield self._keys

    def on_mount(self) -> None:
        """Follow the odds of the workspace."""
        self.watch(self._workspace, "session_odds", self._follow)

    def watch_session(self, session: SessionOdds) -> None:
        """Say why there is nothing to see, or what there is in a line."""
        self._why.update(Content(_why(session)))
        self._why.set_class(not _why(session), "-empty")
        law = session.law
        shown = law is not None and not session.refusal
        if shown:
            self.call_after_refresh(self._plot.focus)
        self._summary.set_class(not shown, "-empty")
        self._figures.set_class(not shown, "-empty")
        self._keys.lines = (_KEYS if shown else (ESCAPE,),)
        if law is not None:
            self._summary.update(
                Content(
                    f"▲ Ahead {percent(law.win_probability)}"
                    f"   ▼ Behind {percent(law.loss_probability)}"
                    f"   = Even {percent(law.push_probability)}"
                    f"   Mean {money(law.mean_profit, signed=True)}"
                )
            )

    def _follow(self, session: SessionOdds) -> None:
        self.session = session


def _why(session: SessionOdds) -> str:
    """Say why there is no law, or none of these settings; empty if there is."""
    return (
        session.refusal
        or session.stale
        or session.working
        or ("" if session.law else "The sessions are being solved")
    )
