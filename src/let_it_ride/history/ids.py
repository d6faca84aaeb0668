"""What the directories of runs are called."""

import re
import unicodedata
from datetime import datetime
from typing import Final

from let_it_ride.history.errors import NotAnIdError

#: Safe in a path, a shell and a terminal.
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)
_TIME: Final = "%Y%m%d-%H%M%S"
_LONGEST_SLUG: Final = 40

#: The time, and what parts it from the title.
_BEGUN: Final = re.compile(r"\d{8}-\d{6}-", re.ASCII)


def is_id(name: str) -> bool:
    """Whether a run's directory may be called so."""
    return _ID.fullmatch(name) is not None


def checked_id(text: str) -> str:
    """Return an id as it is.

    Raises:
        NotAnIdError: it is none, and may lead anywhere.
    """
    if not is_id(text):
        raise NotAnIdError(text)
    return text


def title_in(name: str) -> str:
    """What the id of a run says it is about; empty where it says only when it began, or nothing."""
    found = _BEGUN.match(name)
    return name[found.end() :] if found else ""


def new_id(began: datetime, title: str) -> str:
    """The id of a run from when it begins and what it is about."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-")
    return "-".join(filter(None, (began.strftime(_TIME), slug)))
