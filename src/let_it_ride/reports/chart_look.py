"""Which lines of a chart are looked at, in which order, and what is told of one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from let_it_ride.game.cards import RANKS, SUITS
from let_it_ride.game.shown_cards import class_of
from let_it_ride.reports.chart_text import MARK, difference_text, price_text, value_text
from let_it_ride.reports.numbers import count, money, one_in, percent
from let_it_ride.reports.replay_text import cards_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from let_it_ride.analysis.charts import Chart, ChartPart
    from let_it_ride.analysis.choices import ChartLine

#: How many hands there are of three and of four cards.
_HANDS: Final = {3: 22_100, 4: 270_725}

_NUMBERS: Final = {3: "three", 4: "four"}

_CARD: Final = re.compile(f"([{RANKS.lower()}])([{SUITS}])")
_CARDS: Final = re.compile(rf"[\s,]*({_CARD.pattern}[\s,]*)+")
_SUITS: Final = str.maketrans("♣♦♥♠", "cdhs")

ORDERS: Final[dict[str, tuple[str, Callable[[ChartLine], float]]]] = {
    "decision": ("what rides first", lambda _: 0),
    "often": ("the most frequent first", lambda line: -float(line.share)),
    "close": ("the closest decision first", lambda line: float(line.price)),
    "cost": (
        "the costliest difference first",
        lambda line: 0 if line.is_usual else -float(line.price * line.share),
    ),
}
"""The orders of lines by their names: each in words, and what they are sorted by."""


@dataclass(frozen=True, slots=True)
class Look:
    """What of a chart is looked at.

    Attributes:
        apart: whether hands are told apart where riding is not worth the same.
        only_different: whether only what the optimal chart decides otherwise is looked at.
        order: a name in `ORDERS`.
        words: words that a line has to have, its decision among them; or three or four cards,
            whose line it then is.
    """

    apart: bool = False
    only_different: bool = False
    order: str = "decision"
    words: str = ""

    def lines(self, part: ChartPart) -> tuple[ChartLine, ...]:
        """The lines of a part that are looked at."""
        lines = part.classes if self.apart else part.lines
        if self.only_different:
            lines = tuple(line for line in lines if not line.is_usual)
        if cards := self.cards:
            lines = tuple(line for line in lines if _is_of(line, cards))
        else:
            words = self.words.lower().split()
            lines = tuple(line for line in lines if all(word in _searched(line) for word in words))
        return tuple(sorted(lines, key=ORDERS[self.order][1]))

    @property
    def cards(self) -> tuple[str, ...]:
        """The three or four cards that are looked for; none if the words are others."""
        cards = _cards(self.words)
        return cards if len(cards) == len(set(cards)) and len(cards) in _HANDS else ()

    def why_none(self, part: ChartPart) -> str:
        """Why no line of a part is looked at, in a sentence."""
        decided = len(part.lines[0].example)
        if self.cards and len(self.cards) != decided:
            return f"Decided on {_NUMBERS[decided]} cards; these are {_NUMBERS[len(self.cards)]}."
        if _cards(self.words) and not self.cards:
            return f"“{self.words.strip()}” is no hand: that is three or four different cards."
        if self.only_different and (self.cards or not self.words.strip()):
            return "No hand here is played otherwise than the optimal chart has it."
        return f"No hand here has the words “{self.words.strip()}”."

    @property
    def next_order(self) -> str:
        """The order after this one."""
        names = list(ORDERS)
        return names[(names.index(self.order) + 1) % len(names)]

    def text(self) -> str:
        """What is looked at, in words; empty for the whole chart as it comes."""
        parts = []
        if self.apart:
            parts.append("every class of hands")
        if self.only_different:
            parts.append(f"only what differs {MARK}")
        if self.order != "decision":
            parts.append(ORDERS[self.order][0])
        if self.words.strip():
            parts.append(f"with “{self.words.strip()}”")
        return ", ".join(parts)


def line_facts(chart: Chart, line: ChartLine, part: int) -> Iterator[str]:
    """Say all that is known of a line, a sentence or two at a time.

    Args:
        chart: the chart.
        line: one of its lines.
        part: in which part of the chart it is.
    """
    cards = len(line.example)
    hands = round(line.share * _HANDS[cards])
    yield (
        f"Such as {cards_text(line.example)}. {count(hands)} of {count(_HANDS[cards])} hands"
        f" ({percent(line.share, 3)}), {one_in(line.share)}."
    )
    ride, pull = (value_text(chart, value) for value in (line.ride, line.pull))
    if chart.moment is not None:
        yield f"Ride {ride}, pull {pull}."
    elif part == 0:
        yield f"Ride {ride}, pull {pull} bets: the mean of the whole hand, as played on."
    else:
        both = (value_text(chart, line.pull + value) for value in (line.ride, line.pull))
        yield f"Ride {ride}, pull {pull} bets; with bet 1 riding {' and '.join(both)}."
    yield _judged(chart, line)


def copied_text(chart: Chart, part: ChartPart, look: Look) -> str:
    """The lines that are looked at, to be put somewhere else: one line each, columns by tabs."""
    columns = [part.title, "hand", "for example", "of hands", "ride", "pull", "gain"]
    rows = [
        [
            f"{'ride' if line.rides else 'pull'}{'' if line.is_usual else f' {MARK}'}",
            line.hand,
            cards_text(line.example),
            percent(line.share, 3),
            *(value_text(chart, value) for value in (line.ride, line.pull)),
            difference_text(chart, line.gain),
        ]
        for line in look.lines(part)
    ]
    return "".join("\t".join(row) + "\n" for row in (columns, *rows))


def _judged(chart: Chart, line: ChartLine) -> str:
    """Say whether the decision is the best one, and what the other one costs."""
    does, against, other = (
        ("Rides", "pulls", "pulling") if line.rides else ("Pulls", "rides", "riding")
    )
    price = price_text(chart, line.price)
    if not line.gain:
        return f"{does}; both are worth the same."
    if line.is_usual:
        alike = "best play" if chart.moment is None else "the optimal chart"
        return f"✓ {does}, as {alike}; {other} would cost {price}."
    if chart.moment is not None:
        return f"✓ {does}; {MARK} the optimal chart {against}, which would cost {price}."
    share = line.price * line.share
    a_round = (
        f"{difference_text(chart, share).removeprefix('+')} ({money(float(share) * chart.bet)})"
    )
    return f"✗ {does}; best play {against}: {price} lost, {a_round} a round."


def _searched(line: ChartLine) -> str:
    return f"{'ride' if line.rides else 'pull'} {line.hand}"


def _cards(words: str) -> tuple[str, ...]:
    """The names of cards that were typed, however parted; none if there is anything else.

    ``As``, ``aS``, ``10h`` and ``T♥`` all are cards.
    """
    text = words.translate(_SUITS).lower().replace("10", "t")
    if not _CARDS.fullmatch(text):
        return ()
    return tuple(f"{rank.upper()}{suit}" for rank, suit in _CARD.findall(text))


def _is_of(line: ChartLine, cards: tuple[str, ...]) -> bool:
    if len(line.example) != len(cards):
        return False
    numbers = [
        RANKS.index(rank) * len(SUITS) + SUITS.index(suit) for rank, suit in map(tuple, cards)
    ]
    return class_of(numbers) in line.classes
