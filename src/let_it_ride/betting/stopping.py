"""Why sessions end."""

from enum import IntEnum


class StopReason(IntEnum):
    """Why a session ended, in the order in which the conditions are looked at before a round.

    Where the table has dealt its last round, that is looked at after all of them.
    """

    WIN_LIMIT = 0
    LOSS_LIMIT = 1
    MAX_HANDS = 2
    MAX_DURATION = 3
    INSUFFICIENT_FUNDS = 4
    TABLE_CLOSED = 5

    @property
    def key(self) -> str:
        """The name used in configurations, reports and JSON."""
        return self.name.lower()
