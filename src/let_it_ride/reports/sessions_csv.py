"""The sessions of a run as CSV, a line each, amounts in dollars."""

from collections.abc import Callable, Iterable
from itertools import repeat
from pathlib import Path
from typing import Any, Final

from numpy.typing import NDArray

from let_it_ride.betting.stopping import StopReason
from let_it_ride.files import atomic_file
from let_it_ride.money import decimal_cents
from let_it_ride.simulation.records import AMOUNT_COLUMNS, PLACE_COLUMNS, SESSION_COLUMNS
from let_it_ride.simulation.results import SimulationResults

_LINES_AT_ONCE: Final = 1 << 14


def write_sessions_csv(
    results: SimulationResults, path: Path, progress: Callable[[int], None] = lambda _: None
) -> None:
    """Write every session as a line of CSV, whole or not at all.

    Args:
        results: the run.
        path: the file.
        progress: told how many sessions are written, now and then.

    Raises:
        FileError: it cannot be written.
    """
    reasons = [reason.key for reason in StopReason]
    written = 0
    with atomic_file(path) as file:
        header = ("session", *PLACE_COLUMNS, *SESSION_COLUMNS)
        file.write(",".join(header).encode() + b"\n")
        for records in results.columns():
            for start in range(0, len(records), _LINES_AT_ONCE):
                some = records[start : start + _LINES_AT_ONCE]
                ids = range(written, written + len(some))
                columns = [map(str, ids), *(map(str, at) for at in _places(some, ids))]
                for name in SESSION_COLUMNS:
                    values = some[name].tolist()
                    if name in AMOUNT_COLUMNS:
                        columns.append(map(decimal_cents, values))
                    elif name == "stop_reason":
                        columns.append(map(reasons.__getitem__, values))
                    else:
                        columns.append(map(str, values))
                file.write("\n".join(map(",".join, zip(*columns, strict=True))).encode() + b"\n")
                written += len(some)
                progress(written)


def _places(records: NDArray[Any], ids: range) -> tuple[Iterable[int], Iterable[int]]:
    """The tables, from 0, and seats, from 1, of some sessions, by `PLACE_COLUMNS`."""
    if records.dtype.names and set(PLACE_COLUMNS) <= set(records.dtype.names):
        return records["table"].tolist(), (records["seat"] + 1).tolist()
    return ids, repeat(1, len(ids))
