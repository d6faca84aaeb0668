"""Which deal class any cards belong to, and cards for any deal class.

This is where the reference meets the program: its deal table is read, and every hand of
`every_hand` is matched to the class that has its looks, its rivers and its continuations. What is
counted here is counted over all hands; nothing comes from the program's own enumeration.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.cards import masks_of_cards
from let_it_ride.game.deals import DealTable, deal_table
from let_it_ride.game.hands import hand_features
from reference.cards import DECK, Deal
from reference.every_hand import (
    Numbers,
    as_cards,
    every_hand,
    five_card_names,
    place,
    rivers,
    starts_and_fourths,
)
from reference.hands import BONUS_HANDS, NOTHING, bonus_hand

BONUS_NAMES = (*BONUS_HANDS, NOTHING)

#: Cards are found for each class this many times over, as far as they differ.
_DEALS_PER_CLASS = 6


@cache
def bonus_names() -> NDArray[np.uint8]:
    """What every three-card hand makes, as an index into `BONUS_NAMES`; shape (22100,)."""
    return np.array(
        [BONUS_NAMES.index(bonus_hand(as_cards(hand))) for hand in every_hand(3)], dtype=np.uint8
    )


@cache
def situations() -> Numbers:
    """The number of the river counts of every four-card hand: equal numbers, equal counts."""
    as_digits = rivers() @ 49 ** np.arange(rivers().shape[1])
    return np.unique(as_digits, return_inverse=True)[1]


@cache
def classes_of_four() -> Numbers:
    """The program's class of every four-card hand; shape (270725,)."""
    table = deal_table()
    return _matched(
        np.column_stack([hand_features(masks_of_cards(every_hand(4))), rivers()]),
        np.column_stack([table.four.features, _rivers_of_classes(table)]),
    )


@cache
def classes_of_three() -> Numbers:
    """The program's class of every three-card hand; shape (22100,)."""
    table = deal_table()
    kinds = int(situations().max()) + 1
    situation_of_class = np.zeros(len(table.four), dtype=np.int64)
    situation_of_class[classes_of_four()] = situations()

    three, four = starts_and_fourths()
    leads_to = _counted(three, situations()[four], len(every_hand(3)), kinds)
    deals = _counted(
        table.three_class,
        situation_of_class[table.four_class],
        len(table.three),
        kinds,
        table.weight,
    )
    class_leads_to = _scaled(deals, 49)
    class_bonus = np.zeros(len(table.three), dtype=np.int64)
    class_bonus[table.three_class] = table.bonus_category
    return _matched(
        np.column_stack([hand_features(masks_of_cards(every_hand(3))), bonus_names(), leads_to]),
        np.column_stack([table.three.features, class_bonus, class_leads_to]),
    )


@dataclass(frozen=True)
class CountedDeals:
    """All deals, counted by the classes of their cards.

    Attributes:
        classes: (three-card class, four-card class, five-card category, bonus category) of each
            kind of deal there is; shape (kinds, 4).
        weight: how many deals are of the kind; shape (kinds,).
    """

    classes: Numbers
    weight: Numbers


def count_deals() -> CountedDeals:
    """Go through every start, fourth card and river, and count what they are."""
    three, four = starts_and_fourths()
    classes = (classes_of_three()[three], classes_of_four()[four], bonus_names()[three])
    size = [int(numbers.max()) + 1 for numbers in classes]
    kind = np.ravel_multi_index(classes, size)
    weight = np.column_stack(
        [np.bincount(kind, weights=river, minlength=np.prod(size)) for river in rivers()[four].T]
    ).astype(np.int64)
    kinds, category = np.nonzero(weight)
    start, fourth, bonus = np.unravel_index(kinds, size)
    return CountedDeals(np.column_stack([start, fourth, category, bonus]), weight[kinds, category])


@cache
def deals_by_class() -> tuple[tuple[Deal, ...], ...]:
    """Some deals, as cards, of every deal class of the table."""
    table = deal_table()
    three, four = _some_starts()
    own, four_cards = every_hand(3)[three], every_hand(4)[four]
    first = four_cards[~(four_cards[:, :, None] == own[:, None, :]).any(axis=2)]
    start_of: dict[tuple[int, int], list[int]] = {}
    keys = zip(classes_of_three()[three].tolist(), classes_of_four()[four].tolist(), strict=True)
    for row, key in enumerate(keys):
        start_of.setdefault(key, []).append(row)
    names = _names_with_each_fifth(four_cards)
    rng = np.random.default_rng(20_250_101)

    def some_deals(deal_class: int) -> tuple[Deal, ...]:
        rows = start_of[int(table.three_class[deal_class]), int(table.four_class[deal_class])]
        found = []
        for row in rows:
            fifths = np.flatnonzero(names[row] == table.category[deal_class])
            fifth = DECK[rng.choice(fifths)]
            found.append(Deal(as_cards(rng.permutation(own[row])), DECK[first[row]], fifth))
        return tuple(found)

    return tuple(some_deals(deal_class) for deal_class in range(len(table)))


class Dealer:
    """Deals cards for deal classes, and counts the classes it dealt.

    Attributes:
        dealt: how often each deal class came; shape (deal classes,).
    """

    def __init__(self) -> None:
        self.dealt = np.zeros(len(deals_by_class()), dtype=np.int64)
        self._random = random.Random(11)

    def cards_for(self, classes: Iterable[int]) -> Iterator[Deal]:
        """A deal of each class in turn, as far as it is asked for."""
        for deal_class in classes:
            self.dealt[deal_class] += 1
            yield self._random.choice(deals_by_class()[deal_class])


def _some_starts() -> tuple[Numbers, Numbers]:
    """A few random starts with a fourth card for every pair of classes."""
    three, four = starts_and_fourths()
    order = np.random.default_rng(20_250_102).permutation(len(three))
    pair = (classes_of_three()[three] * 10_000 + classes_of_four()[four])[order]
    by_pair = order[np.argsort(pair, kind="stable")]
    _, begins, sizes = np.unique(np.sort(pair), return_index=True, return_counts=True)
    taken = np.concatenate(
        [
            by_pair[begin : begin + min(size, _DEALS_PER_CLASS)]
            for begin, size in zip(begins, sizes, strict=True)
        ]
    )
    return three[taken], four[taken]


def _names_with_each_fifth(four: NDArray[np.int8]) -> NDArray[np.int64]:
    """What four cards make with each of the 52 as the fifth, −1 where they hold it."""
    fifth = np.arange(len(DECK), dtype=np.int8)
    with_fifth = np.empty((len(four), len(DECK), 5), dtype=np.int8)
    with_fifth[:, :, :4] = four[:, None, :]
    with_fifth[:, :, 4] = fifth
    at = place(np.sort(with_fifth.reshape(-1, 5), axis=1)).reshape(len(four), len(DECK))
    held = (four[:, :, None] == fifth).any(axis=1)
    return np.where(held, -1, five_card_names()[np.where(held, 0, at)].astype(np.int64))


def _rivers_of_classes(table: DealTable) -> Numbers:
    return _scaled(table.four_card_counts, 48)


def _scaled(deals: Numbers, total: int) -> Numbers:
    """Rows of deals brought down to a row sum; they must be multiples of it."""
    scaled, rest = np.divmod(deals * total, deals.sum(axis=1, keepdims=True))
    assert not rest.any()
    return scaled


def _counted(
    rows: Numbers,
    columns: Numbers,
    height: int,
    width: int,
    weight: Numbers | None = None,
) -> Numbers:
    counts = np.zeros((height, width), dtype=np.int64)
    np.add.at(counts, (rows, columns), 1 if weight is None else weight)
    return counts


def _matched(hands: Numbers, classes: Numbers) -> Numbers:
    """The class whose row each hand's row is."""
    number = {row.tobytes(): k for k, row in enumerate(classes.astype(np.int64))}
    assert len(number) == len(classes), "two classes are described alike"
    return np.array([number[row.tobytes()] for row in hands.astype(np.int64)], dtype=np.int64)
