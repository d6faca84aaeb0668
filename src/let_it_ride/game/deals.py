"""The game collapsed: every deal of a round, gathered into the few classes that differ to anyone.

A round is 22,100 × 49 × 48 = 51,979,200 equally likely deals of three cards, a fourth and a fifth.
A player decides on what can be seen of three and of four cards, and is paid for the five-card
category and, on the bonus, for the three-card category. Deals that agree in all of that are one
*deal class*, and the deal table says how many deals each class holds. It is the same table for
every strategy, paytable and betting system.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from let_it_ride.files import FileError, cache_directory, read_small_file, write_atomically
from let_it_ride.game.cards import DECK, SuitMasks, canonical, masks_of_cards
from let_it_ride.game.categories import FiveCard
from let_it_ride.game.hands import (
    FEATURES,
    five_card_categories,
    hand_features,
    three_card_categories,
)

TOTAL_DEALS: Final = 22_100 * 49 * 48

#: SHA-256 of `DealTable.to_bytes`. The order of the classes decides what a seed deals, so a change
#: here is a change of every simulated result.
DEAL_TABLE_SHA256: Final = "14c281f3afd2ab2bb8b44c08b04a6c3da1d251e37f1210b4f7826544373caffb"

_DEAL_COLUMNS: Final = (
    ("three_class", "<u2"),
    ("four_class", "<u2"),
    ("category", "u1"),
    ("bonus_category", "u1"),
    ("weight", "<u4"),
)

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class HandClasses:
    """Unfinished hands of one size, gathered into classes.

    Attributes:
        features: what can be seen of a hand of each class; shape (classes, len(FEATURES)).
    """

    features: NDArray[np.uint8]

    def __len__(self) -> int:
        """How many classes there are."""
        return len(self.features)

    def feature(self, name: str) -> Integers:
        """One column of `features`, by its name in `FEATURES`; shape (classes,)."""
        return self.features[:, FEATURES.index(name)].astype(np.int64)


@dataclass(frozen=True, eq=False)
class DealTable:
    """Every deal class with the number of deals it holds.

    Attributes:
        three: the classes of three-card hands.
        four: the classes of four-card hands.
        three_class: class of the player's three cards, by deal class; an index into `three`.
        four_class: class of the first four cards, by deal class; an index into `four`.
        category: `FiveCard` of the finished hand, by deal class.
        bonus_category: `ThreeCard` of the player's three cards, by deal class.
        weight: deals in each class; their sum is `TOTAL_DEALS`.
    """

    three: HandClasses
    four: HandClasses
    three_class: Integers
    four_class: Integers
    category: Integers
    bonus_category: Integers
    weight: Integers

    def __len__(self) -> int:
        """How many deal classes there are."""
        return len(self.weight)

    @cached_property
    def four_card_counts(self) -> Integers:
        """Deals by four-card class and `FiveCard`; shape (four-card classes, categories)."""
        return _cross_table(
            self.four_class, self.category, (len(self.four), len(FiveCard)), self.weight
        )

    @cached_property
    def three_card_counts(self) -> Integers:
        """Deals by three-card class and `FiveCard`; shape (three-card classes, categories)."""
        return _cross_table(
            self.three_class, self.category, (len(self.three), len(FiveCard)), self.weight
        )

    def to_bytes(self) -> bytes:
        """The whole table in the fixed form that `deal_table` keeps, always the same bytes."""
        sizes = np.array([len(self.three), len(self.four), len(self)], dtype="<u4")
        columns = (getattr(self, name).astype(dtype) for name, dtype in _DEAL_COLUMNS)
        parts = (sizes, self.three.features, self.four.features, *columns)
        return b"".join(part.tobytes() for part in parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Rebuild the table from `to_bytes`."""
        three, four, deals = (int(size) for size in np.frombuffer(data, "<u4", count=3))
        seen = len(FEATURES)
        at = 12

        def take(dtype: str, count: int) -> NDArray[Any]:
            nonlocal at
            column = np.frombuffer(data, dtype, count, at)
            at += column.nbytes
            return column

        return cls(
            three=HandClasses(take("u1", three * seen).reshape(three, seen)),
            four=HandClasses(take("u1", four * seen).reshape(four, seen)),
            **{name: take(dtype, deals).astype(np.int64) for name, dtype in _DEAL_COLUMNS},
        )


@cache
def deal_table() -> DealTable:
    """The deal table: enumerated at the first use on this machine, then kept and read back.

    A kept table is used only if it is, to the last bit, the one this version enumerates.
    """
    file = cache_directory() / f"deals-{DEAL_TABLE_SHA256[:16]}.bin"
    try:
        kept = read_small_file(file, limit=1 << 20)
    except OSError:
        kept = b""
    if hashlib.sha256(kept).hexdigest() == DEAL_TABLE_SHA256:
        return DealTable.from_bytes(kept)
    table = enumerate_deals()
    with suppress(OSError, FileError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, table.to_bytes())
    return table


@dataclass(frozen=True, eq=False)
class ClassedHands:
    """Every suit-canonical hand of three and of four cards, with its class.

    Attributes:
        three: suit masks of the three-card hands; shape (1755, 4).
        three_weight: how many hands each stands for.
        three_class: the class of each, numbered as in the deal table.
        three_rows: what describes a class, by class: features, bonus category, situations.
        four, four_class, four_rows: the same of four cards, with features and river counts.
        extended: each three-card hand with each other card, the latter's suit as it is; suit
            masks, shape (85995, 4).
        extended_from: the three-card hand of each, an index into `three`.
        extended_to: the four-card hand of each, an index into `four`.
    """

    three: SuitMasks
    three_weight: Integers
    three_class: Integers
    three_rows: NDArray[Any]
    four: SuitMasks
    four_class: Integers
    four_rows: NDArray[Any]
    extended: SuitMasks
    extended_from: Integers
    extended_to: Integers


def classed_hands() -> ClassedHands:
    """Gather hands into classes.

    Two three-card hands are of one class if they look the same (`hand_features`), win the same
    bonus, and lead to the same situations on four cards, a situation being how many of the 48
    river cards make each five-card category. Two four-card hands are of one class if they look
    the same and are the same situation. Classes are numbered in the order of those descriptions.
    """
    all_three = masks_of_cards(np.array(list(combinations(DECK, 3))))
    three, three_weight = _distinct(canonical(all_three))
    four_from, extended = _with_one_more_card(three)
    four, four_of = _distinct_and_where(canonical(extended))
    five_from, five = _with_one_more_card(four)
    river = _cross_table(five_from, five_card_categories(five), (len(four), len(FiveCard)))
    situations, situation = _distinct_and_where(river)
    leads_to = _cross_table(four_from, situation[four_of], (len(three), len(situations)))

    described = np.column_stack([hand_features(three), three_card_categories(three), leads_to])
    three_rows, three_class = _distinct_and_where(described)
    four_rows, four_class = _distinct_and_where(np.column_stack([hand_features(four), river]))
    return ClassedHands(
        three=three,
        three_weight=three_weight,
        three_class=three_class,
        three_rows=three_rows,
        four=four,
        four_class=four_class,
        four_rows=four_rows,
        extended=extended,
        extended_from=four_from,
        extended_to=four_of,
    )


def enumerate_deals() -> DealTable:
    """Go through all 51,979,200 deals, suits renamed, and gather them into classes."""
    hands = classed_hands()
    seen = len(FEATURES)
    paths = _cross_table(
        hands.three_class[hands.extended_from],
        hands.four_class[hands.extended_to],
        (len(hands.three_rows), len(hands.four_rows)),
        hands.three_weight[hands.extended_from],
    )
    weight = paths[:, :, None] * hands.four_rows[None, :, seen:]
    deals = np.nonzero(weight)
    return DealTable(
        three=HandClasses(hands.three_rows[:, :seen].astype(np.uint8)),
        four=HandClasses(hands.four_rows[:, :seen].astype(np.uint8)),
        three_class=deals[0],
        four_class=deals[1],
        category=deals[2],
        bonus_category=hands.three_rows[deals[0], seen],
        weight=weight[deals],
    )


def _distinct(masks: SuitMasks) -> tuple[SuitMasks, Integers]:
    hands, counts = np.unique(masks, axis=0, return_counts=True)
    return hands, counts.astype(np.int64)


def _distinct_and_where(rows: NDArray[Any]) -> tuple[NDArray[Any], Integers]:
    """The distinct rows in order, and for each row the number of its like among them."""
    distinct, where = np.unique(rows, axis=0, return_inverse=True)
    return distinct, where.reshape(-1)


def _with_one_more_card(hands: SuitMasks) -> tuple[Integers, SuitMasks]:
    """Each hand with each card it lacks: the index of the hand, and the longer hand."""
    cards = masks_of_cards(np.array(DECK)[:, None])
    hand, card = np.nonzero(~(hands[:, None, :] & cards).any(axis=2))
    return hand, hands[hand] | cards[card]


def _cross_table(
    rows: Integers,
    columns: NDArray[np.integer],
    shape: tuple[int, int],
    weight: Integers | None = None,
) -> Integers:
    """Count, or add the weights of, each pair of row and column."""
    # Weights are added as doubles, exactly: all deals together are far fewer than 2^53.
    flat = np.bincount(rows * shape[1] + columns, weights=weight, minlength=shape[0] * shape[1])
    return flat.astype(np.int64).reshape(shape)
