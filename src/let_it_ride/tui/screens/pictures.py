"""Pictures of a run that has ended, one a page."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from let_it_ride.reports.numbers import count
from let_it_ride.tui.pictures.pages import PAGES, SLOW, Ended, Page, picture_of
from let_it_ride.tui.pictures.paths import PathsPicture
from let_it_ride.tui.pictures.works import PathsWork, RuinWork
from let_it_ride.tui.replays import seeded
from let_it_ride.tui.screens.work_dialog import WorkDialog
from let_it_ride.tui.widgets.key_hints import ESCAPE, Hint, KeyHints
from let_it_ride.tui.widgets.picture_view import PictureView

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Click

    from let_it_ride.tui.app import LirApp
    from let_it_ride.tui.pictures.picture import Picture
    from let_it_ride.tui.pictures.works import Work
    from let_it_ride.tui.runs import Outcome

_KEYS: Final = (
    Hint("pictures.before", "left", "Before"),
    Hint("pictures.after", "right", "After"),
    Hint("", f"1 to {len(PAGES)}", "Choose"),
)

_NEXT_SESSION: Final = Hint("pictures.next_session", "n", "Another session")

#: So often it is looked how far a picture is that takes its time.
_SECONDS: Final = 0.1


class PicturesScreen(WorkDialog[None]):
    """The names of the pictures over the one that is looked at."""

    app: LirApp
    BINDING_GROUP_TITLE = "Pictures"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,tab", "turn(1)", "The picture after", id="pictures.after", show=False),
        Binding(
            "left,shift+tab", "turn(-1)", "The picture before", id="pictures.before", show=False
        ),
        *(
            Binding(str(number), f"show({number - 1})", page, id=f"pictures.{number}", show=False)
            for number, page in enumerate(PAGES, 1)
        ),
        Binding("n", "next_session", "Another session", id="pictures.next_session", show=False),
        Binding("q,enter", "dismiss(None)", "Close", id="pictures.close", show=False),
    ]

    page: reactive[int] = reactive(0)
    """Which picture is looked at, from 0."""

    def __init__(self, run: Ended, page: int = 0) -> None:
        """Show pictures of a run.

        Args:
            run: the run.
            page: which one is looked at first, from 0.
        """
        super().__init__()
        self.set_reactive(PicturesScreen.page, page)
        self._run = run
        self._made: dict[Page, Picture] = {}
        self._left = Event()

    def compose(self) -> ComposeResult:
        """Show the title and the names over the picture."""
        summary = self._run.results.summary
        with Vertical():
            title = Content.assemble(
                ("♠ Pictures", "bold $primary"),
                (f"   {self._run.name}", "bold"),
                (f"   {count(summary.sessions)} sessions", "$muted"),
            )
            yield Static(title, id="title")
            yield PageNames().data_bind(PicturesScreen.page)
            yield PictureView()
            yield KeyHints(id="keys")

    def watch_page(self, page: int) -> None:
        """Show the picture."""
        for view in self.query(PictureView):
            view.picture = self._picture(PAGES[page])
        for hints in self.query(KeyHints):
            some = (_NEXT_SESSION,) if PAGES[page] is Page.PATHS else ()
            hints.lines = ((*_KEYS, *some, ESCAPE),)

    def on_mount(self) -> None:
        """Show the first one."""
        self.watch_page(self.page)

    def action_turn(self, by: int) -> None:
        """Show the picture before or after; the first is after the last."""
        self.page = (self.page + by) % len(PAGES)

    def action_show(self, page: int) -> None:
        """Show a picture."""
        self.page = page

    def action_next_session(self) -> None:
        """Show another session on its way through the hands."""
        picture = self._made.get(Page.PATHS)
        if isinstance(picture, PathsPicture):
            self._take(Page.PATHS, picture.next())

    def on_unmount(self) -> None:
        """Let nobody work for nothing."""
        self._left.set()

    def _picture(self, page: Page) -> Picture:
        if page not in self._made:
            if page in SLOW:
                self._begin(page)
            else:
                self._made[page] = picture_of(page, self._run)
        return self._made[page]

    def _begin(self, page: Page) -> None:
        """Work out a picture that takes its time, and show meanwhile how far that is."""
        making: Work = (
            PathsWork(self._run, self._left)
            if page is Page.PATHS
            else RuinWork(self._run, self._left, self.app.sweep)
        )
        self._made[page] = making.picture
        self._work_out(page, making)

    @work(group="pictures")
    async def _work_out(self, page: Page, making: Work) -> None:
        looking = self.set_interval(_SECONDS, lambda: self._take(page, making.picture))
        try:
            await asyncio.to_thread(making.do)
        except Exception as error:  # noqa: BLE001  a picture may be missing, the program may not
            making.fail(str(error) or type(error).__name__)
        finally:
            looking.stop()
        self._take(page, making.picture)

    def _take(self, page: Page, picture: Picture) -> None:
        """Take another state of a picture, and show it if it is looked at."""
        self._made[page] = picture
        if self.is_mounted and PAGES[self.page] is page:
            self.query_one(PictureView).picture = picture


class PageNames(Static):
    """The names of the pictures, with the key of each."""

    page: reactive[int] = reactive(0)

    def render(self) -> Content:
        """Render them, the one that is looked at in reverse."""
        return Content("").join(self._tabs())

    async def on_click(self, event: Click) -> None:
        """Show the picture whose name was clicked."""
        end = 0
        for number, tab in enumerate(self._tabs()):
            end += tab.cell_length
            if event.x < end:
                await self.run_action(f"screen.show({number})")
                break

    def _tabs(self) -> list[Content]:
        """Return each name with its number; one or the other where there is no room for both."""
        both = [f"{number} {page}" for number, page in enumerate(PAGES, 1)]
        numbers = [str(number) for number in range(1, len(PAGES) + 1)]
        numbers[self.page] = both[self.page]
        for texts, blank in ((both, " "), (list(PAGES), ""), (numbers, "")):
            tabs = [self._tab(number, text, blank) for number, text in enumerate(texts)]
            if sum(tab.cell_length for tab in tabs) <= self.content_size.width:
                break
        return tabs

    def _tab(self, number: int, text: str, blank: str) -> Content:
        name = Content.styled(
            f"{blank}{text}{blank}", "bold reverse $accent" if number == self.page else "$muted"
        )
        return name if blank else Content.assemble(" ", name)


def ended(outcome: Outcome | None) -> Ended | None:
    """The run of an outcome, if it has come to its end."""
    if outcome is None or outcome.results is None:
        return None
    config, results = outcome.config, outcome.results
    name = outcome.kept.title if outcome.kept else config.metadata.name or "This run"
    return Ended(name, seeded(config, results.provenance.seed), results, outcome.compared)
