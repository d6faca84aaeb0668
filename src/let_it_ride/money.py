"""Money is whole cents.

Amounts become cents once, where the configuration is compiled. What is not whole cents after a
multiplication is rounded down to the cent, here and nowhere else.
"""

from contextlib import suppress
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import floor
from typing import Final

CENTS_PER_DOLLAR: Final = 100

#: Amounts with more digits before the point, or zeros behind it, are refused before anything is
#: computed with them: 1e999999999 would take forever.
_MOST_DIGITS: Final = 16

#: So much of what is no amount is told.
_SHOWN: Final = 40


def cents(dollars: Decimal) -> int:
    """The cents of an amount in dollars that has at most two decimals.

    Raises:
        ValueError: the amount is finer than a cent.
    """
    amount = Fraction(dollars) * 100
    if amount.denominator != 1:
        raise ValueError(f"{dollars} is finer than a cent")
    return amount.numerator


def read_cents(text: str) -> int:
    """The cents of an amount in dollars as a person writes it: ``480`` or ``$1,234.50``.

    Raises:
        ValueError: it is no such amount.
    """
    with suppress(InvalidOperation, ValueError, OverflowError):
        amount = Decimal(text.strip().removeprefix("$").replace(",", ""))
        if abs(amount.adjusted()) < _MOST_DIGITS:
            return cents(amount)
    told = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    raise ValueError(f"{told!r} is no amount in dollars, such as 480 or 480.00")


def whole_cents(amount: Fraction) -> int:
    """Cents of an amount in cents that a multiplication has made finer: rounded down."""
    return floor(amount)


def dollars(amount: int | float) -> float:
    """An amount in cents as a number of dollars, for exports that others read."""
    return amount / 100


def decimal_cents(amount: int) -> str:
    """An amount in cents as a decimal number of dollars, exactly: ``-1234.50``."""
    whole, rest = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{rest:02}"


def dollar_text(amount: int | float, *, signed: bool = False) -> str:
    """An amount in cents, rounded to whole ones, as a person writes it: ``-$1,234.50``."""
    whole = round(amount)
    sign = "-" if whole < 0 else "+" if signed and whole > 0 else ""
    dollars, cents = divmod(abs(whole), 100)
    return f"{sign}${dollars:,}.{cents:02}"
