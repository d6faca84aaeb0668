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

_SEEN: Final = ("●", "bold $foreground")
_BOTH: Final = ("◉", "bold $accent")
_INTERVAL: Final = "$primary"

#: An interval is drawn if its ends are so many columns apart.
_LEAST_INTERVAL: Final = 2

#: What numbers are called in little room.
_SHORT: Final = ((6, "M"), (3, ",000"), (0, ""))


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
        """What signs are, and how far the run is from theory."""
        del columns
        signs = [
            f"{_SEEN[0]} this run",
            f"{_EXACT[0]} the exact chance",
            f"{_BOTH[0]} both in one place",
        ]
        if any(share.interval for share in self.shares):
            signs.append("├─┤ 95 % interval")
        told = f"Of {count(self.shares[0].of)} hands; each step to the right is ten times as often."
        return " ".join(filter(None, [f"{', '.join(signs)}.", told, _furthest(self.shares)]))

    def draw(self, canvas: Canvas) -> None:
        """Draw a line for each hand between its name and its numbers."""
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
        powers = {
            power: min(round(x.place(power)), right - 1) for power in range(0, int(x.low) - 1, -1)
        }
        for row in range(1, bottom, each):
            canvas.put(left, row, _TRACK[0] * (right - left), _TRACK[1])
        for column in powers.values():
            canvas.upright(column, range(1, bottom), "┊", MUTED)
        for number, row in enumerate((0, *range(1, bottom, each))):
            column = right
            for texts, width in zip((seen, exact, scores), widths, strict=True):
                column += _GAP + width
                style = MUTED if not number or texts is exact else ""
                canvas.put(column - len(texts[number]), row, texts[number], style)
            if number:
                self._line(canvas, row, self.shares[number - 1], x)
        apart = (right - left) / -x.low
        for every in range(1, len(powers)):
            names = [(powers[power], odds_text(power)) for power in powers if power % every == 0]
            if every * apart >= max(len(name) for _, name in names) + 2:
                break
        canvas.labels(bottom, range(left, right + 1), names)

    def _line(self, canvas: Canvas, row: int, share: Share, x: Axis) -> None:
        """Draw where a share is, and how far it can be off."""
        left, last = int(x.start), int(x.end) - 1

        def column(chance: float) -> int:
            place = x.place(log10(chance)) if chance else x.start
            return min(max(round(place), left), last)

        canvas.put(0, row, share.name, "bold")
        if share.interval is not None:
            low, high = column(share.interval.low), column(share.interval.high)
            if high - low >= _LEAST_INTERVAL:
                start = "├" if share.seen else "─"
                canvas.put(low, row, f"{start:─<{high - low}}┤", _INTERVAL)
        if share.exact:
            canvas.put(column(share.exact), row, *_EXACT)
        if share.seen:
            agree = share.exact and column(share.exact) == column(share.share)
            canvas.put(column(share.share), row, *(_BOTH if agree else _SEEN))


def odds_text(power: int) -> str:
    """Return ten to a power that is not above 0, as one in so many."""
    if not power:
        return "1"
    thousands, unit = next((least, unit) for least, unit in _SHORT if -power >= least)
    return f"1 in {10 ** (-power - thousands)}{unit}"


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
