"""A session read off the tables of a plan in plain Python, one rule after the other."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from let_it_ride.betting.stopping import StopReason
from reference.bonus import Limits
from reference.player import Money

if TYPE_CHECKING:
    from let_it_ride.plan import KernelTables

WIN, LOSS, PUSH = range(3)
BONUS_WON, BONUS_LOST, NO_BONUS = range(3)


@dataclass
class TableSession:
    """What a session came to; amounts in cents.

    Attributes:
        record: the columns of a session record, its seed apart.
        moves: how often the betting system was told of a win, a loss, a push.
        events: how often the bonus policy was told of each event.
    """

    record: dict[str, int] = field(default_factory=dict)
    moves: Counter[int] = field(default_factory=Counter)
    events: Counter[int] = field(default_factory=Counter)


def play_by_tables(tables: "KernelTables", classes: Iterator[int]) -> TableSession:
    """Play one session with the deal classes that come."""
    betting, bonuses = tables.betting, tables.bonus
    limits = Limits(bonuses.limits.minimum, 0, bonuses.limits.increment)
    money = Money(tables.bet_floor, tables.bet_increment, limits)
    session = TableSession()
    step = state = hands = profit = peak = max_drawdown = 0
    main_wagered = bonus_wagered = bonus_profit = 0

    def stop_reason() -> StopReason | None:
        if profit >= tables.win_at:
            return StopReason.WIN_LIMIT
        if profit <= tables.loss_at:
            return StopReason.LOSS_LIMIT
        if hands == tables.hand_limit:
            return StopReason(tables.hand_limit_reason)
        if tables.starting_bankroll + profit < 3 * tables.bet_floor:
            return StopReason.INSUFFICIENT_FUNDS
        return None

    while (reason := stop_reason()) is None:
        bet, bonus = money.allows(
            int(betting.bets[step]),
            int(bonuses.amounts[state]),
            tables.starting_bankroll + profit,
        )
        dealt = next(classes)
        main_result = bet * int(tables.deals[dealt, 0])
        bonus_result = bonus * int(tables.deals[dealt, 2])
        hands += 1
        main_wagered += bet * int(tables.deals[dealt, 1])
        bonus_wagered += bonus
        bonus_profit += bonus_result
        profit += main_result + bonus_result
        peak = max(peak, profit)
        max_drawdown = max(max_drawdown, peak - profit)

        driving = main_result + bonus_result if betting.driven_by_net else main_result
        move = PUSH if driving == 0 else WIN if driving > 0 else LOSS
        side = NO_BONUS if bonus == 0 else BONUS_WON if bonus_result > 0 else BONUS_LOST
        event = side if main_result > 0 else 3 + side
        session.moves[move] += 1
        session.events[event] += 1
        step = int(betting.after[step, move])
        state = int(bonuses.after[state, tables.deals[dealt, 3 + side]])

    session.record = {
        "profit": profit,
        "peak": peak,
        "max_drawdown": max_drawdown,
        "main_wagered": main_wagered,
        "bonus_wagered": bonus_wagered,
        "bonus_profit": bonus_profit,
        "hands": hands,
        "stop_reason": int(reason),
    }
    return session
