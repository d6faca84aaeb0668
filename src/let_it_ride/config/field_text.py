"""Between what is typed into a form and the values of settings."""

import re
from decimal import Decimal
from typing import Any, Final

from let_it_ride.config.fields import FieldInfo

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,20}|[0-9]{1,3}(?:,[0-9]{3}){1,6})(?:\.[0-9]{0,20})?")
_WHOLE: Final = re.compile(r"[+-]?(?:[0-9]{1,20}|[0-9]{1,3}(?:,[0-9]{3}){1,6})")


def value_of(field: FieldInfo, text: str) -> object:
    """Return the value that a text typed for a setting stands for.

    Amounts may have a dollar sign and commas between thousands. None stands for a setting that is
    left out, and is best left out of the data too. A text that stands for no value is returned as
    it is, so that `validate_mapping` can say what is wrong with it.
    """
    bare = text.strip()
    if not bare and (field.optional or field.kind != "text"):
        return None
    match field.kind:
        case "money" | "number" if _NUMBER.fullmatch(bare.removeprefix("$")):
            return Decimal(bare.removeprefix("$").replace(",", ""))
        case "integer" if _WHOLE.fullmatch(bare):
            return int(bare.replace(",", ""))
        case "toggle" if bare.lower() in {"true", "false"}:
            return bare.lower() == "true"
        case "text":
            return text
        case _:
            return bare


def text_of(value: Any) -> str:
    """Return the text that stands for a setting's value in a form; nothing for one left out."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)
