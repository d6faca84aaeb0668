"""Tables as Parquet, written by polars, with what the run was in the file's metadata.

Polars takes batches from a generator and writes them as they come: what is in memory is bounded,
however many rows there are.
"""

import errno
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from let_it_ride.config import FullConfig
from let_it_ride.errors import LetItRideError
from let_it_ride.files import atomic_file
from let_it_ride.reports.origin import configuration_text, repeating_command
from let_it_ride.simulation.results import SimulationResults

if TYPE_CHECKING:
    import polars

#: What a batch has at most, and a group of rows in the file.
ROWS_AT_ONCE: Final = 1 << 18

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


def amount_type(largest: int) -> Any:
    """The type of a column of amounts, with as many digits as the largest of them has in cents."""
    import polars

    return polars.Decimal(18 if largest < 10**18 else 38, 2)


def in_dollars(names: Sequence[str], amount: Any) -> "polars.Expr":
    """Columns of cents as amounts of a type."""
    import polars

    return (polars.col(names).cast(polars.Decimal(38, 2)) / 100).cast(amount)


def origin_metadata(
    config: FullConfig, results: SimulationResults, prefix: str
) -> Mapping[str, str]:
    """What a file says of where it is from.

    That is its configuration as TOML, provenance and equivalence as JSON, digest, and the command
    that repeats it.

    Args:
        config: what was run.
        results: the run.
        prefix: what the names of its files begin with.
    """
    verdict = results.equivalence
    told = {
        "repeat": repeating_command(prefix),
        "configuration": configuration_text(config),
        "digest": results.digest,
        "provenance": json.dumps(results.provenance.to_json()),
        "equivalence": json.dumps(None if verdict is None else verdict.to_json()),
    }
    return {f"lir-tui.{name}": text for name, text in told.items()}


def write_parquet(
    batches: Callable[[], Iterator["polars.DataFrame"]],
    schema: Callable[[], Mapping[str, Any]],
    metadata: Mapping[str, str],
    path: Path,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Write batches of rows as they come, whole or not at all.

    Args:
        batches: gives them; called in a thread.
        schema: gives the types of their columns by name.
        metadata: what the file says beside its rows.
        path: the file.
        progress: told how many rows are written, now and then; what it raises comes through.

    Raises:
        MissingExtraError: polars cannot be imported.
        FileError: it cannot be written.
    """
    try:
        import polars
    except ImportError as error:
        raise MissingExtraError(f"is written by polars, which cannot be used: {error}") from error
    written, stopped = 0, Event()

    def until_stopped() -> Iterator[polars.DataFrame]:
        nonlocal written
        for batch in batches():
            if stopped.is_set():
                raise _StoppedError
            yield batch
            written += len(batch)

    with atomic_file(path) as file, ThreadPoolExecutor(1) as pool:
        writing = pool.submit(_sink, until_stopped, schema(), file, metadata)
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
    schema: Mapping[str, Any],
    file: BinaryIO,
    metadata: Mapping[str, str],
) -> None:
    import polars
    from polars.io.plugins import register_io_source

    def source(*_: object) -> Iterator[polars.DataFrame]:
        return batches()

    try:
        register_io_source(source, schema=dict(schema)).sink_parquet(
            file, metadata=dict(metadata), row_group_size=ROWS_AT_ONCE, engine="streaming"
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
