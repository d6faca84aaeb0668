"""The exact odds of a session, and what an edit has changed."""

from __future__ import annotations

from itertools import islice
from textwrap import wrap
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content
from textual.reactive import reactive

from let_it_ride.reports.facts import REASONS
from let_it_ride.reports.gain_facts import gained
from let_it_ride.reports.numbers import (
    MINUS,
    decimal_text,
    money,
    percentile_name,
    points,
    points_aligned,
    share_text,
)
from let_it_ride.tui.session_odds import SessionOdds
from let_it_ride.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from let_it_ride.analysis.session_law import SessionLaw

_LABEL: Final = 20
_LEAST_WIDTH: Final = 20

#: No further to the right are changes told, which would be far from their numbers.
_MOST_WIDTH: Final = 46

_TITLE: Final = "One session"
_SINCE: Final = "since saved"
_GAP: Final = 2


class _Figure(NamedTuple):
    """A number with its name, as text, and how far it is from that of the saved settings.

    That is told in one of several ways: where there is no room for the first, in the next.
    """

    name: str
    text: str
    changes: tuple[str, ...] = ()


class SessionFigures(Fitted):
    """The figures, one a line."""

    session: reactive[SessionOdds] = reactive(SessionOdds, layout=True)

    def content_at(self, width: int) -> Content:
        """Return what there is."""
        session, width = self.session, max(width, _LEAST_WIDTH)
        lines = [Content.styled(_TITLE, "bold $primary")]
        if session.refusal:
            refusal = wrap(session.refusal, width)
            lines += [Content.styled(line, "$text-warning") for line in refusal]
        for note in filter(None, (session.stale, session.working)):
            lines.append(Content.styled(note, "$text-warning"))
        if session.law is not None and not session.refusal:
            if session.working:
                lines.append(Content.styled("Still of the settings before:", "$text-warning"))
            saved = None if session.is_stale else session.saved
            if saved is not None and saved is not session.law:
                lines[0] += Content.styled(_at_the_right(_SINCE, len(_TITLE), width), "$muted")
            lines += [
                _line(each, width) for each in _aligned(_figures(session, session.law, saved))
            ]
        return Content("\n").join(lines)

    def watch_session(self, session: SessionOdds) -> None:
        """Dim figures that are not those of the configuration."""
        self.set_class(session.is_stale, "-stale")


def _aligned(figures: Iterable[_Figure]) -> Iterator[_Figure]:
    """Put the points of the numbers below each other."""
    found = list(figures)
    for each, text in zip(found, points_aligned([each.text for each in found]), strict=True):
        yield each._replace(text=text)


def _line(figure: _Figure, width: int) -> Content:
    taken = _LABEL + len(figure.text)
    fits = (each for each in figure.changes if taken + _GAP + len(each) <= width)
    change = "".join(_at_the_right(each, taken, width) for each in islice(fits, 1))
    return Content.assemble(
        (f"{figure.name:<{_LABEL}}", "$muted"), (figure.text, "bold"), (change, "$text-accent")
    )


def _at_the_right(text: str, taken: int, width: int) -> str:
    """A text that ends where changes do, after so many columns."""
    return " " * max(_GAP, min(width, _MOST_WIDTH) - taken - len(text)) + text


def _figures(session: SessionOdds, law: SessionLaw, saved: SessionLaw | None) -> Iterator[_Figure]:
    before = saved or law
    for name, share, once in (
        ("▲ Ahead", law.win_probability, before.win_probability),
        ("▼ Behind", law.loss_probability, before.loss_probability),
        ("= Even", law.push_probability, before.push_probability),
    ):
        yield _Figure(name, share_text(share), _share_change(share - once, 2))
    if session.gain is not None:
        yield _Figure("Gain over basic", gained(session.gain))
        yield _Figure("Its cost in mean", money(session.gain.cost))
    mean = law.mean_profit
    yield _Figure("Mean profit", money(mean, signed=True), _money_change(mean, before.mean_profit))
    hourly, once = (-each.cost_per_hand * session.hands_per_hour for each in (law, before))
    yield _Figure("An hour of it", money(hourly, signed=True), _money_change(hourly, once))
    spread = law.std_profit
    yield _Figure("Spread (sd)", money(spread), _money_change(spread, before.std_profit))
    for share in (5, 50, 95):
        profit, once = law.percentile(share), before.percentile(share)
        change = _money_change(profit, once)
        yield _Figure(percentile_name(share), money(profit, signed=True), change)
    hands, once = law.mean_hands, before.mean_hands
    changes = _changes(hands - once, decimal_text(abs(hands - once), 1))
    yield _Figure("Mean hands", decimal_text(hands, 1), changes)
    was = before.stop_reasons
    for reason, share in law.stop_reasons.items():
        moved = share - was.get(reason, 0.0)
        name = REASONS[reason.key][: _LABEL - 1]
        yield _Figure(name, share_text(share), _share_change(moved, 2))


def _share_change(by: float, decimals: int) -> tuple[str, ...]:
    return _changes(by, *(points(abs(by), fewer) for fewer in range(decimals, -1, -1)))


def _money_change(now: float, once: float) -> tuple[str, ...]:
    text = money(abs(now - once))
    return _changes(now - once, text, text.partition(".")[0])


def _changes(by: float, *sizes: str) -> tuple[str, ...]:
    """Return a change in each size that shows it, and its sign alone if any does."""
    told = [size.removeprefix("+") for size in sizes if any(map(size.__contains__, "123456789"))]
    sign = "+" if by > 0 else MINUS
    return (*(f"{sign}{size}" for size in told), sign) if told else ()
