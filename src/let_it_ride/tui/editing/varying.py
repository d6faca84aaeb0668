"""Which values of a setting to try: what a person most likely wants to vary, and how far."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any, Final

from let_it_ride.analysis.axes import Axis, VariationError, clear_name, find_setting
from let_it_ride.tui.editing.outline import Row, all_rows
from let_it_ride.tui.editing.values import MISSING, Values, value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from let_it_ride.analysis.axes import Value
    from let_it_ride.config.full import FullConfig
    from let_it_ride.config.problems import Path
    from let_it_ride.config.topics import TypedPath

WIN_LIMIT: Final[Path] = ("bankroll", "stop_conditions", "win_limit")
LOSS_LIMIT: Final[Path] = ("bankroll", "stop_conditions", "loss_limit")
_BASE_BET: Final[Path] = ("bankroll", "base_bet")

#: Limits are tried at so many multiples of five base bets.
_LIMITS_TRIED: Final = 20

#: Other amounts from half to twice what they are, in about so many steps.
_STEPS_TRIED: Final = 15

_NUMBERS: Final = ("money", "number", "integer")


def variable_rows(values: Values) -> Iterator[Row]:
    """Yield the rows of the form whose settings can be varied."""
    for row in all_rows(values):
        if row.kind in {"field", "type"} and _can_be_varied(row):
            yield row


def suggested(focused: Row | None, values: Values) -> tuple[str, str]:
    """Return what to vary down and across: the focused setting and a limit, or both limits."""
    rows = {row.path: row for row in variable_rows(values)}
    limits = suggestion(rows[WIN_LIMIT], values), suggestion(rows[LOSS_LIMIT], values)
    if focused is None or focused.path not in rows or focused.path in {WIN_LIMIT, LOSS_LIMIT}:
        return limits
    return suggestion(focused, values), limits[0]


def suggestion(row: Row, values: Values) -> str:
    """Return a setting with values to try, as it is written to vary it."""
    return f"{clear_name(_key(row))}={_values_to_try(row, values)}"


def edits_for(axes: Sequence[Axis], chosen: Sequence[Value]) -> list[tuple[Path, Any]]:
    """Return what to change in the form for a value of each axis, types first."""
    pairs = zip(axes, chosen, strict=True)
    return [
        (axis.key, MISSING if value is None else value)
        for axis, value in sorted(pairs, key=lambda pair: pair[0].key[-1] != "type")
    ]


def present_place(config: FullConfig, axes: Sequence[Axis]) -> tuple[int, ...]:
    """Return where a configuration's own values are on axes, or what is nearest to them.

    A text that is on none, or a setting that is left out, is near to nothing: it gives the first.
    """
    return tuple(_nearest(_value_of(config, axis.key), axis.values) for axis in axes)


def as_in_form(row: Row, value: Any) -> Any:
    """Return a value as the form's row has it: amounts with their cents."""
    if row.field.kind == "money" and isinstance(value, Decimal):
        return value.quantize(Decimal("0.01"))
    return value


def _value_of(config: FullConfig, key: TypedPath) -> object:
    """The value of a setting; None if it is left out, or its table has another type."""
    value: object = config
    for name in key:
        value = getattr(value, name, None)
    return value


def _nearest(value: object, values: Sequence[Value]) -> int:
    if value in values:
        return values.index(value)
    if not isinstance(value, int | Decimal):
        return 0
    numbers = [
        (place, Decimal(each))
        for place, each in enumerate(values)
        if isinstance(each, int | Decimal)
    ]
    return min(numbers, key=lambda pair: abs(pair[1] - value), default=(0, None))[0]


def _key(row: Row) -> tuple[str, ...]:
    return tuple(map(str, row.path))


def _can_be_varied(row: Row) -> bool:
    if not all(isinstance(part, str) for part in row.path):
        return False
    try:
        find_setting(".".join(_key(row)))
    except VariationError:
        return False
    return row.field.kind != "list"


def _values_to_try(row: Row, values: Values) -> str:
    field = row.field
    if field.kind == "toggle":
        return "true,false"
    if field.choices and field.kind not in _NUMBERS:
        return ",".join(choice.name for choice in field.choices)
    value = value_at(values, row.path)
    value = field.default if value is MISSING else value
    if field.kind not in _NUMBERS:
        return str(value)
    if row.path in {WIN_LIMIT, LOSS_LIMIT} or not isinstance(value, int | Decimal) or value <= 0:
        bet = value_at(values, _BASE_BET)
        step = 5 * Decimal(bet) if isinstance(bet, int | Decimal) and bet > 0 else Decimal(25)
        return f"{_text(step)}:{_text(step * _LIMITS_TRIED)}:{_text(step)}"
    return _around(Decimal(value), whole=field.kind == "integer")


def _around(value: Decimal, *, whole: bool) -> str:
    """Return a range of round numbers from half to twice a value."""
    low, high = value / 2, value * 2
    step = _round_step((high - low) / _STEPS_TRIED)
    if whole:
        step = max(step, Decimal(1))
    first = max((low / step).to_integral_value(ROUND_CEILING), Decimal(1)) * step
    last = max((high / step).to_integral_value(ROUND_CEILING) * step, first)
    return f"{_text(first)}:{_text(last)}:{_text(step)}"


def _round_step(step: Decimal) -> Decimal:
    """Return the least of 1, 2, 5, 10 … times a power of ten that is not below a step."""
    unit = Decimal(1).scaleb(step.adjusted())
    return next(unit * times for times in (1, 2, 5, 10) if unit * times >= step)


def _text(number: Decimal) -> str:
    return f"{number.normalize():f}"
