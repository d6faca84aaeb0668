"""What pictures are made of: marks, texts, and a frame with words."""

from typing import Final

from let_it_ride.reports.page.markup import Markup, element, joined

NARROW: Final = 340
"""The width of a picture that fits on a phone."""

WIDE: Final = 960
"""The width of a picture that takes the page."""

#: About how wide a character is.
_CHARACTER: Final = 6.8


def text(x: float, y: float, words: str, class_: str = "", anchor: str = "middle") -> Markup:
    """Words at a place."""
    return element("text", words, x=x, y=y, class_=class_ or None, text_anchor=anchor)


def turned(x: float, y: float, words: str, class_: str) -> Markup:
    """Words that are read from below, around a place."""
    return element(
        "text",
        words,
        class_=class_,
        text_anchor="middle",
        transform=f"translate({x:g} {y:g}) rotate(-90)",
    )


def upright(x: float, top: float, bottom: float, class_: str) -> Markup:
    """A line from top to bottom."""
    return element("line", x1=x, x2=x, y1=top, y2=bottom, class_=class_)


def level(y: float, left: float, right: float, class_: str) -> Markup:
    """A line from left to right."""
    return element("line", x1=left, x2=right, y1=y, y2=y, class_=class_)


def box(x: float, y: float, width: float, height: float, class_: str) -> Markup:
    """A filled rectangle."""
    return element("rect", x=x, y=y, width=max(width, 0.0), height=max(height, 0.0), class_=class_)


def dot(x: float, y: float, radius: float, class_: str) -> Markup:
    """A filled circle."""
    return element("circle", cx=x, cy=y, r=radius, class_=class_)


def width_of(words: str) -> float:
    """About how wide some words are."""
    return len(words) * _CHARACTER


def centred(x: float, words: str, left: float, right: float) -> float:
    """The middle of words that stand at a place, moved so that all of them are in the picture."""
    half = width_of(words) / 2
    return min(max(x, left + half), right - half)


class Shelf:
    """Rows of words, in which none stand on others."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[float, float]]] = []

    def row_for(self, middle: float, words: str, most: int = 9) -> int | None:
        """The first of so many rows that has room for some words, which take it; None for none."""
        half = width_of(words) / 2 + 4
        left, right = middle - half, middle + half
        for number in range(most):
            if number == len(self.rows):
                self.rows.append([])
            if all(right < start or left > end for start, end in self.rows[number]):
                self.rows[number].append((left, right))
                return number
        return None


def picture(
    name: str,
    title: str,
    description: str,
    size: tuple[float, float],
    *parts: Markup | None,
    class_: str = "",
) -> Markup:
    """A picture that says what it shows to those who do not see it.

    Args:
        name: no other picture of the page has it.
        title: what it is.
        description: what it shows.
        size: its width and height.
        parts: what is in it, the hindmost first.
        class_: of which kind it is.
    """
    width, height = size
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        joined(*parts),
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        class_=class_ or None,
    )
