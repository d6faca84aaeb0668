"""The small tables of a run, as CSV and as Parquet: its aggregates, and its seats."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from let_it_ride.files import atomic_file
from let_it_ride.money import CENTS_PER_DOLLAR, decimal_cents
from let_it_ride.reports.parquet import ROWS_AT_ONCE, amount_type, in_dollars, write_parquet
from let_it_ride.simulation.estimates import Estimate
from let_it_ride.simulation.results import SimulationResults

if TYPE_CHECKING:
    import polars

    from let_it_ride.simulation.seat_summary import SeatSummary
    from let_it_ride.simulation.summary import Summary

Kind = Literal["amount", "count", "number", "text"]
"""What a column holds: amounts in cents, whole numbers, numbers, words."""

Row = tuple[int | float | str | None, ...]

_IN_CSV: Final[Mapping[Kind, Callable[[Any], str]]] = {
    "amount": decimal_cents,
    "count": str,
    "number": repr,
    "text": str,
}


@dataclass(frozen=True, slots=True)
class RunTable:
    """A table.

    Attributes:
        columns: what each column holds, by name.
        rows: gives its rows; nothing stands where there is nothing to say.
        largest: no amount in it is larger, in cents, of either sign.
    """

    columns: Mapping[str, Kind]
    rows: Callable[[], Iterator[Row]]
    largest: int = 0

    @classmethod
    def of_aggregates(cls, results: SimulationResults) -> "RunTable":
        """How many sessions had each profit, deepest fall, number of hands and stop reason."""
        columns: dict[str, Kind] = {
            "quantity": "text",
            "amount": "amount",
            "hands": "count",
            "stop_reason": "text",
            "sessions": "count",
        }
        sums = results.aggregates

        def rows() -> Iterator[Row]:
            return chain(
                (("profit", cents, None, None, count) for cents, count in sums.profits),
                (("max_drawdown", cents, None, None, count) for cents, count in sums.drawdowns),
                (("hands", None, hands, None, count) for hands, count in sums.hands),
                (
                    ("stop_reason", None, None, reason.key, count)
                    for reason, count in sums.stop_reasons.items()
                ),
            )

        return cls(columns, rows, results.plan.largest_amount)

    @classmethod
    def of_seats(cls, results: SimulationResults) -> "RunTable":
        """The figures of every seat, amounts in dollars; of the one seat where there is one."""
        columns: dict[str, Kind] = {
            "seat": "count",
            "sessions": "count",
            **dict.fromkeys(("win_rate", "win_rate_low", "win_rate_high"), "number"),
            **dict.fromkeys(("mean_profit", "mean_profit_low", "mean_profit_high"), "number"),
            "std_profit": "number",
            "mean_hands": "number",
        }
        summary = results.summary
        seats: Sequence[Summary | SeatSummary] = summary.seats or (summary,)

        def rows() -> Iterator[Row]:
            for seat, of in enumerate(seats, start=1):
                rate, profit = _bounded(of.win_rate), _bounded(of.mean_profit, CENTS_PER_DOLLAR)
                deviation = of.std_profit / CENTS_PER_DOLLAR
                yield (seat, of.sessions, *rate, *profit, deviation, of.mean_hands)

        return cls(columns, rows)

    def write_csv(self, path: Path) -> None:
        """Write it as CSV, whole or not at all.

        Raises:
            FileError: it cannot be written.
        """
        texts = [_IN_CSV[kind] for kind in self.columns.values()]
        with atomic_file(path) as file:
            file.write((",".join(self.columns) + "\n").encode())
            for rows in self._batches():
                lines = (
                    ",".join(
                        "" if each is None else text(each)
                        for text, each in zip(texts, row, strict=True)
                    )
                    for row in rows
                )
                file.write(("\n".join(lines) + "\n").encode())

    def write_parquet(self, metadata: Mapping[str, str], path: Path) -> None:
        """Write it as Parquet, whole or not at all.

        Raises:
            MissingExtraError: polars cannot be imported.
            FileError: it cannot be written.
        """

        def schema(amount: Any = None) -> dict[str, Any]:
            import polars

            types = {
                "amount": amount or amount_type(self.largest),
                "count": polars.Int64,
                "number": polars.Float64,
                "text": polars.String,
            }
            return {name: types[kind] for name, kind in self.columns.items()}

        def batches() -> Iterator["polars.DataFrame"]:
            import polars

            amounts = [name for name, kind in self.columns.items() if kind == "amount"]
            for rows in self._batches():
                frame = polars.DataFrame(rows, schema(polars.Int64), orient="row")
                yield frame.with_columns(in_dollars(amounts, amount_type(self.largest)))

        write_parquet(batches, schema, metadata, path)

    def _batches(self) -> Iterator[list[Row]]:
        rows = self.rows()
        while some := list(islice(rows, ROWS_AT_ONCE)):
            yield some


def _bounded(of: Estimate, unit: float = 1) -> tuple[float | None, ...]:
    """A number and its interval, in a unit."""
    return (of.value / unit, *of.bounds(unit))
