"""Configurations by chance, drawn from nothing but the description of the settings."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from let_it_ride.config import ConfigError, FieldInfo, FullConfig, describe, validate_mapping
from let_it_ride.config.section import Section

Table = dict[str, Any]

#: They name nothing, since bets and rules share no variable.
_FORMULAS = ("1", "2.50 if 3 < 4 else 0", "not 0 and\n  min(1, 2)", "-7 // 2 % 3", "1 / 0")


def values(field: FieldInfo) -> st.SearchStrategy[Any]:
    """Return values that a setting allows by itself."""
    words = [choice.name for choice in field.choices]
    match field.kind:
        case "toggle":
            return st.booleans()
        case "choice":
            return st.sampled_from(words)
        case "text" if "formula" in field.allowed:
            return st.sampled_from(_FORMULAS)
        case "text":
            return _texts(field)
        case "money" | "number":
            return _decimals(field)
        case "integer":
            small = min(field.maximum, field.minimum + 3)
            numbers = st.integers(field.minimum, field.maximum) | st.integers(field.minimum, small)
            return numbers | st.sampled_from(words) if words else numbers
        case "section":
            return tables(field.model)
        case "union":
            return st.sampled_from(field.choices).flatmap(lambda c: tables(c.model, c.name))
        case "list" if field.model:
            return st.lists(tables(field.model), min_size=field.minimum, max_size=4)
        case "list":
            return st.lists(st.sampled_from(words), unique=True)
    raise AssertionError(field.kind)


def tables(section: type[Section], kind: str | None = None) -> st.SearchStrategy[Table]:
    """Return plain data for a section, any of its settings left out."""
    settings = {field.name: values(field) for field in describe(section)}
    return st.fixed_dictionaries({"type": st.just(kind)} if kind else {}, optional=settings)


@st.composite
def config_data(draw: st.DrawFn) -> Table:
    """Return plain data of a valid configuration."""
    data = draw(tables(FullConfig))
    while True:
        try:
            validate_mapping(data)
        except ConfigError as error:
            for problem in error.problems:
                _take_out(data, problem.path)
        else:
            return data


def configs() -> st.SearchStrategy[FullConfig]:
    """Return valid configurations."""
    return config_data().map(validate_mapping)


def _texts(field: FieldInfo) -> st.SearchStrategy[str]:
    if "one line" in field.allowed:
        characters = st.characters(categories=["L", "N"])
    else:
        characters = st.characters(exclude_categories=["Cs"])
    return st.text(characters, min_size=field.minimum, max_size=12)


def _decimals(field: FieldInfo) -> st.SearchStrategy[Decimal]:
    low, high = Decimal(field.minimum), Decimal(field.maximum)
    plain = map(Decimal, ("1", "5", "12.50", "0.5"))
    ordinary = st.sampled_from([low, high, *(value for value in plain if low <= value <= high)])
    places = 2 if field.kind == "money" else 6
    return ordinary | st.decimals(low, min(high, Decimal(1000)), places=places)


def _take_out(data: Any, path: tuple[str | int, ...]) -> None:
    """Take out a setting that breaks a rule, or all of its table if it is not there."""
    *parents, last = path
    for part in parents:
        data = data.get(part, {}) if isinstance(data, dict) else data[part]
    if last in data:
        del data[last]
    else:
        data.clear()
