"""Settings and their values in the words of the form."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from let_it_ride.analysis.axes import ABSENT, settings_by_key
from let_it_ride.analysis.comparing import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.analysis.axes import Value
    from let_it_ride.config.fields import FieldInfo
    from let_it_ride.config.topics import TypedPath

_INDEX: Final = re.compile(r"\[\d+\]")


def fields_at(key: TypedPath) -> tuple[FieldInfo, ...]:
    """Return what a setting is: several where types of a table share it, nothing for no setting.

    Args:
        key: its place in a file; for the type of a table, with ``type`` at its end. Entries of
            lists may have their numbers.
    """
    names = tuple(_INDEX.sub("", name) for name in key)
    return settings_by_key().get(names[:-1] if names[-1] == "type" else names, ())


def value_label(fields: Sequence[FieldInfo], value: Value) -> str:
    """What a value is called where its unit stands elsewhere."""
    match value:
        case None:
            return ABSENT
        case bool():
            return "yes" if value else "no"
        case Decimal():
            whole = value.to_integral_value()
            if value == whole:
                return f"{whole:,f}"
            return f"{value:,.2f}" if _is_money(fields) else f"{value:,f}"
        case int():
            return f"{value:,}"
    choices = {choice.name: choice.label for field in fields for choice in field.choices}
    return choices.get(value, value)


def value_words(fields: Sequence[FieldInfo], value: Value) -> str:
    """What a value is called, with the sign of an amount of money."""
    text = value_label(fields, value)
    is_amount = isinstance(value, Decimal | int) and not isinstance(value, bool)
    return f"${text}" if is_amount and _is_money(fields) else text


def written_words(fields: Sequence[FieldInfo], text: str) -> str:
    """What a value is called that is written as in a file; any other text is left as it is."""
    if text == NO_VALUE:
        return ABSENT if any(field.optional for field in fields) else text
    try:
        value = tomllib.loads(f"value = {text}", parse_float=Decimal)["value"]
    except tomllib.TOMLDecodeError:
        return text
    return value_words(fields, value) if isinstance(value, Decimal | int | str) else text


def _is_money(fields: Sequence[FieldInfo]) -> bool:
    return any(field.unit == "$" for field in fields)
