"""The reference: the settings of the configuration, the texts about them, and all other texts."""

import difflib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from let_it_ride.config.fields import Choice
from let_it_ride.config.index import Entry, entries_at, every_entry, find_paths
from let_it_ride.config.printing import quoted
from let_it_ride.config.topics import (
    GROUPS,
    TOPICS,
    Topic,
    texts_of,
    topic,
    topics_with,
    topics_within,
)
from let_it_ride.errors import LetItRideError

#: More topics than these are no help to somebody who looks for one.
_MOST_TOPICS: Final = 6


_GROUP_OF: Final = {name: title for title, names in GROUPS.items() for name in names}


class UnknownNameError(LetItRideError):
    """A name that is no key, no type and no topic.

    Attributes:
        name: the name.
        nearest: names there are that are like it, the nearest first.
        topics: the names of the topics that have the words in them.
    """

    def __init__(self, name: str, nearest: tuple[str, ...], topics: tuple[str, ...] = ()) -> None:
        super().__init__(name, nearest, topics)
        self.name = name
        self.nearest = nearest
        self.topics = topics

    def __str__(self) -> str:
        said = f"no topic, key or type is called {quoted(self.name)}"
        if self.topics:
            said += f"; there is something about it in {', '.join(self.topics)}"
        if self.nearest:
            said += f"; did you mean {' or '.join(self.nearest)}?"
        return (
            said if self.topics or self.nearest else f"{said}; 'lir-tui explain' lists the topics"
        )


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
                    "group": _GROUP_OF[text.name],
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


def explain_settings() -> Explanation:
    """Return every setting, with the names of the topics there are about them."""
    return Explanation(every_entry(), see_also=GROUPS["Settings"])


def every_text() -> tuple[Topic, ...]:
    """Return every text of the reference."""
    return tuple(map(topic, TOPICS))


def explain(name: str) -> Explanation:
    """Return what there is about a key, a type, a topic or a variable.

    Args:
        name: its name; of several words too, in any case.

    Raises:
        UnknownNameError: nothing is called so.
    """
    plain = name.lower()
    for spelled in dict.fromkeys((name, plain.replace(" ", "-"), plain.replace(" ", "_"))):
        if found := _explanation(spelled):
            return found
    raise UnknownNameError(name, _nearest(name), _topics_about(name))


def _explanation(name: str) -> Explanation | None:
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
    return Explanation(texts=points) if points else None


def _topics_about(name: str) -> tuple[str, ...]:
    """Return the topics with the words of a name in them, unless that says nothing."""
    found = topics_with(name) if name.strip(".[] ") else ()
    return tuple(text.name for text in found) if len(found) <= _MOST_TOPICS else ()


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
