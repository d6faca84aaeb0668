"""The exact law of a session, slowly: players who play every deal that can come, hand by hand.

A hand is 51,979,200 deals, but few of them differ to a player of a configuration; of each kind one
deal is really played, by a copy of the player who sits there, and counts for all of its kind.
Players who cannot differ from now on are one player with the chance of both.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import Any

from let_it_ride.game.deals import deal_table
from reference.books import Round
from reference.cards import Deal
from reference.deal_classes import count_deals, deals_by_class
from reference.hands import NOTHING
from reference.meter import Meter
from reference.player import Game, Player, game_of, reason_to_stop

Chance = Fraction | float

ALL_DEALS = 22_100 * 49 * 48

#: What formulas call what the books call otherwise.
_NAMES_IN_FORMULAS = {"hands_played": "hands"}


@dataclass
class SlowLaw:
    """What a session comes to; amounts in cents.

    Attributes:
        ends: chance to end with this profit for this reason.
        hands: chance to have so many hands.
        main_staked: mean of the bets on one circle, added up.
        main_wagered: mean of the main bets that stay in action, added up.
        bonus_staked: mean of the bonus bets, added up.
        let_go: chance of what was not followed to its end.
    """

    ends: dict[tuple[int, str], Chance] = field(default_factory=lambda: defaultdict(Fraction))
    hands: dict[int, Chance] = field(default_factory=lambda: defaultdict(Fraction))
    main_staked: Chance = Fraction()
    main_wagered: Chance = Fraction()
    bonus_staked: Chance = Fraction()
    let_go: Chance = Fraction()


def law_of_all_players(config: Mapping[str, Any]) -> SlowLaw:
    """The law of a session of very few hands: nobody is taken for anybody else."""
    law, kinds = SlowLaw(), deals_that_differ(config)

    def follow(player: Player, chance: Fraction) -> None:
        reason = player.reason_to_stop()
        if reason is not None:
            law.ends[player.session.profit, reason] += chance
            law.hands[player.session.hands] += chance
            return
        for deal, deals in kinds:
            after, chance_after = copy_of(player), chance * Fraction(deals, ALL_DEALS)
            after.play(deal)
            played = after.session.rounds[-1]
            law.main_staked += chance_after * played.bet
            law.main_wagered += chance_after * played.bet * played.bets_in_action
            law.bonus_staked += chance_after * played.bonus
            follow(after, chance_after)

    follow(seated(config), Fraction(1))
    return law


class SlowSessions:
    """Sessions of a configuration, of any few hands; what was once played is remembered.

    Attributes:
        rounds_played: how many.
    """

    def __init__(
        self, config: Mapping[str, Any], *, exactly: bool = True, negligible: float = 0.0
    ) -> None:
        """Sit down.

        Args:
            config: what is played.
            exactly: in fractions; otherwise in doubles.
            negligible: before every hand, players who together have less than this chance are let
                go.
        """
        self.rounds_played = 0
        self._config, self._negligible = config, negligible
        self._none: Callable[[], Chance] = Fraction if exactly else float
        self._all = self._none() + 1
        self._kinds = [
            (deal, deals * self._all / ALL_DEALS) for deal, deals in deals_that_differ(config)
        ]
        self._first = seated(config)
        self._looked_at, self._bonus_type = sorted(set(looked_at(config))), bonus_type(config)
        self._players: dict[Hashable, Player] = {}
        self._hands_of: dict[Hashable, Hand] = {}

    @property
    def rounds_to_come(self) -> int:
        """How many rounds another hand of those who have been seen takes at the most."""
        return (len(self._players) - len(self._hands_of)) * len(self._kinds)

    def law(self, most_hands: int) -> SlowLaw:
        """The law of a session of at most so many hands."""
        law, config = SlowLaw(), with_hands(self._config, most_hands)
        chances: dict[Hashable, Chance] = {self._known(self._first): self._all}
        for hands in range(most_hands + 1):
            going_on: dict[Hashable, Chance] = {}
            for key, chance in chances.items():
                player = self._players[key]
                player.session.hands = hands
                reason = reason_to_stop(config, player.session, player._money.bet_floor)
                if reason is None:
                    going_on[key] = chance
                else:
                    law.ends[player.session.profit, reason] += chance
                    law.hands[hands] += chance
            law.let_go += let_go(going_on, self._negligible)
            chances = defaultdict(self._none)
            for key, chance in going_on.items():
                if key not in self._hands_of:
                    self._hands_of[key] = self._play(self._players[key])
                hand = self._hands_of[key]
                law.main_staked += chance * hand.bet
                law.main_wagered += chance * hand.bet * hand.mean_bets
                law.bonus_staked += chance * hand.bonus
                for key_after, part in hand.then.items():
                    chances[key_after] += chance * part
        return law

    def _play(self, player: Player) -> "Hand":
        """All that a hand can bring a player."""
        hand = Hand(mean_bets=self._none(), then=defaultdict(self._none))
        for deal, chance in self._kinds:
            after = copy_of(player)
            after.play(deal)
            played = after.session.rounds[-1]
            hand.bet, hand.bonus = played.bet, played.bonus
            hand.mean_bets += chance * played.bets_in_action
            hand.then[self._known(after)] += chance
        self.rounds_played += len(self._kinds)
        return hand

    def _known(self, player: Player) -> Hashable:
        """What is to be known of a player, who stands for all of whom the same is known."""
        key = what_matters(player, self._looked_at, self._bonus_type)
        self._players.setdefault(key, player)
        return key


@dataclass
class Hand:
    """What a hand can bring.

    Attributes:
        mean_bets: the mean of bets that stay in action.
        then: chance to be a player of whom this is known.
        bet: what each circle holds, in cents.
        bonus: what is staked on the bonus, in cents.
    """

    mean_bets: Chance
    then: dict[Hashable, Chance]
    bet: int = 0
    bonus: int = 0


def with_hands(config: Mapping[str, Any], hands: int) -> dict[str, Any]:
    """The same configuration with other hands_per_session."""
    simulation = {**config.get("simulation", {}), "hands_per_session": hands}
    return {**config, "simulation": simulation}


def let_go(chances: dict[Hashable, Chance], negligible: float) -> Chance:
    """Remove the rarest, as long as they are negligible together; returns their chance."""
    gone: Chance = Fraction()
    if negligible:
        for key, chance in sorted(chances.items(), key=lambda item: item[1]):
            if gone + chance > negligible:
                break
            gone += chances.pop(key)
    return gone


def deals_that_differ(config: Mapping[str, Any]) -> list[tuple[Deal, int]]:
    """A deal of every kind that differs to players of a configuration, and how many there are."""
    game, plays_bonus = game_of(config), bonus_type(config) != "never"

    def seen(played: Round) -> Hashable:
        of_main = (played.rides, played.main_result)
        if not plays_bonus:
            return of_main
        return *of_main, played.bonus_result, played.bonus_hand == NOTHING

    deal_of: dict[Hashable, Deal] = {}
    count: Counter[Hashable] = Counter()
    for deal, deals in counted_deals():
        kind = seen(game.play(deal, 1, 1))
        deal_of.setdefault(kind, deal)
        count[kind] += deals
    assert count.total() == ALL_DEALS
    return [(deal_of[kind], count[kind]) for kind in deal_of]


@cache
def counted_deals() -> tuple[tuple[Deal, int], ...]:
    """A deal of every deal class, and how many going through all cards finds."""
    counted, table = count_deals(), deal_table()
    count = dict(zip(map(tuple, counted.classes.tolist()), counted.weight.tolist(), strict=True))
    columns = (table.three_class, table.four_class, table.category, table.bonus_category)
    classes = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(
        (some[0], count[of_class]) for some, of_class in zip(deals_by_class(), classes, strict=True)
    )


class RememberedGame:
    """A game that plays each deal with each stake only once; where a meter is fed, every time."""

    def __init__(self, game: Game) -> None:
        self._game = game
        self._rounds: dict[tuple[Deal, int, int], Round] = {}

    def play(self, deal: Deal, bet: int, bonus: int, meter: Meter | None) -> Round:
        if meter is not None and bonus > 0:
            return self._game.play(deal, bet, bonus, meter)
        if (deal, bet, bonus) not in self._rounds:
            self._rounds[deal, bet, bonus] = self._game.play(deal, bet, bonus)
        return self._rounds[deal, bet, bonus]


def seated(config: Mapping[str, Any]) -> Player:
    """A player who sits down."""
    player = Player(config)
    player._game = RememberedGame(player._game)
    return player


def copy_of(player: Player) -> Player:
    """A player who has come as far with books of their own, of which the last round is enough."""
    other = copy(player)
    other.session = replace(player.session, rounds=player.session.rounds[-1:])
    other._system, other._policy = copy(player._system), copy(player._policy)
    other._system.session = other._policy.session = other.session
    other._meter = copy(player._meter)
    return other


def what_matters(player: Player, names: Sequence[str], bonus: str) -> Hashable:
    """What players differ by who may differ from now on; all of them have had as many hands.

    Args:
        player: one of them.
        names: what stakes may look at in the books, the profit apart.
        bonus: the type of the bonus strategy.
    """
    session = player.session
    books = tuple(getattr(session, name) for name in names)
    own = tuple(whole_numbers_of(each) for each in (player._system, player._policy))
    before = None
    if bonus == "combined" and session.rounds:
        before = session.rounds[-1].rides, session.rounds[-1].bonus_hand == NOTHING
    meter = player._meter.holds if player._meter and bonus != "never" else None
    return session.profit, books, own, before, meter


def whole_numbers_of(system: object) -> tuple[tuple[str, int], ...]:
    """What a betting system or bonus policy keeps in mind."""
    return tuple(item for item in sorted(vars(system).items()) if isinstance(item[1], int))


def looked_at(config: Mapping[str, Any]) -> Iterator[str]:
    """What stakes may look at in the books, the profit apart."""
    bonus = config.get("bonus_strategy", {})
    system = config.get("bankroll", {}).get("betting_system", {})
    for settings in (system, bonus):
        for name in ("hands_played", "streak", "last_result", "bonus_streak"):
            if name in settings.get("expression", ""):
                yield _NAMES_IN_FORMULAS.get(name, name)
    if "early_session" in bonus:
        yield "hands"
    if bonus_type(config) == "bankroll_conditional":
        yield "peak"


def bonus_type(config: Mapping[str, Any]) -> str:
    return config.get("bonus_strategy", {}).get("type", "never")
