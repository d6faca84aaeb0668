"""Sizes of files as people write them."""

import re
from decimal import Decimal
from typing import Final

from let_it_ride.config.printing import quoted
from let_it_ride.errors import LetItRideError

_SIZE: Final = re.compile(r"(\d{1,9}(?:\.\d{1,6})?) ?([kMGT]?)(i)?B?", re.ASCII | re.IGNORECASE)
_POWERS: Final = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


class NotASizeError(LetItRideError):
    """A text that is no size of files."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{quoted(text)} is no size, such as 5GB or 500MB, and not 'none'")


def read_size(text: str) -> int | None:
    """Read a number of bytes such as ``5GB``; None for "none".

    Raises:
        NotASizeError: it is neither.
    """
    if text.lower() == "none":
        return None
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise NotASizeError(text)
    number, unit, is_binary = match.groups()
    return int(Decimal(number) * (1024 if is_binary else 1000) ** _POWERS[unit.lower()])
