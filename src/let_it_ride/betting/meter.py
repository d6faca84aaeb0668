"""The progressive meter of the bonus."""

from typing import NamedTuple

#: The meter is counted in millionths of a cent: what a bonus adds to it is exact.
PER_CENT = 1_000_000


class Meter(NamedTuple):
    """A progressive meter, which starts anew with every session.

    A bonus bet adds to it before the cards are dealt; a mini royal wins what it then holds, or as
    much of it as the bonus is of a dollar.

    Attributes:
        is_there: whether a mini royal wins the meter; otherwise nothing else here counts.
        start: what it holds when a session begins, in millionths of a cent.
        rate: millionths of a bonus bet that are added.
        reset: what it holds after it has been won, in millionths of a cent.
    """

    is_there: bool
    start: int
    rate: int
    reset: int

    def most_won(self, staked: int) -> int:
        """No mini royal wins more cents, if so many cents are staked on the bonus in all."""
        return (max(self.start, self.reset) + staked * self.rate) // PER_CENT


NO_METER = Meter(is_there=False, start=0, rate=0, reset=0)
