"""What the files of a run directory say of it, whoever wrote them."""

import json
import math
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from let_it_ride.config.printing import printable
from let_it_ride.files import read_small_file, write_atomically
from let_it_ride.history.entry import Entry
from let_it_ride.simulation.run_beginning import IDENTITY_FILE, read_spare
from let_it_ride.simulation.run_lock import is_played
from let_it_ride.simulation.run_state import RunCheck, RunState

LONGEST_NAME: Final = 100

_LARGEST_FILE: Final = 1 << 18
_LARGEST_COUNT: Final = 1 << 62
_LEDGER_SAMPLE: Final = 1 << 20
_MOST_FILES: Final = 10_000
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


def read_entry(directory: Path) -> Entry:
    """What the history says of the run in a directory; whatever is there, this gives an entry."""
    begun = _begun(directory)
    about = read_json(directory / "about.json") or {}
    results = read_json(directory / "results.json")
    headline = _part(results, "headline")
    started = _moment(begun)
    digest = _text(results, "digest")
    ahead, cents = _number(headline, "ahead"), _number(headline, "mean_profit_cents")
    is_complete = None not in (digest, ahead, cents) and 0 <= (ahead or 0) <= 1
    state = _state(directory, is_sound=started is not None, is_complete=is_complete)
    is_complete = state is RunState.COMPLETE
    name = (_text(about, "name") or "").strip()
    return Entry(
        id=directory.name,
        name=printable(name[:LONGEST_NAME]) or directory.name,
        pinned=about.get("pinned") is True,
        started=started or _changed(directory),
        sessions=_count(headline if is_complete else begun, "sessions"),
        state=state,
        size=size_on_disk(directory),
        ahead=ahead if is_complete else None,
        mean_profit=cents / 100 if is_complete and cents is not None else None,
        digest=printable((digest or "")[:LONGEST_NAME]) if is_complete else None,
        version=printable((_text(begun, "version") or "")[:LONGEST_NAME]),
        finished_share=1.0 if is_complete else _finished_share(directory, begun),
        check=_check(results) if is_complete else RunCheck.NONE,
    )


def _check(results: dict[str, Any] | None) -> RunCheck:
    found = _part(results, "equivalence")
    if found is None:
        workers = _count(_part(results, "provenance"), "workers") or 0
        return RunCheck.NOT_CHECKED if workers > 1 else RunCheck.NONE
    digests = {_text(found, f"digest_{play}") for play in ("parallel", "sequential")}
    is_equal = len(digests) == 1 and found.get("difference") is None
    return RunCheck.EQUAL if is_equal else RunCheck.DIFFERENT


def write_about(directory: Path, name: str, *, pinned: bool) -> None:
    """Write down what the user said of a run.

    Raises:
        FileError: it cannot be written.
    """
    path, about = directory / "about.json", {"name": name, "pinned": pinned}
    with suppress(OSError):
        if path.is_symlink():  # writing would follow it
            path.unlink()
    write_atomically(path, json.dumps(about, indent=2).encode())


def size_on_disk(directory: Path) -> int:
    """Bytes that a directory takes; where a part of it cannot be looked at, those of the rest."""
    size, left = 0, _MOST_FILES
    folders = [os.fspath(directory)]
    while folders and left:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    left -= 1
                    if not left:
                        break
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
        except OSError:
            continue
    return size


def _state(directory: Path, *, is_sound: bool, is_complete: bool) -> RunState:
    if is_sound and is_complete:
        return RunState.COMPLETE
    if is_played(directory):
        return RunState.RUNNING
    return RunState.UNFINISHED if is_sound else RunState.DAMAGED


def _finished_share(directory: Path, begun: dict[str, Any] | None) -> float:
    tables, in_block = _count(begun, "tables"), _count(begun, "block_tables")
    if not tables or not in_block:
        return 0.0
    return min(_ledger_lines(directory / "ledger") / -(-tables // in_block), 1.0)


def _ledger_lines(ledger: Path) -> float:
    """How many blocks are finished; of a long ledger, about how many."""
    try:
        size = ledger.stat().st_size
        beginning = read_small_file(ledger, _LEDGER_SAMPLE)
    except OSError:
        return 0
    lines = beginning.count(b"\n")
    return lines * max(size / _LEDGER_SAMPLE, 1)


def _changed(directory: Path) -> datetime:
    try:
        return datetime.fromtimestamp(directory.lstat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return _BEGINNING


def read_json(path: Path) -> dict[str, Any] | None:
    """The object in a small file; None where there is none, or anything else."""
    try:
        data = read_small_file(path, _LARGEST_FILE + 1)
        found = json.loads(data) if len(data) <= _LARGEST_FILE else None
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _begun(directory: Path) -> dict[str, Any] | None:
    """What the run is, by the copy of it where its own file is not as it was written."""
    begun = read_json(directory / IDENTITY_FILE)
    if _moment(begun) is not None:
        return begun
    try:
        found = json.loads(read_spare(directory).get(IDENTITY_FILE, "null"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _part(data: dict[str, Any] | None, key: str) -> dict[str, Any] | None:
    part = (data or {}).get(key)
    return part if isinstance(part, dict) else None


def _text(data: dict[str, Any] | None, key: str) -> str | None:
    text = (data or {}).get(key)
    return text if isinstance(text, str) else None


def _number(data: dict[str, Any] | None, key: str) -> float | None:
    number = (data or {}).get(key)
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    return float(number) if abs(number) < _LARGEST_COUNT and math.isfinite(number) else None


def _count(data: dict[str, Any] | None, key: str) -> int | None:
    count = (data or {}).get(key)
    if isinstance(count, bool) or not isinstance(count, int):
        return None
    return count if 0 <= count < _LARGEST_COUNT else None


def _moment(begun: dict[str, Any] | None) -> datetime | None:
    text = _text(begun, "started")
    try:
        moment = datetime.fromisoformat(text or "")
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
