"""Elements put into and taken out of a list that is written in brackets."""

import re
from collections.abc import Mapping
from typing import Final

from let_it_ride.config.toml_layout import Patch, indent_at
from let_it_ride.config.toml_scan import Value

_TO_COMMA: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*(,)")
_COMMENT: Final = re.compile(r"[ \t]*#[^\r\n]*")


def patch_elements(
    patch: Patch, array: Value, kept: Mapping[int, int], added: Mapping[int, str]
) -> None:
    """Take out the elements of a list that are not kept, and put others in.

    An element goes with its comma, the comment on its line and the comments above it. Where each
    element has a line of its own, so do those that are put in.

    Args:
        patch: what the changes are added to.
        array: the list, with an element at least.
        kept: the old index of every element that stays, one at least, by its new index.
        added: what is put in, by its new index.
    """
    text = patch.text
    ends, has_comma = _ends(text, array)
    starts = [array.start + 1, *ends]
    last_kept = max(kept.values())
    in_lines = "\n" in text[array.start : array.entries[0].start]
    for index in set(range(len(ends))) - set(kept.values()):
        patch.replace(starts[index], ends[index], "")
    if last_kept + 1 < len(ends) and not in_lines:
        patch.replace(array.entries[last_kept].value.end, ends[-1], "")  # its comma, too
    indent = indent_at(text, array.entries[0].start)
    without_comma = set() if has_comma else {len(ends) - 1}
    for index, new in sorted(added.items()):
        before = max((old for place, old in kept.items() if place < index), default=None)
        if in_lines:
            if before in without_comma:
                without_comma.remove(before)
                end = array.entries[before].value.end
                patch.replace(end, end, ",")
            place = starts[0] if before is None else ends[before]
            patch.replace(place, place, f"\n{indent}{new},")
        elif before is None:
            patch.replace(starts[0], starts[0], f"{new}, ")
        else:
            end = array.entries[before].value.end
            patch.replace(end, end, f", {new}")


def _ends(text: str, array: Value) -> tuple[list[int], bool]:
    """Return where each element ends with comma and comment, and if the last has a comma."""
    ends = []
    comma = None
    for entry in array.entries:
        comma = _TO_COMMA.match(text, entry.value.end)
        end = comma.end() if comma else entry.value.end
        comment = _COMMENT.match(text, end)
        ends.append(comment.end() if comment else end)
    return ends, comma is not None
