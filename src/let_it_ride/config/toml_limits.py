"""What no TOML text of ours has, and what readers of TOML would take for ever with."""

import re
from typing import Final

MOST_LEVELS: Final = 8
"""No configuration has as many levels of tables and lists. Parsers recurse, or need time that grows
with the square of the depth."""

_PART: Final = r"""(?:[\w-]++|"(?:\\.|[^"\\\n])*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_LONG_KEY: Final = re.compile(rf"(?:^|[{{,\[])[ \t]*+(?:{_PART}){{{MOST_LEVELS}}}", re.MULTILINE)
_DOTTED_PAIR: Final = re.compile(rf"^[ \t]*+{_PART}", re.MULTILINE)


def line_of_long_key(text: str) -> int | None:
    """Return the first line, from 1, with a key of more parts than there are levels."""
    found = _LONG_KEY.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def count_dotted_pairs(text: str) -> int:
    """Return about how many lines begin with a key of several parts."""
    return sum(1 for _ in _DOTTED_PAIR.finditer(text))
