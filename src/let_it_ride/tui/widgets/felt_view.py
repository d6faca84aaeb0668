"""A hand on the felt: cards, circles, what was decided and why, what it paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.reports.chart_text import MARK
from let_it_ride.reports.felt_text import (
    amounts,
    asides,
    bonus_texts,
    fitting,
    is_for_the_better,
    made_text,
    on_the_table,
    pays_texts,
    reasons,
    verb,
)
from let_it_ride.reports.numbers import money, percent
from let_it_ride.reports.replay_text import cards_text
from let_it_ride.tui.replays import Stage
from let_it_ride.tui.styles import style_sheet
from let_it_ride.tui.widgets.felt_parts import (
    LARGE,
    SMALL,
    Block,
    CardSize,
    beside,
    card_back,
    card_face,
    circle,
    edge_length,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.events import Click

    from let_it_ride.analysis.decisions import Decision
    from let_it_ride.tui.replays import OnFelt

#: From this height on there is room for large cards.
_ROOMY: Final = 19

_GAP: Final = 3

#: What is said of a hand stands beside the cards if it has so many columns there.
_BESIDE: Final = 16

_TO_DECIDE: Final = ("to decide", "open")
_PULLED: Final = ("○ pulled", "○")
_NO_BET: Final = ("○ no bet", "○")


class FeltView(Widget):
    """The table as it is at one stage of a hand."""

    DEFAULT_CSS = style_sheet(__file__)
    SCOPED_CSS = False

    sight: reactive[OnFelt | None] = reactive(None)
    """What is looked at."""

    note: reactive[str] = reactive("")
    """What is told in place of what is not known yet."""

    class Pressed(Message):
        """The felt was clicked."""

    def on_click(self, event: Click) -> None:
        """Say so."""
        event.stop()
        self.post_message(self.Pressed())

    def render(self) -> Content:
        """Render the table for the room there is."""
        if self.sight is None:
            return Content(self.note)
        return Content("\n").join(self._lines(self.sight))

    def _lines(self, sight: OnFelt) -> Iterator[Content]:
        width, height = self.content_size
        is_roomy = height >= _ROOMY
        blank = Content("")
        size = LARGE if is_roomy and width - _cards_length(LARGE) >= _BESIDE else SMALL
        room = width - _cards_length(size)
        yield from self._cards(sight, size, room)
        if is_roomy:
            yield blank
        yield from _circles(sight, width, 17 if is_roomy else 15)
        yield _in_a_line(sight, width) if room < _BESIDE else blank
        if sight.told is None:
            yield Content.styled(self.note, "$muted")
            return
        for bet, decision in enumerate(sight.told, start=1):
            yield from self._decision(sight, bet, decision)
            if is_roomy:
                yield blank

    def _cards(self, sight: OnFelt, size: CardSize, room: int) -> Block:
        """The cards, and what is said beside them if that has room."""
        hand = sight.played
        near, far = (1, _GAP) if room >= 0 else (0, 1)
        community = [
            card_face(card, size) if sight.stage >= shown else card_back(size)
            for card, shown in ((hand.fourth, Stage.FOURTH), (hand.fifth, Stage.PAID))
        ]
        own = edge_length(size, 3, near) + far
        heads = f"{sight.own_title:<{own}}{'Community cards':<{edge_length(size, 2, near) + far}}"
        cards = [beside([card_face(card, size) for card in hand.own], near)]
        cards.append(beside(community, near))
        if room < _BESIDE:
            head = Content.styled(heads.rstrip(), "$muted").truncate(self.content_size.width)
            return [head, *beside(cards, far)]
        burned = f"burned {cards_text(hand.burned)}" if hand.burned else ""
        aside = Content.assemble((heads, "$muted"), (burned[:room], "$muted"))
        told = list(_told(sight, room))
        if size == LARGE and sight.so_far:
            so_far = (Content.styled(text, "$muted") for text in sight.so_far)
            told += [Content(""), *(line for text in so_far for line in text.wrap(room))]
        told = told[: size.height + 2]
        above = (size.height + 2 - len(told)) // 2
        told = [Content(""), *told] if above else told
        return [
            aside,
            *beside([*cards, [line.truncate(room, ellipsis=True) for line in told]], far),
        ]

    def _decision(self, sight: OnFelt, bet: int, decision: Decision) -> Iterator[Content]:
        hand, line, width = sight.played, decision.line, self.content_size.width
        is_made = sight.stage >= bet
        rides = (hand.bet_1_rides, hand.bet_2_rides)[bet - 1] if is_made else line.rides
        word = f" {verb(rides=rides)}" if is_made else f": {'ride' if rides else 'pull'}"
        first = Content.assemble((f"Bet {bet}{word}", "bold"), f"  {line.hand}")
        share = f"  {percent(line.share, 1)} of all hands"
        usual = "" if line.is_usual else f"  {MARK} the optimal chart"
        for text, style in ((usual, "$warning"), (share, "$muted")):
            if first.cell_length + len(text) <= width:
                first = Content.assemble(first, (text, style))
        yield first.truncate(width, ellipsis=True)
        text = fitting(reasons(decision, hand.bet, rides=rides), width - 2)
        style = "" if is_for_the_better(decision, rides=rides) else "$warning"
        yield Content.styled(f"  {text}", style).truncate(width, ellipsis=True)


def _told(sight: OnFelt, room: int) -> Iterator[Content]:
    """What is said beside the cards, where there is room."""
    hand = sight.played
    if sight.stage < Stage.PAID:
        yield Content.styled(f"Bet {sight.stage + 1}: ride or pull?", "bold $primary")
        staked = money(on_the_table(hand, sight.stage))
        yield Content.assemble(("On the table ", "$muted"), staked)
        return
    yield Content.styled(made_text(hand), "bold $primary")
    yield Content(fitting(pays_texts(hand), room))
    if hand.bonus:
        yield Content(fitting(bonus_texts(hand), room))
    for text in asides(hand):
        yield Content.styled(text, "$warning")
    yield Content.assemble(
        ("This hand ", "$muted"), (money(hand.result, signed=True), _style_of(hand.result))
    )


def _in_a_line(sight: OnFelt, room: int) -> Content:
    """What is said where there is no room beside the cards."""
    told = [line for line in _told(sight, room) if line.plain]
    return Content("  ").join([told[0], told[-1]]).truncate(room, ellipsis=True)


def _cards_length(size: CardSize) -> int:
    """How wide the cards of a hand are, with the gap behind them."""
    return edge_length(size, 3) + edge_length(size, 2) + 2 * _GAP


def _circles(sight: OnFelt, room: int, usual: int) -> Block:
    gap = 2 if 4 * usual + 3 * 2 <= room else 1
    width = min(usual, (room - 3 * gap) // 4)
    hand, is_paid = sight.played, sight.stage is Stage.PAID
    each = hand.main_result // hand.bets_in_action
    inside, under = width - len("│ ● │"), width - len("  ")
    staked = fitting(amounts(hand.bet), inside)
    paid = fitting(amounts(each, signed=True), under)
    blocks = []
    bets = (
        ("Bet 1", hand.bet_1_rides, Stage.FOURTH),
        ("Bet 2", hand.bet_2_rides, Stage.PAID),
        ("Bet 3", True, Stage.DEALT),
    )
    for title, rides, decided in bets:
        is_pulled = not rides and sight.stage >= decided
        word = verb(rides=rides) if sight.stage >= decided else fitting(_TO_DECIDE, under)
        below = "" if is_pulled else paid if is_paid else word
        text = fitting(_PULLED, inside + 2) if is_pulled else f"● {staked}"
        style = f"bold {_style_of(each)}" if is_paid else "$muted"
        blocks.append(circle(title, text, below, width, style=style, is_empty=is_pulled))
    result = hand.bonus_result
    paid = fitting(amounts(result, signed=True), under)
    below = "" if not hand.bonus else paid if is_paid else "rides"
    text = (
        f"● {fitting(amounts(hand.bonus), inside)}" if hand.bonus else fitting(_NO_BET, inside + 2)
    )
    style = f"bold {_style_of(result)}" if is_paid else "$muted"
    blocks.append(circle("Bonus", text, below, width, style=style, is_empty=not hand.bonus))
    return beside(blocks, gap)


def _style_of(amount: int) -> str:
    return "$success" if amount > 0 else "$error" if amount < 0 else "$muted"
