"""What the form is drawn from: the description of the configuration, as a tree of plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from let_it_ride.config.fields import Choice as ChoiceInfo
    from let_it_ride.config.fields import FieldInfo, Kind
    from let_it_ride.config.section import Section


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of the values a setting can have.

    Attributes:
        name: the word that is written in the file.
        label: what the form calls it.
        help: what it does.
        settings: for the types of a union, the settings of this one.
    """

    name: str
    label: str
    help: str
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """One setting; its attributes are those of a `FieldInfo`, but for these.

    Attributes:
        default: a list of tables has as many empty ones as it has entries by default.
        settings: those of a section, or of every table in a list.
        noun: what one table in a list is called.
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
    choices: tuple[Choice, ...] = ()
    settings: tuple[Setting, ...] = ()
    noun: str = ""

    def is_like(self, other: Setting) -> bool:
        """Return whether it is the same setting of another table: all it says is the same."""
        return all(
            getattr(self, name) == getattr(other, name)
            for name in ("name", "label", "help", "kind", "allowed", "default")
        )


def described() -> tuple[Setting, ...]:
    """Return the sections of the configuration with everything in them."""
    from let_it_ride.config.full import FullConfig

    return _settings_of(FullConfig)


def _settings_of(model: type[Section]) -> tuple[Setting, ...]:
    from let_it_ride.config.fields import describe

    return tuple(map(_setting, describe(model)))


def _setting(field: FieldInfo) -> Setting:
    from let_it_ride.config.fields import describe_model

    default = field.default
    if isinstance(default, tuple) and field.model is not None:
        default = tuple({} for _ in default)
    return Setting(
        name=field.name,
        label=field.label,
        help=field.help,
        kind=field.kind,
        allowed=field.allowed,
        unit=field.unit,
        optional=field.optional,
        absent=field.absent,
        default=default,
        choices=tuple(
            Choice(
                choice.name,
                _label(choice, field.kind),
                choice.help,
                _settings_of(choice.model) if choice.model else (),
            )
            for choice in field.choices
        ),
        settings=_settings_of(field.model) if field.model else (),
        noun=describe_model(field.model).label.lower() if field.model else "",
    )


def _label(choice: ChoiceInfo, kind: Kind) -> str:
    """What the form calls a choice; a word of the file begins with a capital there."""
    words = choice.name.replace("_", " ")
    is_name = not words.replace(" ", "").isalpha()  # such as that of a generator
    if kind != "choice" or choice.label != choice.name or is_name:
        return choice.label
    return words.capitalize()
