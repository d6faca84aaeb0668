"""The compiled loop that plays tables of several seats with real cards.

Every round deals two community cards and then three cards to each seat, whoever still plays, by a
partial Fisher–Yates shuffle: the front of the deck is the round. Four cards come of 32 bits of the
stream, by multiplication:

N. Brackett-Rozinsky and D. Lemire, Batched ranged random integer generation, Software: Practice
and Experience 55 (2025).

What a seat was dealt is a deal class (see `game.card_classes`), and what that brings is a round
like any other (see `rounds`).
"""

from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np
from numba import njit

from let_it_ride.simulation.formulas import ROOM as FORMULA_ROOM
from let_it_ride.simulation.kernel import play_stretch, write_notes, write_session
from let_it_ride.simulation.rounds import GOING_ON, State, fresh_state, reason_to_stop
from let_it_ride.simulation.streams import STATE_WORDS, fill, open_stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from let_it_ride.game.card_classes import CardClasses
    from let_it_ride.plan import KernelTables

_U64 = np.uint64
_INDEX = np.uintp

_MOST_SEATS = 7
_DECK = 52
TABLE_CLOSED = 5
_LOW_HALF = _U64(0xFFFFFFFF)
_WORDS_AT_ONCE = 64
_CARDS_AT_ONCE = 4
_ROUNDS_AT_ONCE = 16

LEAST_ROOM = _MOST_SEATS * _ROUNDS_AT_ONCE
"""How many sessions can end before `play_tables` looks whether there is room for more."""

_SUIT = _U64(3)
_NAMES_SHIFT = _U64(20)
_SHAPE_MASK = _U64((1 << 20) - 1)
_RANKS = _U64((1 << 13) - 1)


class TableRoom(NamedTuple):
    """What the kernel works in.

    Attributes:
        stream: state of a table's stream.
        words: words of it that are not yet used.
        deck: all cards; the first are those of the round.
        classes: deal classes by seat, of rounds that are not yet played; shape (7, rounds).
        states: where each seat stands, as the fields of `State`; shape (7, fields).
        formulas: for evaluating a formula.
        unfair: by the first of some cards drawn at once: how many of the 2³² fractions that are
            left are not used, so that all ways of drawing them are equally many.
        at: how far `play_tables` has come: tables that are done, and of the next the rounds dealt
            and the halves of words used; shape (3,).
    """

    stream: "NDArray[np.uint64]"
    words: "NDArray[np.uint64]"
    deck: "NDArray[np.uint64]"
    classes: "NDArray[np.uint16]"
    states: "NDArray[np.int64]"
    formulas: "NDArray[np.float64]"
    unfair: "NDArray[np.uint64]"
    at: "NDArray[np.int64]"

    @classmethod
    def new(cls) -> Self:
        """Room for one kernel at work."""
        return cls(
            np.empty(STATE_WORDS, dtype=np.uint64),
            np.empty(_WORDS_AT_ONCE, dtype=np.uint64),
            np.empty(_DECK, dtype=np.uint64),
            np.empty((_MOST_SEATS, _ROUNDS_AT_ONCE), dtype=np.uint16),
            np.empty((_MOST_SEATS, len(State._fields)), dtype=np.int64),
            np.empty(FORMULA_ROOM, dtype=np.float64),
            np.empty(_DECK, dtype=np.uint64),
            np.zeros(3, dtype=np.int64),
        )


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def _next_half(stream: Any, words: Any, halves: Any) -> Any:
    """The next 32 bits of a stream; `halves` were used before."""
    if halves % (2 * _WORDS_AT_ONCE) == 0:
        fill(stream, words, _WORDS_AT_ONCE)
    word = words[_INDEX(halves % (2 * _WORDS_AT_ONCE) >> 1)]
    return word >> _U64(32) if halves & 1 else word & _LOW_HALF


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def shuffle(deck: Any, cards: Any, unfair: Any, stream: Any, words: Any, halves: Any) -> Any:
    """Put a random hand of cards, in random order, at the front of the deck.

    Returns:
        How many halves of the stream's words have been used by then.
    """
    for first in range(0, cards, _CARDS_AT_ONCE):
        while True:
            left = _next_half(stream, words, halves)
            halves += 1
            product_0 = left * _U64(_DECK - first)
            product_1 = (product_0 & _LOW_HALF) * _U64(_DECK - 1 - first)
            product_2 = (product_1 & _LOW_HALF) * _U64(_DECK - 2 - first)
            product_3 = (product_2 & _LOW_HALF) * _U64(_DECK - 3 - first)
            if product_3 & _LOW_HALF >= unfair[_INDEX(first)]:
                break
        _swap(deck, first, product_0)
        _swap(deck, first + 1, product_1)
        _swap(deck, first + 2, product_2)
        _swap(deck, first + 3, product_3)
    return halves


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def _swap(deck: Any, first: Any, product: Any) -> None:
    """Draw the card that the high half of a product names, counted from a place on."""
    place = _INDEX(_U64(first) + (product >> _U64(32)))
    drawn = deck[place]
    deck[place] = deck[_INDEX(first)]
    deck[_INDEX(first)] = drawn


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def prepare(room: TableRoom) -> None:
    """Put the deck in order, and work out which fractions are unfair.

    With 2³² mod ways of the fractions left out, all ways to draw cards are equally many.
    """
    for card in range(_DECK):
        room.deck[_INDEX(card)] = _U64(card)
    for first in range(0, _DECK - _CARDS_AT_ONCE + 1, _CARDS_AT_ONCE):
        ways = _U64(1)
        for k in range(first, first + _CARDS_AT_ONCE):
            ways *= _U64(_DECK - k)
        room.unfair[_INDEX(first)] = (_U64(1) << _U64(32)) % ways


class Community(NamedTuple):
    """What is the same for all seats of a round.

    Attributes:
        names: where in an entry of `CardClasses.three` the new name of the fourth card's suit is.
        rank: the fourth card with the first of all suits.
        some: what is in the key of either card.
        both: what is in the keys of both.
    """

    names: int
    rank: int
    some: int
    both: int


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def community_of(deck: Any, classes: "CardClasses") -> Community:
    """The two cards at the front of the deck."""
    fourth, suit = deck[0], deck[0] & _SUIT
    one, other = classes.keys[_INDEX(fourth)], classes.keys[_INDEX(deck[1])]
    return Community(_NAMES_SHIFT + (suit << _U64(1)), fourth - suit, one | other, one & other)


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def deal_class(deck: Any, seat: Any, community: Community, classes: "CardClasses") -> Any:
    """The deal class of a seat; its cards begin at place 2 + 3 × seat of the deck."""
    at = 2 + 3 * seat
    x, y, z = deck[_INDEX(at)], deck[_INDEX(at + 1)], deck[_INDEX(at + 2)]
    low, high = min(x, y), max(x, y)
    middle = min(max(low, z), high)
    low, high = min(low, z), max(high, z)
    place = low + classes.second[_INDEX(middle)] + classes.third[_INDEX(high)]
    entry = _U64(classes.three[_INDEX(place)])
    fourth = community.rank + ((entry >> community.names) & _SUIT)
    start = _U64(classes.start[_INDEX((entry & _SHAPE_MASK) + fourth)])
    x, y, z = classes.keys[_INDEX(x)], classes.keys[_INDEX(y)], classes.keys[_INDEX(z)]
    either, both = x | y, x & y
    ranks = (either | z | community.some) & _RANKS
    repeated = (both | either & z | (either | z) & community.some | community.both) & _RANKS
    made = _U64(classes.ranks[_INDEX(ranks)]) + _U64(classes.repeated[_INDEX(repeated)])
    if both & z & community.both > _RANKS:  # all of one suit
        made = _U64(classes.suited[_INDEX(ranks)])
    return classes.deal[_INDEX(start + made)]


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def _keep(states: Any, seat: Any, state: State) -> None:
    """Note where a seat stands."""
    row = states[_INDEX(seat)]
    row[0], row[1], row[2], row[3] = state[0], state[1], state[2], state[3]
    row[4], row[5], row[6], row[7] = state[4], state[5], state[6], state[7]
    row[8], row[9], row[10], row[11] = state[8], state[9], state[10], state[11]
    row[12], row[17], row[18], row[19] = state[12], state[17], state[18], state[19]


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def _kept(states: Any, seat: Any) -> State:
    """Where a seat stands; its last round is not kept."""
    r = states[_INDEX(seat)]
    return State(
        r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], r[12],
        0, 0, 0, 0, r[17], r[18], r[19],
    )  # fmt: skip


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def _deal_rounds(
    room: TableRoom, classes: "CardClasses", seats: Any, count: Any, halves: Any
) -> Any:
    """Deal some rounds to every seat; return how many halves of words are used by then."""
    deck, cards = room.deck, 2 + 3 * seats
    for k in range(count):
        halves = shuffle(deck, cards, room.unfair, room.stream, room.words, halves)
        community = community_of(deck, classes)
        for seat in range(seats):
            dealt = deal_class(deck, seat, community, classes)
            room.classes[_INDEX(seat), _INDEX(k)] = dealt
    return halves


@njit(cache=True, nogil=True, _nrt=False)
def play_tables(
    tables: "KernelTables",
    classes: "CardClasses",
    seats: int,
    total_rounds: int,
    seeds: "NDArray[np.uint32]",
    first_table: int,
    rounds: int,
    sessions: "NDArray[np.int64]",
    dealt: "NDArray[np.uint32]",
    notes: "NDArray[np.uint32]",
    room: TableRoom,
) -> int:
    """Go on playing one table for each seed, from where `room.at` says.

    It stops where all tables are done, where there may be no room for the next sessions that end,
    or after about so many rounds. A table at which each seat plays one session is played whole.

    Args:
        tables: the plan's arrays and limits.
        classes: how cards become deal classes.
        seats: how many there are.
        total_rounds: rounds a table deals, with seats taken anew; 0 where each seat plays one
            session.
        seeds: the tables' own seeds; shape (tables,).
        first_table: id of the first table; the others follow.
        rounds: how many to deal in this call, counted by seat.
        sessions: filled table by table with what a session's row in `kernel.play_sessions` has,
            then table, seat, and the round of the table in which it ended: by seat where each
            plays one session, else by seat within some rounds; shape (room for sessions, 11).
            There is room for `LEAST_ROOM`.
        dealt: raised by one at each seat's deal class in a round; shape (deal classes,).
        notes: raised as in `kernel.play_sessions`, and then by the pairs of seats that played the
            same round; shape (4,).
        room: what to work in; the same from call to call.

    Returns:
        How many sessions ended.
    """
    table, dealt_rounds, halves = int(room.at[0]), int(room.at[1]), int(room.at[2])
    states = room.states
    ended = played = taken = 0
    if total_rounds:
        taken = (1 << seats) - 1
    while table < len(seeds):
        is_fresh = dealt_rounds == 0
        if (is_fresh or total_rounds) and (played >= rounds or ended + LEAST_ROOM > len(sessions)):
            break
        if is_fresh:
            seed = seeds[_INDEX(table)]
            open_stream(room.stream, tables.generator, seed, first_table + table, 0)
            prepare(room)
            for seat in range(seats):
                _keep(states, seat, fresh_state(tables))
            taken = (1 << seats) - 1
        last = total_rounds or tables.hand_limit
        count = min(_ROUNDS_AT_ONCE, last - dealt_rounds)
        halves = _deal_rounds(room, classes, seats, count, halves)
        is_last = dealt_rounds + count == total_rounds
        for seat in range(seats):
            if not taken >> seat & 1:
                continue
            state = _kept(states, seat)
            deals = room.classes[_INDEX(seat)]
            k = 0
            while k < count:
                end = min(count, k + tables.hand_limit - state.hands)
                state, k = play_stretch(tables, state, deals, k, end, dealt, room.formulas)
                reason = reason_to_stop(tables, state)
                if reason == GOING_ON and is_last and k == count:
                    reason = TABLE_CLOSED
                if reason == GOING_ON:
                    continue
                write_notes(notes, state)
                row = sessions[_INDEX(ended if total_rounds else ended + seat)]
                write_session(row, state, reason)
                row[8], row[9], row[10] = first_table + table, seat, dealt_rounds + k
                state = fresh_state(tables)
                if total_rounds:
                    ended += 1
                else:
                    taken &= ~(1 << seat)
                    k = count
            _keep(states, seat, state)
        played += count * seats
        dealt_rounds += count
        if not total_rounds and not taken:
            notes[3] += _pairs_of_seats(sessions, ended, seats)
            ended += seats
            table, dealt_rounds, halves = table + 1, 0, 0
        elif is_last:
            notes[3] += np.uint32(total_rounds * (seats * (seats - 1) // 2))
            table, dealt_rounds, halves = table + 1, 0, 0
    room.at[0], room.at[1], room.at[2] = table, dealt_rounds, halves
    return ended


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def _pairs_of_seats(sessions: Any, first: Any, seats: Any) -> Any:
    """The pairs of seats that played the same round of a table with one session a seat."""
    pairs = np.uint32(0)
    for one in range(first, first + seats):
        for other in range(first, one):
            both = min(sessions[_INDEX(one), 6], sessions[_INDEX(other), 6])
            pairs += np.uint32(both)
    return pairs
