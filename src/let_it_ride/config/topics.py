"""The reference: texts that decide what the words of a setting leave open, and tell of the program.

A text is a Markdown file: a heading, paragraphs, and points ``- name, name: …`` about the settings,
types or variables they name. Finding those of a setting needs no models.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Final

GROUPS: Final = {
    "Settings": (
        "money",
        "betting",
        "bonus-bets",
        "meter",
        "expressions",
        "strategies",
        "goals",
        "rules",
        "seats",
        "dealing",
    ),
    "Odds and results": (
        "exact",
        "equivalence",
        "agreement",
        "pictures",
        "chart",
        "replay",
        "what-if",
    ),
    "Runs": ("runs", "resume", "exports"),
    "The program": ("keys", "themes", "directories", "exit-codes"),
}
"""The names of the texts under the titles of their groups, in the order they are listed."""

TOPICS: Final = tuple(chain.from_iterable(GROUPS.values()))
"""The names of all texts, in that order."""

_TEXTS: Final[dict[str, tuple[str, ...]]] = {
    "simulation.num_sessions": ("seats", "agreement", "runs", "resume"),
    "simulation.hands_per_session": ("money",),
    "simulation.random_seed": ("what-if", "runs"),
    "simulation.workers": ("equivalence", "resume"),
    "simulation.verify": ("equivalence",),
    "simulation.generator": ("dealing",),
    "simulation.record_hands": ("dealing",),
    "table.num_seats": ("seats", "agreement"),
    "table.total_rounds": ("seats", "agreement"),
    "table.hands_per_hour": ("money",),
    "dealer": ("dealing",),
    "bankroll.starting_amount": ("money",),
    "bankroll.base_bet": ("money",),
    "bankroll.bet_increment": ("money",),
    "bankroll.stop_conditions": ("money",),
    "bankroll.betting_system": ("betting",),
    "bankroll.betting_system.custom.expression": ("expressions",),
    "strategy": ("strategies",),
    "strategy.basic": ("rules",),
    "strategy.goal": ("goals",),
    "strategy.custom": ("rules",),
    "strategy.custom.bet1_rules.when": ("expressions",),
    "strategy.custom.bet2_rules.when": ("expressions",),
    "bonus_strategy": ("bonus-bets",),
    "bonus_strategy.custom.expression": ("expressions",),
    "paytables.bonus.paytable_c": ("meter",),
    "output": ("exports",),
    "output.directory": ("directories",),
    "output.prefix": ("directories",),
}
"""The topics of a setting or type and of all that is in it, by its path with types."""

_POINT: Final = re.compile(r"- (?P<names>[\w-]+(?:, [\w-]+)*): (?P<text>.*)")

TypedPath = tuple[str, ...]
"""A path with the type of every choice on the way, such as bankroll, betting_system, flat."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of a text.

    Attributes:
        text: what it says, on one line.
        names: the settings, types or variables it is about; none where it is about the topic.
    """

    text: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A text, or the part of it that is about something.

    Attributes:
        name: what it is asked for by.
        title: what it is about.
        paragraphs: what it says.
    """

    name: str
    title: str
    paragraphs: tuple[Paragraph, ...]

    def about(self, *names: str) -> "Topic | None":
        """Return the part of the text that is about any of these, if there is one."""
        points = tuple(each for each in self.paragraphs if not set(names).isdisjoint(each.names))
        return replace(self, paragraphs=points) if points else None

    def words(self) -> str:
        """Return all of it on one line."""
        said = (word for each in self.paragraphs for word in (*each.names, each.text))
        return " ".join((self.name, self.title, *said))


@cache
def topic(name: str) -> Topic:
    """Return the text of one of `TOPICS`."""
    text = files(__package__).joinpath("reference", f"{name}.md").read_text(encoding="utf-8")
    heading, *blocks = re.split(r"\n\n|\n(?=- )", text)
    return Topic(name, heading.removeprefix("# ").strip(), tuple(map(_paragraph, blocks)))


def topics_with(words: str) -> tuple[Topic, ...]:
    """Return the texts that have all words in them; those that have them in their title go first.

    Args:
        words: parts of words with spaces between them; none are in every text.
    """
    wanted = words.casefold().split()
    found = [text for text in map(topic, TOPICS) if _has(wanted, text.words())]
    return tuple(sorted(found, key=lambda text: not _has(wanted, f"{text.name} {text.title}")))


def texts_of(*paths: TypedPath) -> tuple[Topic, ...]:
    """Return what the reference says about settings and types, by their paths.

    That is of each topic the points about the innermost part of the path that has any; the whole
    text where no part has.
    """
    wanted: dict[str, set[str | None]] = {}
    for path in paths:
        for depth in range(1, len(path) + 1):
            for name in _TEXTS.get(".".join(path[:depth]), ()):
                outwards = reversed(path[depth - 1 :])
                part = next((each for each in outwards if topic(name).about(each)), None)
                wanted.setdefault(name, set()).add(part)
    return tuple(_of(topic(name), wanted[name]) for name in TOPICS if name in wanted)


def topics_within(path: TypedPath) -> tuple[str, ...]:
    """Return the names of the topics of what is in a table or type."""
    start = ".".join((*path, ""))
    found = {name for key, names in _TEXTS.items() if key.startswith(start) for name in names}
    return tuple(name for name in TOPICS if name in found)


def _has(wanted: Sequence[str], text: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted)


def _of(whole: Topic, parts: set[str | None]) -> Topic:
    """Return what a text says about parts, None being all of it."""
    names = (part for part in parts if part is not None)
    return whole if None in parts else whole.about(*names) or whole


def _paragraph(block: str) -> Paragraph:
    line = " ".join(block.split())
    point = _POINT.fullmatch(line)
    if point is None:
        return Paragraph(line)
    return Paragraph(point["text"], tuple(point["names"].split(", ")))
