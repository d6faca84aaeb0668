"""Pictures of shares, this run over the exact chances: why sessions ended, and the hands."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import count, percent, signed_minus
from let_it_ride.reports.pictures.axis import Axis
from let_it_ride.reports.pictures.shares import (
    exact_hand_text,
    hand_share_text,
    lowest_power,
    power_text,
)
from let_it_ride.tui.pictures.canvas import MUTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from let_it_ride.reports.pictures.shares import Share
    from let_it_ride.tui.pictures.canvas import Canvas

_BAR: Final = "$primary"
_EXACT: Final = ("┃", "bold $accent")
_TRACK: Final = ("·", MUTED)
_GAP: Final = 2
_SUSPICIOUS: Final = 3


@dataclass(frozen=True, slots=True)
class ReasonsPicture:
    """Why the sessions of a run ended.

    Attributes:
        shares: how often for each reason.
        of: of which sessions.
        note: what is missing.
    """

    shares: Sequence[Share]
    of: str
    note: str = ""
    title: str = "Why sessions ended"

    def words(self, columns: int) -> str:
        """What bars and lines are, and which reason came most."""
        del columns
        most = max(self.shares, key=lambda share: share.seen)
        told = f"Most often, in {percent(most.share)} of the sessions: {most.name.lower()}."
        return " ".join(
            filter(None, [_legend(self.shares, self.of), told, _furthest(self.shares), self.note])
        )

    def draw(self, canvas: Canvas) -> None:
        """Draw a bar for each reason under its name and its numbers."""
        each = max(2, min(4, canvas.rows // len(self.shares)))
        for number, share in enumerate(self.shares):
            row = number * each
            canvas.put(0, row, share.name, "bold")
            told = "  ".join(_numbers(share))
            canvas.put(canvas.columns - len(told), row, told)
            canvas.put(0, row + 1, _TRACK[0] * canvas.columns, _TRACK[1])
            canvas.bar_across(0, row + 1, share.share * canvas.columns, _BAR)
            if share.exact is not None:
                place = min(int(share.exact * canvas.columns), canvas.columns - 1)
                canvas.put(place, row + 1, *_EXACT)


@dataclass(frozen=True, slots=True)
class HandsPicture:
    """How often hands were made.

    Attributes:
        title: which hands.
        shares: how often each was made.
    """

    title: str
    shares: Sequence[Share]

    def words(self, columns: int) -> str:
        """What bars and lines are, and how far the run is from theory."""
        del columns
        told = f"Of {count(self.shares[0].of)} hands; each step to the right is ten times as often."
        return " ".join(filter(None, [_legend(self.shares), told, _furthest(self.shares)]))

    def draw(self, canvas: Canvas) -> None:
        """Draw a bar for each hand between its name and its numbers."""
        seen = ["this run", *map(hand_share_text, self.shares)]
        exact = ["exact", *map(exact_hand_text, self.shares)]
        scores = ["z", *(_score(share) for share in self.shares)]
        widths = [max(map(len, column)) for column in (seen, exact, scores)]
        left = max(len(share.name) for share in self.shares) + 1
        right = canvas.columns - sum(widths) - _GAP * len(widths)
        if right - left < 4:
            right = canvas.columns - widths[0] - _GAP
        x = Axis(lowest_power(self.shares), 0, left, right)
        each = 2 if canvas.rows >= 2 * len(self.shares) + 3 else 1
        bottom = 1 + each * len(self.shares)
        for power in range(int(x.low), 1):
            canvas.upright(min(round(x.place(power)), right - 1), range(1, bottom), "┊", MUTED)
        for number, row in enumerate((0, *range(1, bottom, each))):
            column = right
            for texts, width in zip((seen, exact, scores), widths, strict=True):
                column += _GAP + width
                style = MUTED if not number or texts is exact else ""
                canvas.put(column - len(texts[number]), row, texts[number], style)
            if number:
                self._bar(canvas, row, self.shares[number - 1], x, left)
        names = {
            min(round(x.place(power)), right - 1): power_text(power)
            for power in range(0, int(x.low) - 1, -1)
        }
        canvas.labels(bottom, range(left, right + 1), names.items())

    def _bar(self, canvas: Canvas, row: int, share: Share, x: Axis, left: int) -> None:
        canvas.put(0, row, share.name, "bold")
        if share.seen:
            canvas.bar_across(left, row, max(x.place(log10(share.share)) - left, 0.2), _BAR)
        if share.exact:
            place = min(int(x.place(log10(share.exact))), int(x.end) - 1)
            canvas.put(place, row, *_EXACT)


def _numbers(share: Share) -> Iterator[str]:
    """Yield a share as it came and as it should, and their distance."""
    yield percent(share.share)
    if share.exact is not None:
        yield f"exact {percent(share.exact)}"
    if share.z is not None:
        yield f"z {_score(share)}"


def _score(share: Share) -> str:
    return "" if share.z is None else signed_minus(f"{share.z:+.2f}")


def _legend(shares: Sequence[Share], of: str = "this run") -> str:
    has_exact = any(share.exact is not None for share in shares)
    return f"Bars: {of}. {_EXACT[0]} the exact chance." if has_exact else f"Bars: {of}."


def _furthest(shares: Sequence[Share]) -> str:
    """Say which share is furthest from the exact one, in standard errors."""
    known = [share for share in shares if share.z is not None]
    if not known:
        return ""
    furthest = max(known, key=lambda share: abs(share.z or 0.0))
    verdict = "beyond" if abs(furthest.z or 0.0) >= _SUSPICIOUS else "within"
    return (
        f"Furthest from its chance, z {_score(furthest)}, is {furthest.name.lower()}:"
        f" {verdict} chance."
    )
