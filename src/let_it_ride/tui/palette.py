"""The command palette: all that can be done or gone to, found by its name or by words about it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Provider
from textual.content import Content
from textual.widgets import Input, TextArea

from let_it_ride.config.printing import printable
from let_it_ride.config.topics import TOPICS, topic
from let_it_ride.tui.app import groups_of
from let_it_ride.tui.commands import PROGRAM
from let_it_ride.tui.editing.finding import places
from let_it_ride.tui.editing.folders import readable
from let_it_ride.tui.editing.outline import pages
from let_it_ride.tui.key_names import shown_key
from let_it_ride.tui.local_commands import local_commands
from let_it_ride.tui.pictures.pages import PAGES
from let_it_ride.tui.recent import recent_files
from let_it_ride.tui.screens.presets import preset_choices
from let_it_ride.tui.screens.topics import TopicsScreen
from let_it_ride.tui.screens.workspace import WorkspaceScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.command import Hits, Matcher

    from let_it_ride.tui.app import LirApp

PLACEHOLDER: Final = "Find a command, setting, preset, file, topic or theme"


class Entry(NamedTuple):
    """A line of the palette.

    Attributes:
        label: its name.
        help: what it does.
        act: does it.
        keys: the keys for it, as Textual knows them.
        words: other names of it.
        text: by which it is found besides.
        is_listed: whether it is there before anything is typed.
        weight: what its score counts, against those of others.
    """

    label: str
    help: str
    act: Callable[[], object]
    keys: Sequence[str] = ()
    words: str = ""
    text: str = ""
    is_listed: bool = True
    weight: float = 1.0

    def prompt(self, name: Content) -> Content:
        """Return how it stands in the palette, its keys after its name."""
        keys = ", ".join(map(shown_key, self.keys))
        name = Content.assemble(name, ("  " if keys else ""), (keys, "not bold $accent"))
        return Content.assemble(name, "\n", (self.help, "not bold $muted")) if self.help else name

    def score(self, query: str, matcher: Matcher) -> float:
        """Return how well it fits what was typed, 0 for not at all."""
        return self.weight * self._fit(query, matcher)

    def _fit(self, query: str, matcher: Matcher) -> float:
        label, typed = self.label.lower(), query.lower()
        words = typed.split()
        if label.startswith(typed):
            return 5 if label == typed else 4
        if all(word in label for word in words):
            return 3
        names = f"{label} {self.words}".lower()
        if all(word in names for word in words):
            return 2.5
        about = f"{names} {self.help} {self.text}".lower()
        if all(word in about for word in words):
            return 2
        likeness = matcher.match(self.label)
        return likeness / (1 + likeness)


class Palette(Provider):
    """Its entries for the screen that it was called from."""

    async def startup(self) -> None:
        """Gather all entries."""
        of_files = await asyncio.to_thread(self._of_files)
        self._entries = (
            *self._of_the_screen(),
            *self._of_the_workspace(),
            *of_files,
            *self._themes(),
        )

    async def discover(self) -> Hits:
        """Yield what is listed before anything is typed."""
        for each in self._entries:
            if each.is_listed:
                yield DiscoveryHit(each.prompt(Content(each.label)), each.act, each.label)

    async def search(self, query: str) -> Hits:
        """Yield what fits the words that were typed."""
        matcher = self.matcher(query)
        for each in self._entries:
            if (score := each.score(query, matcher)) > 0:
                name = matcher.highlight(each.label)
                yield Hit(score, each.prompt(name), each.act, each.label)

    def _of_the_screen(self) -> Iterator[Entry]:
        """Yield the commands of the screen, and of what has the focus unless that is typing."""
        app = cast("LirApp", self.app)
        groups = [
            Entry(
                command.label,
                command.help,
                partial(app.run_action, command.action, app if group is PROGRAM else self.screen),
                app.keymap.keys_of(command.name),
            )
            for group in groups_of(self.screen)
            for command in group.commands
            if command.action != "command_palette"
        ]
        local = [
            Entry(
                each.binding.description,
                "",
                partial(app.run_action, each.binding.action, each.node),
                each.keys,
                (each.binding.id or "").replace(".", " ").replace("_", " "),
            )
            for each in local_commands(self.screen)
            if not isinstance(each.node, Input | TextArea)
        ]
        yield from (
            (*groups, *local)
            if isinstance(self.screen, WorkspaceScreen)
            else (
                *local,
                *groups,
            )
        )

    def _of_the_workspace(self) -> Iterator[Entry]:
        """Yield where the workspace leads to."""
        screen = self.screen
        if not isinstance(screen, WorkspaceScreen):
            return
        for page in pages():
            go = partial(screen.go_to_section, page.name)
            yield Entry(f"Section: {page.label}", page.help, go)
        for number, picture in enumerate(PAGES):
            look = partial(screen.action_show_pictures, number)
            yield Entry(f"Picture: {picture}", "Look at this picture of the run.", look)
        for place in places(screen.state.values):
            yield Entry(
                f"Setting: {place.label}",
                f"{place.about}. {place.help}",
                partial(screen.show_setting, place.path),
                words=place.name,
                text=place.words,
                is_listed=False,
            )

    def _of_files(self) -> list[Entry]:
        """What is to be read first: presets, topics, and the files that were open last."""
        entries = []
        screen = self.screen
        if isinstance(screen, WorkspaceScreen):
            for preset in preset_choices():
                begin = partial(screen.action_new, preset.name)
                label = f"Preset: {preset.label}"
                entries.append(Entry(label, preset.help, begin, words=preset.name))
            for recent in recent_files():
                open_it = partial(screen.action_open_recent, recent)
                label, folder = f"File: {printable(recent.path.name)}", readable(recent.path.parent)
                entries.append(Entry(label, folder, open_it, is_listed=False))
        if not isinstance(screen, TopicsScreen):
            for name in TOPICS:
                read = partial(self._show_topic, name)
                label = f"Topic: {topic(name).title}"
                # What is done comes before what is read about it.
                about = Entry(label, "", read, words=name, is_listed=False, weight=0.4)
                entries.append(about)
        return entries

    def _show_topic(self, name: str) -> None:
        self.app.push_screen(TopicsScreen(name))

    def _themes(self) -> Iterator[Entry]:
        wardrobe = cast("LirApp", self.app).wardrobe
        for name, theme in wardrobe.themes().items():
            label, text = printable(theme.label), printable(theme.description)
            yield Entry(f"Theme: {label}", text, partial(wardrobe.put_on, name), words=name)
