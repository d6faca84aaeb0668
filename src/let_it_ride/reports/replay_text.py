"""A replayed session in words, for people: no line is longer than 80 columns."""

from collections.abc import Iterable, Iterator
from typing import Final

from let_it_ride.reports.numbers import count, money
from let_it_ride.simulation.replay import PlayedHand, Replay
from let_it_ride.simulation.results import SessionResult

_WIDTH: Final = 80
_NUMBER_WIDTH: Final = 5
_INDENT: Final = " " * (_NUMBER_WIDTH + 2)
_LABEL_WIDTH: Final = 26
_SHOWN: Final = str.maketrans({"T": "10", "c": "♣", "d": "♦", "h": "♥", "s": "♠"})

#: So much room three cards take, and two.
_OWN: Final = len("10♣ 10♦ 10♥")
_COMMUNITY: Final = len("10♣ 10♦")


def replay_lines(replay: Replay, base_seed: int, *, at_table: bool) -> Iterator[str]:
    """The whole replay: every hand, the session's totals and why it ended.

    Args:
        replay: the session.
        base_seed: the seed of its run.
        at_table: whether to say at which table and seat.
    """
    session = replay.session
    yield f"Session {count(session.session)} of the run with seed {base_seed}"
    if at_table:
        first = f", from its round {count(replay.hands[0].round)} on" if replay.hands else ""
        yield f"Seat {session.seat} of table {count(session.table)}{first}"
    yield f"Bankroll {money(replay.starting_bankroll)}"
    for hand in replay.hands:
        yield ""
        yield from hand_lines(hand)
    yield ""
    yield from _total_lines(session, replay.starting_bankroll, at_table=at_table)


def hand_lines(hand: PlayedHand) -> Iterator[str]:
    """A hand: its cards, decisions, what it made and the bankroll after it; then the money."""
    decisions = ", ".join(
        "rode" if rides else "pulled" for rides in (hand.bet_1_rides, hand.bet_2_rides)
    )
    own, community = cards_text(hand.own), cards_text((hand.fourth, hand.fifth))
    cards = f"{own:<{_OWN}}  {community:<{_COMMUNITY}}"
    played = f"{cards}  {decisions:<14}  {_words(hand.category.key)}"
    left = f"{hand.hand:>{_NUMBER_WIDTH}}  {played}"
    bankroll = money(hand.bankroll)
    if len(left) + 2 + len(bankroll) > _WIDTH:
        yield left
        left = ""
    yield left + bankroll.rjust(_WIDTH - len(left))
    yield from _wrapped(_money_of(hand))


def card_text(card: str) -> str:
    """A card as cards show it: ``A♠``, ``10♥``."""
    return card.translate(_SHOWN)


def cards_text(cards: Iterable[str]) -> str:
    """Cards with a blank between them."""
    return " ".join(map(card_text, cards))


def _money_of(hand: PlayedHand) -> Iterator[str]:
    bets = hand.bets_in_action
    staked = f"{bets} bet{'' if bets == 1 else 's'} of {money(hand.bet)}"
    yield f"{staked}: {money(hand.main_result, signed=True)}"
    if hand.bonus:
        with_three = _words(hand.bonus_category.key)
        result = money(hand.bonus_result, signed=True)
        yield f"bonus {money(hand.bonus)}, {with_three}: {result}"
    if hand.won_meter:
        yield "the meter is won"
    if hand.bet_failed:
        yield "the bet's formula gave no number"
    if hand.bonus_failed:
        yield "the bonus's formula gave no number"
    if hand.burned:
        yield f"burned {cards_text(hand.burned)}"


def _wrapped(parts: Iterable[str]) -> Iterator[str]:
    """Parts on as few lines as they fit on."""
    line = ""
    for part in parts:
        longer = f"{line}; {part}" if line else part
        if line and len(_INDENT) + len(longer) > _WIDTH:
            yield _INDENT + line
            line = part
        else:
            line = longer
    yield _INDENT + line


def _total_lines(
    session: SessionResult, starting_bankroll: int, *, at_table: bool
) -> Iterator[str]:
    totals = {
        "Hands": count(session.hands),
        "Profit": money(session.profit, signed=True),
        "Bankroll": money(starting_bankroll + session.profit),
        "Highest profit": money(session.peak),
        "Deepest fall": money(session.max_drawdown),
        "Main bets in action": money(session.main_wagered),
        "Bonus bets": money(session.bonus_wagered),
        "Profit of the bonus": money(session.bonus_profit, signed=True),
        "Ended by": _words(session.stop_reason.key),
        "Its table's seed" if at_table else "Its own seed": str(session.seed),
    }
    for label, value in totals.items():
        yield f"{label:<{_LABEL_WIDTH}}{value:>24}"


def _words(key: str) -> str:
    return key.replace("_", " ")
