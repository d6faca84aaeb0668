"""[output]: the files a run writes when it ends."""

from collections.abc import Iterator
from typing import Annotated, Literal

from let_it_ride.config.quantities import Text
from let_it_ride.config.section import BrokenRule, Section, listing, setting

Format = Literal["csv", "json", "parquet", "html"]


class OutputConfig(Section, title="Output"):
    """The files a run writes when it ends; the run itself is kept in your data directory."""

    directory: Annotated[str, Text(1000, minimum=1, one_line=True)] = setting(
        "results", "Directory", "Where the files go. It is made if it is not there."
    )
    prefix: Annotated[str, Text(100, minimum=1, one_line=True, without='/\\:*?"<>|')] = setting(
        "run", "Prefix", "What the names of the files begin with."
    )
    formats: tuple[Format, ...] = listing(
        tuple,
        "Formats",
        "Which files to write; none unless you ask for some.",
        most=4,
        choices={
            "csv": "A table of sessions for a spreadsheet.",
            "json": "The summary for a program.",
            "parquet": "A table of sessions for data tools.",
            "html": "A report to read in a browser.",
        },
    )

    def broken_rules(self) -> Iterator[BrokenRule]:
        """No format is named twice."""
        for index, name in enumerate(self.formats):
            if name in self.formats[:index]:
                key = ("formats", index)
                yield BrokenRule(key, "named twice", name, "each format once", (("formats",),))
