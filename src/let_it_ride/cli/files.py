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


@dataclass(frozen=True, slots=True)
class CsvOutput:
    """Where a table goes as CSV.

    Attributes:
        file: the file; None for standard output.
    """

    file: Path | None

    @classmethod
    def of(cls, option: str | None) -> Self | None:
        """What the option ``--csv`` asks for; None if it is not there.

        Raises:
            NotCsvError: the name of the file does not end in ``.csv``: it could be that of a
                configuration, written where the file is named.
        """
        if option is None:
            return None
        if option == PRINTED:
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
