"""What the settings are: everything a form, the reference or a help text shows, as plain data.

`describe` reads the declarations of a section. It builds no validators, so it is cheap enough
for a first frame.
"""

import inspect
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo as DeclaredField

from let_it_ride.config.quantities import Quantity
from let_it_ride.config.section import OneOf, Section

Kind = Literal["money", "number", "integer", "text", "toggle", "choice", "list", "section", "union"]
"""money, number: `Decimal`; integer: int, or one of the words in `choices`; text: str;
toggle: bool; choice: one of the words in `choices`; list: a list of tables of `model`, or of the
words in `choices`; section: a table of `model`; union: a table of the model of one of `choices`.
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values a setting can have.

    Attributes:
        name: the word that is written in the file.
        label: what a form calls it.
        help: what it does, in a line or two; empty where the name says all.
        model: for the types of a union, the section with the settings of this one.
    """

    name: str
    label: str
    help: str
    model: type[Section] | None = None


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One setting.

    Attributes:
        name: its key in the file and its attribute in the model.
        label: what a form calls it.
        help: what it does, for a player.
        kind: what its values are.
        unit: what its number counts, such as "$", "hands" or "to one".
        optional: it can be left out, with a meaning of its own: `absent`.
        absent: what leaving an optional one out means, such as "the base bet".
        default: its value when it is left out; for a union the name of its default type, for a
            list a tuple of words or sections, for a section None.
        minimum: the least a number can be, or the fewest characters or entries.
        maximum: the most a number can be, or the most characters or entries.
        choices: the values of a choice, the words of an integer or list, the types of a union.
        model: the section of a section, or of every table in a list.
        allowed: what a value may be, in words.
    """

    name: str
    label: str
    help: str
    kind: Kind
    allowed: str
    unit: str | None = None
    optional: bool = False
    absent: str | None = None
    default: Any = None
    minimum: Decimal | int | None = None
    maximum: Decimal | int | None = None
    choices: tuple[Choice, ...] = ()
    model: type[Section] | None = None


_UNIONS: Final = (Union, UnionType)


@cache
def describe(model: type[Section]) -> tuple[FieldInfo, ...]:
    """Return the settings of a section in the order a form shows them.

    A section's own settings come before those it shares with others; `type`, which says which
    section it is, is not one of them.
    """
    names = [name for owner in model.__mro__ for name in inspect.get_annotations(owner)]
    fields = model.model_fields
    ordered = [name for name in dict.fromkeys(names) if name in fields and name != "type"]
    return tuple(_describe_field(name, fields[name]) for name in ordered)


@cache
def describe_model(model: type[Section]) -> Choice:
    """Return the name, label and help of a section; the name is its `type`, if it has one."""
    kind = model.model_fields.get("type")
    return Choice(
        name=kind.default if kind else "",
        label=model.model_config.get("title") or model.__name__,
        help=" ".join((model.__doc__ or "").split()),
        model=model,
    )


def _describe_field(name: str, declared: DeclaredField) -> FieldInfo:
    extra = declared.json_schema_extra
    said: dict[str, Any] = extra if isinstance(extra, dict) else {}
    annotation, marks = _without_none(declared.annotation, declared.metadata)
    field = FieldInfo(
        name=name,
        label=declared.title or name,
        help=declared.description or "",
        kind="section",
        allowed="a table",
        unit=said.get("unit"),
        optional=annotation is not declared.annotation,
        absent=said.get("absent"),
        default=declared.get_default(call_default_factory=True),
    )
    words = _choices(_words(annotation), said.get("choices") or {})
    match next((mark for mark in marks if isinstance(mark, Quantity | OneOf)), None):
        case OneOf() as one_of:
            return _union(field, one_of, annotation)
        case None:
            return _plain(field, annotation, words, said)
        case quantity:
            return replace(
                field,
                kind=quantity.kind,
                allowed=quantity.allowed,
                unit="$" if quantity.kind == "money" else field.unit,
                minimum=quantity.minimum,
                maximum=quantity.maximum,
                choices=words,
            )


def _union(field: FieldInfo, one_of: OneOf, annotation: object) -> FieldInfo:
    types = tuple(describe_model(model) for model in one_of.members(annotation).values())
    return replace(
        field,
        kind="union",
        allowed=f"a table whose type is {any_of(types)}",
        default=one_of.default,
        choices=types,
    )


def _plain(
    field: FieldInfo, annotation: Any, words: tuple[Choice, ...], said: dict[str, Any]
) -> FieldInfo:
    if get_origin(annotation) is tuple:
        return _list(field, get_args(annotation)[0], said)
    if annotation is bool:
        return replace(field, kind="toggle", allowed="true or false")
    if words:
        return replace(field, kind="choice", allowed=any_of(words), choices=words)
    return replace(field, model=annotation, default=None)


def _list(field: FieldInfo, entry: Any, said: dict[str, Any]) -> FieldInfo:
    least, most = said["least"], said["most"]
    count = f"{least:,} to {most:,}" if least else f"up to {most:,}"
    words = _choices(_words(entry), said["choices"] or {})
    return replace(
        field,
        kind="list",
        allowed=f"a list of {count} " + (f"of {any_of(words)}" if words else "tables"),
        minimum=least,
        maximum=most,
        choices=words,
        model=None if words else entry,
    )


def _without_none(annotation: Any, marks: list[Any]) -> tuple[Any, list[Any]]:
    """Return what an optional annotation is apart from None, and the marks on it."""
    members = get_args(annotation)
    if get_origin(annotation) not in _UNIONS or NoneType not in members:
        return annotation, marks
    (inner,) = (member for member in members if member is not NoneType)
    if get_origin(inner) is Annotated:
        bare, *inner_marks = get_args(inner)
        return bare, [*marks, *inner_marks]
    return inner, marks


def _words(annotation: Any) -> tuple[str, ...]:
    """Return the words an annotation allows."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if get_origin(annotation) in _UNIONS:
        return tuple(word for member in get_args(annotation) for word in _words(member))
    return ()


def _choices(words: tuple[str, ...], meanings: dict[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(word, word, meanings.get(word, "")) for word in words)


def any_of(choices: tuple[Choice, ...]) -> str:
    """Return the names of choices in quotes, as a sentence would list them."""
    *others, last = (f'"{choice.name}"' for choice in choices)
    return f"{', '.join(others)} or {last}" if others else last
