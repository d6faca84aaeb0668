"""What is kept of every session: one fixed record."""

from typing import Final

import numpy as np

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
SESSION_RECORD: Final = np.dtype(
    [
        ("profit", "<i8"),
        ("peak", "<i8"),
        ("max_drawdown", "<i8"),
        ("main_wagered", "<i8"),
        ("bonus_wagered", "<i8"),
        ("bonus_profit", "<i8"),
        ("seed", "<u4"),
        ("hands", "<u2"),
        ("stop_reason", "<u2"),
    ]
)
