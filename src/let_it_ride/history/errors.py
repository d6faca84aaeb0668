"""What can be wrong with what is asked of the history."""

from collections.abc import Sequence
from typing import Final

from let_it_ride.config.printing import quoted
from let_it_ride.errors import LetItRideError

_NAMED: Final = 5


class HistoryError(LetItRideError):
    """The history cannot be read or changed."""

    exit_code = 1


class NoSuchRunError(HistoryError):
    """No run is called so.

    Attributes:
        text: what was asked for.
        near: ids and names that are like it.
    """

    exit_code = 2

    def __init__(self, text: str, near: Sequence[str] = ()) -> None:
        super().__init__(text, near)
        self.text, self.near = text, tuple(near)

    def __str__(self) -> str:
        if self.text == "last":
            return "no run is kept yet; 'lir-tui run' keeps what it plays"
        hint = f"did you mean {' or '.join(self.near)}?" if self.near else "see 'lir-tui runs'"
        return f"there is no run {quoted(self.text)}; {hint}"


class SeveralRunsError(HistoryError):
    """Several runs are called so.

    Attributes:
        text: what was asked for.
        ids: the runs it may mean, the newest first.
    """

    exit_code = 2

    def __init__(self, text: str, ids: Sequence[str]) -> None:
        super().__init__(text, ids)
        self.text, self.ids = text, tuple(ids)

    def __str__(self) -> str:
        some = ", ".join(self.ids[:_NAMED])
        more = f" and {len(self.ids) - _NAMED:,} more" if len(self.ids) > _NAMED else ""
        return f"{quoted(self.text)} may be any of {some}{more}; give more of the id"


class NotAnIdError(HistoryError):
    """A text that no run can have for an id."""

    exit_code = 2

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f"{quoted(self.text)} is not the id of a run; see 'lir-tui runs'"


class NotANameError(HistoryError):
    """A text that no run can be called.

    Attributes:
        text: the text.
        reason: what is wrong with it.
    """

    exit_code = 2

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text, reason)
        self.text, self.reason = text, reason

    def __str__(self) -> str:
        return f"a run cannot be called {quoted(self.text)}: {self.reason}"


class RunInUseError(HistoryError):
    """A program plays the run."""

    def __init__(self, run: str) -> None:
        super().__init__(run)
        self.run = run

    def __str__(self) -> str:
        return f"{self.run} is being played or read by a program; wait for it, or stop it"
