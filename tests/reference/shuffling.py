"""The cards that a table's random numbers deal, in plain Python.

Half a word is a fraction of 32 bits. Multiplied by how many cards there are to choose from, its
whole part names the card, and the fraction that is left names the next one in the same way, for
four cards. Fractions that are left at the end and would favour some hands are drawn again.
"""

from collections.abc import Iterator

from reference.cards import DECK
from reference.seats import TableDeal

_AT_ONCE = 4


def table_deals(words: Iterator[int], seats: int) -> Iterator[TableDeal]:
    """The rounds of a table: the community cards first, then three for each seat."""
    deck = list(range(len(DECK)))
    halves = (half for word in words for half in (word % 2**32, word >> 32))
    while True:
        for first in range(0, 2 + 3 * seats, _AT_ONCE):
            for place, chosen in enumerate(_four_places(halves, len(deck) - first), start=first):
                deck[place], deck[place + chosen] = deck[place + chosen], deck[place]
        cards = [DECK[number] for number in deck]
        own = tuple(tuple(cards[2 + 3 * seat : 5 + 3 * seat]) for seat in range(seats))
        yield TableDeal(own, cards[0], cards[1])


def _four_places(halves: Iterator[int], cards: int) -> list[int]:
    """How far behind its own place each of the next four cards is."""
    ways = cards * (cards - 1) * (cards - 2) * (cards - 3)
    for half in halves:
        places, left = [], half
        for choices in range(cards, cards - _AT_ONCE, -1):
            place, left = divmod(left * choices, 2**32)
            places.append(place)
        if left >= 2**32 % ways:
            return places
    raise AssertionError("a stream never ends")
