"""Rounds for examples worked out by hand; with the published chart, and each bet on a circle."""

from typing import Any

from reference.books import Session
from reference.cards import deal
from reference.corners import Settings
from reference.player import play_session

#: Bet 1 and bet 2 are pulled, and the hand loses: one bet is lost. So is the bonus.
LOSER = deal("2s 5d 9h", "Jc", "4s")
#: Bet 1 and bet 2 are pulled, and tens are made at the end: one bet is won. The bonus loses.
WINNER = deal("2s 5d Th", "Jc", "Tc")
#: As the loser, but the bonus is paid once for a pair.
PAIR = deal("9s 9d 2h", "Jc", "4s")
#: A pair of tens from the start: three bets, even money, and a pair for the bonus.
TENS = deal("Ts Td 2h", "3c", "4s")
#: Pulled, ridden as four to a flush, made: two bets, eight to one. Three suited for the bonus.
LATE_FLUSH = deal("2s 5s 9s", "Ks", "4s")
#: Ridden as three to a royal, pulled, lost: two bets. Three suited cards for the bonus.
BROKEN_DRAW = deal("Ts Js As", "2d", "3h")
#: As the broken draw, but with a mini royal for the bonus.
MINI_ROYAL = deal("Qs Ks As", "2d", "3h")
ROYAL = deal("Ts Js As", "Qs", "Ks")

_BY_LETTER = {"W": WINNER, "L": LOSER, "P": PAIR, "T": TENS}


def play(*deals: Any, **config: Any) -> Session:
    """A session that these deals are enough for."""
    return play_session(config, deals)


def play_all(*deals: Any, **config: Any) -> Session:
    """A session of exactly these rounds, unless it is stopped earlier."""
    return play_session({"simulation": rounds(len(deals)), **config}, deals)


def rounds(number: int) -> Settings:
    return {"hands_per_session": number}


def letters(written: str) -> tuple[Any, ...]:
    """Rounds by their letters: won, lost, lost with a pair for the bonus, and tens."""
    return tuple(_BY_LETTER[letter] for letter in written)


def bets_of(session: Session) -> list[int]:
    return [played.bet for played in session.rounds]


def bonuses_of(session: Session) -> list[int]:
    return [played.bonus for played in session.rounds]
