"""Money is whole cents.

Amounts become cents once, where the configuration is compiled. What is not whole cents after a
multiplication is rounded down to the cent, here and nowhere else.
"""

import re
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import floor
from typing import Final

CENTS_PER_DOLLAR: Final = 100

#: Amounts with more digits before the point, or zeros behind it, are refused before anything is
#: computed with them: 1e999999999 would take forever.
_MOST_DIGITS: Final = 16

#: Commas stand where they group digits by threes, and nowhere else: to some, 1,50 is 1.50.
_WRITTEN: Final = re.compile(
    r"(?:(?P<minus>[-−])|\+)?\$?"
    r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?<=[0-9])(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?"
    r"|\.[0-9]+)"
)

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


def read_dollars(text: str) -> Decimal:
    """The dollars of an amount as a person writes it: ``480``, ``-$1,234.50`` or ``4.8e2``.

    Raises:
        ValueError: it is no such amount.
    """
    written = _WRITTEN.fullmatch(text.strip())
    if written is not None:
        with suppress(InvalidOperation):  # an exponent can be beyond what decimals have
            amount = Decimal(written["number"].replace(",", ""))
            if abs(amount.adjusted()) < _MOST_DIGITS:
                return -amount if written["minus"] else amount
    raise _no_amount(text)


def read_cents(text: str) -> int:
    """The cents of an amount in dollars as a person writes it (see `read_dollars`).

    Raises:
        ValueError: it is no such amount, or finer than a cent.
    """
    amount = read_dollars(text)
    try:
        return cents(amount)
    except ValueError:
        raise _no_amount(text) from None


def _no_amount(text: str) -> ValueError:
    told = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return ValueError(f"{told!r} is no amount in dollars, such as 480 or 480.00")


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
