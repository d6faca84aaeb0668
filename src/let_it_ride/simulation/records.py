"""What is kept of every session: one fixed record, narrow or wide, with a place or without."""

from typing import Any, Final

import numpy as np

AMOUNT_COLUMNS: Final = (
    "profit",
    "peak",
    "max_drawdown",
    "main_wagered",
    "bonus_wagered",
    "bonus_profit",
)


PLACE_COLUMNS: Final = ("table", "seat")


def _record(amount: str) -> np.dtype[Any]:
    amounts = [(name, amount) for name in AMOUNT_COLUMNS]
    return np.dtype([*amounts, ("seed", "<u4"), ("hands", "<u2"), ("stop_reason", "<u2")])


def _with_place(record: np.dtype[Any]) -> np.dtype[Any]:
    return np.dtype([*record.descr, ("table", "<u4"), ("seat", "<u2")])


#: One finished session; amounts in cents.
#:
#: * profit: final bankroll less the starting bankroll
#: * peak: the highest profit the session ever stood at, at least 0
#: * max_drawdown: the deepest fall of the bankroll below an earlier peak
#: * main_wagered: main bets that stayed in action, added up
#: * bonus_wagered: bonus bets, added up
#: * bonus_profit: the part of the profit that the bonus made
#: * seed: the session's own seed, or its table's
#: * hands: rounds played
#: * stop_reason: a `betting.stopping.StopReason`
SESSION_RECORD: Final = _record("<i8")

#: The same in little more than half the room, for sessions whose amounts fit in 32 bits: most do,
#: and what is written and digested of every session costs a part of the time that playing it does.
NARROW_SESSION_RECORD: Final = _record("<i4")

#: Records where sessions are not their own tables, which have in addition:
#:
#: * table: id of the table
#: * seat: which of its seats, from 0
PLACED_RECORD: Final = _with_place(SESSION_RECORD)
NARROW_PLACED_RECORD: Final = _with_place(NARROW_SESSION_RECORD)

SESSION_COLUMNS: Final = SESSION_RECORD.names or ()

PLAYED_COLUMNS: Final = (*AMOUNT_COLUMNS, "hands", "stop_reason")
"""What the kernels give of a session, in this order."""

NOTES: Final = ("bet_failures", "bonus_failures", "jackpots", "seat_pairs")
"""What the kernels count besides deals: formulas for the main bet and for the bonus that gave no
number, meters that were won, and pairs of seats that played the same round."""


def record_for(largest_amount: int, *, placed: bool = False) -> np.dtype[Any]:
    """The narrowest record that holds what is kept of a session.

    Args:
        largest_amount: no amount is larger, in cents, of either sign.
        placed: whether table and seat are kept.
    """
    if largest_amount < 1 << 31:
        return NARROW_PLACED_RECORD if placed else NARROW_SESSION_RECORD
    return PLACED_RECORD if placed else SESSION_RECORD
