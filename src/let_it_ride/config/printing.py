"""Text that is safe to show on a terminal."""

from typing import Final

LONGEST: Final = 60
"""Characters shown of a value or a name."""


def quoted(text: str) -> str:
    """Return text in quotes, shortened, with nothing in it that a terminal would act on."""
    return f'"{printable(shortened(text))}"'


def printable(text: str) -> str:
    """Return text on one line with every character that cannot be printed escaped."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def printable_lines(text: object) -> str:
    """Return the text of something with all but its line ends escaped that cannot be printed."""
    return "\n".join(map(printable, str(text).split("\n")))


def shortened(text: str) -> str:
    """Return text cut to the length that is shown."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
