"""What is said of runs that are kept, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from let_it_ride.config.printing import quoted
from let_it_ride.reports.kept_runs import (
    ahead_text,
    mean_text,
    sessions_text,
    share_done,
    state_text,
)
from let_it_ride.reports.numbers import count, size_text
from let_it_ride.simulation.run_state import RunCheck, RunState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from let_it_ride.history import Entry

#: So many runs are named one by one.
_NAMED: Final = 4

#: Of a digest, where there is little room.
_DIGEST_SHOWN: Final = 16

_NAME: Final = "Name"

_GAP: Final = 2

#: Of a moment.
_DATE: Final = len("2026-11-28")

_SIGNS: Final = {
    RunState.RUNNING: "▸",
    RunState.UNFINISHED: "‖",
    RunState.COMPLETE: "✓",
    RunState.DAMAGED: "✗",
}

_SIGNS_OF_CHECKS: Final = {RunCheck.NOT_CHECKED: "?", RunCheck.DIFFERENT: "✗"}

#: What stands for what is not known.
_UNKNOWN: Final = "—"

#: From this width on the columns say everything in full.
_IN_FULL: Final = 96

#: The columns that are left out where there is too little room, one after the other.
_LEFT_OUT: Final = ("Size", "Sessions", "Ahead", "Began", "Mean")

#: Of the name of a run.
_LEAST_NAME: Final = 12


def moment_text(moment: datetime) -> str:
    """When something was, by the clock on the wall."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def named(entries: Sequence[Entry]) -> str:
    """The names of some runs in a sentence, as long as they are few."""
    names = [quoted(entry.title) for entry in entries[:_NAMED]]
    if len(entries) > _NAMED:
        names.append(f"{count(len(entries) - _NAMED)} more")
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list of runs.

    Attributes:
        title: its name.
        width: how wide it is, with the gap before it.
        text: what it says of a run.
        is_words: whether it stands on the left.
    """

    title: str
    width: int
    text: Callable[[Entry], str]
    is_words: bool = False

    def placed(self, text: str) -> str:
        """A text in the column, cut where it has no room, with a gap before it."""
        gap = 0 if self.title == _NAME else _GAP if self.is_words else 1
        room = self.width - gap
        cut = text if len(text) <= room else f"{text[: room - 1]}…"
        return " " * gap + (cut.ljust(room) if self.is_words else cut.rjust(room))


def columns_at(width: int) -> tuple[Column, ...]:
    """The columns of the list of runs that have room at a width."""
    others: tuple[Column, ...]
    if width >= _IN_FULL:
        others = (
            Column("Began", 18, lambda entry: moment_text(entry.started)),
            Column("Sessions", 15, sessions_text),
            Column("Ahead", 9, ahead_text),
            Column("Mean", 12, mean_text),
            Column("State", 18, _state, is_words=True),
            Column("Size", 9, lambda entry: size_text(entry.size)),
        )
    else:
        others = (
            Column("Began", 12, lambda entry: moment_text(entry.started)[:_DATE]),
            Column("Sessions", 10, lambda entry: _short_count(entry.sessions)),
            Column("Ahead", 9, ahead_text),
            Column("Mean", 12, mean_text),
            Column("State", 15, _short_state, is_words=True),
        )
    for title in _LEFT_OUT:
        if sum(column.width for column in others) + _LEAST_NAME > width:
            others = tuple(column for column in others if column.title != title)
    left = max(width - sum(column.width for column in others), _LEAST_NAME)
    return (Column(_NAME, left, lambda entry: entry.title, is_words=True), *others)


def has_words(entry: Entry, words: Sequence[str]) -> bool:
    """Whether the name, the id or the state of a run has all of some words in small letters."""
    text = f"{entry.name} {entry.id} {entry.state.value}".lower()
    return all(word in text for word in words)


def about(entry: Entry, width: int, key_of: Callable[[str, str], str]) -> tuple[str, str, str]:
    """What there is to say of a run under the list: its name and size, its id, how it stands.

    Args:
        entry: the run.
        width: the columns there are.
        key_of: gives the key of something by its name, which is usually the other one.
    """
    size = size_text(entry.size)
    room = width - len(size) - _GAP
    name = entry.title if len(entry.title) <= room else f"{entry.title[: room - 1]}…"
    began = f" · {moment_text(entry.started)}"
    told = f"{entry.id}{began if len(entry.id) + len(began) <= width else ''}"
    return f"{name:<{room}}{' ' * _GAP}{size}", told, _standing(entry, width, key_of)


def room_text(size: int, limit: int | None) -> str:
    """What all runs take, of what they may."""
    taken = size_text(size)
    if limit is None:
        return f"{taken}, no limit"
    allowed = size_text(limit)
    taken = taken.removesuffix(allowed[allowed.index(" ") :])
    return f"{taken} of {allowed}{', over' if size > limit else ''}"


def _standing(entry: Entry, width: int, key_of: Callable[[str, str], str]) -> str:
    sessions = "" if entry.sessions is None else f" of {count(entry.sessions)} sessions"
    version = f"version {entry.version}" if entry.version else "a version that is not known"
    pinned = "Pinned. " if entry.pinned else ""
    match entry.state:
        case RunState.COMPLETE:
            told = f"{pinned}Complete, by {version}. Digest "
            digest = entry.digest or _UNKNOWN
            shown = digest if len(told) + len(digest) <= width else f"{digest[:_DIGEST_SHOWN]}…"
            return f"{told}{shown}"
        case RunState.UNFINISHED:
            resume = key_of("runs.resume", "r")
            return f"{pinned}{state_text(entry)}{sessions}, by {version}; {resume} goes on with it."
        case RunState.RUNNING:
            return f"{pinned}A program plays it: {state_text(entry)}{sessions}."
    delete = key_of("runs.delete", "d")
    return f"{pinned}What it is cannot be read: it can only be deleted, with {delete}."


def _state(entry: Entry) -> str:
    return f"{_sign(entry)} {state_text(entry)}"


def _short_state(entry: Entry) -> str:
    """How far a run is, where there is no room for all of it."""
    has_more = entry.state in {RunState.RUNNING, RunState.UNFINISHED}
    return f"{_sign(entry)} {share_done(entry) if has_more else state_text(entry)}"


def _sign(entry: Entry) -> str:
    return _SIGNS_OF_CHECKS.get(entry.check, _SIGNS[entry.state])


def _short_count(number: int | None) -> str:
    if number is None:
        return _UNKNOWN
    for unit, size, least in (("bn", 1e9, 1e9), ("M", 1e6, 1e6), ("k", 1e3, 1e4)):
        if number >= least:
            scaled = number / size
            return f"{scaled:.1f} {unit}" if scaled < 9.95 else f"{scaled:.0f} {unit}"
    return count(number)


def offer(entries: Sequence[Entry], key_of: Callable[[str], str]) -> tuple[str, str]:
    """What is said of unfinished runs when the program starts: a title, and how to go on.

    Args:
        entries: the runs, the newest first.
        key_of: gives the key of a command.
    """
    newest = entries[0]
    what = f"{quoted(newest.title)} of {moment_text(newest.started)}, {state_text(newest)}."
    keys = f"{key_of('resume')} goes on with it"
    if len(entries) == 1:
        return "A run is unfinished", f"{what} {keys}."
    title = f"{count(len(entries))} runs are unfinished"
    return title, f"The newest is {what} {keys}; {key_of('runs')} shows all."


def room_question(going: Sequence[Entry], limit: int | None) -> tuple[str, str]:
    """The question whether old runs may go for a new one: a title, and which."""
    allowed, freed = size_text(limit or 0), size_text(sum(entry.size for entry in going))
    text = (
        f"With this run, the kept runs would take more than their limit of {allowed}. To keep to"
        f" it, the oldest that are not pinned would go: {named(going)}, which take {freed}. That"
        " cannot be taken back."
    )
    return "Make room for the run?", text
