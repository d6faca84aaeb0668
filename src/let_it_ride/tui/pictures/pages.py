"""Which pictures there are of a run, in the order in which a person asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from let_it_ride.money import cents
from let_it_ride.reports.pictures.profits import RunProfits
from let_it_ride.reports.pictures.shares import (
    bonus_shares,
    hand_shares,
    reason_shares,
    reasons_of,
)
from let_it_ride.tui.pictures.drawdowns import DrawdownPicture
from let_it_ride.tui.pictures.paths import PATHS_TITLE, PathsPicture
from let_it_ride.tui.pictures.picture import NoPicture, without_law
from let_it_ride.tui.pictures.profits import ProfitPicture
from let_it_ride.tui.pictures.ruin import RUIN_TITLE, RuinPicture
from let_it_ride.tui.pictures.seats import SEATS_TITLE, SeatsPicture
from let_it_ride.tui.pictures.shares import HandsPicture, ReasonsPicture

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from let_it_ride.analysis.agreement import Compared
    from let_it_ride.config.full import FullConfig
    from let_it_ride.reports.pictures.paths import Fan
    from let_it_ride.reports.pictures.ruin import Ruin
    from let_it_ride.tui.pictures.picture import Picture
    from let_it_ride.tui.runs import Results

_NO_BONUS: Final = (
    "No bonus bet was staked in this run. Choose when to stake it under Bonus bet in the form, and"
    " run again."
)
_NO_SEATS: Final = (
    "Each session of this run was a table of its own. Set Seats under Table in the form to 2 or"
    " more, and run again: then seats share the community cards, and win and lose together."
)


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that has come to its end.

    Attributes:
        name: what it is called.
        config: what was run, with its seed.
        results: what it gave.
        compared: what comparing it with the exact law gave.
    """

    name: str
    config: FullConfig
    results: Results
    compared: Compared


class Page(StrEnum):
    """A picture, by what it is called for short."""

    PROFIT = "Profit"
    REASONS = "Reasons"
    HANDS = "Hands"
    BONUS = "Bonus"
    DRAWDOWNS = "Drawdown"
    PATHS = "Paths"
    SEATS = "Seats"
    RUIN = "Ruin"


PAGES: Final = tuple(Page)
"""All of them."""

SLOW: Final = {Page.PATHS: PATHS_TITLE, Page.RUIN: RUIN_TITLE}
"""Those that take their time, with their titles."""


def picture_of(page: Page, run: Ended) -> Picture:
    """Return a picture of a run that has come to its end, but for the `SLOW` ones."""
    return _MAKERS[page](run)


def paths_picture(run: Ended, fan: Fan) -> PathsPicture:
    """Return the picture of sessions that were played again."""
    stops, start = run.config.bankroll.stop_conditions, cents(run.config.bankroll.starting_amount)
    return PathsPicture(
        fan,
        start,
        None if stops.win_limit is None else start + cents(stops.win_limit),
        None if stops.loss_limit is None else start - cents(stops.loss_limit),
        run.results.summary.sessions,
    )


def ruin_picture(run: Ended, ruins: Sequence[Ruin], doing: str = "") -> RuinPicture:
    """Return the picture of bankrolls that are solved, and of others that are going to be."""
    bankroll = run.config.bankroll
    had_loss_limit = bankroll.stop_conditions.loss_limit is not None
    return RuinPicture(ruins, cents(bankroll.starting_amount), had_loss_limit, doing)


def _profits(run: Ended) -> Picture:
    stops = run.config.bankroll.stop_conditions
    profits = RunProfits(run.results, run.compared.law, stops)
    return ProfitPicture(profits, run.compared)


def _reasons(run: Ended) -> Picture:
    compared = run.compared
    shares = reason_shares(run.results, compared.law, compared.agreement)
    of = reasons_of(compared.law, compared.agreement)
    return ReasonsPicture(shares, of, without_law(compared))


def _hands(run: Ended) -> Picture:
    shares = hand_shares(run.results, run.compared.agreement)
    return HandsPicture("Hands of five cards against theory", shares)


def _bonus(run: Ended) -> Picture:
    title = "Hands of three cards, for the bonus, against theory"
    shares = bonus_shares(run.results, run.compared.agreement)
    return HandsPicture(title, shares) if shares else NoPicture(title, _NO_BONUS)


def _drawdowns(run: Ended) -> Picture:
    return DrawdownPicture(run.results)


def _seats(run: Ended) -> Picture:
    summary, compared = run.results.summary, run.compared
    if len(summary.seats) < 2:
        return NoPicture(SEATS_TITLE, _NO_SEATS)
    return SeatsPicture(summary, compared.law, without_law(compared))


_MAKERS: Final[Mapping[Page, Callable[[Ended], Picture]]] = {
    Page.PROFIT: _profits,
    Page.REASONS: _reasons,
    Page.HANDS: _hands,
    Page.BONUS: _bonus,
    Page.DRAWDOWNS: _drawdowns,
    Page.SEATS: _seats,
}
