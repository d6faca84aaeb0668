"""A run beside the exact law, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive

from let_it_ride.reports.side_by_side import legend, side_by_side
from let_it_ride.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from let_it_ride.reports.side_by_side import Grid
    from let_it_ride.tui.runs import Outcome

_INDENT: Final = 2
_GAP: Final = 2

#: The column that is left out where there is little room.
_MIDDLE: Final = 1


class SideBySideView(Fitted):
    """Every number that is both simulated and known, and the tests of frequencies."""

    outcome: reactive[Outcome | None] = reactive(None, layout=True)

    def content_at(self, width: int) -> Content:
        """Return the table; where there is little room, without its middle column.

        That is what is exact, which the odds say too, and the degrees of freedom.
        """
        agreement = self.outcome.compared.agreement if self.outcome else None
        if agreement is None:
            return Content("")
        grids = tuple(side_by_side(agreement))
        cells = [values for grid in grids for values in (grid.headings, *_values(grid))]
        widths = [_GAP + max(map(len, column)) for column in zip(*cells, strict=True)]
        names, indent = max(len(row.name) for grid in grids for row in grid.rows), _INDENT
        if indent + names + sum(widths) > width:
            widths[_MIDDLE] = indent = 0
        names += indent
        lines = [Content(""), Content.styled("The run beside the exact law", "bold $primary")]
        for grid in grids:
            title = (f"{grid.title:<{names}}", "bold")
            lines.append(Content.assemble(title, (_placed(grid.headings, widths), "$muted")))
            for row in grid.rows:
                name = (f"{' ' * indent}{row.name}".ljust(names), "$muted")
                lines.append(Content.assemble(name, (_placed(row.values, widths), "bold")))
        return Content("\n").join([*lines, Content.styled(legend(agreement), "$muted")])


def _values(grid: Grid) -> Iterator[tuple[str, ...]]:
    return (row.values for row in grid.rows)


def _placed(values: Sequence[str], widths: Sequence[int]) -> str:
    """Values in their columns, those without a width left out."""
    placed = zip(values, widths, strict=True)
    return "".join(f"{value:>{width}}" for value, width in placed if width)
