"""The welcome of who is here for the first time: what this is, and a first result."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from let_it_ride.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.tui.app import LirApp

FIRST_PRESET: Final = "first-evening"
"""The preset that is played for a first result."""

PLAY: Final = "play"
CHOOSE: Final = "choose"
EDIT: Final = "edit"

_ABOUT: Final = """\
Let It Ride is a casino game: three equal bets on five cards, two of \
which you may take back as the cards come. This program plays evenings \
of it by the hundred thousand, and works out exactly what it can: how \
often you leave ahead, how often broke, what every decision costs."""

_WAYS: Final = (
    (PLAY, "p", "Play an evening", "$500, $5 bets, 200 hands by the book: a verdict in seconds."),
    (CHOOSE, "c", "Choose another", "Betting systems, side bets, tables: see all presets."),
    (EDIT, "e", "Just edit", "Everything as it comes; the odds follow while you type."),
)

_HINT: Final = """\
In the result, “Ahead” says how often an evening ends so, and ✓ that \
the numbers hold. The first run of all compiles first, and takes a \
little longer. {commands} finds everything by name."""


class WelcomeScreen(Dialog[str]):
    """Says what this is and offers three ways to begin; the result is one of them."""

    app: LirApp
    BINDING_GROUP_TITLE = "Welcome"
    ABOUT = (
        "Three ways to begin. Enter takes the one that is pointed at, and its letter takes it too;"
        " Escape closes, and the form is there to edit. It comes once by itself, and is in the"
        " list of commands."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Begin so", id="welcome.take", show=False),
        Binding("down", "move(1)", "Next way", id="welcome.down", show=False),
        Binding("up", "move(-1)", "Way before", id="welcome.up", show=False),
        Binding("p", f"dismiss('{PLAY}')", "Play an evening", id="welcome.play", show=False),
        Binding("c", f"dismiss('{CHOOSE}')", "Choose a preset", id="welcome.choose", show=False),
        Binding("e", f"dismiss('{EDIT}')", "Just edit", id="welcome.edit", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Show what this is over the ways to begin."""
        box = Vertical()
        box.border_title = Content("Welcome to lir-tui")
        box.border_subtitle = Content("Enter begins, Escape closes")
        with box:
            yield Static(Content(_ABOUT), classes="text")
            options = OptionList(*(Option(self._told(*way), way[0]) for way in _WAYS))
            options.can_focus = False
            yield options
            hint = _HINT.format(commands=self.app.key_of("commands"))
            yield Static(Content(hint), classes="hint")

    def on_mount(self) -> None:
        """Point at the first way."""
        self.query_one(OptionList).highlighted = 0

    def action_take(self) -> None:
        """Begin in the way that is pointed at."""
        self.query_one(OptionList).action_select()

    def action_move(self, by: int) -> None:
        """Point at another way."""
        options = self.query_one(OptionList)
        place = (options.highlighted or 0) + by
        options.highlighted = max(0, min(options.option_count - 1, place))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Begin in the way that was chosen."""
        event.stop()
        self.dismiss(event.option_id)

    def _told(self, way: str, key: str, label: str, text: str) -> Content:
        key = self.app.key_of(f"welcome.{way}", key)
        indent = " " * (len(key) + 2)
        return Content.assemble(
            (f"{key}  ", "$accent bold"), (label, "bold"), "\n", indent, (text, "$muted")
        )
