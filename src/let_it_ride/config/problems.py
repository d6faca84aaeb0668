"""What is wrong with a configuration, said so that a person can mend it."""

from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from let_it_ride.config.paths import Path, dotted
from let_it_ride.config.printing import LONGEST, quoted, shortened
from let_it_ride.errors import LetItRideError

__all__ = ["ConfigError", "Path", "Problem", "dotted", "shown"]


class Problem(NamedTuple):
    """One thing that is wrong.

    Attributes:
        source: the file, or what else the configuration was read from.
        line: the line it stands on, from 1, or None where there are no lines.
        path: the key's place in the configuration; empty for the file as a whole.
        message: what is wrong, in a few words.
        found: what is there, as it would be written, or None.
        allowed: what would be right, or None.
        suggestion: the name that was probably meant, or None.
    """

    source: str
    line: int | None
    path: Path
    message: str
    found: str | None = None
    allowed: str | None = None
    suggestion: str | None = None

    @property
    def key(self) -> str:
        """The key's full path, such as `bankroll.betting_system.steps[2].bet`."""
        return dotted(self.path)

    @property
    def text(self) -> str:
        """What is wrong and what would be right, without where."""
        parts = [self.message]
        if self.found is not None:
            parts.append(f"found {self.found}")
        if self.allowed is not None:
            parts.append(f"allowed: {self.allowed}")
        if self.suggestion is not None:
            parts.append(f"did you mean {self.suggestion}?")
        return "; ".join(parts)

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return ": ".join(part for part in (place, self.key, self.text) if part)


class ConfigError(LetItRideError):
    """A configuration that cannot be used, with everything that is wrong with it.

    Attributes:
        problems: all of it, each with its line, its key and what would be right. The text of the
            error has a line for each.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def shown(value: object) -> str:
    """Return a value as it would be written in a file, or what it is where that is too long."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return quoted(value)
        case int() if value.bit_length() > 4 * LONGEST:
            return "a very long number"
        case Decimal() if not value.is_finite():
            return str(value).lower().replace("infinity", "inf")
        case int() | float() | Decimal():
            return shortened(str(value))
        case date() | time():
            return value.isoformat()
        case dict():
            return "a table"
        case list() | tuple():
            return "a list"
        case _:
            return f"a Python {type(value).__name__}"
