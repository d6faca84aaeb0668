"""What a player calls the hands of a class."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Final

from let_it_ride.game.categories import FiveCard
from let_it_ride.game.deals import HandClasses
from let_it_ride.game.hands import FEATURES

_COUNTS: Final = ("no", "one", "two", "three", "four", "five")
_MADE: Final = {
    FiveCard.FOUR_OF_A_KIND: "four of a kind",
    FiveCard.THREE_OF_A_KIND: "three of a kind",
    FiveCard.TWO_PAIR: "two pair",
    FiveCard.PAIR_TENS_OR_BETTER: "a pair of tens or better",
}


def descriptions(hands: HandClasses, cards: int) -> list[tuple[str, ...]]:
    """Describe every class of hands, from broad words to ones that name all that can be seen.

    Args:
        hands: the classes.
        cards: how many cards each of the hands has, three or four.
    """
    return [
        _described(dict(zip(FEATURES, row, strict=True)), cards) for row in hands.features.tolist()
    ]


def clear_words(words: Sequence[tuple[str, ...]], played: Sequence[Hashable]) -> Iterator[str]:
    """Yield for each class the broadest words that only classes played alike have.

    Where even the finest words are had by others, they say that some of the hands are meant.

    Args:
        words: what each class may be called, from broad words to fine ones.
        played: what is done with each.
    """
    plays = defaultdict(set)
    for each, play in zip(words, played, strict=True):
        for hand in each:
            plays[hand].add(play)
    for each in words:
        clear = (hand for hand in each if len(plays[hand]) == 1)
        yield next(clear, f"{each[-1]} (some)")


def _described(seen: dict[str, int], cards: int) -> tuple[str, ...]:
    kind = _kind(seen, cards)
    high = kind
    if "royal" not in kind:
        high += f", {_counted(seen['high_cards'], 'high card')}"
    straights = high
    if seen["straights"]:
        straights += f", in {_counted(seen['straights'], 'straight')}"
    shape = straights
    if seen["suited_cards"] < cards:
        shape += f", {_COUNTS[seen['suited_cards']]} of a suit"
    whole = (
        f"{shape}, {_COUNTS[seen['suited_high_cards']]} high of a suit,"
        f" {_COUNTS[seen['connected_cards']]} within a straight"
    )
    return kind, high, straights, shape, whole


def _kind(seen: dict[str, int], cards: int) -> str:
    count, spread = _COUNTS[cards], seen["straight_flush_spread"]
    if seen["made"] in _MADE:
        return _MADE[FiveCard(seen["made"])]
    if seen["has_low_pair"]:
        return "a pair of nines or lower"
    if spread and seen["high_cards"] == cards:
        return f"{count} to a royal flush"
    if spread:
        return f"{count} suited, spread {spread}"
    if seen["suited_cards"] == cards:
        return f"{count} to a flush"
    if cards == 4 and seen["straights"]:
        return f"four to an {'outside' if seen['straights'] == 2 else 'inside'} straight"
    if seen["straights"]:
        return f"{count} to a straight"
    return "no pair and no draw"


def _counted(number: int, noun: str) -> str:
    return f"{_COUNTS[number]} {noun}{'' if number == 1 else 's'}"
