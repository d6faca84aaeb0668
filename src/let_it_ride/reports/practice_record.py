"""The record of practice: how many hands, how many mistakes, what they cost; kept in a file."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

from let_it_ride import files
from let_it_ride.analysis.practice import PARTS
from let_it_ride.errors import LetItRideError
from let_it_ride.game.cards import RANKS, SUITS
from let_it_ride.reports.numbers import count, decimal_text, money, percent
from let_it_ride.reports.replay_text import card_text

_LARGEST: Final = 1 << 20

#: So many mistakes are kept to be looked at again.
_REMEMBERED: Final = 200

#: No number of a record is larger: a lifetime of the largest bets comes to less.
_MOST: Final = 10**24

#: What the chart calls hands is shorter.
_LONGEST_HAND: Final = 200

#: So much room a card takes, four of them with blanks between them, a decision and its cost.
_CARD: Final = len("10♣")
_CARDS: Final = 4 * _CARD + 3
_DECISION: Final = len("bet 1 pulled")
_COST: Final = len("Cost, bets")

MISTAKES_HEAD: Final = (
    f"{'Cards':<{_CARDS}}  {'Decision':<{_DECISION}}  {'Cost, bets':>{_COST}}  Hand"
)
"""What stands in the lines of mistakes."""


class PracticeRecordError(LetItRideError):
    """The record of practice cannot be read or written."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Mistake:
    """A decision that cost something.

    Attributes:
        cards: the cards that were seen.
        rode: whether the bet rode.
        hand: what the chart calls such hands.
        cost: what it cost, in `PARTS` of a bet.
        bet: the bet, in cents.
    """

    cards: tuple[str, ...]
    rode: bool
    hand: str
    cost: int
    bet: int

    def text(self) -> str:
        """The mistake in a line, as `MISTAKES_HEAD` has it."""
        cards = " ".join(f"{card_text(card):<{_CARD}}" for card in self.cards)
        what = f"bet {len(self.cards) - 2} {'rode' if self.rode else 'pulled'}"
        price = decimal_text(self.cost / PARTS, 4)
        return f"{cards:<{_CARDS}}  {what:<{_DECISION}}  {price:>{_COST}}  {self.hand}"


@dataclass(frozen=True, slots=True)
class PracticeRecord:
    """What has been practised.

    Attributes:
        hands: hands that were played to their end.
        decisions: decisions on them.
        cost: what mistakes cost, in `PARTS` of a bet.
        money: what they cost, in `PARTS` of a cent.
        mistaken: decisions that cost something.
        latest: the latest of them, the last one first.
    """

    hands: int = 0
    decisions: int = 0
    mistaken: int = 0
    cost: int = 0
    money: int = 0
    latest: tuple[Mistake, ...] = ()

    def with_decision(self, mistake: Mistake | None, *, ends_hand: bool) -> Self:
        """The record with another decision, which may have been a mistake."""
        mistakes = () if mistake is None else (mistake,)
        return replace(
            self,
            hands=self.hands + ends_hand,
            decisions=self.decisions + 1,
            mistaken=self.mistaken + len(mistakes),
            cost=self.cost + sum(each.cost for each in mistakes),
            money=self.money + sum(each.cost * each.bet for each in mistakes),
            latest=(*mistakes, *self.latest)[:_REMEMBERED],
        )

    def text(self) -> str:
        """The numbers in a line."""
        if not self.decisions:
            return "nothing decided yet"
        hands = f"{count(self.hands)} {'hand' if self.hands == 1 else 'hands'}"
        right = self.decisions - self.mistaken
        share = percent(right / self.decisions, 1)
        decided = f"{count(right)} of {count(self.decisions)} decisions right ({share})"
        cost = f"cost {decimal_text(self.cost / PARTS, 4)} bets, {money(self.money / PARTS)}"
        return f"{hands}, {decided}, {cost}"


def record_file() -> Path:
    """Where the record is kept."""
    return files.data_directory() / "practice.json"


def read_record() -> PracticeRecord:
    """Read the record; an empty one if nothing has been practised yet.

    Raises:
        PracticeRecordError: the file is there and cannot be read.
    """
    file = record_file()
    try:
        content = files.read_small_file(file, _LARGEST + 1)
    except FileNotFoundError:
        return PracticeRecord()
    except OSError as error:
        raise PracticeRecordError(f"{file}: {error.strerror or error}") from error
    try:
        return _record(json.loads(content[: _LARGEST + 1]))
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise PracticeRecordError(
            f"{file} is no record of practice; move it away, and a new one is begun"
        ) from error


def keep_decision(mistake: Mistake | None, *, ends_hand: bool) -> PracticeRecord:
    """Add a decision to the record that is kept, and return it.

    Raises:
        PracticeRecordError: it cannot be read.
        FileError: it cannot be written.
    """
    record, file = read_record().with_decision(mistake, ends_hand=ends_hand), record_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    files.write_atomically(file, json.dumps(asdict(record)).encode())
    return record


def _record(data: dict[str, Any]) -> PracticeRecord:
    latest = tuple(map(_mistake, data["latest"]))
    hands, decisions, mistaken, cost, in_money = (
        _whole(data[name]) for name in ("hands", "decisions", "mistaken", "cost", "money")
    )
    if not len(latest) <= mistaken <= decisions:
        raise ValueError("more mistakes than decisions")
    return PracticeRecord(hands, decisions, mistaken, cost, in_money, latest)


def _mistake(data: dict[str, Any]) -> Mistake:
    cards, rode, hand = data["cards"], data["rode"], data["hand"]
    if not isinstance(cards, list) or len(cards) not in {3, 4}:
        raise ValueError("no cards of a decision")
    if not isinstance(rode, bool):
        raise TypeError("no decision")
    if not isinstance(hand, str) or not hand.isprintable() or len(hand) > _LONGEST_HAND:
        raise ValueError("no hand of the chart")
    return Mistake(tuple(map(_card, cards)), rode, hand, _whole(data["cost"]), _whole(data["bet"]))


def _card(name: object) -> str:
    if not isinstance(name, str) or len(name) != 2 or name[0] not in RANKS or name[1] not in SUITS:
        raise ValueError("no card")
    return name


def _whole(number: object) -> int:
    if type(number) is not int or not 0 <= number <= _MOST:
        raise ValueError("no number of anything")
    return number
