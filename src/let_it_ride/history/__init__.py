"""Runs that are kept: a directory each, and an index that can be made again from them."""

from let_it_ride.history.entry import Entry
from let_it_ride.history.errors import (
    HistoryError,
    NoSuchRunError,
    NotANameError,
    NotAnIdError,
    RunInUseError,
    SeveralRunsError,
)
from let_it_ride.history.history import DEFAULT_LIMIT, History

__all__ = [
    "DEFAULT_LIMIT",
    "Entry",
    "History",
    "HistoryError",
    "NoSuchRunError",
    "NotANameError",
    "NotAnIdError",
    "RunInUseError",
    "SeveralRunsError",
]
