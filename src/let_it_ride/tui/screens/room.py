"""What has room in the workspace: the classes that its style sheets go by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: From this width on the form has its usual columns, and not narrower ones.
_FORM: Final = 56

#: From this width on the list of sections stands beside the form, and is not a line over it;
#: and the odds of a session stand beside those of a round, where both are under the form.
_SECTIONS: Final = 80

#: From this width on the odds and the run stand beside the form, which keeps its units.
_FIGURES: Final = 118

#: From this width on the text stands beside the form.
_TEXT: Final = 170

#: From this height on what stands in a terminal may have air around it.
_AIR: Final = 34

#: From this height on the odds and the run stand under the form where they have none beside it.
_FIGURES_BELOW: Final = 46


def classes_at(width: int, height: int) -> Mapping[str, bool]:
    """Return the classes of the workspace, each with whether it has it at a size in cells."""
    is_beside = width >= _FIGURES
    is_below = not is_beside and height >= _FIGURES_BELOW
    return {
        "-slim": width < _FORM,
        "-folded": width < _SECTIONS,
        "-alone": not is_beside and not is_below,
        "-below": is_below,
        "-wide": width >= _TEXT,
        "-short": height < _AIR,
        "-tall": height >= _AIR,
    }
