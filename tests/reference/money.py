"""Money is whole cents; what is finer after a multiplication is rounded down."""

from fractions import Fraction
from math import floor


def exactly(number: float) -> Fraction:
    """A number of the configuration, as it is written there."""
    return Fraction(str(number))


def cents(dollars: float) -> int:
    """The cents of an amount in dollars."""
    return floor(exactly(dollars) * 100)
