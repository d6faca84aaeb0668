"""What pydantic's errors mean for a person: which setting, what is wrong, what would be right."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pydantic_core import ErrorDetails

from let_it_ride.config.fields import FieldInfo, any_of, describe
from let_it_ride.config.full import FullConfig
from let_it_ride.config.paths import Path, dotted
from let_it_ride.config.printing import quoted
from let_it_ride.config.problems import shown
from let_it_ride.config.section import BrokenRule, Section
from let_it_ride.expressions.errors import ExpressionError

_MESSAGES: Final = {
    "bool_type": "neither true nor false",
    "invalid_key": "a key that is not text",
    "literal_error": "not one of the choices",
    "model_type": "not a table",
    "too_long": "too many",
    "tuple_type": "not a list",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """A problem that has no place in a text yet.

    Attributes:
        path: the setting it is with.
        message, found, allowed, suggestion: as in `Problem`.
        involves: every setting that has a part in it, besides `path`.
    """

    path: Path
    message: str
    found: str | None = None
    allowed: str | None = None
    suggestion: str | None = None
    involves: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the models an error is.

    Attributes:
        path: the path without the types of unions, which pydantic puts between the keys.
        field: the setting, or None for a key that no setting has.
        section: the section that has, or has not, the setting.
        union: the setting whose choices `section` is one of, if it is.
    """

    path: Path
    field: FieldInfo | None
    section: type[Section]
    union: FieldInfo | None


def flaws_of(error: ErrorDetails) -> Iterator[Flaw]:
    """Yield what one of pydantic's errors says; one broken section can have several flaws."""
    place = _locate(error["loc"])
    match error["type"]:
        case "rules":
            yield from (_broken(place.path, rule) for rule in error["ctx"]["broken"])
        case "extra_forbidden":
            yield _unknown_key(place)
        case "union_tag_invalid" | "union_tag_not_found":
            yield _wrong_type(place, error["input"])
        case "formula":
            yield _wrong_formula(place, error["ctx"]["flaw"])
        case kind:
            yield _wrong_value(place, _MESSAGES.get(kind, error["msg"]), error["input"])


def _locate(loc: tuple[str | int, ...]) -> _Place:
    path: Path = ()
    section: type[Section] = FullConfig
    union: FieldInfo | None = None
    field: FieldInfo | None = None
    parts = iter(loc)
    for part in parts:
        path += (part,)
        field = next((each for each in describe(section) if each.name == part), None)
        following = next(parts, None) if field and field.kind in {"list", "union"} else None
        if field is None or field.kind not in {"list", "union", "section"}:
            break
        if field.kind == "list" and following is not None:
            path += (following,)
        if field.kind == "union":
            union = field
            model = next((each.model for each in field.choices if each.name == following), None)
        else:
            union, model = None, field.model
        if model is None:
            break
        section = model
    return _Place(path, field, section, union)


def _broken(section: Path, rule: BrokenRule) -> Flaw:
    return Flaw(
        (*section, *rule.key),
        rule.message,
        None if rule.found is None else shown(rule.found),
        rule.allowed,
        involves=tuple((*section, *key) for key in rule.involves),
    )


def _unknown_key(place: _Place) -> Flaw:
    key = str(place.path[-1])
    names = [*(["type"] if place.union else []), *(each.name for each in describe(place.section))]
    allowed = ", ".join(names)
    if place.union:
        owners = tuple(
            each for each in place.union.choices if each.model and key in _keys(each.model)
        )
        if owners:
            own = place.section.model_fields["type"].default
            message = f'belongs to type {any_of(owners)}, and the type here is "{own}"'
            return Flaw(place.path, message, allowed=allowed)
    return Flaw(place.path, "unknown key", allowed=allowed, suggestion=_meant(key, tuple(names)))


def _wrong_type(place: _Place, found: Any) -> Flaw:
    union = place.field
    if union is None or not isinstance(found, dict):
        return _wrong_value(place, "not a table", found)
    kind = found.get("type")
    names = tuple(choice.name for choice in union.choices)
    return Flaw(
        (*place.path, "type"),
        "unknown type" if isinstance(kind, str) else "not the name of a type",
        shown(kind),
        any_of(union.choices),
        _nearest(kind, names) if isinstance(kind, str) else None,
    )


def _wrong_value(place: _Place, message: str, found: object) -> Flaw:
    field = place.field
    if field is None:
        return Flaw(place.path, message, shown(found), "a table")
    is_whole_list = field.kind == "list" and not isinstance(place.path[-1], int)
    words = () if is_whole_list else tuple(choice.name for choice in field.choices)
    allowed = field.allowed
    if field.kind == "list" and not is_whole_list:
        allowed = any_of(field.choices) if words else "a table"
    suggestion = _nearest(found, words) if isinstance(found, str) else None
    return Flaw(place.path, message, shown(found), allowed, suggestion)


def _wrong_formula(place: _Place, flaw: ExpressionError) -> Flaw:
    return Flaw(
        place.path,
        f"{flaw.message} at column {flaw.column}",
        "the end of the formula" if flaw.found is None else quoted(flaw.found),
        flaw.allowed,
        flaw.suggestion,
    )


def _keys(section: type[Section]) -> tuple[str, ...]:
    return tuple(field.name for field in describe(section))


def _meant(key: str, names: tuple[str, ...]) -> str | None:
    """Return the name beside it that a key is close to, else the places where it would be right."""
    homes = _homes().get(key, ())
    return _nearest(key, names) or (" or ".join(homes) if 0 < len(homes) < 3 else None)


def _nearest(word: str, names: tuple[str, ...]) -> str | None:
    plain = word[:100].lower().replace("-", "_").replace(" ", "_")
    return next(iter(difflib.get_close_matches(plain, names, n=1)), None)


@cache
def _homes() -> dict[str, tuple[str, ...]]:
    """Return, for every key outside lists, the full paths it has."""
    homes: dict[str, dict[str, None]] = {}

    def visit(section: type[Section], path: Path) -> None:
        for field in describe(section):
            here = (*path, field.name)
            homes.setdefault(field.name, {})[dotted(here)] = None
            if field.kind == "section" and field.model:
                visit(field.model, here)
            for choice in field.choices:
                if choice.model:
                    visit(choice.model, here)

    visit(FullConfig, ())
    return {name: tuple(paths) for name, paths in homes.items()}
