"""What is known about a configuration at one moment of its editing."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from let_it_ride.config.problems import ConfigError, Path, Problem
from let_it_ride.tui.editing.values import Values

if TYPE_CHECKING:
    from let_it_ride.config.full import FullConfig

LineOf = Callable[[Path], int | None]
"""Where a key stands in a text: its line, or None if it is not there."""

SOURCE: Final = "the text"
"""What problems name as the place they are in."""


def _no_line(_path: Path) -> None:
    return None


@dataclass(frozen=True, slots=True)
class State:
    """A configuration as the form shows it.

    Attributes:
        values: what the text says, or said when it could last be read.
        config: the configuration it stands for; None while it is not valid or not yet checked.
        problems: everything wrong with the values.
        broken: why the text cannot be read as TOML; the values are then of an earlier text.
        typed_at: the setting whose field is being typed into, if that led to this state.
    """

    values: Values = field(default_factory=dict)
    config: "FullConfig | None" = None
    problems: tuple[Problem, ...] = ()
    broken: Problem | None = None
    typed_at: Path | None = None

    @property
    def error_count(self) -> int:
        """How many errors a person has to mend before this can run."""
        return 1 if self.broken else len(self.problems)


def checked(values: Values, line_of: LineOf = _no_line) -> State:
    """Return the state of values, with what is wrong with them."""
    # Importing the validation takes longer than the first frame can wait for it.
    from let_it_ride.config.validation import validate_mapping

    try:
        return State(values, validate_mapping(values, SOURCE, line_of))
    except ConfigError as error:
        return State(values, None, error.problems)


def read(text: str, before: State) -> State:
    """Return the state of a text; while it is not TOML, the one before with what is wrong."""
    from let_it_ride.config.loading import BYTE_ORDER_MARK, read_toml

    try:
        values, document = read_toml(text.removeprefix(BYTE_ORDER_MARK), SOURCE)
    except ConfigError as error:
        return replace(before, config=None, broken=error.problems[0], typed_at=None)
    return checked(values, document.line_of)
