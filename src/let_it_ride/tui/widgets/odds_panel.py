"""The exact odds of a round, beside the form."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.reports.numbers import decimal_text, fraction_text, one_in, percent
from let_it_ride.tui.styles import style_sheet
from let_it_ride.tui.widgets.odds_strip import OddsState

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.game.odds import RoundOdds


class OddsFigures(Widget):
    """The figures, one a line, and the chance of every hand where there is room."""

    state: reactive[OddsState] = reactive(OddsState)
    with_hands: reactive[bool] = reactive(True, layout=True)

    def render(self) -> Content:
        """Render what there is."""
        state = self.state
        lines: list[Content] = []
        if state.refusal:
            lines += [Content.styled("No odds", "bold $text-warning"), Content(state.refusal)]
            return Content("\n").join(lines)
        if state.odds is None:
            return Content.styled(state.stale and "None while there are errors", "$text-warning")
        if state.stale:
            lines.append(Content.styled(state.stale, "bold $text-warning"))
        lines += _figures(state.odds, has_bonus=state.has_bonus, width=self.content_size.width)
        if self.with_hands:
            lines += [Content(""), *_hands(state.odds, self.content_size.width)]
        return Content("\n").join(lines)

    def watch_state(self, state: OddsState) -> None:
        """Dim odds that are not those of the configuration."""
        self.set_class(bool(state.stale), "-stale")
        self.refresh(layout=True)


class OddsPanel(VerticalScroll):
    """The figures, with a bar where they do not fit."""

    DEFAULT_CSS = style_sheet(__file__)
    SCOPED_CSS = False

    BORDER_TITLE = "Exact odds of a round"

    state: reactive[OddsState] = reactive(OddsState)
    with_hands: reactive[bool] = reactive(True)
    """Whether the chance of every hand is shown too."""

    def compose(self) -> ComposeResult:
        """Show the figures."""
        yield OddsFigures().data_bind(OddsPanel.state, OddsPanel.with_hands)


def _figures(odds: RoundOdds, *, has_bonus: bool, width: int) -> list[Content]:
    rows = [
        ("House edge", percent(odds.house_edge, 6), "of the base bet"),
        ("", fraction_text(odds.house_edge), ""),
        ("Element of risk", percent(odds.element_of_risk, 6), "of what is in action"),
        ("Bets in action", decimal_text(odds.mean_bets, 6), "of three"),
        ("Standard deviation", decimal_text(odds.standard_deviation, 6), "base bets"),
        ("Skewness", decimal_text(odds.skewness, 2), ""),
        ("Hit rate", percent(odds.hit_rate, 4), ""),
    ]
    if has_bonus:
        rows.append(("Bonus edge", percent(odds.bonus_house_edge, 4), "of the bonus bet"))
        if odds.bonus_house_edge < 0:
            rows.append(("", "the player has the edge", ""))
    lines = []
    for label, value, what in rows:
        note = f"  {what}" if what and 20 + len(value) + 2 + len(what) <= width else ""
        style = "bold $accent" if label == "House edge" else "bold"
        lines.append(Content.assemble((f"{label:<20}", "$muted"), (value, style), (note, "$muted")))
    return lines


def _hands(odds: RoundOdds, width: int) -> list[Content]:
    chances = min(max(width, 36) - 26, 20)
    lines = [Content.styled(f"{'Hand':<20}{'pays':>6}{'chance':>{chances}}", "$muted")]
    total = sum(odds.category_deals.values())
    for category, deals in odds.category_deals.items():
        share = Fraction(deals, total)
        name = category.key.replace("_", " ").capitalize()
        pays = odds.paytable[category]
        paid = f"{pays:,}" if pays else "lose"
        chance = one_in(share) if share < Fraction(1, 100) else percent(share, 3)
        lines.append(Content(f"{name:<20}{paid:>6}{chance:>{chances}}"))
    return lines
