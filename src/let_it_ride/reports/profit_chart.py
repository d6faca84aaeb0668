"""A picture of the profits of a session in characters: the same on the screen and on paper.

What is behind is dotted, what is ahead is solid, so that it reads without colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from textwrap import wrap
from typing import TYPE_CHECKING, Final, NamedTuple

from let_it_ride.analysis.profit_bins import profit_bins
from let_it_ride.money import cents
from let_it_ride.reports.numbers import money, percent

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from let_it_ride.analysis.profit_bins import ProfitBins
    from let_it_ride.analysis.session_law import Chances, SessionLaw
    from let_it_ride.config.bankroll import StopConditions

#: Labels tell the cents of less than this, in cents.
_CENTS_MATTER_BELOW: Final = 1000

#: What is beyond the picture is told from this chance on.
_TOLD: Final = 0.00005

#: The name of the profit that a session begins with.
_START: Final = "0"

_UNBROKEN: Final = "\N{NO-BREAK SPACE}"

CUT: Final = "≈"
"""Stands in a bar that is higher than the picture."""


class Ink(StrEnum):
    """What a character stands for."""

    BEHIND = "behind"
    EVEN = "even"
    AHEAD = "ahead"
    LIMIT = "limit"
    MARK = "mark"
    CURSOR = "cursor"
    SAVED = "saved"


class Mark(NamedTuple):
    """A profit worth a line.

    Attributes:
        letter: what it is called in little room.
        profit: where it is, in cents.
        line: the character its line is made of.
        ink: what it stands for.
    """

    letter: str
    profit: float
    line: str
    ink: Ink

    @property
    def label(self) -> str:
        """What it is called, with its amount; the start is 0 itself."""
        if self.letter == _START:
            return self.letter
        is_large = abs(self.profit) >= _CENTS_MATTER_BELOW
        amount = short_money(round(self.profit, -2) if is_large else self.profit)
        return f"{self.letter} {amount}"


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """What is drawn.

    Attributes:
        bins: the bins.
        values: how high each is.
        top: how high is the picture.
        marks: profits with a line each, the most important first.
        saved: how high each was in the saved settings, for an outline; None for none.
        cursor: the bin that is pointed at.
        marks_over: whether lines go over the bars, and not behind them.
        tells_cuts: whether bars that are cut off tell how high they are.
    """

    bins: ProfitBins
    values: Chances
    top: float
    marks: Sequence[Mark] = ()
    saved: Chances | None = None
    cursor: int | None = None
    marks_over: bool = False
    tells_cuts: bool = False

    def columns_of_bin(self, columns: int) -> int:
        """How many of the columns a bin takes."""
        return max(1, columns // len(self.bins))

    def column(self, profit: float, columns: int) -> int | None:
        """The column of a profit, if it is in the picture."""
        place = self.bins.place(profit)
        each = self.columns_of_bin(columns)
        if place is None:
            return None
        inside = (profit - self.bins.bounds(place)[0]) / self.bins.width
        return place * each + int(inside * each)

    @property
    def highest(self) -> float:
        """How high the highest bar is, and the outline of the saved settings."""
        return float(max(self.values.max(), 0 if self.saved is None else self.saved.max()))

    @property
    def is_cut(self) -> bool:
        """Whether there are bars higher than the picture."""
        return self.highest > self.top


def marks_of(mean: float, stops: StopConditions) -> tuple[Mark, ...]:
    """Return what is worth a line: the limits, where a session begins, and the mean.

    Args:
        mean: the mean profit, in cents.
        stops: what ends a session.
    """
    limits = (("L", stops.loss_limit, -1), ("W", stops.win_limit, 1))
    return (
        *(
            Mark(letter, sign * cents(limit), "│", Ink.LIMIT)
            for letter, limit, sign in limits
            if limit is not None
        ),
        Mark(_START, 0, "┊", Ink.MARK),
        Mark("M", mean, "╎", Ink.MARK),
    )


def chart_of(law: SessionLaw, stops: StopConditions, columns: int) -> Chart:
    """Return the chart of a law for so many columns, at least two."""
    marks = marks_of(law.mean_profit, stops)
    limits = [int(mark.profit) for mark in marks if mark.ink is Ink.LIMIT]
    bins = profit_bins(law, columns, limits)
    return Chart(bins, bins.chances, bins.top, marks)


def percentile_marks(law: SessionLaw, shares: Sequence[int]) -> tuple[Mark, ...]:
    """Return a mark for each of some percentiles."""
    return tuple(Mark(f"{share} %", law.percentile(share), "┊", Ink.MARK) for share in shares)


def ink_of(bins: ProfitBins, place: int) -> Ink:
    """Return what a bin stands for; the one that begins with 0 holds what is even."""
    least, _ = bins.bounds(place)
    if least == 0:
        return Ink.EVEN
    return Ink.AHEAD if least > 0 else Ink.BEHIND


def label_lines(chart: Chart, columns: int, most: int = 1) -> list[str]:
    """Return lines with the name of each mark under its column, as far as there is room.

    Amounts are told where that leaves room for every mark, or at least for those of the limits.
    Marks of one profit are named together.

    Args:
        chart: what the marks are in.
        columns: how many there are.
        most: how many lines there may be; there is one at least.
    """
    told: tuple[Collection[Ink], ...] = (tuple(Ink), (Ink.LIMIT,), ())
    marks = _merged(chart.marks)
    tries = (
        _labelled(
            chart, columns, most, [(m, m.label if m.ink in inks else m.letter) for m in marks]
        )
        for inks in told
    )
    return max(tries, key=lambda placed_and_lines: placed_and_lines[0])[1]


def _merged(marks: Sequence[Mark]) -> list[Mark]:
    """Return one mark for those of each profit, with the letters of all."""
    merged: dict[float, Mark] = {}
    for mark in marks:
        first = merged.setdefault(mark.profit, mark)
        if first is not mark:
            merged[mark.profit] = first._replace(letter=f"{first.letter} = {mark.letter}")
    return list(merged.values())


def _labelled(
    chart: Chart, columns: int, most: int, labels: Sequence[tuple[Mark, str]]
) -> tuple[int, list[str]]:
    """Return how many labels have found room, and their lines."""
    lines, placed = [[" "] * columns for _ in range(most)], 0
    for mark, label in labels:
        column = chart.column(mark.profit, columns)
        starts = ((line, _start(line, len(label), column)) for line in lines if column is not None)
        line, start = next((found for found in starts if found[1] is not None), (lines[0], None))
        if start is not None:
            line[start : start + len(label)] = label
            placed += 1
    shown = [line for line in map("".join, lines) if line.strip()]
    return placed, shown or [" " * columns]


def _start(line: Sequence[str], length: int, column: int) -> int | None:
    """Return where a text can begin: centred at a column, or else just so that it touches it."""
    middle = column - length // 2
    for start in sorted(range(column - length, column + 2), key=lambda at: abs(at - middle)):
        around = line[max(start - 1, 0) : start + length + 1]
        if 0 <= start <= len(line) - length and not "".join(around).strip():
            return start
    return None


def chart_words(chart: Chart, width: int) -> list[str]:
    """Say what the letters and signs mean, and how much lies beyond the picture.

    Returns:
        lines of at most that width, broken between what belongs together.
    """
    bins = chart.bins
    letters = {mark.letter for mark in chart.marks if bins.place(mark.profit) is not None}
    words = {"L": "loss limit", "W": "win limit", "M": "mean"}
    parts = [f"{letter} {word}" for letter, word in words.items() if letter in letters]
    shares = (mark for mark in chart.marks if mark.letter.endswith("%"))
    parts += (f"{mark.letter} ≤ {short_money(mark.profit)}" for mark in shares)
    if chart.saved is not None:
        parts.append("━ as saved")
    if chart.is_cut:
        parts.append(f"{CUT} cut off, up to {percent(chart.highest)}")
    parts += (
        f"{percent(chance)} {where} {short_money(profit)}"
        for chance, where, profit in (
            (bins.below, "below", bins.start),
            (bins.above, "above", bins.bounds(len(bins) - 1)[1]),
        )
        if chance >= _TOLD
    )
    text = f"{_UNBROKEN}· ".join(part.replace(" ", _UNBROKEN) for part in parts)
    lines = wrap(text, max(width, 1))
    return [line.replace(_UNBROKEN, " ").removesuffix(" ·") for line in lines]


def bar_words(bins: ProfitBins) -> str:
    """Say how wide a bin is."""
    return f"{short_money(bins.width).removeprefix('+')} a bar"


def range_words(bins: ProfitBins, place: int) -> str:
    """Say which profits a bin holds."""
    least, most = map(short_money, bins.bounds(place))
    return least if least == most else f"{least} to {most}"


def short_money(amount: float) -> str:
    """Return a signed amount in cents as dollars, whole ones without cents."""
    return money(amount, signed=True).removesuffix(".00")
