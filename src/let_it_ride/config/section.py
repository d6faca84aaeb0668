"""What every table of the configuration is built from, and how a setting is declared.

A setting says once, where it is declared, what it is called, what it does, its unit, its bounds
and its default. Forms, help, the reference and error messages are drawn from that.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from let_it_ride.config.paths import Path

BASE_BET: Final = "the base bet"
"""What a form shows where an absent amount means the base bet."""

_T = TypeVar("_T")
_S = TypeVar("_S", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """Settings that are each allowed but not together.

    Attributes:
        key: the setting to change, relative to the section that has the rule.
        message: what is wrong.
        found: the value at `key`.
        allowed: what would be right.
        involves: every setting the rule looked at, `key` among them.
    """

    key: Path
    message: str
    found: object
    allowed: str
    involves: tuple[Path, ...]


def out_of_order(low: str, least: Decimal | None, high: str, most: Decimal) -> Iterator[BrokenRule]:
    """Yield the broken rule if the lower of two bounds is above the higher."""
    if least is not None and least > most:
        allowed = f"at most {high}, {most:,}"
        yield BrokenRule((low,), f"above {high}", least, allowed, ((low,), (high,)))


class Section(BaseModel):
    """A table of settings: immutable, exact about types, closed to unknown keys.

    Validators are built when first needed, since a screen only has to describe the settings.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Yield every rule between settings of this section that does not hold."""
        yield from ()

    @model_validator(mode="after")
    def _rules_hold(self) -> Self:
        broken = tuple(self.broken_rules())
        if broken:
            text = "; ".join(
                f"{'.'.join(map(str, rule.key))}: {rule.message}; allowed: {rule.allowed}"
                for rule in broken
            )
            raise PydanticCustomError("rules", "{text}", {"text": text, "broken": broken})
        return self


def setting(
    default: _T,
    label: str,
    text: str,
    *,
    unit: str | None = None,
    absent: str | None = None,
    choices: Mapping[str, str] | None = None,
) -> _T:
    """Declare a setting of one value.

    Args:
        default: the value when the key is left out.
        label: what a form calls it.
        text: what it does, for a player.
        unit: what its number counts.
        absent: for a default of None, what leaving it out means.
        choices: for a setting out of several words, each word with what it means.
    """
    extra: dict[str, Any] = {"unit": unit, "absent": absent, "choices": choices}
    return Field(default, title=label, description=text, json_schema_extra=extra)


def listing(
    default: Callable[[], tuple[_T, ...]],
    label: str,
    text: str,
    *,
    least: int = 0,
    most: int,
    choices: Mapping[str, str] | None = None,
) -> tuple[_T, ...]:
    """Declare a list of up to `most` entries; `default` makes the list when absent.

    That there are `least` entries is for a rule of the section to say: pydantic does not count
    those that are wrong.
    """
    extra: dict[str, Any] = {"least": least, "most": most, "choices": choices}
    return Field(
        default_factory=default,
        title=label,
        description=text,
        max_length=most,
        strict=False,  # TOML and JSON have lists where the model has tuples
        json_schema_extra=extra,
    )


def section(default: type[_S], label: str, text: str) -> _S:
    """Declare a table within a table; `default` is its section, or type, when absent.

    The default is built without validators, which would otherwise be built to check it.
    """
    return Field(default_factory=default.model_construct, title=label, description=text)


@dataclass(frozen=True, slots=True)
class OneOf:
    """An annotation that makes a union of sections a choice by their `type`.

    Attributes:
        default: the type of a table that does not say which it is.
    """

    default: str

    @staticmethod
    def members(union: Any) -> dict[str, type[Section]]:
        """Return the sections of a union by the `type` each of them has."""
        return {member.model_fields["type"].default: member for member in get_args(union)}

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        members = self.members(source)
        return core_schema.tagged_union_schema(
            {name: handler.generate_schema(member) for name, member in members.items()},
            discriminator=self._type_of,
        )

    def _type_of(self, value: object) -> str | None:
        if isinstance(value, dict):
            kind = value.get("type", self.default)
        else:
            kind = getattr(value, "type", None)
        return kind if isinstance(kind, str) else None
