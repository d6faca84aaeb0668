"""The published pay tables: odds "to one" for every category, best hand first.

A hand that is not on a table, or that it pays 0, loses every bet still in action.
"""

from fractions import Fraction
from typing import Final

Paytable = tuple[int, ...]
"""Odds to one of the main game, by `FiveCard`; 0 loses."""

BonusPaytable = tuple[int | Fraction, ...]
"""Odds to one of the bonus, by `ThreeCard`; a progressive meter need not be whole dollars."""

MAIN_PAYTABLES: Final[dict[str, Paytable]] = {
    "standard": (1000, 200, 50, 11, 8, 5, 3, 2, 1, 0),
    "liberal": (500, 100, 25, 15, 10, 5, 3, 2, 1, 0),
    "tight": (1000, 200, 50, 11, 7, 5, 3, 2, 1, 0),
}

#: Three Card Bonus, by `ThreeCard`. In `paytable_c` the mini royal wins the progressive meter,
#: so its entry here is 0 and the meter is paid apart.
BONUS_PAYTABLES: Final[dict[str, tuple[int, ...]]] = {
    "paytable_a": (50, 40, 30, 6, 3, 1, 0),
    "paytable_b": (100, 40, 30, 5, 4, 1, 0),
    "paytable_c": (0, 50, 30, 6, 3, 1, 0),
    "paytable_d": (50, 40, 30, 6, 4, 1, 0),
}
