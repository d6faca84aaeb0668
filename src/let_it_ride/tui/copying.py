"""What can be copied of what has the focus: a value, a digest, a table, any line that is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from textual.widgets import Input, TextArea

from let_it_ride.config.printing import printable, shortened
from let_it_ride.reports.numbers import count
from let_it_ride.tui.editing.settings import Choice
from let_it_ride.tui.shown_text import shown_texts
from let_it_ride.tui.widgets.form_page import FormPage
from let_it_ride.tui.widgets.picker import Picker
from let_it_ride.tui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.screen import Screen

    from let_it_ride.tui.app import LirApp

#: Lines that are offered; more make a list that nobody looks through.
_MOST_LINES: Final = 400

_COLUMNS: Final = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Copy:
    """Something that can be copied.

    Attributes:
        label: what it is.
        text: the text of it.
    """

    label: str
    text: str


@runtime_checkable
class HasCopies(Protocol):
    """A widget that has more to copy than what it shows."""

    def copies(self) -> Iterable[Copy]:
        """Return it."""


async def copy_from_focus(app: LirApp) -> None:
    """Copy what has the focus, having asked which part where there are several."""
    found = copies_of(app.screen)
    if not found:
        app.notify("There is nothing to copy here.", timeout=3)
        return
    copy = found[0] if len(found) == 1 else await _choose(app, found)
    if copy is not None:
        app.copy_to_clipboard(copy.text)
        first, *others = copy.text.strip().splitlines() or [""]
        more = f"\nand {count(len(others))} more {'line' if len(others) == 1 else 'lines'}"
        told = shortened(printable(first.strip()))
        app.notify(f"{told}{more if others else ''}", title="Copied", timeout=4)


def copies_of(screen: Screen[object]) -> tuple[Copy, ...]:
    """Return what can be copied of what has the focus on a screen, or of all of it."""
    focused = screen.focused
    if isinstance(focused, FormPage):
        focused = focused.pointed
    match focused:
        case Input():
            return _only(focused.selected_text or focused.value)
        case TextArea():
            return _only(focused.selected_text or focused.text)
        case Picker():
            return _only(focused.chosen.label if focused.chosen else str(focused.current))
        case Words():
            return _only(", ".join(map(str, focused.chosen)))
    around = focused or screen
    own = [
        copy
        for each in around.walk_children(with_self=True)
        if isinstance(each, HasCopies)
        for copy in each.copies()
    ]
    lines = [line.rstrip() for _, text in shown_texts(around) for line in text.plain.splitlines()]
    told = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if len(told) > 1:
        own.append(Copy(f"All that is shown, {count(len(lines))} lines", "\n".join(lines)))
    # What stands in columns is pasted into the columns of a table.
    return (*own, *(Copy(line, _COLUMNS.sub("\t", line)) for line in told[:_MOST_LINES]))


def _only(text: str) -> tuple[Copy, ...]:
    return (Copy(text, text),) if text else ()


async def _choose(app: LirApp, found: tuple[Copy, ...]) -> Copy | None:
    from let_it_ride.tui.screens.choosing import ChoosingScreen

    choices = [Choice(str(place), copy.label, "") for place, copy in enumerate(found)]
    name = await app.push_screen_wait(ChoosingScreen("Copy", choices))
    return None if name is None else found[int(name)]
