"""Where a value stands in a configuration."""

from typing import Any, Final

from let_it_ride.config.printing import quoted, shortened

Path = tuple[str | int, ...]
"""The names of the tables around a value, list indexes from 0, its own name."""

_BARE_KEY: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def dotted(path: Path) -> str:
    """Return a path as text: names joined by dots, indexes in brackets."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            name = shortened(part) if part and _BARE_KEY.issuperset(part) else quoted(part)
            text += f".{name}" if text else name
    return text


def value_at(data: Any, path: Path) -> Any:
    """Return what plain data has at a path, or None."""
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data
