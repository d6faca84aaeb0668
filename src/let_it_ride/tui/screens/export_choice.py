"""Asking which files of a run are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from let_it_ride.reports.export_files import AS_TABLES, HELD, TABLES, WHOLE
from let_it_ride.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.reports.export_files import Table
    from let_it_ride.tui.app import LirApp

_LABELS: Final = {"csv": "CSV", "json": "JSON", "parquet": "Parquet", "html": "HTML"}
_FORMATS: Final = {
    "html": WHOLE["html"],
    "json": WHOLE["json"],
    "csv": "the tables below for spreadsheets, a file each",
    "parquet": "the tables below for data tools",
}
_WIDTH: Final = 12

_HINT: Final = (
    "{tick} ticks what is written, {go_on} goes on to the folder, Escape closes. The"
    " configuration, with the command that repeats the run, always goes with it."
)
_NOTHING: Final = "Nothing is ticked that could be written."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written of a run.

    Attributes:
        formats: in which formats.
        tables: which tables, where one of them is for tables.
    """

    formats: tuple[str, ...]
    tables: tuple[Table, ...]


class ExportChoiceScreen(Dialog[Wanted]):
    """The formats and the tables, each with a tick; the result is those that are ticked."""

    app: LirApp

    BINDING_GROUP_TITLE = "Export"
    ABOUT = (
        "What is written of a run. HTML is the report, to be read in a browser; JSON has the"
        " summary, and CSV and Parquet the tables that are ticked below. The folder is asked for"
        " next. Escape closes, and nothing is written."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick it, or no longer", id="export.tick", show=False),
        Binding("enter", "go_on", "Go on", id="export.go_on", show=False, priority=True),
    ]

    def __init__(self, wanted: Wanted, why_no_parquet: str, logged: int) -> None:
        """Ask.

        Args:
            wanted: what is ticked at first.
            why_no_parquet: why Parquet cannot be written; nothing where it can.
            logged: of how many sessions the hands would be written.
        """
        super().__init__()
        self._ticked: set[str] = {*wanted.formats, *wanted.tables}
        self._why_no_parquet = why_no_parquet
        self._held: dict[str, str] = {
            **_FORMATS,
            **HELD,
            "hands": f"a line for each hand of the first {logged:,} sessions",
        }

    def compose(self) -> ComposeResult:
        """Show the list, and how to use it."""
        box = Vertical()
        box.border_title = Content("Export")
        with box:
            heading = Option(Content.styled("Tables in CSV and Parquet", "bold"), disabled=True)
            options = (Option(self._line(name), name) for name in _FORMATS)
            tables = (Option(self._line(name), name) for name in TABLES)
            yield OptionList(*options, None, heading, *tables)
            yield Static(classes="hint")

    def on_mount(self) -> None:
        """Say how to use it, and why Parquet cannot be written where it cannot."""
        if self._why_no_parquet:
            self.query_one(OptionList).disable_option("parquet")
        self._say("")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tick what was clicked."""
        event.stop()
        self._tick(str(event.option_id))

    def action_tick(self) -> None:
        """Tick what the cursor is on, or no longer."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self._tick(str(options.get_option_at_index(options.highlighted).id))

    def action_go_on(self) -> None:
        """Close with what is ticked."""
        tables = tuple(name for name in TABLES if name in self._ticked)
        no_use = {"parquet"} if self._why_no_parquet else set()
        if not tables:
            no_use.update(AS_TABLES)
        formats = tuple(name for name in _FORMATS if name in self._ticked - no_use)
        if formats:
            self.dismiss(Wanted(formats, tables))
        else:
            self._say(_NOTHING)

    def _tick(self, name: str) -> None:
        self._ticked ^= {name}
        self.query_one(OptionList).replace_option_prompt(name, self._line(name))
        self._say("")

    def _line(self, name: str) -> Content:
        """A choice with its tick; for a format that cannot be written, why."""
        is_missing = name == "parquet" and bool(self._why_no_parquet)
        tick = "[x]" if name in self._ticked and not is_missing else "[ ]"
        label = _LABELS.get(name, name.capitalize())
        held = self._why_no_parquet if is_missing else self._held[name]
        return Content.assemble(f"{tick} ", (f"{label:{_WIDTH}}", "bold"), held)

    def _say(self, wrong: str) -> None:
        keys = {
            "tick": self.app.key_of("export.tick", "Space"),
            "go_on": self.app.key_of("export.go_on", "Enter"),
        }
        text = f"✗ {wrong}" if wrong else _HINT.format(**keys)
        told = Content.styled(text, "$text-error") if wrong else Content(text)
        self.query_one(".hint", Static).update(told)
