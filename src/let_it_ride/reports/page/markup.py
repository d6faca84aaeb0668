"""HTML and SVG as text: elements that are closed, and everything in them escaped."""

from html import escape
from typing import Final

Child = str | float | None

_VOID: Final = ("meta", "link", "br", "path", "rect", "line", "circle", "use")


class Markup(str):
    """Text that is markup, and is not escaped again."""

    __slots__ = ()


def element(name: str, /, *children: Child, **attributes: Child) -> Markup:
    """Return an element.

    Args:
        name: its name.
        children: what is in it; text is escaped, None left out.
        attributes: its attributes; a ``_`` at the end is left out, others are hyphens, and those
            that are None are not there.
    """
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{plain(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID and not children:
        return Markup(f"<{name}{pairs} />")
    inside = "".join(plain(child) for child in children if child is not None)
    return Markup(f"<{name}{pairs}>{inside}</{name}>")


def joined(*parts: Child) -> Markup:
    """Return markup and texts one after the other."""
    return Markup("".join(plain(part) for part in parts if part is not None))


def plain(value: Child) -> str:
    """Return what stands for a value: markup as it is, text escaped, lengths to a tenth."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return escape("".join(map(_visible, str(value))))


def _visible(character: str) -> str:
    """A character that shows itself and changes nothing around it."""
    if character.isprintable() or character in "\n\N{NO-BREAK SPACE}":
        return character
    return character.encode("unicode_escape").decode()


def prose(words: str) -> Markup:
    """Return a paragraph's text in which no amount is broken between its sign and its digits.

    No share is broken before its percent sign either.
    """
    return Markup(
        " ".join(
            element("span", word, class_="amount") if "$" in word else plain(word)
            for word in unbroken(words).split(" ")
        )
    )


def unbroken(words: str) -> str:
    """Return text in which no share is broken before its percent sign."""
    return words.replace(" %", "\N{NO-BREAK SPACE}%")
