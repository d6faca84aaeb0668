"""What hands are paid, "to one"; a hand that is not paid loses."""

from collections.abc import Mapping
from typing import Any

from reference.hands import BONUS_HANDS, MAIN_HANDS

_MAIN = {
    "standard": (1000, 200, 50, 11, 8, 5, 3, 2, 1),
    "liberal": (500, 100, 25, 15, 10, 5, 3, 2, 1),
    "tight": (1000, 200, 50, 11, 7, 5, 3, 2, 1),
}
_BONUS = {
    "paytable_a": (50, 40, 30, 6, 3, 1),
    "paytable_b": (100, 40, 30, 5, 4, 1),
    # Where there is a meter, it is what a mini royal wins.
    "paytable_c": (0, 50, 30, 6, 3, 1),
    "paytable_d": (50, 40, 30, 6, 4, 1),
}


def main_pays(paytables: Mapping[str, Any]) -> dict[str, int]:
    """The pays of the main game by hand."""
    return _pays(paytables.get("main_game", {}), _MAIN, "standard", MAIN_HANDS)


def bonus_pays(paytables: Mapping[str, Any]) -> dict[str, int]:
    """The pays of the Three Card Bonus by hand."""
    return _pays(paytables.get("bonus", {}), _BONUS, "paytable_b", BONUS_HANDS)


def net_result(bet: int, hand: str, pays: Mapping[str, int]) -> int:
    """What a bet brings: so many times itself where the hand is paid, else it is lost."""
    return bet * pays[hand] if pays.get(hand, 0) > 0 else -bet


def _pays(
    chosen: Mapping[str, Any],
    tables: Mapping[str, tuple[int, ...]],
    usual: str,
    hands: tuple[str, ...],
) -> dict[str, int]:
    kind = chosen.get("type", usual)
    if kind == "custom":
        standard = dict(zip(hands, tables[usual], strict=True))
        return {hand: chosen.get(hand, standard[hand]) for hand in hands}
    return dict(zip(hands, tables[kind], strict=True))
