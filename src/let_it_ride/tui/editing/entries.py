"""What stands in a field of the form, and the value it stands for."""

import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from let_it_ride.config.problems import shown
from let_it_ride.tui.editing.settings import Setting
from let_it_ride.tui.editing.values import MISSING

LINE_END: Final = "⏎"
"""Stands for a line end, since a field has one line."""

_NAMES: Final = {"random_seed"}
"""Numbers that are no quantities: nobody counts in them."""

_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:[,_ ]\d{3})+(?:\.\d*)?")
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_WHOLE: Final = re.compile(r"[+-]?\d+")


def read_entry(field: Setting, text: str) -> Any:
    """Return the value that was typed, or `MISSING` where nothing was.

    A number may be grouped by thousands and an amount begin with a dollar sign. What is no value
    of the field's kind comes back as the text it is, for the validation to refuse.
    """
    if field.kind == "text":
        return text.replace(LINE_END, "\n") if text else MISSING
    plain = text.strip()
    if not plain:
        return MISSING
    number = plain.removeprefix("$").lstrip() if field.kind == "money" else plain
    if _GROUPED.fullmatch(number):
        number = re.sub("[,_ ]", "", number)
    if field.kind == "integer" and _WHOLE.fullmatch(number):
        return int(number)
    if field.kind in {"money", "number"} and _NUMBER.fullmatch(number):
        try:
            return _as_written(field, Decimal(number))
        except InvalidOperation:
            return plain
    return plain


def _as_written(field: Setting, number: Decimal) -> Decimal:
    """Return an amount with its cents, as it stands in a file; another number as it is."""
    exponent = number.as_tuple().exponent
    if field.kind == "money" and isinstance(exponent, int) and exponent > -2:
        return number.quantize(Decimal("0.01"))
    return number


def entry_text(field: Setting, value: object, *, plain: bool = False) -> str:
    """Return how a value stands in a field; `plain` leaves out what is only for reading."""
    match value:
        case _ if value is MISSING:
            return ""
        case bool():
            return ("yes" if value else "no") if field.kind == "toggle" else shown(value)
        case str():
            return value.replace("\n", LINE_END)
        case int() | Decimal() if field.kind in {"money", "number", "integer"}:
            return _number_text(field, Decimal(value), plain=plain)
        case date() | time():
            return value.isoformat()
        case _:
            return shown(value)


def _number_text(field: Setting, number: Decimal, *, plain: bool) -> str:
    if not number.is_finite() or abs(number.adjusted()) > 20:
        return shown(number)
    exponent = number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if field.kind == "money":
        decimals = max(2, decimals)
    is_plain = plain or field.name in _NAMES
    return f"{number:.{decimals}f}" if is_plain else f"{number:,.{decimals}f}"


def default_text(field: Setting) -> str:
    """Return what leaving a setting out means, for a field with nothing in it."""
    if field.optional and field.default is None:
        return field.absent or "left out"
    named = (choice.label for choice in field.choices if choice.name == field.default)
    return next(named, entry_text(field, field.default))


def same_value(one: object, other: object) -> bool:
    """Return whether two values are the same to a person: 5 and 5.00 are, 1 and true are not."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def differs_from_default(field: Setting, value: object) -> bool:
    """Return whether a setting has another value than the one it has when it is left out."""
    if value is MISSING:
        return False
    if field.kind == "section":
        return field.optional
    if field.kind == "union":
        kind = value.get("type", field.default) if isinstance(value, Mapping) else value
        return not same_value(kind, field.default)
    if field.kind == "list":
        return not _same_list(value, field.default)
    return not same_value(value, field.default)


def _same_list(value: object, default: tuple[object, ...]) -> bool:
    """Return whether a list is the default one; an empty table in it is one as it comes."""
    if not isinstance(value, list | tuple) or len(value) != len(default):
        return False
    return all(
        not entry if isinstance(usual, dict) else same_value(entry, usual)
        for entry, usual in zip(value, default, strict=True)
    )
