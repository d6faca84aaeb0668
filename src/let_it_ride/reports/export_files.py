"""Which files there can be of a run, and what is in each."""

from typing import Final, Literal, get_args

Table = Literal["sessions", "aggregates", "seats", "hands"]
"""What is written as a table, in a CSV or a Parquet file of its own."""

TABLES: Final[tuple[Table, ...]] = get_args(Table)

AS_TABLES: Final = ("csv", "parquet")
"""The formats in which tables are written."""

HELD: Final[dict[str, str]] = {
    "sessions": "a line for each session",
    "aggregates": "sessions by profit, fall, length and stop reason",
    "seats": "the figures of each seat",
    "hands": "a line for each hand of the first sessions",
}
"""What is in each table."""

WHOLE: Final = {
    "json": "the whole run but for its sessions and hands",
    "html": "a report to read in a browser",
}
"""The other formats, in which there is one file, and what is in it."""
