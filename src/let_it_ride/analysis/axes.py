"""Settings that are varied, and the values each takes, as they are written."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from math import prod
from typing import Final

from let_it_ride.config.fields import FieldInfo
from let_it_ride.config.index import every_entry
from let_it_ride.config.printing import quoted, shortened
from let_it_ride.config.topics import TypedPath
from let_it_ride.errors import LetItRideError

MOST_CELLS: Final = 10_000
"""Configurations of a sweep: one that is solved in milliseconds is done within a minute."""

ABSENT: Final = "none"
"""What is written for leaving out a setting that may be left out."""

_FORM: Final = "KEY=FIRST:LAST:STEP or KEY=VALUE,VALUE,…"

#: Settings that change nothing of what a session brings, and why.
_WITHOUT_EFFECT: Final[dict[TypedPath, str]] = {
    ("metadata",): "it is text",
    ("output",): "it says what a run writes",
    ("dealer",): "it changes which cards are shown, never the odds",
    **{
        ("simulation", name): "it says how a run is done, not what a session brings"
        for name in (
            "num_sessions",
            "random_seed",
            "workers",
            "progress_interval",
            "verify",
            "generator",
            "record_hands",
        )
    },
}

_FINEST: Final[dict[str, Decimal]] = {
    "integer": Decimal(1),
    "money": Decimal("0.01"),
    "number": Decimal("0.000001"),
}

#: A number with more of them, before or behind the point, is none that a setting can be.
_MOST_DIGITS: Final = 16

Value = Decimal | int | bool | str | None
"""A value of a setting as the models have it; None leaves it out."""


class VariationError(LetItRideError):
    """What is to be varied is not said well, or cannot be varied."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A setting that is varied.

    Attributes:
        key: its place in a file; for the type of a table, with ``type`` at its end.
        label: what a form calls it.
        values: the values it takes, in the order they were given.
    """

    key: TypedPath
    label: str
    values: tuple[Value, ...]

    @property
    def name(self) -> str:
        """Its key as it is written."""
        return ".".join(self.key)

    @property
    def short_name(self) -> str:
        """The end of its key; of a type, what it is the type of."""
        return self.key[-2] if self.key[-1] == "type" else self.key[-1]

    @property
    def texts(self) -> tuple[str, ...]:
        """Its values as they are written."""
        return tuple(map(value_text, self.values))


def parse_axis(text: str) -> Axis:
    """Read ``KEY=FIRST:LAST:STEP`` or ``KEY=VALUE,VALUE,…``.

    A key can be as short as it is clear; a setting that may be left out can be ``none``.

    Raises:
        VariationError: it is neither, there is no such setting, or it does not take such a value.
    """
    key_text, equals, values_text = text.partition("=")
    if not equals or not key_text.strip() or not values_text.strip():
        raise VariationError(f"{quoted(text)} says not what to vary; write {_FORM}")
    key, fields = find_setting(key_text.strip())
    spans = values_text.split(":")
    if len(spans) > 1 and _numeric(fields):
        values = _range_of(key, fields, spans)
    else:
        values = tuple(_value(key, fields, each.strip()) for each in _listed(values_text))
    if len(set(values)) < len(values):
        raise VariationError(f"{_name(key)}: a value is given twice in {quoted(values_text)}")
    return Axis(key, fields[0].label, values)


def find_setting(text: str) -> tuple[TypedPath, tuple[FieldInfo, ...]]:
    """Return the key that a text means, and what it is: several where types of a table share it.

    Raises:
        VariationError: it means none or several, or what it means cannot be varied.
    """
    parts = tuple(text.split("."))
    if len(parts) > 1 and parts[-1] == "type":
        parts = parts[:-1]
    settings = settings_by_key()
    found = [parts] if parts in settings else [key for key in settings if _ends_with(key, parts)]
    if not found:
        raise VariationError(f"there is no setting {quoted(text)}{_nearest(text)}")
    if len(found) > 1:
        listed = ", ".join(map(_name, found))
        raise VariationError(f"{quoted(text)} can mean several settings; write one of {listed}")
    (key,) = found
    fields = settings[key]
    if reason := why_without_effect(key):
        raise VariationError(f"{_name(key)} cannot be varied: {reason}")
    if any(settings[key[:depth]][0].kind == "list" for depth in range(1, len(key) + 1)):
        raise VariationError(f"{_name(key)} cannot be varied: it belongs to a list of tables")
    if fields[0].kind == "section":
        inner = ", ".join(_name(each) for each in settings if each[:-1] == key)
        raise VariationError(f"{_name(key)} is a table; vary one of {inner}")
    return ((*key, "type") if fields[0].kind == "union" else key), fields


def why_without_effect(key: TypedPath) -> str | None:
    """Why a setting changes nothing of what a session brings; None if it may."""
    return next(
        (reason for start, reason in _WITHOUT_EFFECT.items() if key[: len(start)] == start), None
    )


def clear_name(key: TypedPath) -> str:
    """Return the shortest end of a key that means it alone."""
    setting = key[:-1] if key[-1] == "type" else key
    ends = (setting[-length:] for length in range(1, len(setting)))
    others = [each for each in settings_by_key() if each != setting]
    return _name(
        next((end for end in ends if not any(_ends_with(each, end) for each in others)), setting)
    )


def count_cells(axes: Sequence[Axis]) -> int:
    """Return how many combinations there are.

    Raises:
        VariationError: there are too many, or a setting is varied twice.
    """
    names = [axis.name for axis in axes]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise VariationError(f"{twice} is varied twice; give all of its values at once")
    cells = prod(len(axis.values) for axis in axes)
    if cells > MOST_CELLS:
        raise VariationError(
            f"these are {cells:,} configurations; at most {MOST_CELLS:,} can be looked at at once:"
            " take larger steps or fewer values"
        )
    return cells


def value_text(value: Value) -> str:
    """Return a value as it is written to vary a setting."""
    match value:
        case None:
            return ABSENT
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:.0f}" if value % 1 == 0 else f"{value:f}"
        case _:
            return str(value)


def _range_of(
    key: TypedPath, fields: tuple[FieldInfo, ...], spans: Sequence[str]
) -> tuple[Value, ...]:
    if len(spans) != 3:
        raise VariationError(f"{_name(key)}: a range is FIRST:LAST:STEP, such as 25:500:25")
    first, last, step = (
        _number(key, fields, text.strip(), f"the {what} ")
        for what, text in zip(("first value", "last value", "step"), spans, strict=True)
    )
    if step <= 0:
        raise VariationError(f"{_name(key)}: the step has to be above 0; found {step}")
    if last < first:
        raise VariationError(f"{_name(key)}: {last} comes before {first}; write the lesser first")
    count = int((last - first) / step) + 1
    if count > MOST_CELLS:
        raise VariationError(
            f"{_name(key)}: these are {count:,} values; at most {MOST_CELLS:,} can be looked at at"
            " once: take larger steps"
        )
    return tuple(_checked(key, fields, first + step * each) for each in range(count))


def _value(key: TypedPath, fields: tuple[FieldInfo, ...], text: str) -> Value:
    field = fields[0]
    if text == ABSENT and any(each.optional for each in fields):
        return None
    words = [choice.name for each in fields for choice in each.choices]
    if text in words:
        return text
    if field.kind == "toggle":
        words = ["true", "false"]
        if text in words:
            return text == "true"
    if _numeric(fields) and not (words and text[:1].isalpha()):
        return _checked(key, fields, _number(key, fields, text))
    if field.kind == "text":
        return text
    near = difflib.get_close_matches(text.lower(), words, n=1)
    meant = f"; did you mean {near[0]}?" if near else ""
    raise VariationError(
        f"{_name(key)}: found {quoted(text)}; allowed: {', '.join(dict.fromkeys(words))}{meant}"
    )


def _checked(key: TypedPath, fields: tuple[FieldInfo, ...], number: Decimal) -> Value:
    """Return a number as the setting holds it, if it can."""
    for field in fields:
        is_fine = number == number.quantize(_FINEST[field.kind])
        if is_fine and (field.minimum or 0) <= number <= (field.maximum or 0):
            if field.kind == "integer":
                return int(number)
            return number.quantize(_FINEST["money"]) if field.kind == "money" else number
    found = shortened(f"{number:f}")
    raise VariationError(f"{_name(key)}: found {found}; allowed: {fields[0].allowed}")


def _number(key: TypedPath, fields: tuple[FieldInfo, ...], text: str, what: str = "") -> Decimal:
    try:
        number = Decimal(text.removeprefix("$"))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or (number and abs(number.adjusted()) >= _MOST_DIGITS):
        such = "an amount, such as 50" if fields[0].kind == "money" else "a number that it can be"
        raise VariationError(f"{_name(key)}: {what}{quoted(text)} is not {such}")
    return number or Decimal(0)  # as such, whatever its exponent


def _numeric(fields: tuple[FieldInfo, ...]) -> bool:
    return fields[0].kind in _FINEST


def _listed(text: str) -> Iterator[str]:
    """Yield what commas part, but for those in brackets."""
    depth, start = 0, 0
    for place, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            yield text[start:place]
            start = place + 1
    yield text[start:]


@cache
def settings_by_key() -> dict[TypedPath, tuple[FieldInfo, ...]]:
    """Return every setting by its key, without types; several where types have their own."""
    found: dict[TypedPath, list[FieldInfo]] = {}
    for entry in every_entry():
        if isinstance(entry.what, FieldInfo):
            found.setdefault(entry.key, []).append(entry.what)
    return {key: tuple(fields) for key, fields in found.items()}


def _ends_with(key: TypedPath, parts: TypedPath) -> bool:
    return key[-len(parts) :] == parts


def _nearest(text: str) -> str:
    names = {part for key in settings_by_key() for part in (key[-1], _name(key))}
    near = difflib.get_close_matches(text[:100].lower().replace("-", "_"), sorted(names), n=1)
    return f"; did you mean {near[0]}?" if near else "; 'lir-tui explain --settings' lists them all"


def _name(key: TypedPath) -> str:
    return ".".join(key)
