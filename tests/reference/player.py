"""One player at one table: a session, round by round, card by card."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reference.betting import betting_system
from reference.bonus import Limits, bonus_limits, bonus_policy
from reference.cards import Deal
from reference.hands import bonus_hand, main_hand
from reference.money import cents
from reference.paytables import bonus_pays, main_pays, net_result
from reference.strategies import Decision, strategy


@dataclass(frozen=True)
class Round:
    """One round that was played; amounts in cents.

    Attributes:
        deal: its cards.
        bet: what each of the three circles held.
        bonus: what was staked on the bonus.
        bets_in_action: how many of the three bets stayed to the end.
        main_result: what the main game brought.
        bonus_result: what the bonus brought.
    """

    deal: Deal
    bet: int
    bonus: int
    bets_in_action: int
    main_result: int
    bonus_result: int


@dataclass
class Session:
    """What a session has come to; amounts in cents.

    Attributes:
        starting_bankroll: the money it began with.
        profit: what has been won since, or lost.
        peak: the highest profit it ever stood at.
        max_drawdown: the deepest fall below an earlier peak.
        main_wagered: main bets that stayed in action, added up.
        bonus_wagered: bonus bets, added up.
        bonus_profit: the part of the profit that the bonus made.
        hands: rounds played.
        main_bet: the bet on one circle that is wanted for the coming round.
        stop_reason: why it ended.
    """

    starting_bankroll: int
    profit: int = 0
    peak: int = 0
    max_drawdown: int = 0
    main_wagered: int = 0
    bonus_wagered: int = 0
    bonus_profit: int = 0
    hands: int = 0
    main_bet: int = 0
    stop_reason: str = ""

    @property
    def bankroll(self) -> int:
        return self.starting_bankroll + self.profit

    def enter(self, played: Round) -> None:
        """Enter a round into the books."""
        self.hands += 1
        self.main_wagered += played.bets_in_action * played.bet
        self.bonus_wagered += played.bonus
        self.bonus_profit += played.bonus_result
        self.profit += played.main_result + played.bonus_result
        self.peak = max(self.peak, self.profit)
        self.max_drawdown = max(self.max_drawdown, self.peak - self.profit)


def play_session(config: Mapping[str, Any], deals: Iterable[Deal]) -> Session:
    """Play one session of a configuration, with the deals the table brings."""
    bankroll = config.get("bankroll", {})
    bonus_settings = config.get("bonus_strategy", {})
    base_bet = cents(bankroll.get("base_bet", 5))
    session = Session(starting_bankroll=cents(bankroll.get("starting_amount", 500)))
    system = betting_system(bankroll.get("betting_system", {}), session, base_bet)
    policy, limits = bonus_policy(bonus_settings, session), bonus_limits(bonus_settings)
    money = Money(bet_floor(bankroll, base_bet), bet_increment(bankroll, base_bet), limits)
    game, coming = game_of(config), iter(deals)

    while not (reason := reason_to_stop(config, session, money.bet_floor)):
        session.main_bet = system.bet()
        bonus = limits.taken(policy.bet())
        bet, bonus = money.allows(session.main_bet, bonus, session.bankroll)
        played = game.play(next(coming), bet, bonus)
        session.enter(played)
        system.after(played)
        policy.after(played)
    session.stop_reason = reason
    return session


@dataclass(frozen=True)
class Game:
    """What is paid, and how the player decides.

    Attributes:
        rides: whether a bet rides on three or four cards.
        pays: the main paytable by hand.
        bonus_pays: the bonus paytable by hand.
    """

    rides: Decision
    pays: Mapping[str, int]
    bonus_pays: Mapping[str, int]

    def play(self, deal: Deal, bet: int, bonus: int) -> Round:
        """Three cards, a decision, one more card, a decision, the last card, and the money."""
        bets_in_action = 3
        if not self.rides(deal.own):
            bets_in_action -= 1
        if not self.rides((*deal.own, deal.first)):
            bets_in_action -= 1
        made = main_hand((*deal.own, deal.first, deal.second))
        return Round(
            deal=deal,
            bet=bet,
            bonus=bonus,
            bets_in_action=bets_in_action,
            main_result=net_result(bets_in_action * bet, made, self.pays),
            bonus_result=net_result(bonus, bonus_hand(deal.own), self.bonus_pays),
        )


def game_of(config: Mapping[str, Any]) -> Game:
    """The configured paytables and strategy."""
    paytables = config.get("paytables", {})
    pays = main_pays(paytables)
    return Game(strategy(config.get("strategy", {}), pays), pays, bonus_pays(paytables))


def reason_to_stop(config: Mapping[str, Any], session: Session, bet_floor: int) -> str | None:
    """The first stop condition that holds before a round, in the order they are looked at."""
    stops = config.get("bankroll", {}).get("stop_conditions", {})
    hands_per_session = config.get("simulation", {}).get("hands_per_session", 200)
    if "win_limit" in stops and session.profit >= cents(stops["win_limit"]):
        return "win_limit"
    if "loss_limit" in stops and session.profit <= -cents(stops["loss_limit"]):
        return "loss_limit"
    if session.hands >= min(hands_per_session, stops.get("max_hands", hands_per_session)):
        return "max_hands"
    if "max_duration_minutes" in stops:
        hands_per_hour = config.get("table", {}).get("hands_per_hour", 52)
        in_time = stops["max_duration_minutes"] * hands_per_hour // 60
        if session.hands >= max(in_time, 1):
            return "max_duration"
    if 3 * bet_floor > session.bankroll:
        return "insufficient_funds"
    return None


def bet_floor(bankroll: Mapping[str, Any], base_bet: int) -> int:
    """The bet below which a player does not go; a session that cannot pay three of it ends."""
    stops = bankroll.get("stop_conditions", {})
    if stops.get("stop_on_insufficient_funds", True):
        return base_bet
    return bet_increment(bankroll, base_bet)


def bet_increment(bankroll: Mapping[str, Any], base_bet: int) -> int:
    """What bets are lowered by: as configured, or the largest usual one that divides the bet."""
    if "bet_increment" in bankroll:
        return cents(bankroll["bet_increment"])
    return next(step for step in (100, 50, 25, 5, 1) if base_bet % step == 0)


@dataclass(frozen=True)
class Money:
    """How wanted bets are lowered to what is there, one step at a time; amounts in cents.

    Attributes:
        bet_floor: the least bet on one circle.
        bet_increment: what a bet is lowered by.
        limits: what the table takes on the bonus.
    """

    bet_floor: int
    bet_increment: int
    limits: Limits

    def allows(self, bet: int, bonus: int, bankroll: int) -> tuple[int, int]:
        """What is staked of a wanted bet and bonus: the bonus gives way first."""
        while 3 * bet + bonus > bankroll and bonus > 0:
            bonus -= self.limits.increment
            if bonus < self.limits.min_bet:
                bonus = 0
        if 3 * bet > bankroll:
            while 3 * bet > bankroll and bet >= self.bet_floor:
                bet -= self.bet_increment
            bet = max(bet, self.bet_floor)
        return bet, bonus
