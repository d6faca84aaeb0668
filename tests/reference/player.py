"""One player at one table: a session, round by round, card by card."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from reference.betting import betting_system
from reference.bonus import Limits, bonus_limits, bonus_policy
from reference.books import Round, Session
from reference.cards import Deal
from reference.goal_play import BestPlay
from reference.hands import bonus_hand, main_hand
from reference.meter import Meter, meter_of
from reference.money import cents, exactly
from reference.paytables import bonus_pays, main_pays, net_result
from reference.strategies import Decision, strategy


def play_session(config: Mapping[str, Any], deals: Iterable[Deal]) -> Session:
    """Play one session of a configuration, with the deals the table brings."""
    player, coming = Player(config), iter(deals)
    while player.reason_to_stop() is None:
        player.play(next(coming))
    return player.leave()


class Player:
    """Somebody who sits down with a fresh bankroll.

    Attributes:
        session: the books of this session.
        goal: the best play for the goal, if one is played for.
    """

    def __init__(self, config: Mapping[str, Any], seat: int = 0) -> None:
        bankroll = config.get("bankroll", {})
        system_settings = bankroll.get("betting_system", {})
        bonus_settings = config.get("bonus_strategy", {})
        stops = bankroll.get("stop_conditions", {})
        base_bet = cents(bankroll.get("base_bet", 5))
        self.session = Session(
            starting_bankroll=cents(bankroll.get("starting_amount", 500)),
            base_bet=base_bet,
            driven_by=system_settings.get("driven_by", "main"),
            win_limit=cents(stops["win_limit"]) if "win_limit" in stops else None,
            loss_limit=cents(stops["loss_limit"]) if "loss_limit" in stops else None,
            seat=seat,
        )
        self._config = config
        self._system = betting_system(system_settings, self.session)
        self._policy = bonus_policy(bonus_settings, self.session)
        self._limits = bonus_limits(bonus_settings)
        floor = bet_floor(bankroll, base_bet)
        self._money = Money(floor, bet_increment(bankroll, base_bet), self._limits)
        self._game, self._meter = game_of(config), meter_of(config.get("paytables", {}))
        self.goal: BestPlay | None = None
        if config.get("strategy", {}).get("type") == "goal":
            self.goal = _best_play(json.dumps(config))

    def reason_to_stop(self) -> str | None:
        """Why no other round is played, if so."""
        return reason_to_stop(self._config, self.session, self._money.bet_floor)

    def play(self, deal: Deal) -> None:
        """Stake what is wanted and there, play the round, and take note of it."""
        session, game = self.session, self._game
        if self.goal is None:
            wanted = self._system.bet()
        else:
            wanted = self.goal.weighed(session.hands, session.profit).bet
            game = replace(game, rides=self.goal.decision(session.hands, session.profit))
        bet, bonus = self.staked(wanted, session.bankroll)
        played = game.play(deal, bet, bonus, self._meter)
        session.enter(played)
        self._system.after(played)
        self._policy.after(played)

    def staked(self, wanted: int, bankroll: int) -> tuple[int, int]:
        """What there is of a wanted bet, and of the bonus that is wanted with it."""
        self.session.main_bet = wanted
        bonus = self._limits.taken(self._policy.bet())
        return self._money.allows(wanted, bonus, bankroll)

    def leave(self) -> Session:
        """End the session, for a reason of its own or because the table is closed."""
        self.session.stop_reason = self.reason_to_stop() or "table_closed"
        return self.session


@lru_cache(maxsize=8)
def _best_play(settings: str) -> BestPlay:
    """The best play of a configuration in JSON, which all of its players share."""
    config = json.loads(settings)
    player = Player({**config, "strategy": {"type": "optimal"}})
    return BestPlay(config["strategy"], player, game_of(config))


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

    def play(self, deal: Deal, bet: int, bonus: int, meter: Meter | None = None) -> Round:
        """Three cards, a decision, one more card, a decision, the last card, and the money."""
        if meter is not None:
            meter.take_part_of(bonus)
        rides = (self.rides(deal.own), self.rides((*deal.own, deal.first)))
        bets_in_action = 1 + rides[0] + rides[1]
        made = main_hand((*deal.own, deal.first, deal.second))
        with_three = bonus_hand(deal.own)
        if meter is not None and with_three == "mini_royal" and bonus > 0:
            won_jackpot, bonus_result = True, meter.pay(bonus)
        else:
            won_jackpot, bonus_result = False, net_result(bonus, with_three, self.bonus_pays)
        return Round(
            deal=deal,
            bet=bet,
            bonus=bonus,
            rides=rides,
            main_hand=made,
            bonus_hand=with_three,
            main_result=net_result(bets_in_action * bet, made, self.pays),
            bonus_result=bonus_result,
            won_jackpot=won_jackpot,
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
    if session.win_limit is not None and session.profit >= session.win_limit:
        return "win_limit"
    if session.loss_limit is not None and session.profit <= -session.loss_limit:
        return "loss_limit"
    if session.hands >= min(hands_per_session, stops.get("max_hands", hands_per_session)):
        return "max_hands"
    if "max_duration_minutes" in stops:
        hands_per_hour = config.get("table", {}).get("hands_per_hour", 52)
        in_time = exactly(stops["max_duration_minutes"]) * exactly(hands_per_hour) // 60
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
