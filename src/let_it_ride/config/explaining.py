"""The reference of the configuration: its settings, and the texts that belong to them."""

import difflib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from let_it_ride.config.fields import Choice
from let_it_ride.config.index import Entry, entries_at, every_entry, find_paths
from let_it_ride.config.printing import quoted
from let_it_ride.config.topics import TOPICS, Topic, texts_of, topic, topics_within
from let_it_ride.errors import LetItRideError


class UnknownNameError(LetItRideError):
    """A name that is no key, no type and no topic.

    Attributes:
        name: the name.
        nearest: names there are that are like it, the nearest first.
    """

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        super().__init__(name, nearest)
        self.name = name
        self.nearest = nearest

    def __str__(self) -> str:
        meant = f"; did you mean {' or '.join(self.nearest)}?" if self.nearest else ""
        return f"no key, type or topic is called {quoted(self.name)}{meant}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the reference says about something.

    Attributes:
        entries: settings and types, each before what is in it.
        texts: the texts about it, or their parts.
        see_also: the names of the topics of what is in it.
    """

    entries: tuple[Entry, ...] = ()
    texts: tuple[Topic, ...] = ()
    see_also: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data for `json`; amounts and ratios are numbers."""
        return {
            "settings": [_entry_json(entry) for entry in self.entries],
            "texts": [
                {
                    "topic": text.name,
                    "title": text.title,
                    "paragraphs": [
                        {"about": each.names, "text": each.text} for each in text.paragraphs
                    ],
                }
                for text in self.texts
            ],
            "see_also": self.see_also,
        }


def explain_all() -> Explanation:
    """Return every setting and every text."""
    return Explanation(every_entry(), every_text())


def every_text() -> tuple[Topic, ...]:
    """Return every text of the reference."""
    return tuple(map(topic, TOPICS))


def explain(name: str) -> Explanation:
    """Return what there is about a key, a type, a topic or a variable.

    Raises:
        UnknownNameError: nothing is called so.
    """
    paths = find_paths(name)
    if paths:
        texts = texts_of(*paths)
        told = {text.name for text in texts}
        within = dict.fromkeys(name for path in paths for name in topics_within(path))
        return Explanation(
            entries_at(paths), texts, tuple(each for each in within if each not in told)
        )
    if name in TOPICS:
        return Explanation(texts=(topic(name),))
    points = tuple(part for text in every_text() if (part := text.about(name)))
    if not points:
        raise UnknownNameError(name, _nearest(name))
    return Explanation(texts=points)


def _nearest(name: str) -> tuple[str, ...]:
    names = {*TOPICS}
    for entry in every_entry():
        for path in (entry.key, *entry.paths):
            names |= {path[-1], ".".join(path)}
    for text in every_text():
        names.update(*(paragraph.names for paragraph in text.paragraphs))
    plain = name[:100].lower().replace(" ", "_")
    return tuple(difflib.get_close_matches(plain, sorted(names), n=3))


def _entry_json(entry: Entry) -> dict[str, Any]:
    what = entry.what
    told: dict[str, Any] = {
        "key": ".".join(entry.key),
        "paths": [".".join(path) for path in entry.paths],
        "label": what.label,
        "help": what.help,
    }
    if isinstance(what, Choice):
        return told | {"kind": "type", "type": what.name}
    return told | {
        "kind": what.kind,
        "unit": what.unit,
        "optional": what.optional,
        "absent": what.absent,
        "default": _plain(what.default),
        "minimum": _plain(what.minimum),
        "maximum": _plain(what.maximum),
        "allowed": what.allowed,
        "choices": [
            {"name": each.name, "label": each.label, "help": each.help} for each in what.choices
        ],
    }


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return float(value)
        case tuple():
            return [each if isinstance(each, str) else {} for each in value]
        case _:
            return value
