"""The names of what hands can be: the categories that paytables pay."""

from enum import IntEnum


class FiveCard(IntEnum):
    """What the main game pays on, best first; `NOTHING` is every hand below a pair of tens."""

    ROYAL_FLUSH = 0
    STRAIGHT_FLUSH = 1
    FOUR_OF_A_KIND = 2
    FULL_HOUSE = 3
    FLUSH = 4
    STRAIGHT = 5
    THREE_OF_A_KIND = 6
    TWO_PAIR = 7
    PAIR_TENS_OR_BETTER = 8
    NOTHING = 9

    @property
    def key(self) -> str:
        """The name used in configurations, reports and JSON."""
        return self.name.lower()


class ThreeCard(IntEnum):
    """What the Three Card Bonus pays on, best first; a mini royal is suited A-K-Q."""

    MINI_ROYAL = 0
    STRAIGHT_FLUSH = 1
    THREE_OF_A_KIND = 2
    STRAIGHT = 3
    FLUSH = 4
    PAIR = 5
    NOTHING = 6

    @property
    def key(self) -> str:
        """The name used in configurations, reports and JSON."""
        return self.name.lower()
