"""What a picture of a run is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from let_it_ride.analysis.agreement import Compared
    from let_it_ride.tui.pictures.canvas import Canvas

_NO_COMMON_LAW: Final = (
    "tables close after some rounds, so that sessions which begin late follow another one."
    " Without total_rounds there is one for all."
)


class Picture(Protocol):
    """A picture, for whatever room there is."""

    @property
    def title(self) -> str:
        """What it shows."""

    def words(self, columns: int) -> str:
        """What it says, drawn on so many columns."""

    def draw(self, canvas: Canvas) -> None:
        """Draw it."""


@dataclass(frozen=True, slots=True)
class NoPicture:
    """Says why there is no picture, and what to do.

    Attributes:
        title: what it would show.
        why: why it does not.
    """

    title: str
    why: str

    def words(self, columns: int) -> str:
        """Why there is none."""
        del columns
        return self.why

    def draw(self, canvas: Canvas) -> None:
        """Draw nothing."""


def without_law(compared: Compared) -> str:
    """Say why there is no exact law over a picture; nothing if there is one."""
    if compared.law is not None:
        return ""
    refusal = compared.agreement.refusal if compared.agreement else compared.why_not
    return f"Without the exact law: {refusal or _NO_COMMON_LAW}"
