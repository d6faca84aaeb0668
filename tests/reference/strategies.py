"""When bets ride: each strategy looks at three cards for bet 1, at four for bet 2."""

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from reference.cards import DECK, Cards, ranks_of, shape_of
from reference.expressions import Formula
from reference.features import RULE_VARIABLES, high_cards
from reference.hands import STRAIGHTS, all_different, all_suited, main_hand, sets_and_pairs
from reference.paytables import net_result

Decision = Callable[[Cards], bool]


def strategy(settings: Mapping[str, Any], pays: Mapping[str, int]) -> Decision:
    """The configured strategy: whether a bet rides on these three or four cards."""
    kind = settings.get("type", "basic")

    def is_paid(hand: Cards) -> bool:
        return pays.get(sets_and_pairs(hand), 0) > 0

    def chart(hand: Cards) -> bool:
        on_chart = three_on_the_chart if len(hand) == 3 else four_on_the_chart
        return is_paid(hand) or on_chart(hand)

    def optimal(hand: Cards) -> bool:
        worth = mean_result(hand, pays)
        return worth > 0 or (worth == 0 and settings.get("ties", "pull") == "ride")

    decisions: dict[str, Decision] = {
        "basic": chart,
        "optimal": optimal,
        "goal": optimal,  # where the goal makes no difference
        "always_ride": lambda _: True,
        "always_pull": lambda _: False,
        "conservative": is_paid,
        "aggressive": lambda hand: is_paid(hand) or all_suited(hand) or fits_a_straight(hand),
    }
    if kind == "custom":
        return by_rules(settings, is_paid)
    return decisions[kind]


SEEN_BY_RULES = frozenset({*RULE_VARIABLES, "has_paying_hand", "default"})


def by_rules(settings: Mapping[str, Any], is_paid: Decision) -> Decision:
    """The first rule that holds decides; where none does, the bet is pulled."""

    def read(rules: list[Mapping[str, str]]) -> list[tuple[Formula, bool]]:
        return [(Formula(rule["when"], SEEN_BY_RULES), rule["action"] == "ride") for rule in rules]

    rules_for = {3: read(settings.get("bet1_rules", [])), 4: read(settings.get("bet2_rules", []))}

    @cache
    def decision(shape: Cards) -> bool:
        seen = {name: float(definition(shape)) for name, definition in RULE_VARIABLES.items()}
        seen |= {"has_paying_hand": float(is_paid(shape)), "default": 1.0}
        for when, ride in rules_for[len(shape)]:
            if when.value(seen):
                return ride
        return False

    return lambda hand: decision(shape_of(hand))


def three_on_the_chart(hand: Cards) -> bool:
    """The lines of the published chart for three unpaid cards; an ace counts high."""
    if not all_suited(hand):
        return False
    lowest, _, highest = ranks_of(hand)
    spanned = highest - lowest + 1
    if high_cards(hand) == 3:
        return True
    if spanned == 3:
        return ranks_of(hand) != [2, 3, 4]
    if spanned == 4:
        return high_cards(hand) >= 1
    return spanned == 5 and high_cards(hand) >= 2


def four_on_the_chart(hand: Cards) -> bool:
    """The lines of the published chart for four unpaid cards."""
    if all_suited(hand):
        return True
    completed_by = ranks_that_complete_a_straight(hand)
    if len(completed_by) == 2:
        return high_cards(hand) >= 1
    return len(completed_by) == 1 and high_cards(hand) == 4


def ranks_that_complete_a_straight(hand: Cards) -> set[int]:
    missing = [straight.difference(ranks_of(hand)) for straight in STRAIGHTS]
    return {rank for ranks in missing if len(ranks) == 1 for rank in ranks}


def fits_a_straight(hand: Cards) -> bool:
    """Whether all cards can be part of one straight, the ace high or low."""
    ranks = set(ranks_of(hand))
    return all_different(hand) and any(ranks <= straight for straight in STRAIGHTS)


def mean_result(hand: Cards, pays: Mapping[str, int]) -> Fraction:
    """The mean net result of one unit left on these cards, over all that can still be dealt."""
    to_come = hands_to_come(hand)
    total = sum(ways * net_result(1, made, pays) for made, ways in to_come.items())
    return Fraction(total, to_come.total())


def hands_to_come(hand: Cards) -> Counter[str]:
    """In how many ways each five-card hand can still be dealt to these cards."""
    return _hands_to_come(shape_of(hand))


@cache
def _hands_to_come(hand: Cards) -> Counter[str]:
    others = (card for card in DECK if card not in hand)
    if len(hand) == 4:
        return Counter(main_hand((*hand, card)) for card in others)
    ways: Counter[str] = Counter()
    for card in others:
        ways.update(hands_to_come((*hand, card)))
    return ways
