"""What is kept of every session: one fixed record, in one of two widths."""

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


def _record(amount: str) -> np.dtype[Any]:
    amounts = [(name, amount) for name in AMOUNT_COLUMNS]
    return np.dtype([*amounts, ("seed", "<u4"), ("hands", "<u2"), ("stop_reason", "<u2")])


#: One finished session; amounts in cents.
#:
#: * profit: final bankroll less the starting bankroll
#: * peak: the highest profit the session ever stood at, at least 0
#: * max_drawdown: the deepest fall of the bankroll below an earlier peak
#: * main_wagered: main bets that stayed in action, added up
#: * bonus_wagered: bonus bets, added up
#: * bonus_profit: the part of the profit that the bonus made
#: * seed: the session's own seed
#: * hands: rounds played
#: * stop_reason: a `betting.stopping.StopReason`
SESSION_RECORD: Final = _record("<i8")

#: The same in little more than half the room, for sessions whose amounts fit in 32 bits: most do,
#: and what is written and digested of every session costs a part of the time that playing it does.
NARROW_SESSION_RECORD: Final = _record("<i4")

SESSION_COLUMNS: Final = SESSION_RECORD.names or ()

PLAYED_COLUMNS: Final = (*AMOUNT_COLUMNS, "hands", "stop_reason")
"""What the kernels give of a session, in this order."""

NOTES: Final = ("bet_failures", "bonus_failures", "jackpots")
"""What the kernels count besides deals: formulas for the main bet and for the bonus that gave no
number, and meters that were won."""


def record_for(largest_amount: int) -> np.dtype[Any]:
    """The narrowest record that holds amounts of this size, in cents, of either sign."""
    return NARROW_SESSION_RECORD if largest_amount < 1 << 31 else SESSION_RECORD
