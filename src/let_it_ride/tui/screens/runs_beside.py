"""Two runs beside each other on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from let_it_ride.tui.screens.work_dialog import WorkDialog
from let_it_ride.tui.widgets.comparison_table import ComparisonTable, comparison_title
from let_it_ride.tui.widgets.key_hints import ESCAPE, FIND, SCROLL, KeyHints
from let_it_ride.tui.widgets.report import Report

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.analysis.comparing import Comparison


class RunsBesideScreen(WorkDialog[None]):
    """What differs, and what both have given, with the differences."""

    BINDING_GROUP_TITLE = "Comparison"
    AUTO_FOCUS = "#figures-beside"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,enter", "dismiss(None)", "Close", id="runs_beside.close", show=False)
    ]

    def __init__(self, comparison: Comparison, dealt: str) -> None:
        """Show runs beside each other.

        Args:
            comparison: what they have given.
            dealt: what they were dealt, in words.
        """
        super().__init__()
        self._comparison, self._dealt = comparison, dealt

    def compose(self) -> ComposeResult:
        """Show the title over the figures."""
        title = comparison_title(each.name for each in self._comparison.compared)
        with Vertical():
            yield Static(title, id="title")
            with Report(id="figures-beside"):
                yield ComparisonTable(self._comparison, self._dealt)
            yield KeyHints((SCROLL, FIND, ESCAPE), id="keys")
