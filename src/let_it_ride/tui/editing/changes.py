"""What a change to the configuration was, in a line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from let_it_ride.config.printing import printable, shortened
from let_it_ride.tui.editing.entries import default_text, entry_text, same_value
from let_it_ride.tui.editing.outline import all_rows, choice_named
from let_it_ride.tui.editing.values import MISSING

if TYPE_CHECKING:
    from let_it_ride.tui.editing.outline import Row
    from let_it_ride.tui.editing.values import Values


@dataclass(frozen=True, slots=True)
class Change:
    """A setting that has another value.

    Attributes:
        row: the row of the form that shows it.
        before: its value before.
        after: its value after.
    """

    row: Row
    before: object
    after: object

    def __str__(self) -> str:
        """Return what the form calls it, with both values where they are short."""
        label = self.row.field.label
        if self.row.kind in {"tables", "switch"}:
            return label
        return f"{label} {self._text(self.before)} → {self._text(self.after)}"

    def _text(self, value: object) -> str:
        field = self.row.field
        value = field.default if value is MISSING and field.choices else value
        choice = choice_named(field, value)
        if choice is not None:
            return choice.label
        text = default_text(field) if value is MISSING else entry_text(field, value)
        return shortened(printable(text))


def first_change(before: Values, after: Values) -> Change | None:
    """Return the first setting whose value differs; None where no setting's does."""
    rows = {row.path: row for row in chain(all_rows(before), all_rows(after))}
    # A type comes before the settings that come and go with it.
    for row in sorted(rows.values(), key=lambda row: row.kind != "type"):
        if row.kind != "heading":
            old, new = row.value(before), row.value(after)
            if not same_value(old, new):
                return Change(row, old, new)
    return None
