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


class SideBySideView(Fitted):
    """Every number that is both simulated and known, and the tests of frequencies."""

    outcome: reactive[Outcome | None] = reactive(None, layout=True)

    def content_at(self, width: int) -> Content:
        """Return the table; where there is little room, names have a line of their own."""
        agreement = self.outcome.compared.agreement if self.outcome else None
        if agreement is None:
            return Content("")
        grids = tuple(side_by_side(agreement))
        cells = [values for grid in grids for values in (grid.headings, *_values(grid))]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        longest = max(len(row.name) for grid in grids for row in grid.rows) + _INDENT
        names = longest if longest + sum(widths) + _GAP * len(widths) <= width else None
        lines = [Content(""), Content.styled("The run beside the exact law", "bold $primary")]
        for grid in grids:
            lines += _line(grid.title, grid.headings, names, widths, "bold", "$muted")
            for row in grid.rows:
                name = f"{' ' * _INDENT}{row.name}"
                lines += _line(name, row.values, names, widths, "$muted", "bold")
        return Content("\n").join([*lines, Content.styled(legend(agreement), "$muted")])


def _values(grid: Grid) -> Iterator[tuple[str, ...]]:
    return (row.values for row in grid.rows)


def _line(
    name: str, values: Sequence[str], names: int | None, widths: Sequence[int], *styles: str
) -> Iterator[Content]:
    """Yield a name and its values, on a line of their own where names have no room."""
    columns = "".join(
        f"{value:>{_GAP + width}}" for value, width in zip(values, widths, strict=True)
    )
    of_name, of_values = styles
    if names is None:
        yield Content.styled(name, of_name)
        yield Content.styled(columns, of_values)
    else:
        yield Content.assemble((f"{name:<{names}}", of_name), (columns, of_values))
