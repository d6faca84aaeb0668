"""The most important odds in one line, and what is known about the odds at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.reports.numbers import decimal_text, percent
from let_it_ride.tui.session_odds import SessionOdds

if TYPE_CHECKING:
    from fractions import Fraction

    from let_it_ride.game.odds import RoundOdds
    from let_it_ride.reports.play_cost import PlayCost
    from let_it_ride.tui.app import LirApp


class OddsState(NamedTuple):
    """What is known about the odds.

    Attributes:
        odds: the last ones that could be worked out.
        cost: what the decisions behind them cost against best play; None where decisions hang on
            more than the cards.
        hour: what an hour costs in the mean, in cents; None where the odds do not say it.
        hands_per_hour: how many hands that is.
        is_of_chart: whether they are of the chart behind play for a goal.
        has_bonus: whether a bonus bet is made at all.
        bonus_of_the_odds: the bonus that a meter's odds are told for, in cents; None without one.
        stale: why they are not those of the configuration; empty if they are.
        refusal: why there are none; empty if there are.
    """

    odds: RoundOdds | None = None
    cost: PlayCost | None = None
    hour: Fraction | None = None
    hands_per_hour: int = 0
    is_of_chart: bool = False
    has_bonus: bool = False
    bonus_of_the_odds: int | None = None
    stale: str = ""
    refusal: str = ""


class OddsStrip(Widget):
    """The most important odds in one line, where the panel has no room."""

    app: LirApp

    state: reactive[OddsState] = reactive(OddsState)
    session: reactive[SessionOdds] = reactive(SessionOdds)

    def render(self) -> Content:
        """Render as many of the figures as there is room for."""
        state, width = self.state, self.content_size.width
        if state.refusal:
            return Content.styled(
                f"No exact odds; {self.app.key_of('odds')} tells why", "$text-warning"
            )
        if state.odds is None:
            return Content.styled(state.stale and "No odds while there are errors", "$text-warning")
        odds, session = state.odds, self.session
        parts = (
            []
            if state.is_of_chart
            else [
                f"House edge {percent(odds.house_edge, 6)}",
                f"risk {percent(odds.element_of_risk)}",
                f"bets {decimal_text(odds.mean_bets, 4)}",
                f"sd {decimal_text(odds.standard_deviation, 3)}",
                f"hits {percent(odds.hit_rate)}",
            ]
        )
        if session.working:
            parts.insert(0, session.working.replace("\n", " · "))
        elif session.refusal:
            parts.insert(0, f"No odds of a session; {self.app.key_of('odds')} tells why")
        elif session.law is not None and not session.stale:
            parts.insert(0, f"Ahead {percent(session.law.win_probability)}")
            if session.gain is not None:
                from let_it_ride.reports.gain_facts import gained

                parts.append(f"gain over basic {gained(session.gain)}")
        text = "not these settings · " if state.stale else ""
        for part in parts:
            longer = f"{text}{part} · "
            if len(longer) - 3 > width:
                break
            text = longer
        style = "$text-warning" if state.stale else ""
        return Content.styled(text.removesuffix(" · "), style)
