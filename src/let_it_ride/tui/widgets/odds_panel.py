"""The exact odds of a session and of a round, beside the form."""

from __future__ import annotations

from fractions import Fraction
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive

from let_it_ride.reports.hours import hour_verb
from let_it_ride.reports.numbers import (
    decimal_text,
    fraction_text,
    money,
    one_in,
    percent,
    points_aligned,
)
from let_it_ride.tui.session_odds import SessionOdds
from let_it_ride.tui.styles import style_sheet
from let_it_ride.tui.widgets.fitted import Fitted
from let_it_ride.tui.widgets.odds_strip import OddsState
from let_it_ride.tui.widgets.profit_plot import ProfitPlot
from let_it_ride.tui.widgets.report import Report
from let_it_ride.tui.widgets.session_figures import SessionFigures

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.game.odds import RoundOdds
    from let_it_ride.reports.play_cost import PlayCost

_INDENTED: Final[dict[str, Any]] = {"initial_indent": "    ", "subsequent_indent": "    "}


class OddsFigures(Fitted):
    """The figures, one a line, and the chance of every hand where there is room."""

    state: reactive[OddsState] = reactive(OddsState)
    with_hands: reactive[bool] = reactive(True, layout=True)

    def content_at(self, width: int) -> Content:
        """Return what there is."""
        state = self.state
        title = "One round by the chart" if state.is_of_chart else "One round"
        lines = [Content.styled(title, "bold $primary")]
        if state.refusal:
            lines += [Content.styled("No odds", "bold $text-warning"), Content(state.refusal)]
            return Content("\n").join(lines)
        if state.odds is None:
            return Content.styled(state.stale and "None while there are errors", "$text-warning")
        if state.stale:
            lines.append(Content.styled(state.stale, "bold $text-warning"))
        lines += _figures(state, state.odds, width)
        if self.with_hands:
            if state.cost is not None and state.cost.deviations:
                deals = sum(state.odds.category_deals.values())
                lines += [Content(""), *_costliest(state.cost, deals, width)]
            lines += [Content(""), *_hands(state.odds, width)]
        return Content("\n").join(lines)

    def watch_state(self, state: OddsState) -> None:
        """Dim odds that are not those of the configuration."""
        self.set_class(bool(state.stale), "-stale")
        self.refresh(layout=True)


class OddsPanel(Report):
    """The figures, with a bar where they do not fit."""

    DEFAULT_CSS = style_sheet(__file__)
    SCOPED_CSS = False

    BORDER_TITLE = " Exact odds "

    state: reactive[OddsState] = reactive(OddsState)
    session: reactive[SessionOdds] = reactive(SessionOdds)
    with_hands: reactive[bool] = reactive(True)
    """Whether the chance of every hand is shown too."""

    def compose(self) -> ComposeResult:
        """Show the figures, and the plot between those of a session and those of a round."""
        with Vertical(classes="session"):
            yield SessionFigures().data_bind(OddsPanel.session)
            yield ProfitPlot().data_bind(OddsPanel.session)
        yield OddsFigures().data_bind(OddsPanel.state, OddsPanel.with_hands)

    def watch_with_hands(self, with_hands: bool) -> None:
        """Show the plot, too, where the run does not need the room."""
        self.set_class(with_hands, "-roomy")


def _figures(state: OddsState, odds: RoundOdds, width: int) -> list[Content]:
    rows = [
        ("House edge", percent(odds.house_edge, 6), "of the base bet"),
        ("", fraction_text(odds.house_edge), ""),
        *_hour(state),
        *_against_best_play(state.cost),
        ("Element of risk", percent(odds.element_of_risk, 6), "of what is in action"),
        ("Bets in action", decimal_text(odds.mean_bets, 6), "of three"),
        ("Standard deviation", decimal_text(odds.standard_deviation, 6), "base bets"),
        ("Skewness", decimal_text(odds.skewness, 2), ""),
        ("Hit rate", percent(odds.hit_rate, 4), ""),
    ]
    if state.has_bonus:
        rows.append(("Bonus edge", percent(odds.bonus_house_edge, 4), "of the bonus bet"))
        if state.bonus_of_the_odds is not None:
            rows.append(("", f"of a bonus of {money(state.bonus_of_the_odds)}", ""))
        if odds.bonus_house_edge < 0:
            rows.append(("", "the player has the edge", ""))
    lines = []
    values = points_aligned([value for _, value, _ in rows])
    for (label, _, what), value in zip(rows, values, strict=True):
        note = f"  {what}" if what and 20 + len(value) + 2 + len(what) <= width else ""
        style = "bold $accent" if label == "House edge" else "bold"
        lines.append(Content.assemble((f"{label:<20}", "$muted"), (value, style), (note, "$muted")))
    return lines


def _hour(state: OddsState) -> list[tuple[str, str, str]]:
    if state.hour is None:
        return []
    verb = hour_verb(state.hour)
    note = f"for {state.hands_per_hour:,} hands"
    return [(f"An hour {verb}", money(abs(float(state.hour))), note)]


def _against_best_play(cost: PlayCost | None) -> list[tuple[str, str, str]]:
    if cost is None:
        return []
    if not cost.deviations:
        return [("Against best play", "as good", "")]
    hourly = money(float(cost.per_hour(cost.per_round)))
    return [("Against best play", f"+{percent(cost.per_round, 6)}", f"{hourly} an hour")]


def _costliest(cost: PlayCost, deals: int, width: int) -> list[Content]:
    """Return every decision that costs: how often it comes, and what it costs each time it may."""
    width = max(width, 20)  # there is none while the panel is not shown
    lines = [Content.styled("What decisions cost, the costliest first", "$muted")]
    for each in cost.deviations:
        text = f"Bet {each.bet} {each.decision}s {each.hand}"
        lines += map(Content, wrap(text, width, subsequent_indent="    "))
        often = one_in(Fraction(each.deals, deals))
        hourly = money(float(cost.per_hour(each.cost_per_round)))
        price = f"{often}, {percent(each.cost_per_round, 4)}, {hourly} an hour"
        lines += [Content.styled(line, "$muted") for line in wrap(price, width, **_INDENTED)]
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
