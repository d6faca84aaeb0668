"""Several players at one table, who share the two community cards."""

import random
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from reference.books import Session
from reference.cards import DECK, Card, Cards, Deal, cards
from reference.player import Player


class TableDeal(NamedTuple):
    """The cards of one round at a table.

    Attributes:
        own: the three cards of every seat.
        first: the first community card.
        second: the second community card.
        burned: cards that nobody sees, and that change nothing.
    """

    own: tuple[Cards, ...]
    first: Card
    second: Card
    burned: Cards = ()

    def for_seat(self, seat: int) -> Deal:
        """The cards that one seat plays."""
        return Deal(self.own[seat], self.first, self.second)


def table_deal(*own: str, community: str, burned: str = "") -> TableDeal:
    """Read the cards of a round."""
    first, second = cards(community)
    return TableDeal(tuple(map(cards, own)), first, second, cards(burned))


def play_table(config: Mapping[str, Any], deals: Iterable[TableDeal]) -> list[Session]:
    """Play one table.

    Where every seat plays one session, they come in the order of the seats; where seats are taken
    anew, in the order in which they end, by seat where they end in the same round.
    """
    table = config.get("table", {})
    seats = range(table.get("num_seats", 1))
    if "total_rounds" in table:
        return _play_rounds(config, seats, deals, table["total_rounds"])
    return _play_until_all_have_left(config, seats, deals)


def _play_until_all_have_left(
    config: Mapping[str, Any], seats: range, deals: Iterable[TableDeal]
) -> list[Session]:
    players, coming = [Player(config, seat) for seat in seats], iter(deals)
    while any(player.reason_to_stop() is None for player in players):
        dealt = next(coming)
        for seat, player in enumerate(players):
            if player.reason_to_stop() is None:
                player.play(dealt.for_seat(seat))
    return [player.leave() for player in players]


def _play_rounds(
    config: Mapping[str, Any], seats: range, deals: Iterable[TableDeal], total_rounds: int
) -> list[Session]:
    players, coming = [Player(config, seat) for seat in seats], iter(deals)
    ended: list[Session] = []
    for _ in range(total_rounds):
        dealt = next(coming)
        for seat in seats:
            if players[seat].reason_to_stop() is not None:
                ended.append(players[seat].leave())
                players[seat] = Player(config, seat)
            players[seat].play(dealt.for_seat(seat))
    return ended + [player.leave() for player in players]


def shuffled_deals(config: Mapping[str, Any], seed: int) -> Iterator[TableDeal]:
    """Any number of rounds from well shuffled decks."""
    seats = config.get("table", {}).get("num_seats", 1)
    dealer = config.get("dealer", {})
    burns = dealer.get("discard_cards", 3) if dealer.get("discard_enabled", False) else 0
    shuffler = random.Random(seed)
    while True:
        deck = iter(shuffler.sample(DECK, 3 * seats + burns + 2))
        own = tuple((next(deck), next(deck), next(deck)) for _ in range(seats))
        burned = tuple(next(deck) for _ in range(burns))
        yield TableDeal(own, next(deck), next(deck), burned)
