"""The hand log of a run as Parquet: a row a hand of its first sessions, amounts in dollars."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from let_it_ride.config import FullConfig
from let_it_ride.files import FileError
from let_it_ride.reports.hands_csv import HAND_COLUMNS, write_hands_csv
from let_it_ride.reports.parquet import amount_type, origin_metadata, write_parquet
from let_it_ride.simulation.results import SimulationResults

if TYPE_CHECKING:
    import polars

#: Bytes of the CSV that become one batch.
_AT_ONCE: Final = 1 << 24

_COUNTS: Final = {"session", "table", "seat", "hand", "round", "bets_in_action"}
_AMOUNTS: Final = {"bet", "bonus", "main_result", "bonus_result", "bankroll"}


def write_hands_parquet(
    config: FullConfig,
    results: SimulationResults,
    sessions: int,
    prefix: str,
    path: Path,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Play the first sessions of a run again and write their hands, whole or not at all.

    The columns are those of the CSV, which is written first, to be read again.

    Args:
        config: what was run.
        results: the run.
        sessions: how many; all, if there are not so many.
        prefix: what the names of its files begin with.
        path: the file.
        progress: told how many sessions are written, now and then; what it raises comes through.

    Raises:
        MissingExtraError: polars cannot be imported.
        FileError: it cannot be written.
        ErrandFailedError: the process that plays died.
    """
    largest = results.plan.largest_amount + results.plan.tables.starting_bankroll

    def schema() -> dict[str, Any]:
        return _schema(largest)

    try:
        with TemporaryDirectory(prefix=".", suffix=".tmp", dir=path.parent) as folder:
            log = Path(folder, "hands.csv")
            write_hands_csv(config, results, sessions, log, progress)
            write_parquet(
                lambda: _batches(log, schema()),
                schema,
                origin_metadata(config, results, prefix),
                path,
                lambda _: progress(min(sessions, len(results))),
            )
    except OSError as error:
        raise FileError(str(path), error.strerror or str(error)) from error


def _schema(largest: int) -> dict[str, Any]:
    import polars

    types = {
        **dict.fromkeys(_COUNTS, polars.Int64),
        **dict.fromkeys(_AMOUNTS, amount_type(largest)),
    }
    return {name: types.get(name, polars.String) for name in HAND_COLUMNS}


def _batches(log: Path, schema: dict[str, Any]) -> Iterator["polars.DataFrame"]:
    import polars

    with log.open("rb") as file:
        file.readline()
        while lines := file.readlines(_AT_ONCE):
            words = polars.read_csv(
                b"".join(lines),
                has_header=False,
                schema=dict.fromkeys(schema, polars.String),
            )
            # Nothing between two commas is no word.
            yield words.fill_null("").select(
                polars.col(name).cast(type_) for name, type_ in schema.items()
            )
