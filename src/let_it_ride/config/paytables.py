"""[paytables.main_game] and [paytables.bonus]: what a hand is paid, "to one"."""

from decimal import Decimal
from typing import Annotated, Literal

from let_it_ride.config.quantities import Funds, Pay, Share
from let_it_ride.config.section import OneOf, Section, section, setting
from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.paytables import BONUS_PAYTABLES, MAIN_PAYTABLES, Paytable


def _main_pay(category: FiveCard) -> int:
    return _pay(category.key, MAIN_PAYTABLES["standard"][category])


def _bonus_pay(category: ThreeCard) -> int:
    return _pay(category.key, BONUS_PAYTABLES["paytable_b"][category])


def _pay(key: str, default: int) -> int:
    hand = key.replace("_", " ")
    return setting(default, hand.capitalize(), "What this hand pays; 0 is a loss.", unit="to one")


class _MainPaytable(Section):
    type: str

    @property
    def pays(self) -> Paytable:
        """Odds to one, by `FiveCard`; 0 loses."""
        return MAIN_PAYTABLES[self.type]


class StandardPaytable(_MainPaytable, title="Standard"):
    """The pay table nearly every casino has: 1000, 200, 50, 11, 8, 5, 3, 2 and 1."""

    type: Literal["standard"] = "standard"


class LiberalPaytable(_MainPaytable, title="Liberal"):
    """Less than standard for four of a kind and better, more for a full house and a flush."""

    type: Literal["liberal"] = "liberal"


class TightPaytable(_MainPaytable, title="Tight"):
    """The standard table with 7 in place of 8 for a flush."""

    type: Literal["tight"] = "tight"


class CustomPaytable(_MainPaytable, title="Pays of your own"):
    """Odds of your own for every hand; what is left out pays as on the standard table."""

    type: Literal["custom"] = "custom"
    royal_flush: Pay = _main_pay(FiveCard.ROYAL_FLUSH)
    straight_flush: Pay = _main_pay(FiveCard.STRAIGHT_FLUSH)
    four_of_a_kind: Pay = _main_pay(FiveCard.FOUR_OF_A_KIND)
    full_house: Pay = _main_pay(FiveCard.FULL_HOUSE)
    flush: Pay = _main_pay(FiveCard.FLUSH)
    straight: Pay = _main_pay(FiveCard.STRAIGHT)
    three_of_a_kind: Pay = _main_pay(FiveCard.THREE_OF_A_KIND)
    two_pair: Pay = _main_pay(FiveCard.TWO_PAIR)
    pair_tens_or_better: Pay = _main_pay(FiveCard.PAIR_TENS_OR_BETTER)

    @property
    def pays(self) -> Paytable:
        """Odds to one, by `FiveCard`; 0 loses."""
        return tuple(getattr(self, category.key, 0) for category in FiveCard)


MainPaytable = Annotated[
    StandardPaytable | LiberalPaytable | TightPaytable | CustomPaytable, OneOf("standard")
]


class _BonusPaytable(Section):
    type: str

    @property
    def pays(self) -> Paytable:
        """Odds to one, by `ThreeCard`; 0 loses, or wins the meter of a progressive."""
        return BONUS_PAYTABLES[self.type]


class BonusPaytableA(_BonusPaytable, title="Table A"):
    """Mini royal 50, straight flush 40, three of a kind 30, straight 6, flush 3, pair 1."""

    type: Literal["paytable_a"] = "paytable_a"


class BonusPaytableB(_BonusPaytable, title="Table B"):
    """Mini royal 100, straight flush 40, three of a kind 30, straight 5, flush 4, pair 1."""

    type: Literal["paytable_b"] = "paytable_b"


class BonusPaytableC(_BonusPaytable, title="Table C, progressive"):
    """A mini royal wins the meter, all of it with a bonus bet of 1.00 or more, else its part.

    Straight flush 50, three of a kind 30, straight 6, flush 3, pair 1. The meter starts anew with
    every session.
    """

    type: Literal["paytable_c"] = "paytable_c"
    starting_jackpot: Funds = setting(
        Decimal("100.00"),
        "Meter at the start",
        "What the meter shows when a session begins. Above 332.00 the player has the edge with a "
        "bonus of up to 1.00; with a larger one, above so many times that.",
    )
    contribution_rate: Share = setting(
        Decimal("0.05"),
        "Contribution",
        "The part of every bonus bet that is added to the meter.",
        unit="of each bonus bet",
    )
    reset_amount: Funds = setting(
        Decimal("100.00"), "Meter after a win", "What the meter shows after it has been won."
    )


class BonusPaytableD(_BonusPaytable, title="Table D"):
    """Mini royal 50, straight flush 40, three of a kind 30, straight 6, flush 4, pair 1."""

    type: Literal["paytable_d"] = "paytable_d"


class CustomBonusPaytable(_BonusPaytable, title="Pays of your own"):
    """Odds of your own for every hand; what is left out pays as on table B."""

    type: Literal["custom"] = "custom"
    mini_royal: Pay = _bonus_pay(ThreeCard.MINI_ROYAL)
    straight_flush: Pay = _bonus_pay(ThreeCard.STRAIGHT_FLUSH)
    three_of_a_kind: Pay = _bonus_pay(ThreeCard.THREE_OF_A_KIND)
    straight: Pay = _bonus_pay(ThreeCard.STRAIGHT)
    flush: Pay = _bonus_pay(ThreeCard.FLUSH)
    pair: Pay = _bonus_pay(ThreeCard.PAIR)

    @property
    def pays(self) -> Paytable:
        """Odds to one, by `ThreeCard`; 0 loses."""
        return tuple(getattr(self, category.key, 0) for category in ThreeCard)


BonusPaytable = Annotated[
    BonusPaytableA | BonusPaytableB | BonusPaytableC | BonusPaytableD | CustomBonusPaytable,
    OneOf("paytable_b"),
]


class PaytablesConfig(Section, title="Pay tables"):
    """What the main game and the bonus pay."""

    main_game: MainPaytable = section(
        StandardPaytable, "Main game", "What each five-card hand pays on every bet still out."
    )
    bonus: BonusPaytable = section(
        BonusPaytableB, "Three Card Bonus", "What your own three cards pay on the bonus bet."
    )
