"""Single sessions played again, hand by hand, with cards to look at."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.deals import deal_table
from let_it_ride.game.shown_cards import ShownCards, card_name
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.compiled import is_compiled
from let_it_ride.simulation.errors import NoSeedError
from let_it_ride.simulation.places import SessionPlace, find_place
from let_it_ride.simulation.results import SessionResult
from let_it_ride.simulation.session_tracer import SessionTracer
from let_it_ride.simulation.worker import compile_kernel, kernel_of

if TYPE_CHECKING:
    from let_it_ride.plan import SessionPlan

#: Where a row of a session's rounds has the profit that it stands at.
_PROFIT: Final = 5


@dataclass(frozen=True, slots=True)
class PlayedHand:
    """One hand of a session; cards as rank and suit (``"As"``), amounts in cents.

    Attributes:
        hand: its number, from 1.
        round: the number of its round at the table, from 1.
        deal_class: what was drawn.
        own: the player's three cards.
        fourth: the first community card.
        fifth: the second community card.
        burned: what the dealer burned between the player's cards and the fourth.
        bet_1_rides: whether bet 1 stayed in action.
        bet_2_rides: whether bet 2 did.
        category: what the five cards made.
        bonus_category: what the three cards made.
        bet: what was put on each of the three circles.
        bonus: what was put on the bonus.
        main_result: what the main game brought.
        bonus_result: what the bonus brought.
        bankroll: what the player had afterwards.
        won_meter: whether the bonus won the progressive meter.
        bet_failed: whether the formula of the bet gave no number.
        bonus_failed: whether the formula of the bonus gave none.
    """

    hand: int
    round: int
    deal_class: int
    own: tuple[str, str, str]
    fourth: str
    fifth: str
    burned: tuple[str, ...]
    bet_1_rides: bool
    bet_2_rides: bool
    category: FiveCard
    bonus_category: ThreeCard
    bet: int
    bonus: int
    main_result: int
    bonus_result: int
    bankroll: int
    won_meter: bool
    bet_failed: bool
    bonus_failed: bool

    @property
    def bets_in_action(self) -> int:
        """How many of the three bets stayed to the end."""
        return 1 + self.bet_1_rides + self.bet_2_rides

    @property
    def result(self) -> int:
        """What the hand brought in all, in cents."""
        return self.main_result + self.bonus_result


@dataclass(frozen=True, slots=True)
class Replay:
    """A session played again.

    Attributes:
        session: its totals, as the run records them.
        starting_bankroll: what the player began with, in cents.
        hands: its hands in order.
    """

    session: SessionResult
    starting_bankroll: int
    hands: tuple[PlayedHand, ...]

    @property
    def bankrolls(self) -> tuple[int, ...]:
        """The money at the beginning and after every hand, in cents."""
        return (self.starting_bankroll, *(hand.bankroll for hand in self.hands))

    @property
    def biggest_win(self) -> int:
        """The number of the hand that brought most, the first of such; 0 if there is no hand."""
        return max(self.hands, key=lambda hand: hand.result).hand if self.hands else 0

    @property
    def biggest_loss(self) -> int:
        """The number of the hand that cost most, the first of such; 0 if there is no hand."""
        return min(self.hands, key=lambda hand: hand.result).hand if self.hands else 0

    @property
    def deepest_fall(self) -> int:
        """The number of the hand after which the money was furthest below its height before.

        It is the first of such hands, and 0 where the money never fell.
        """
        falls = [
            height - bankroll
            for height, bankroll in zip(
                accumulate(self.bankrolls, max), self.bankrolls, strict=True
            )
        ]
        return falls.index(max(falls))


_Rides = tuple[list[bool], list[bool]]
"""Whether bet 1 and bet 2 ride, by deal class."""


class Replayer:
    """Plays single sessions of a configuration again."""

    def __init__(self, config: FullConfig, compiling: Callable[[], None] = lambda: None) -> None:
        """Prepare to replay.

        Args:
            config: the configuration.
            compiling: called if the kernel must be compiled first, which takes some seconds.
        """
        self.plan: SessionPlan = compile_plan(config)
        kernel = kernel_of(self.plan)
        if not is_compiled(kernel):
            compiling()
            compile_kernel(kernel)
        self._tracer = SessionTracer(self.plan)
        self._burned = config.dealer.discard_cards if config.dealer.discard_enabled else 0
        deals = deal_table()
        # By deal class, as lists: they are looked up once a hand.
        self._rides = self._rides_of_chart()
        self._categories = [FiveCard(made) for made in deals.category.tolist()]
        self._bonus_categories = [ThreeCard(made) for made in deals.bonus_category.tolist()]

    def replay(self, place: SessionPlace) -> Replay:
        """Play a session."""
        trace = self._tracer.trace(place)
        totals: dict[str, Any] = dict(trace.totals)
        totals["stop_reason"] = StopReason(totals["stop_reason"])
        starting_bankroll = int(self.plan.tables.starting_bankroll)
        hands, stood_at = [], 0
        for number, row in enumerate(trace.rounds.tolist(), start=1):
            deal, bet, bonus, main_result, bonus_result, profit, *_ = row
            *_, bet_failures, bonus_failures, jackpots = row
            rides_1, rides_2 = self._rides_at(number - 1, stood_at)
            stood_at = profit
            hands.append(
                PlayedHand(
                    number,
                    trace.rounds_before + number,
                    deal,
                    *_named(self._tracer.cards(place, trace, number, self._burned)),
                    rides_1[deal],
                    rides_2[deal],
                    self._categories[deal],
                    self._bonus_categories[deal],
                    bet,
                    bonus,
                    main_result,
                    bonus_result,
                    starting_bankroll + profit,
                    bool(jackpots),
                    bool(bet_failures),
                    bool(bonus_failures),
                )
            )
        result = SessionResult(
            session=place.session, table=place.table, seat=place.seat + 1, seed=place.seed, **totals
        )
        return Replay(result, starting_bankroll, tuple(hands))

    def bankrolls(self, place: SessionPlace) -> NDArray[np.int64]:
        """The money of a session at the beginning and after every hand, in cents, without cards."""
        profits = self._tracer.trace(place).rounds[:, _PROFIT]
        return int(self.plan.tables.starting_bankroll) + np.append(np.int64(0), profits)

    def _rides_of_chart(self) -> _Rides:
        deals, chart = deal_table(), self.plan.strategy
        return (
            chart.ride_bet_1[deals.three_class].tolist(),
            chart.ride_bet_2[deals.four_class].tolist(),
        )

    def _rides_at(self, hands: int, profit: int) -> _Rides:
        """What is decided after so many hands at a profit."""
        goal = self.plan.tables.goal
        if not goal.is_there:
            return self._rides
        rides_1, rides_2 = goal.bet_rides(int(goal.policies(hands, np.array(profit))))
        return rides_1.tolist(), rides_2.tolist()


def replay(
    config: FullConfig, session: int, compiling: Callable[[], None] = lambda: None
) -> Replay:
    """Play a session of a configuration's run again; its cards are the same every time.

    Args:
        config: the configuration, with the run's seed.
        session: the id of the session, from 0.
        compiling: called if the kernel must be compiled first, which takes some seconds.

    Raises:
        NoSeedError: the configuration has no seed.
        NoSuchSessionError: its run has no such session.
    """
    base_seed = seed_to_replay(config)
    replayer = Replayer(config, compiling)
    return replayer.replay(find_place(replayer.plan, base_seed, session))


def seed_to_replay(config: FullConfig) -> int:
    """The seed of a run that is to be replayed.

    Raises:
        NoSeedError: the configuration has none.
    """
    if config.simulation.random_seed is None:
        raise NoSeedError
    return config.simulation.random_seed


def _named(
    cards: ShownCards,
) -> tuple[tuple[str, str, str], str, str, tuple[str, ...]]:
    first, second, third = map(card_name, cards.own)
    burned = tuple(map(card_name, cards.burned))
    return (first, second, third), card_name(cards.fourth), card_name(cards.fifth), burned
