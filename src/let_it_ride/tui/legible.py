"""What comes from files is shown, and never obeyed by the terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

#: Control characters, what turns the direction of writing or ends a line, what is no character.
_OBEYED: Final = re.compile(
    "[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
)


class LegibleLines(LineFilter):
    """Takes out of every line what a terminal would act on; lines stay as wide as they were."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments of a line as they can be sent."""
        if all(text.isprintable() for text, _, _ in segments):
            return segments
        return [
            segment if segment.control else Segment(_OBEYED.sub(_in_its_place, text), style)
            for segment in segments
            for text, style, _ in (segment,)
        ]


def _in_its_place(found: re.Match[str]) -> str:
    return "\ufffd" * cell_len(found[0])
