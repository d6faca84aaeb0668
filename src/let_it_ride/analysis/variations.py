"""The configurations that varying some settings gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from let_it_ride.analysis.axes import Axis, Value, settings_by_key
from let_it_ride.config import ConfigError, FieldInfo, FullConfig, validate_mapping
from let_it_ride.config.fields import describe
from let_it_ride.config.saving import as_table
from let_it_ride.config.section import Section
from let_it_ride.config.topics import TypedPath
from let_it_ride.goal_play.rules import GoalTooLargeError
from let_it_ride.planning import refuse_too_large_a_goal


@dataclass(frozen=True, slots=True)
class Variation:
    """One combination of values.

    Attributes:
        place: the index of the value on each axis.
        config: the configuration with these values, if that is one.
        flaw: why it is none.
    """

    place: tuple[int, ...]
    config: FullConfig | None
    flaw: str = ""


def variations(config: FullConfig, axes: Sequence[Axis]) -> Iterator[Variation]:
    """Yield every combination of the values of some axes, those of the last one fastest."""
    said = as_table(config, "said")
    for place in product(*(range(len(axis.values)) for axis in axes)):
        values = [axis.values[at] for axis, at in zip(axes, place, strict=True)]
        yield _varied(said, axes, values, place)


def _varied(
    said: Mapping[str, Any], axes: Sequence[Axis], values: Sequence[Value], place: tuple[int, ...]
) -> Variation:
    data: dict[str, Any] = _copied(said)
    pairs = list(zip((axis.key for axis in axes), values, strict=True))
    # A type says which settings a table has, so it comes before them.
    for key, value in sorted(pairs, key=lambda pair: pair[0][-1] != "type"):
        *tables, last = key
        table = data
        for name in tables:
            table = table.setdefault(name, {})
        if last == "type":
            _choose_type(table, tuple(tables), str(value))
        elif value is None:
            table.pop(last, None)
        else:
            table[last] = value
    try:
        config = validate_mapping(data, "this combination")
        refuse_too_large_a_goal(config)
    except ConfigError as error:
        problem = error.problems[0]
        return Variation(place, None, f"{problem.key}: {problem.text}")
    except GoalTooLargeError as error:
        return Variation(place, None, str(error))
    return Variation(place, config)


def _choose_type(table: dict[str, Any], union: TypedPath, name: str) -> None:
    """Give a table another type; what both types have stays."""
    (field,) = settings_by_key()[union]
    models = {choice.name: choice.model for choice in field.choices}
    before, after = models[table.get("type", field.default)], models[name]
    shared = set(_fields_of(before)) & set(_fields_of(after))
    names = {each.name for each in shared}
    kept = {key: value for key, value in table.items() if key in names}
    table.clear()
    table.update({"type": name}, **kept)


def _fields_of(model: type[Section] | None) -> tuple[FieldInfo, ...]:
    return describe(model) if model else ()


def _copied(value: Any) -> Any:
    return {key: _copied(each) for key, each in value.items()} if isinstance(value, dict) else value
