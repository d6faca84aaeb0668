"""The sessions of a run as Parquet, a row each, amounts in dollars."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.reports.parquet import (
    ROWS_AT_ONCE,
    amount_type,
    in_dollars,
    origin_metadata,
    write_parquet,
)
from let_it_ride.simulation.records import AMOUNT_COLUMNS, PLACE_COLUMNS, SESSION_COLUMNS
from let_it_ride.simulation.results import SimulationResults

if TYPE_CHECKING:
    import polars


def write_sessions_parquet(
    config: FullConfig,
    results: SimulationResults,
    prefix: str,
    path: Path,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Write every session as a row of Parquet, whole or not at all.

    The columns are those of the CSV. The file's metadata tell where the run is from.

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

    def schema() -> dict[str, Any]:
        return _schema(results.plan.largest_amount)

    def batches() -> Iterator["polars.DataFrame"]:
        types, first = schema(), 0
        for records in results.columns():
            for start in range(0, len(records), ROWS_AT_ONCE):
                some = records[start : start + ROWS_AT_ONCE]
                yield _frame(some, first, types)
                first += len(some)

    write_parquet(batches, schema, origin_metadata(config, results, prefix), path, progress)


def _schema(largest_amount: int) -> dict[str, Any]:
    """The types of the columns, amounts with as many digits as the largest has."""
    import polars

    amount = amount_type(largest_amount)

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
    return (
        polars.DataFrame({"session": ids, **places, **columns})
        .with_columns(in_dollars(AMOUNT_COLUMNS, schema[AMOUNT_COLUMNS[0]]))
        .select(polars.col(name).cast(kind) for name, kind in schema.items())
    )
