"""The sessions of a run as Parquet, a row each, amounts in dollars; written by polars.

Polars takes batches from a generator and writes them as they come: what is in memory is bounded,
however many sessions there are.
"""

import errno
import json
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.errors import LetItRideError
from let_it_ride.files import atomic_file
from let_it_ride.reports.origin import configuration_text, repeating_command
from let_it_ride.simulation.records import AMOUNT_COLUMNS, PLACE_COLUMNS, SESSION_COLUMNS
from let_it_ride.simulation.results import SimulationResults

if TYPE_CHECKING:
    import polars

_ROWS_AT_ONCE: Final = 1 << 18
_POLL_SECONDS: Final = 0.05

#: The oldest polars that writes files from batches, with metadata of one's own.
_OLDEST: Final = (1, 30)

_INSTALL: Final = "pip install 'lir-tui[parquet]'"


class MissingExtraError(LetItRideError):
    """A format whose writer is not installed.

    Attributes:
        key: full path of the setting that asks for it; None where an option does.
    """

    def __init__(self, why: str, key: str | None = None) -> None:
        super().__init__(why, key)
        self.why, self.key = why, key

    def __str__(self) -> str:
        where = f"{self.key}: " if self.key else ""
        return f'{where}"parquet" {self.why}; install it with: {_INSTALL}'


class _StoppedError(Exception):
    """The file is given up."""


def what_is_missing() -> str:
    """Say what there lacks to write Parquet; empty where nothing does."""
    try:
        found = version("polars") if find_spec("polars") else ""
    except PackageNotFoundError:
        found = ""
    if not found:
        return "is written by polars, which is not installed"
    if tuple(int(part) for part in found.split(".")[:2]) < _OLDEST:
        needed = ".".join(map(str, _OLDEST))
        return f"is written by polars {needed} or later, and polars {found} is installed"
    return ""


def write_sessions_parquet(
    config: FullConfig,
    results: SimulationResults,
    prefix: str,
    path: Path,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Write every session as a row of Parquet, whole or not at all.

    The columns are those of the CSV. The file's metadata tell where the run is from: its
    configuration as TOML, provenance and equivalence as JSON, digest, and the command that repeats
    it.

    Args:
        config: what was run.
        results: the run.
        prefix: what the names of its files begin with.
        path: the file.
        progress: told how many sessions are written, now and then; what it raises comes through.

    Raises:
        MissingExtraError: polars cannot be imported.
        FileError: it cannot be written.
    """
    try:
        import polars
    except ImportError as error:
        raise MissingExtraError(f"is written by polars, which cannot be used: {error}") from error
    schema = _schema(results.plan.largest_amount)
    written, stopped = 0, Event()

    def batches() -> Iterator[polars.DataFrame]:
        nonlocal written
        for records in results.columns():
            for start in range(0, len(records), _ROWS_AT_ONCE):
                if stopped.is_set():
                    raise _StoppedError
                some = records[start : start + _ROWS_AT_ONCE]
                yield _frame(some, written, schema)
                written += len(some)

    with atomic_file(path) as file, ThreadPoolExecutor(1) as pool:
        writing = pool.submit(_sink, batches, schema, file, _metadata(config, results, prefix))
        try:
            while not wait((writing,), _POLL_SECONDS).done:
                progress(written)
        except BaseException:
            stopped.set()
            raise
        writing.result()
    progress(written)


def _sink(
    batches: Callable[[], Iterator["polars.DataFrame"]],
    schema: dict[str, Any],
    file: BinaryIO,
    metadata: Mapping[str, str],
) -> None:
    import polars
    from polars.io.plugins import register_io_source

    def source(*_: object) -> Iterator[polars.DataFrame]:
        return batches()

    try:
        register_io_source(source, schema=schema).sink_parquet(
            file,
            metadata=dict(metadata),
            row_group_size=_ROWS_AT_ONCE,
            engine="streaming",
        )
    except polars.exceptions.PolarsError as error:
        raise _of_the_system(error) from error


def _of_the_system(error: Exception) -> OSError:
    """The system's error of which polars tells no more than the words."""
    text = str(error)
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
        if f"(os error {number})" in text:
            return OSError(number, os.strerror(number))
    return OSError(text)


def _schema(largest_amount: int) -> dict[str, Any]:
    """The types of the columns, amounts with as many digits as the largest has."""
    import polars

    amount = polars.Decimal(18 if largest_amount < 10**18 else 38, 2)

    own: dict[str, Any] = {
        "session": polars.Int64,
        "table": polars.Int64,
        "seat": polars.UInt16,
        "seed": polars.UInt32,
        "hands": polars.UInt16,
        "stop_reason": polars.String,
    }
    names = ("session", *PLACE_COLUMNS, *SESSION_COLUMNS)
    return {name: own.get(name, amount) for name in names}


def _frame(records: NDArray[Any], first: int, schema: dict[str, Any]) -> "polars.DataFrame":
    """Some sessions, the first with an id."""
    import polars

    ids = np.arange(first, first + len(records))
    places: dict[str, Any] = {"table": ids, "seat": np.ones(len(records), dtype=np.uint16)}
    if set(PLACE_COLUMNS) <= set(records.dtype.names or ()):
        places = {"table": records["table"], "seat": records["seat"] + 1}
    columns: dict[str, Any] = {
        name: np.ascontiguousarray(records[name]) for name in SESSION_COLUMNS
    }
    reasons = polars.Series([reason.key for reason in StopReason])
    columns["stop_reason"] = reasons.gather(columns["stop_reason"])
    cents = polars.col(AMOUNT_COLUMNS).cast(polars.Decimal(38, 2))
    return (
        polars.DataFrame({"session": ids, **places, **columns})
        .with_columns((cents / 100).cast(schema[AMOUNT_COLUMNS[0]]))
        .select(polars.col(name).cast(kind) for name, kind in schema.items())
    )


def _metadata(config: FullConfig, results: SimulationResults, prefix: str) -> dict[str, str]:
    verdict = results.equivalence
    told = {
        "repeat": repeating_command(prefix),
        "configuration": configuration_text(config),
        "digest": results.digest,
        "provenance": json.dumps(results.provenance.to_json()),
        "equivalence": json.dumps(None if verdict is None else verdict.to_json()),
    }
    return {f"lir-tui.{name}": text for name, text in told.items()}
