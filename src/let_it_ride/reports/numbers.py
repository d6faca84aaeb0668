"""How numbers are written for people to read."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from let_it_ride.money import dollar_text

MINUS = "−"

#: What a number has before its point.
_WHOLE: Final = re.compile(r"[+−$\d,]+(?=\.|\s|$)")


def percent(share: Fraction | float, decimals: int = 2) -> str:
    """Return a share as a percentage."""
    return signed_minus(f"{float(share) * 100:,.{decimals}f} %")


def share_text(share: float, decimals: int = 2) -> str:
    """Return a share as a percentage; of one that would be rounded to none, that it is less."""
    least = 10 ** -(decimals + 2)
    return f"< {percent(least, decimals)}" if 0 < share < least / 2 else percent(share, decimals)


def percentile_name(percentage: int, median: str = "Median") -> str:
    """Return what a percentile is called: "5th percentile"."""
    if percentage == 50:
        return median
    return f"{percentage}{'st' if percentage == 1 else 'th'} percentile"


def points(difference: float, decimals: int) -> str:
    """Return a difference of shares in percentage points, with its sign if any decimal tells it."""
    rounded = round(difference, decimals + 2) or 0.0
    return f"{'+' if rounded > 0 else ''}{decimal_text(rounded * 100, decimals)} pp"


def fraction_text(value: Fraction) -> str:
    """Return a fraction as it is."""
    return signed_minus(f"{value.numerator}/{value.denominator}")


def decimal_text(value: Fraction | float, decimals: int) -> str:
    """Return a number with so many decimals."""
    return signed_minus(f"{float(value):,.{decimals}f}")


def points_aligned(texts: Sequence[str]) -> list[str]:
    """Return texts with blanks before numbers, so that their points stand below each other."""
    found = [_WHOLE.match(text) for text in texts]
    whole = [match.end() if match else None for match in found]
    widest = max((each for each in whole if each is not None), default=0)
    return [
        text if each is None else " " * (widest - each) + text
        for each, text in zip(whole, texts, strict=True)
    ]


def money(cents: float, *, signed: bool = False) -> str:
    """Return an amount in cents as dollars."""
    return signed_minus(dollar_text(cents, signed=signed))


def count(value: int) -> str:
    """Return a whole number."""
    return signed_minus(f"{value:,}")


def one_in(share: Fraction) -> str:
    """Return a chance as one in so many."""
    if not share:
        return "never"
    odds = 1 / share
    return f"1 in {float(odds):,.1f}" if odds < 1000 else f"1 in {round(odds):,}"


def chance(probability: float) -> str:
    """Return the chance of something unlikely, which may be too small for a double."""
    if probability < 1e-300:
        return "<1e−300"
    if probability < 1e-4:
        return f"{probability:.1e}".replace("e-", f"e{MINUS}")
    return f"{probability:.4f}"


def rate(per_second: float) -> str:
    """Return a rate, short."""
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if per_second >= size:
            return f"{per_second / size:.1f}{unit}/s"
    return f"{per_second:.0f}/s"


def size_text(size: int) -> str:
    """Return a number of bytes, short, in decimal units."""
    for unit, least in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= least * 0.9995:  # what would be rounded to 1000 of the next smaller unit
            return f"{size / least:.3g} {unit}"
    return f"{size} B"


def duration(seconds: float) -> str:
    """Return a time as a clock shows it; a short one in seconds."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours}:{minutes:02}:{whole % 60:02}"
    return f"{minutes}:{whole % 60:02}"


def hours_and_minutes(minutes: float) -> str:
    """Return a time as hours and whole minutes."""
    hours, rest = divmod(round(minutes), 60)
    return f"{hours:,}:{rest:02}"


def signed_minus(text: str) -> str:
    """Return a number's text with a real minus sign."""
    return text.replace("-", MINUS, 1) if text.startswith("-") else text
