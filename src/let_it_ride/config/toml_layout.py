"""Which lines of a TOML text belong together, and changes made to a text all at once."""

import re
from itertools import takewhile
from typing import Final

from let_it_ride.config.toml_scan import Document, Statement

_BLANK_LINES: Final = re.compile(r"(?:[ \t]*\r?\n)*")


class Layout:
    """Which lines belong to which statement of a document."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._statements = document.statements
        self._indexes = {each.start: index for index, each in enumerate(document.statements)}

    def start(self, statement: Statement) -> int:
        """Return where a statement begins with the comments directly above it.

        A comment at the very top of the text is about the text and not about the statement.
        """
        index = self._indexes[statement.start]
        floor = self._statements[index - 1].end if index else 0
        start = statement.start
        while start > floor:
            line = self._text.rfind("\n", 0, start - 1) + 1
            if not self._is_comment(line):
                return start
            start = line
        return start or statement.start

    def table_end(self, header: Statement) -> int:
        """Return the end of a table's last pair and of the comments that touch it."""
        later = self._statements[self._indexes[header.start] + 1 :]
        pairs = list(takewhile(lambda each: each.entry, later))
        following = later[len(pairs) :]
        end = pairs[-1].end if pairs else header.end
        limit = self.start(following[0]) if following else len(self._text)
        while end < limit and self._is_comment(end):
            end = self._text.find("\n", end) + 1 or len(self._text)
        return end

    def block_end(self, statement: Statement) -> int:
        """Return where the table that a statement is, or is in, ends in the text.

        That is before the next header and its comments, and before the blank lines there.
        """
        later = self._statements[self._indexes[statement.start] + 1 :]
        limit = next((self.start(each) for each in later if not each.entry), len(self._text))
        content = len(self._text[:limit].rstrip())
        newline = self._text.find("\n", content, limit)
        return limit if newline < 0 else newline + 1

    def _is_comment(self, line: int) -> bool:
        end = self._text.find("\n", line)
        return self._text[line : end if end >= 0 else None].lstrip().startswith("#")


class Patch:
    """Changes to a text, by places in the text as it is before any of them.

    What is put in has plain newlines and gets the line ends of the text. Where changes overlap,
    the one that begins first wins.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._changes: list[tuple[int, int, str]] = []
        self._cuts: list[tuple[int, int]] = []

    def replace(self, start: int, end: int, new: str) -> None:
        """Put text in the place of what is between two places."""
        self._changes.append((start, end, new))

    def insert_lines(self, place: int, new: str) -> None:
        """Put lines before the line that begins at a place, or at the end of the text."""
        missing_end = "\n" if place and self.text[place - 1] != "\n" else ""
        self.replace(place, place, missing_end + (new if place else new.removeprefix("\n")))

    def cut_lines(self, start: int, end: int) -> None:
        """Take lines out, and the blank lines after them where there are some before them."""
        self._cuts.append((start, end))

    def result(self) -> str:
        """Return the text with all changes made."""
        newline = "\r\n" if "\r\n" in self.text else "\n"
        parts = []
        at = 0
        changes = [*self._changes, *self._joined_cuts()]
        for start, end, new in sorted(changes, key=lambda change: change[:2]):
            parts += [self.text[at:start], new.replace("\n", newline)]
            at = max(at, end)
        return "".join([*parts, self.text[at:]])

    def _joined_cuts(self) -> list[tuple[int, int, str]]:
        joined: list[tuple[int, int]] = []
        for start, end in sorted(self._cuts):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return [(start, self._past_blank_lines(start, end), "") for start, end in joined]

    def _past_blank_lines(self, start: int, end: int) -> int:
        line_before = self.text.rfind("\n", 0, max(start - 1, 0)) + 1
        if self.text[line_before:start].strip():
            return end
        blank = _BLANK_LINES.match(self.text, end)
        return blank.end() if blank else end


def indent_at(text: str, place: int) -> str:
    """Return the white space that the line with a place in it begins with."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return line[: len(line) - len(line.lstrip())]
