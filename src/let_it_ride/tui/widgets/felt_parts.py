"""Cards and circles as they lie on the felt, line by line."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content

from let_it_ride.reports.replay_text import card_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Block = list[Content]
"""Lines that are as wide as each other."""

#: Four colours, for those who see them; shapes say it too.
_INKS: Final = {"s": "$foreground", "h": "$error", "d": "$secondary", "c": "$success"}
_PAPER: Final = "on $panel"


class CardSize(NamedTuple):
    """How large cards are, without their edges."""

    width: int
    height: int


SMALL: Final = CardSize(5, 3)
LARGE: Final = CardSize(7, 5)


def card_face(card: str, size: CardSize) -> Block:
    """A card that is seen: rank and suit in two corners, on a large one the suit between them."""
    ink, (width, height) = _INKS[card[1]], size
    aside = " " * (size == LARGE)
    lines = [" " * width] * height
    lines[0] = f"{aside}{card_text(card)}".ljust(width)
    if size == LARGE:
        lines[height // 2] = card_text(card)[-1].center(width)
    lines[-1] = f"{card_text(card)}{aside}".rjust(width)
    return _edged(
        [Content.styled(line, f"bold {ink} {_PAPER}") for line in lines], f"{ink} {_PAPER}"
    )


def card_back(size: CardSize) -> Block:
    """A card that lies face down."""
    back = Content.styled("░" * size.width, f"$primary {_PAPER}")
    return _edged([back] * size.height, f"$primary {_PAPER}")


def circle(title: str, text: str, below: str, width: int, *, style: str, is_empty: bool) -> Block:
    """A circle of the table with what lies in it, and a line under it.

    Args:
        title: which circle.
        text: what lies in it.
        below: what is said of it.
        width: how wide the block is.
        style: the style of what is said.
        is_empty: whether no chips lie in it.
    """
    across, down, ink = ("╌", "┆", "$muted") if is_empty else ("─", "│", "$accent")
    inner = width - 2
    head = f"{across} {title} " if inner >= len(title) + 3 else title
    head = head.ljust(inner, across)[:inner]
    shown = "$muted" if is_empty else "bold $accent"
    return [
        Content.styled(f"╭{head}╮", ink),
        Content.assemble((down, ink), (f" {text}".ljust(inner)[:inner], shown), (down, ink)),
        Content.styled(f"╰{across * inner}╯", ink),
        Content.styled(f"  {below}".ljust(width)[:width], style),
    ]


def beside(blocks: Iterable[Block], gap: int) -> Block:
    """Blocks beside each other, a gap between them; the last one may be shorter."""
    rows = zip_longest(*blocks, fillvalue=Content(""))
    return [Content(" " * gap).join(row) for row in rows]


def edge_length(size: CardSize, cards: int, gap: int = 1) -> int:
    """How wide some cards beside each other are, a gap between them."""
    return cards * (size.width + 2) + (cards - 1) * gap


def _edged(lines: Sequence[Content], style: str) -> Block:
    width = lines[0].cell_length
    return [
        Content.styled(f"╭{'─' * width}╮", style),
        *(Content.assemble(("│", style), line, ("│", style)) for line in lines),
        Content.styled(f"╰{'─' * width}╯", style),
    ]
