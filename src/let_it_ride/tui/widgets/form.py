"""The configuration as a form: a page for each section, made when it is first looked at."""

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from let_it_ride.config.problems import Path
from let_it_ride.tui.editing.outline import pages
from let_it_ride.tui.editing.state import State
from let_it_ride.tui.widgets.form_page import FormPage


class Form(Container):
    """The pages of the form, one of them shown."""

    state: reactive[State] = reactive(State, init=False)
    """The configuration it shows."""

    page: reactive[str] = reactive("", init=False)
    """The name of the section it shows."""

    def __init__(self, state: State, page: str) -> None:
        super().__init__()
        self.set_reactive(Form.state, state)
        self.set_reactive(Form.page, page)
        self._pages: dict[str, FormPage] = {}

    def compose(self) -> ComposeResult:
        """Show the first page."""
        yield Static(classes="broken")
        yield self._page_named(self.page)

    @property
    def current(self) -> FormPage:
        """The page that is shown."""
        return self._page_named(self.page)

    async def show_page(self, name: str) -> None:
        """Show another page, making it if need be."""
        self.page = name
        page = self.current
        if not page.is_attached:
            await self.mount(page)
        for each in self._pages.values():
            each.display = each is page
        page.show(self.state)

    async def focus_path(self, path: Path) -> bool:
        """Show the setting at a path and focus it; return whether the form has it."""
        if not path or path[0] not in {page.name for page in pages()}:
            return False
        await self.show_page(str(path[0]))
        return await self.current.focus_path(path)

    def watch_state(self, state: State) -> None:
        """Show another state; while the text is broken, say so and let nothing be changed."""
        broken = self.query_one(".broken", Static)
        broken.display = state.broken is not None
        if state.broken is not None:
            place = f"line {state.broken.line}: " if state.broken.line else ""
            broken.update(
                Content.assemble(
                    ("✗ The text cannot be read", "bold $text-error"),
                    "; the form shows what it last said.\n",
                    f"{place}{state.broken.text}",
                )
            )
        self.current.disabled = state.broken is not None
        self.current.show(state)

    def _page_named(self, name: str) -> FormPage:
        if name not in self._pages:
            field = next(page for page in pages() if page.name == name)
            self._pages[name] = FormPage(field, self.state)
        return self._pages[name]
