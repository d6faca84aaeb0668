"""The cards shown for a deal class: exactly uniform among its deals, and so as cards are dealt."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from math import sqrt

import numpy as np
import pytest

from let_it_ride.game import shown_cards
from let_it_ride.game.cards import DECK
from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.game.shown_cards import (
    ShownCards,
    bounded,
    card_name,
    class_of,
    example_hands,
    show_cards,
)
from reference.deal_classes import classes_of_four, classes_of_three
from reference.every_hand import every_hand, one_of_each_shape, place

#: A statistic of many degrees of freedom is nearly normal; beyond this many standard deviations
#: it lies once in 150,000 times, and the seeds are fixed.
_DEVIATIONS = 4.5


def words(seed: int) -> Iterator[int]:
    rng = random.Random(seed)
    while True:
        yield rng.getrandbits(64)


def every_way(
    deal_class: int, monkeypatch: pytest.MonkeyPatch, burned: int = 0
) -> Iterator[tuple[ShownCards, int]]:
    """What is shown for each way that all the draws can go, and how many ways there are so far."""
    path: list[int] = []
    bounds: list[int] = []

    def chosen(_words: Iterator[int], bound: int) -> int:
        if len(bounds) == len(path):
            path.append(0)
        bounds.append(bound)
        return path[len(bounds) - 1]

    monkeypatch.setattr(shown_cards, "bounded", chosen)
    while True:
        bounds.clear()
        yield show_cards(deal_class, iter(()), burned), int(np.prod(bounds))
        while path and path[-1] + 1 == bounds[len(path) - 1]:
            path.pop()
        if not path:
            return
        path[-1] += 1


def classes_by_size() -> list[int]:
    return np.argsort(deal_table().weight, kind="stable").tolist()


@pytest.mark.parametrize("deal_class", [*classes_by_size()[:40], *classes_by_size()[200:1000:100]])
def test_every_deal_of_a_class_is_shown_in_equally_many_ways(
    deal_class: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways: Counter[tuple[frozenset[int], int, int]] = Counter()
    sizes = set()
    for cards, size in every_way(deal_class, monkeypatch):
        ways[frozenset(cards.own), cards.fourth, cards.fifth] += 1
        sizes.add(size)
    assert sizes == {ways.total()}, "not every way is as likely"
    assert len(ways) == deal_table().weight[deal_class]
    assert len(set(ways.values())) == 1


def test_the_three_cards_come_in_every_order(monkeypatch: pytest.MonkeyPatch) -> None:
    smallest = classes_by_size()[0]
    orders = Counter(cards.own for cards, _ in every_way(smallest, monkeypatch))
    for own, ways in orders.items():
        assert orders[own[2], own[0], own[1]] == orders[own[1], own[0], own[2]] == ways


def test_every_unseen_card_is_as_likely_to_be_burned(monkeypatch: pytest.MonkeyPatch) -> None:
    first = {}
    for cards, _ in islice(every_way(0, monkeypatch, burned=2), 47 * 46):
        first.setdefault((cards.own, cards.fourth, cards.fifth), Counter())[cards.burned] += 1
    (((own, fourth, fifth), burned),) = first.items()
    unseen = set(DECK) - {*own, fourth, fifth}
    assert burned == Counter((a, b) for a in unseen for b in unseen if a != b)


def test_numbers_below_a_bound_are_drawn_again_where_some_would_come_too_often() -> None:
    for bound in (1, 2, 3, 24, 4324):
        last = 2**64 - 2**64 % bound - 1
        assert bounded(iter([last]), bound) == bound - 1
        if last + 1 < 2**64:
            assert bounded(iter([last + 1, 2**64 - 1, 5]), bound) == 5 % bound


def test_cards_are_named_by_rank_and_suit() -> None:
    assert [card_name(card) for card in (0, 1, 35, 50, 51)] == ["2c", "2d", "Ts", "Ah", "As"]


def chi_square(counts: np.ndarray, expected: np.ndarray) -> float:
    """How many standard deviations the statistic of Pearson's test is from its mean."""
    freedom = len(counts) - 1
    statistic = float((((counts - expected) ** 2) / expected).sum())
    return (statistic - freedom) / sqrt(2 * freedom)


@pytest.mark.slow
def test_cards_shown_for_drawn_classes_have_the_law_of_dealt_cards() -> None:
    """The shape of the three cards, and every card in every place."""
    drawn = 60_000
    weight = deal_table().weight
    classes = np.random.default_rng(8).choice(len(weight), size=drawn, p=weight / TOTAL_DEALS)
    source = words(8)
    shown = [show_cards(deal_class, source) for deal_class in classes.tolist()]
    cards = np.array([(*hand.own, hand.fourth, hand.fifth) for hand in shown])
    for column in cards.T:
        counts = np.bincount(column, minlength=52)
        assert abs(chi_square(counts, np.full(52, drawn / 52))) < _DEVIATIONS

    shape_of_hand, hands_of_shape = shapes_of_three()
    counts = np.bincount(
        shape_of_hand[place(np.sort(cards[:, :3], axis=1))], minlength=len(hands_of_shape)
    )
    expected = hands_of_shape * drawn / 22_100
    assert abs(chi_square(counts, expected)) < _DEVIATIONS


def shapes_of_three() -> tuple[np.ndarray, np.ndarray]:
    """The shape of every three-card hand, and how many hands have each."""
    hands = every_hand(3).astype(np.int64)
    suits = [np.where(hands & 3 == suit, 1 << (hands >> 2), 0).sum(axis=1) for suit in range(4)]
    as_digits = np.sort(np.column_stack(suits), axis=1) @ (1 << 13 * np.arange(4))
    _, shape, sizes = np.unique(as_digits, return_inverse=True, return_counts=True)
    assert len(sizes) == len(one_of_each_shape(3)) == 1755
    return shape, sizes


@pytest.mark.parametrize(("size", "classes"), [(3, classes_of_three), (4, classes_of_four)])
def test_cards_are_of_the_class_that_going_through_all_hands_gives_them(
    size: int, classes: Callable[[], np.ndarray]
) -> None:
    hands, rng = every_hand(size), random.Random(5)
    for at in rng.sample(range(len(hands)), 200):
        hand = hands[at].tolist()
        rng.shuffle(hand)
        assert class_of(hand) == classes()[at]


@pytest.mark.parametrize("size", [3, 4])
def test_the_example_of_a_class_is_of_that_class(size: int) -> None:
    names = {card_name(card): card for card in DECK}
    for number, example in enumerate(example_hands(size)):
        assert class_of([names[card] for card in example]) == number
        assert [names[card] for card in example] == sorted(map(names.get, example), reverse=True)
