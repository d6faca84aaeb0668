"""What is said about a hand on the table: its decisions, what it made, what it paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from let_it_ride.money import CENTS_PER_DOLLAR
from let_it_ride.reports.facts import REASONS
from let_it_ride.reports.numbers import count, decimal_text, money, percent, points

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from let_it_ride.analysis.decisions import Decision
    from let_it_ride.config import FullConfig
    from let_it_ride.simulation.replay import PlayedHand, Replay
    from let_it_ride.simulation.results import SessionResult

_DECIMALS: Final = 4

#: Values no further apart than this are equally good: they are sums of rounded numbers.
_TIE: Final = 1e-9

#: How large amounts are rounded where there is little room.
_UNITS: Final = (("G", 10**9), ("M", 10**6), ("k", 10**3))


def verb(*, rides: bool) -> str:
    """What was done with a bet."""
    return "rides" if rides else "pulled"


def on_the_table(hand: PlayedHand, decided: int) -> int:
    """What lies in the circles after so many decisions, in cents."""
    rides = (hand.bet_1_rides, hand.bet_2_rides)[:decided]
    return hand.bet * (3 - rides.count(False)) + hand.bonus


def reasons(decision: Decision, bet: int, *, rides: bool) -> Iterator[str]:
    """Say what riding and pulling are worth and which is better, in fewer and fewer words.

    Args:
        decision: the decision.
        bet: what is on each circle, in cents.
        rides: what was decided.
    """
    mark = "✓" if is_for_the_better(decision, rides=rides) else "✗"
    ride, pull = (_value(decision, value) for value in (decision.ride, decision.pull))
    short = f"ride {ride}   pull {pull}"
    if decision.worth == "bets":
        ride_money, pull_money = (
            money(value * bet, signed=True) for value in (decision.ride, decision.pull)
        )
        values = f"ride {ride} ({ride_money})   pull {pull} ({pull_money})"
    else:
        values = short
    if abs(decision.gain) <= _TIE:
        yield f"{values}   ✓ both are worth the same"
        yield f"{short}   ✓ the same"
        return
    better = "ride" if decision.gain > 0 else "pull"
    by, unit = _difference(decision, abs(decision.gain))
    yield f"{values}   {mark} {better} is better by {by}{unit}"
    yield f"{values}   {mark} {better} is better by {by}"
    yield f"{short}   {mark} {better} is better by {by}{unit}"
    yield f"{short}   {mark} {better} is better by {by}"
    yield f"{short}   {mark} {better} better by {by}"


def is_for_the_better(decision: Decision, *, rides: bool) -> bool:
    """Whether no more is to be had by the other decision."""
    return abs(decision.gain) <= _TIE or rides == (decision.gain > 0)


def made_text(hand: PlayedHand) -> str:
    """What the five cards made."""
    words = hand.category.key.replace("_", " ").replace("pair tens", "pair of tens")
    return words.capitalize()


def pays_texts(hand: PlayedHand) -> Iterator[str]:
    """What that pays, on how many bets, in fewer and fewer words.

    Where a bonus was bet, also what it brought, which is not the result of the hand then.
    """
    bets = hand.bets_in_action
    staked = f"{bets} {'bet' if bets == 1 else 'bets'}"
    pays = hand.main_result // (bets * hand.bet) if hand.bet else 0
    odds = f"pays {count(pays)} to 1" if hand.main_result > 0 else "pays nothing"
    if not hand.bonus:
        yield f"{odds}, {staked}"
        yield odds
        return
    brought = money(hand.main_result, signed=True)
    yield f"{odds}, {staked}: {brought}"
    yield f"{odds}: {brought}"
    yield f"{staked}: {brought}"
    yield brought


def bonus_texts(hand: PlayedHand) -> Iterator[str]:
    """What the bonus brought, in fewer and fewer words; nothing where none was bet."""
    if hand.bonus:
        brought = money(hand.bonus_result, signed=True)
        yield f"bonus, {hand.bonus_category.key.replace('_', ' ')}: {brought}"
        yield f"bonus: {brought}"


def amounts(cents: int, *, signed: bool = False) -> Iterator[str]:
    """An amount in less and less room: whole dollars go without cents, then it is rounded."""
    text = money(cents, signed=signed)
    yield text
    if text.endswith(".00"):
        yield text.removesuffix(".00")
    for unit, size in _UNITS:
        if abs(cents) >= CENTS_PER_DOLLAR * size:
            yield f"≈{money(cents / size, signed=signed)}{unit}"
            return


def fitting(texts: Iterable[str], room: int) -> str:
    """The first text that has room, or else the last one; empty if there are none."""
    text = ""
    for text in texts:
        if len(text) <= room:
            break
    return text


def asides(hand: PlayedHand) -> Iterator[str]:
    """What else there is to say of a hand."""
    if hand.won_meter:
        yield "the meter is won"
    if hand.bet_failed:
        yield "the bet's formula gave no number"
    if hand.bonus_failed:
        yield "the bonus's formula gave no number"


def so_far_text(hands: Sequence[PlayedHand]) -> tuple[str, ...]:
    """What some hands of a session have come to, in a few lines; nothing if there are none."""
    if not hands:
        return ()
    results = [hand.result for hand in hands]
    won, lost = sum(result > 0 for result in results), sum(result < 0 for result in results)
    parts = [f"bets {money(sum(hand.main_result for hand in hands), signed=True)}"]
    if any(hand.bonus for hand in hands):
        parts.append(f"bonus {money(sum(hand.bonus_result for hand in hands), signed=True)}")
    even = len(hands) - won - lost
    return (
        f"So far {count(won)} won, {count(lost)} lost, {count(even)} even",
        ", ".join(parts),
    )


def ended_text(session: SessionResult) -> str:
    """Why a session ended, and what it brought."""
    reason = REASONS[session.stop_reason.key]
    return f"Session ends: {reason[0].lower()}{reason[1:]}, {money(session.profit, signed=True)}"


def hand_title(replay: Replay, hand: int) -> str:
    """Which hand of a session it is."""
    return f"Hand {count(hand)} of {count(len(replay.hands))}"


def session_text(config: FullConfig, replay: Replay, base_seed: int, sessions: int | None) -> str:
    """Which session it is.

    Args:
        config: what was run.
        replay: the session.
        base_seed: the seed of its run.
        sessions: how many sessions the run has; None where that is chance.
    """
    session = replay.session
    number = f"Session {count(session.session)}"
    last = f" (0 to {count(sessions - 1)})" if sessions else ""
    at = ""
    if config.table.num_seats > 1 or config.table.total_rounds is not None:
        at = f" · seat {session.seat} of table {count(session.table)}"
    return f"{number}{last}{at} · seed {base_seed}"


def _value(decision: Decision, value: float) -> str:
    if decision.worth == "chance":
        return percent(value, _DECIMALS)
    if decision.worth == "cents":
        return money(value, signed=True)
    rounded = round(value, _DECIMALS) or 0.0
    return f"{'+' if rounded > 0 else ''}{decimal_text(rounded, _DECIMALS)}"


def _difference(decision: Decision, gain: float) -> tuple[str, str]:
    """The difference and its unit."""
    if decision.worth == "chance":
        return points(gain, _DECIMALS).removeprefix("+").removesuffix(" pp"), " pp"
    if decision.worth == "cents":
        return money(gain), ""
    return decimal_text(gain, _DECIMALS), " bets"
