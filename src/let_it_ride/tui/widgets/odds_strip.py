"""The most important odds in one line, and what is known about the odds at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.reports.numbers import decimal_text, money, percent
from let_it_ride.tui.session_odds import SessionOdds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from let_it_ride.game.odds import RoundOdds
    from let_it_ride.reports.play_cost import PlayCost
    from let_it_ride.tui.app import LirApp


_GAP: Final = "   "


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
        style = "$text-warning" if state.stale else ""
        text = "Before the error: " if state.stale else ""
        more = f"{self.app.key_of('odds')} more"
        room = width - len(more) - len(_GAP)
        for part in self._parts(state.odds):
            longer = f"{text}{part}{_GAP}"
            if len(longer) - len(_GAP) > room:
                break
            text = longer
        return Content.assemble((text, style), (more, "$muted"))

    def _parts(self, odds: RoundOdds) -> Iterator[str]:
        """Yield the figures, what matters most first."""
        state, session = self.state, self.session
        law = session.law if state.stale or not session.is_stale else None
        if session.working:
            yield session.working.replace("\n", " · ")
        elif session.refusal:
            yield f"No odds of a session; {self.app.key_of('odds')} tells why"
        elif law is not None:
            yield f"Ahead {percent(law.win_probability)}"
        if not state.is_of_chart:
            yield f"Edge {percent(odds.house_edge)}"
        if law is not None and not session.working:
            yield f"Mean {money(law.mean_profit, signed=True)}"
            if session.gain is not None:
                from let_it_ride.reports.gain_facts import gained

                yield f"Gain over basic {gained(session.gain)}"
            yield f"Spread {money(law.std_profit)}"
            yield f"Hands {decimal_text(law.mean_hands, 1)}"
        if not state.is_of_chart:
            yield f"Risk {percent(odds.element_of_risk)}"
