"""The picture of what a session brings: simulated over exact, with its limits and its middle."""

from __future__ import annotations

from itertools import groupby, pairwise, product
from math import sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from let_it_ride.reports.numbers import count, percent
from let_it_ride.reports.page.drawing import (
    NARROW,
    WIDE,
    Shelf,
    box,
    centred,
    dot,
    level,
    picture,
    text,
    turned,
    upright,
    width_of,
)
from let_it_ride.reports.page.markup import Markup, element, prose
from let_it_ride.reports.page.tables import Column, table
from let_it_ride.reports.pictures.axis import Axis
from let_it_ride.reports.pictures.profits import RunProfits
from let_it_ride.reports.profit_chart import ink_of, range_words, short_money
from let_it_ride.simulation.estimates import Z95
from let_it_ride.simulation.summary import PERCENTILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from let_it_ride.analysis.profit_bins import ProfitBins

_LINE: Final = 17
_BELOW: Final = 92
_SIDE: Final = 10
_LEFT: Final = 62

#: Up to this percentile profits are drawn, however much room there is: the tail beyond is told.
_DRAWN: Final = 99.5

#: Words on an axis are at least so far from each other.
_APART: Final = 8

#: There is so much more room than what is highest needs.
_AIR: Final = 1.03

_COLOURS: Final = ("behind", "even", "ahead")
_AXES: Final = ("share of the sessions", "profit of a session, and percentiles of this run")


class _Mark(NamedTuple):
    words: str
    profit: float
    class_: str


class ProfitFigure(RunProfits):
    """The figure of them."""

    def draw(self) -> Markup:
        """Return the picture, wide and narrow, what it says in words, and its numbers."""
        pictures, words = [], []
        for class_, size, most in (("wide", (WIDE, 400), 96), ("narrow", (NARROW, 320), 44)):
            bins, seen = self._drawn(most)
            told = self.words(bins, seen)
            if (bins.chances > self._height(bins, seen)).any():
                told += " Bars that are cut off at the top tell their share."
            pictures.append(self._picture(bins, seen, told, size, class_))
            words.append(element("span", prose(f"{self.legend(bins)} {told}"), class_=class_))
        return element(
            "figure",
            *pictures,
            element("figcaption", *words),
            self._table(bins, seen),
        )

    def _marks(self) -> Iterator[_Mark]:
        for name, profit in self.limits:
            yield _Mark(f"{name} {short_money(profit)}", profit, "limit")
        mean = self.results.summary.mean_profit.value
        yield _Mark(f"Mean of this run {short_money(mean)}", mean, "mean")

    def _drawn(self, most: int) -> tuple[ProfitBins, ProfitBins]:
        """So many bins at most, without those of a tail in which there is little to see."""
        bins, seen = self.bins(most)
        last = bins.place((self.law or self._seen).percentile(_DRAWN))
        if last is None:
            return bins, seen
        bins = bins.first(last + 1)
        return bins, bins.of(self._seen)

    def _half(self, expected: float) -> float:
        """How far chance takes a share that is expected, in 95 of 100 runs."""
        return Z95 * sqrt(expected * (1 - expected) / self.results.summary.sessions)

    def _height(self, bins: ProfitBins, seen: ProfitBins) -> float:
        """How high to draw: the intervals of all bars that are not cut off have room."""
        height = self.highest(bins, seen) * _AIR
        if not self.law:
            return height
        pairs = zip(bins.chances.tolist(), seen.chances.tolist(), strict=True)
        tops = sorted((expected, share + self._half(expected)) for expected, share in pairs)
        # A bar that is not cut off may need room in which the next one is not cut off either.
        for expected, top in tops:
            if expected <= height:
                height = max(height, top * _AIR)
        return height

    def _picture(
        self, bins: ProfitBins, seen: ProfitBins, words: str, size: tuple[int, int], class_: str
    ) -> Markup:
        width, height = size
        x = Axis(bins.start, bins.end, _LEFT, width - _SIDE)
        marks = [mark for mark in self._marks() if bins.place(mark.profit) is not None]
        labels, rows = _labels(marks, x, width)
        key, key_rows = _key(width, has_law=self.law is not None)
        lines = _LINE * key_rows + 6
        top = lines + _LINE * rows + 12
        bottom = height - _BELOW
        y = Axis(0, self._height(bins, seen), bottom, top)
        return picture(
            f"profits-{class_}",
            "Profit of a session",
            words,
            size,
            *key,
            *_ground(y, x),
            turned(12, (top + bottom) / 2, _AXES[0], "tick"),
            *(_bar(bins, place, x, y) for place in range(len(bins))),
            *(upright(x.place(mark.profit), top - 6, bottom, mark.class_) for mark in marks),
            upright(x.place(0), top, bottom, "start") if bins.start <= 0 <= bins.end else None,
            *(self._dots(bins, seen, x, y) if self.law else ()),
            *_cuts(bins, x, y),
            element("g", *labels, transform=f"translate(0 {lines})"),
            *self._percentiles(x, bottom, width),
            class_=class_,
        )

    def _dots(self, bins: ProfitBins, seen: ProfitBins, x: Axis, y: Axis) -> Iterator[Markup]:
        """Yield a dot for the share of each bin, with what chance may do to it."""
        sessions = self.results.summary.sessions
        radius = min(2.6, (x.end - x.start) / len(bins) / 3)
        for place, share in enumerate(seen.chances.tolist()):
            expected = float(bins.chances[place])
            if max(share, expected) * sessions < 1 or expected > y.high:
                continue
            middle = x.place(bins.start + (place + 0.5) * bins.width)
            half = self._half(expected)
            low, high = y.place(max(share - half, 0)), y.place(share + half)
            if low - high > radius * 2:
                yield upright(middle, high, low, "whisker")
            yield dot(middle, y.place(share), radius, "seen")

    def _percentiles(self, x: Axis, bottom: float, width: float) -> Iterator[Markup]:
        """Yield the axis and under it a strip: the middle half, and nine in ten sessions."""
        yield level(bottom, x.start, x.end, "axis")
        for tick, words in _ticks(x, width):
            yield upright(x.place(tick), bottom, bottom + 4, "axis")
            yield text(centred(x.place(tick), words, 0, width), bottom + 17, words, "tick")
        yield text((x.start + x.end) / 2, bottom + 82, _AXES[1], "tick")
        at = {
            share: min(max(x.place(profit), x.start), x.end)
            for share, profit in self.results.summary.percentiles.items()
        }
        y = bottom + 35
        yield level(y, at[5], at[95], "reach")
        yield box(at[25], y - 5, at[75] - at[25], 10, "middle")
        yield upright(at[50], y - 8, y + 8, "median")
        shelf = Shelf()
        for share in (50, 5, 95, 25, 75):
            words = "median" if share == 50 else f"{share} %"
            place = centred(at[share], words, 0, width)
            if shelf.row_for(place, words, most=1) is not None:
                yield text(place, y + 23, words, "tick")

    def _table(self, bins: ProfitBins, seen: ProfitBins) -> Markup:
        columns = [
            Column("Profit", [range_words(bins, place) for place in range(len(bins))]),
            Column("Simulated", [percent(float(each), 3) for each in seen.chances]),
        ]
        if self.law:
            columns.append(Column("Exact", [percent(float(each), 3) for each in bins.chances]))
        percentiles = self.results.summary.percentiles
        shares = [
            Column("Percentile", [f"{share} %" for share in PERCENTILES]),
            Column("Simulated", [short_money(percentiles[share]) for share in PERCENTILES]),
        ]
        if self.law:
            exact = [short_money(self.law.percentile(share)) for share in PERCENTILES]
            shares.append(Column("Exact", exact))
        sessions = count(self.results.summary.sessions)
        return element(
            "details",
            element("summary", "The numbers of this picture"),
            table(f"Percentiles of the profits of {sessions} sessions", shares),
            table(f"Shares of the {sessions} sessions", columns),
        )


def _key(width: float, *, has_law: bool) -> tuple[list[Markup], int]:
    """What the colours and signs are, in rows, and how many rows these take."""
    signs = [(each, each) for each in _COLOURS]
    if has_law:
        signs.append(("seen", "this run, with its 95 % interval"))
    parts: list[Markup] = []
    left, row = 0.0, 0
    for class_, words in signs:
        needed = 16 + width_of(words)
        if left and left + needed > width:
            left, row = 0.0, row + 1
        y = _LINE * row
        if class_ == "seen":
            parts += (
                upright(left + 5, y + 1, y + 13, "whisker"),
                dot(left + 5, y + 7, 2.6, class_),
            )
        else:
            parts.append(box(left, y + 2, 10, 10, class_))
        parts.append(text(left + 16, y + 11, words, "tick", "start"))
        left += needed + 16
    return parts, row + 1


def _ticks(x: Axis, width: float) -> list[tuple[float, str]]:
    """As many round amounts as have room beside each other, and how they are written."""
    chosen: list[tuple[float, str]] = []
    for most, every in product(range(24, 0, -1), (1, 2)):
        ticks = list(x.ticks(most))
        step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
        chosen = [
            (tick, short_money(round(tick)) if tick else "0")
            for tick in ticks
            if not round(tick / step) % every
        ]
        ends = [
            (middle - width_of(words) / 2, middle + width_of(words) / 2)
            for tick, words in chosen
            for middle in (centred(x.place(tick), words, 0, width),)
        ]
        if all(right[0] - left[1] >= _APART for left, right in pairwise(ends)):
            break
    return chosen


def _labels(marks: Sequence[_Mark], x: Axis, width: float) -> tuple[list[Markup], int]:
    """Words for marks, each in the first row with room for them, and how many rows these take."""
    shelf, drawn = Shelf(), []
    for mark in sorted(marks, key=lambda mark: mark.profit):
        place = centred(x.place(mark.profit), mark.words, 0, width)
        row = shelf.row_for(place, mark.words) or 0
        drawn.append(text(place, 13 + _LINE * row, mark.words, f"label {mark.class_}-words"))
    return drawn, len(shelf.rows)


def _ground(y: Axis, x: Axis) -> Iterator[Markup]:
    for tick in y.ticks(5):
        if tick:
            yield level(y.place(tick), x.start, x.end, "grid")
        decimals = 0 if round(tick * 100, 6).is_integer() else 2 if tick < 0.001 else 1
        words = percent(tick, decimals) if tick else "0"
        yield text(x.start - 6, y.place(tick) + 4, words, "tick", "end")


def _bar(bins: ProfitBins, place: int, x: Axis, y: Axis) -> Markup:
    top = y.place(min(float(bins.chances[place]), y.high))
    left = x.place(bins.start + place * bins.width)
    width = (x.end - x.start) / len(bins)
    return box(left + 0.5, top, width - 1, y.start - top, ink_of(bins, place))


def _cuts(bins: ProfitBins, x: Axis, y: Axis) -> Iterator[Markup]:
    """Yield a gap in each bar that is cut off, and beside it, or those next to it, its share."""
    width = (x.end - x.start) / len(bins)
    cut = (bins.chances > y.high).nonzero()[0].tolist()
    for place in cut:
        path = f"M{x.start + place * width - 2:.1f} {y.end + 14:.1f}l{width + 4:.1f} -6"
        yield element("path", d=path, class_="gap")
    shelf = Shelf()
    for group in _runs(cut):
        words = ", ".join(percent(float(bins.chances[place]), 1) for place in group)
        left, right = (x.start + end * width for end in (group[0], group[-1] + 1))
        is_last = right + 4 + width_of(words) > x.end
        at, anchor = (left - 4, "end") if is_last else (right + 4, "start")
        half = width_of(words) / 2
        row = shelf.row_for(at - half if is_last else at + half, words) or 0
        yield text(at, y.end + 11 + _LINE * row, words, "cut", anchor)


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    """Yield places that follow each other together."""
    for _, group in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        yield [place for _, place in group]
