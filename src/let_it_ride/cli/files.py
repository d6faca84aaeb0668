"""Files that a command writes because it was asked to."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from let_it_ride.config.printing import printable
from let_it_ride.errors import LetItRideError
from let_it_ride.files import write_atomically

PRINTED: Final = "-"
"""What stands for standard output in place of a file."""


class NotCsvError(LetItRideError):
    """A file that has not the name of a CSV file, and might be something else."""


class TwoOutputsError(LetItRideError):
    """Two things are to be printed, of which none could be read."""


@dataclass(frozen=True, slots=True)
class CsvOutput:
    """Where a table goes as CSV.

    Attributes:
        file: the file; None for standard output.
    """

    file: Path | None

    @classmethod
    def of(cls, option: str | None, *, beside_json: bool) -> Self | None:
        """What the option ``--csv`` asks for; None if it is not there.

        Args:
            option: its value.
            beside_json: whether JSON is printed, so that it can go into a file alone.

        Raises:
            TwoOutputsError: both are to be printed.
            NotCsvError: the name of the file does not end in ``.csv``: it could be that of a
                configuration, written where the file is named.
        """
        if option is None:
            return None
        if option == PRINTED:
            if beside_json:
                raise TwoOutputsError(
                    "--csv and --json cannot both be printed; name a file: --csv FILE.csv"
                )
            return cls(None)
        if not option.lower().endswith(".csv"):
            raise NotCsvError(
                f"--csv {option}: name a file that ends in .csv, or put --csv last to print it"
            )
        return cls(Path(option))

    @property
    def is_printed(self) -> bool:
        """Whether it goes to standard output."""
        return self.file is None

    def write(self, text: str) -> None:
        """Write it, whole or not at all, and say where on standard error.

        Raises:
            FileError: it cannot be written.
        """
        if self.file is None:
            sys.stdout.write(text)
        else:
            write_atomically(self.file, text.encode())
            print(f"written: {printable(str(self.file))}", file=sys.stderr)
