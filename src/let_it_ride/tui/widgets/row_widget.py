"""What every row of the form can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.config.problems import Path, Problem
    from let_it_ride.tui.editing.outline import Row
    from let_it_ride.tui.editing.state import State


class RowWidget(Widget):
    """A widget that shows a row of the form."""

    def __init__(self, row: Row) -> None:
        super().__init__()
        self.row = row

    async def show_state(self, state: State, problems: Sequence[Problem]) -> None:
        """Show the row's value in a state, and what is wrong with it."""
        raise NotImplementedError

    async def focus_path(self, path: Path) -> bool:
        """Put the focus on the setting at a path; return whether it is in this row."""
        raise NotImplementedError
