"""Measures of configurations as people read them."""

from __future__ import annotations

from math import isfinite
from typing import Final

from let_it_ride.analysis.measures import Measure, Unit
from let_it_ride.money import CENTS_PER_DOLLAR
from let_it_ride.reports.numbers import MINUS, decimal_text, money, percent
from let_it_ride.simulation.estimates import Estimate

_PERCENT: Final = 100

#: What a measure is written in where its unit stands elsewhere.
UNITS: Final = {Unit.SHARE: "%", Unit.MONEY: "$", Unit.NUMBER: ""}

#: What differences of it are written in: those of shares in percentage points.
DIFFERENCE_UNITS: Final = UNITS | {Unit.SHARE: "pp"}


def figure_text(measure: Measure, estimate: Estimate) -> str:
    """Return a figure, and the half width of its interval where it has one."""
    text = value_text(measure, estimate.value)
    return f"{text} {width_text(measure, estimate)}".rstrip()


def difference_text(measure: Measure, difference: Estimate) -> str:
    """Return a difference with its sign; that of shares is in percentage points."""
    text = value_text(measure, difference.value, signed=True)
    if not any(digit in text for digit in "123456789"):
        text = text.lstrip("+" + MINUS)
    width = width_text(measure, difference)
    if measure.unit is not Unit.SHARE:
        return f"{text} {width}".rstrip()
    return f"{' '.join(filter(None, (text.removesuffix(' %'), width)))} pp"


def difference_of_shown(
    measure: Measure, first: Estimate, other: Estimate, difference: Estimate
) -> str:
    """Return how much more one figure is than another beside which it is shown.

    It is the difference of the figures as they are shown, so that nothing seems to be wrong; its
    interval is that of the difference.
    """
    shift = _shown(measure, other.value) - _shown(measure, first.value) - difference.value
    shifted = (each + shift for each in (difference.value, difference.low, difference.high))
    return difference_text(measure, Estimate(*shifted))


def _shown(measure: Measure, value: float) -> float:
    """A value with the decimals that are shown of it."""
    if measure.unit is Unit.SHARE:
        return round(value * _PERCENT, 2) / _PERCENT
    return round(value, 0 if measure.unit is Unit.MONEY else 2)


def value_text(measure: Measure, value: float, *, signed: bool = False) -> str:
    """Return a value with its unit."""
    plus = "+" if signed and value > 0 else ""
    match measure.unit:
        case Unit.SHARE:
            return plus + percent(value, 2)
        case Unit.MONEY:
            return money(value, signed=signed)
        case Unit.NUMBER:
            return plus + decimal_text(value, 2)


def width_text(measure: Measure, estimate: Estimate) -> str:
    """Return the half width of an interval; nothing where it has none or is not known."""
    half = max(estimate.high - estimate.value, estimate.value - estimate.low)
    if not half or not isfinite(half):
        return ""
    match measure.unit:
        case Unit.SHARE:
            return f"± {decimal_text(half * _PERCENT, 2)}"
        case Unit.MONEY:
            return f"± {decimal_text(half / CENTS_PER_DOLLAR, 2)}"
        case Unit.NUMBER:
            return f"± {decimal_text(half, 2)}"


def in_unit(measure: Measure, value: float) -> float:
    """Return a value in what `UNITS` says."""
    match measure.unit:
        case Unit.SHARE:
            return value * _PERCENT
        case Unit.MONEY:
            return value / CENTS_PER_DOLLAR
        case Unit.NUMBER:
            return value
