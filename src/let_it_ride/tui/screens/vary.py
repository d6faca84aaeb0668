"""Asking which settings to vary."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from let_it_ride.analysis.axes import VariationError, count_cells, parse_axis
from let_it_ride.config.problems import dotted
from let_it_ride.tui.editing.outline import pages
from let_it_ride.tui.editing.settings import Choice
from let_it_ride.tui.editing.varying import suggestion, variable_rows
from let_it_ride.tui.screens.choosing import ChoosingScreen
from let_it_ride.tui.screens.work_dialog import WorkDialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.analysis.axes import Axis
    from let_it_ride.tui.app import LirApp
    from let_it_ride.tui.editing.values import Values

_LABELS: Final = ("Down", "Across, or empty")
_HINT: Final = (
    "A setting with FIRST:LAST:STEP, or with VALUE,VALUE,…; none leaves it out."
    " {pick} finds a setting, enter works it out, escape closes."
)


class VaryScreen(WorkDialog[tuple[str, str]]):
    """Two fields for what goes down and across; the result is what stands in them."""

    app: LirApp

    BINDING_GROUP_TITLE = "What if"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l,alt+g", "pick", "Find a setting", id="vary.pick", show=False),
        Binding("down", "app.focus_next", "Next field", id="vary.down", show=False),
        Binding("up", "app.focus_previous", "Field before", id="vary.up", show=False),
    ]

    def __init__(self, texts: tuple[str, str], values: Values) -> None:
        """Ask.

        Args:
            texts: what stands in the fields at first.
            values: the values of the configuration, for what else could be varied.
        """
        super().__init__()
        self._texts = texts
        self._values = values

    def compose(self) -> ComposeResult:
        """Show each field under its label and over what it means."""
        box = Vertical()
        box.border_title = Content("What if: vary settings")
        with box:
            for place, (label, text) in enumerate(zip(_LABELS, self._texts, strict=True)):
                yield Static(Content.styled(label, "bold"))
                yield Input(text, compact=True, select_on_focus=False, id=f"axis-{place}")
                yield Static(classes="hint", id=f"said-{place}")
            pick = self.app.key_of("vary.pick", "ctrl+l")
            yield Static(Content(_HINT.format(pick=pick)), classes="hint")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the fields mean."""
        event.stop()
        self._read()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with what stands in the fields, if it can be varied."""
        event.stop()
        wrong = self._read()
        if wrong is None:
            first, second = (field.value.strip() for field in self._fields)
            self.dismiss((first, second) if first else (second, ""))
        else:
            self._fields[wrong].focus()

    @work
    async def action_pick(self) -> None:
        """Find a setting for the field that has the focus."""
        field = self.focused
        if not isinstance(field, Input):
            return
        labels = {page.name: page.label for page in pages()}
        rows = {dotted(row.path): row for row in variable_rows(self._values)}
        choices = [
            Choice(key, f"{labels[str(row.path[0])]}: {row.field.label}", key)
            for key, row in rows.items()
        ]
        name = await self.app.push_screen_wait(ChoosingScreen("Vary a setting", choices))
        if name is not None:
            field.value = suggestion(rows[name], self._values)
            field.cursor_position = len(field.value)

    @property
    def _fields(self) -> list[Input]:
        return list(self.query(Input))

    def _read(self) -> int | None:
        """Say of each field what it means or what is wrong; return the first wrong one."""
        axes: list[Axis] = []
        wrong = None
        for place, field in enumerate(self._fields):
            text = field.value.strip()
            said = Content("")
            try:
                if text:
                    axes.append(parse_axis(text))
                    said = _described(axes[-1])
                    count_cells(axes)
                elif place and not axes and wrong is None:
                    raise VariationError("say what to vary")
            except VariationError as error:
                said = Content.assemble(("✗ ", "$error"), (str(error), "$error"))
                wrong = place if wrong is None else wrong
            self.query_one(f"#said-{place}", Static).update(said)
        return wrong


def _described(axis: Axis) -> Content:
    texts = axis.texts
    some = ", ".join(texts) if len(texts) < 4 else f"{texts[0]}, {texts[1]} … {texts[-1]}"
    count = "1 value" if len(texts) == 1 else f"{len(texts):,} values"
    return Content(f"{axis.label}: {count}: {some}")
