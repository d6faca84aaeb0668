"""Tables of a page: what stands behind its pictures, and what is told without one."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from let_it_ride.reports.facts import Facts
from let_it_ride.reports.page.markup import Markup, element, prose
from let_it_ride.reports.side_by_side import Grid


class Column(NamedTuple):
    """A column of a table: its heading, and what is in each row."""

    heading: str
    cells: Sequence[str]


def table(caption: str, columns: Sequence[Column]) -> Markup:
    """Return a table whose first column names its rows."""
    headings = (element("th", column.heading, scope="col") for column in columns)
    rows = zip(*(column.cells for column in columns), strict=True)
    return _scrolled(
        element(
            "table",
            element("caption", caption),
            element("thead", element("tr", *headings)),
            element("tbody", *(_row(name, cells) for name, *cells in rows)),
        )
    )


def facts_table(facts: Facts) -> Markup:
    """Return facts under their title, with their notes."""
    rows = (
        element(
            "tr",
            element("th", fact.name, scope="row"),
            element("td", fact.value),
            element("td", prose("; ".join(filter(None, (fact.note, fact.aside)))), class_="note"),
        )
        for fact in facts.lines
    )
    caption = element("caption", facts.title)
    return element("table", caption, element("tbody", *rows), class_="facts")


def grid_table(grid: Grid) -> Markup:
    """Return a part of what the run and the exact law say beside each other."""
    return table(
        grid.title,
        [
            Column("", [row.name for row in grid.rows]),
            *(
                Column(heading, [row.values[place] for row in grid.rows])
                for place, heading in enumerate(grid.headings)
            ),
        ],
    )


def _row(name: str, cells: Iterable[str]) -> Markup:
    return element("tr", element("th", name, scope="row"), *(element("td", cell) for cell in cells))


def _scrolled(markup: Markup) -> Markup:
    return element("div", markup, class_="scroll", tabindex="0")
