"""Runs of the history as people and programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from let_it_ride.money import CENTS_PER_DOLLAR
from let_it_ride.reports.numbers import count, money, percent, size_text
from let_it_ride.simulation.run_state import RunCheck, RunState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.history.entry import Entry

_TIME: Final = len("20261128-221530")

_UNKNOWN: Final = "—"

OPEN_CHECKS: Final = (RunCheck.NOT_CHECKED, RunCheck.DIFFERENT)
"""What a list says of a run instead of that it is complete."""


def state_text(entry: Entry) -> str:
    """Whether a run is done and, if not, how much of it is; and what its check leaves open."""
    word: str = entry.state.value
    match entry.state:
        case RunState.RUNNING:
            return f"{word} {share_done(entry)}"
        case RunState.UNFINISHED:
            return f"{share_done(entry)} played"
    return entry.check.value if entry.check in OPEN_CHECKS else word


def share_done(entry: Entry) -> str:
    """How much of a run is done; what is missing is not rounded away."""
    return f"{int(entry.finished_share * 100)} %"


def sessions_text(entry: Entry) -> str:
    """How many sessions a run plays."""
    return _UNKNOWN if entry.sessions is None else count(entry.sessions)


def ahead_text(entry: Entry) -> str:
    """How many of a run's sessions ended ahead."""
    return _UNKNOWN if entry.ahead is None else percent(entry.ahead)


def mean_text(entry: Entry) -> str:
    """What a session of a run brought."""
    if entry.mean_profit is None:
        return _UNKNOWN
    return money(entry.mean_profit * CENTS_PER_DOLLAR, signed=True)


def line_text(entry: Entry) -> str:
    """A run on one line, for questions and messages."""
    told = (entry.id, entry.name if entry.is_named else "", size_text(entry.size))
    return ", ".join(filter(None, (*told, "pinned" if entry.pinned else "")))


def short_names(entries: Sequence[Entry]) -> list[str]:
    """What runs are called if that tells them apart, or else when they began."""
    for names in ([entry.title for entry in entries], [entry.id[:_TIME] for entry in entries]):
        if len(set(names)) == len(names):
            return names
    return [entry.id for entry in entries]


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """A run for `json.dumps`; the size in bytes, the mean profit in dollars."""
    return {
        "id": entry.id,
        "name": entry.name,
        "pinned": entry.pinned,
        "started": entry.started.isoformat(timespec="seconds"),
        "sessions": entry.sessions,
        "state": entry.state.value,
        "finished_share": entry.finished_share,
        "size": entry.size,
        "ahead": entry.ahead,
        "mean_profit": entry.mean_profit,
        "digest": entry.digest,
        "version": entry.version,
        "equivalence": entry.check.value or None,
    }
