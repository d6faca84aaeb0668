"""Pictures of shares, simulated over exact: why sessions ended, and which hands were made."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import count, percent, signed_minus
from let_it_ride.reports.page.drawing import NARROW, box, picture, text, upright
from let_it_ride.reports.page.markup import Markup, element
from let_it_ride.reports.page.tables import Column, table
from let_it_ride.reports.pictures.axis import Axis
from let_it_ride.reports.pictures.shares import (
    bonus_shares,
    hand_share_text,
    hand_shares,
    lowest_power,
    power_text,
    reason_shares,
    reasons_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from let_it_ride.analysis.agreement import Agreement
    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.reports.pictures.shares import Share
    from let_it_ride.simulation.results import SimulationResults

_REASON: Final = 46
_HAND: Final = 25
_RIGHT: Final = 74


def reasons_figure(
    results: SimulationResults, law: SessionLaw | None, agreement: Agreement | None
) -> Markup:
    """Why the sessions of a run ended.

    Args:
        results: the run.
        law: the law that its sessions follow, if that is known.
        agreement: how it agrees with the law, if that is known.
    """
    shares = reason_shares(results, law, agreement)
    x = Axis(0, 1, 0, NARROW - _RIGHT)
    parts: list[Markup] = []
    for row, share in enumerate(shares):
        y = row * _REASON
        parts += (
            text(0, y + 16, share.name, "name", "start"),
            box(0, y + 23, x.end, 12, "track"),
            *_bar(share, x.place(share.share), y + 23, 12),
            text(NARROW, y + 33, percent(share.share), "value", "end"),
        )
        if share.exact is not None:
            parts.append(upright(x.place(share.exact), y + 19, y + 39, "exact"))
    words = "; ".join(f"{share.name}: {percent(share.share)}" for share in shares)
    of = reasons_of(law, agreement)
    return element(
        "figure",
        picture("reasons", "Why sessions ended", words, (NARROW, len(shares) * _REASON), *parts),
        element("figcaption", _legend(of, has_exact=law is not None)),
        _numbers("Why sessions ended", "sessions", shares),
    )


def hands_figures(results: SimulationResults, agreement: Agreement | None) -> Iterator[Markup]:
    """Yield which hands were made in a run, against theory; those of the bonus if one was staked.

    Args:
        results: the run.
        agreement: how it agrees with the law, if that is known.
    """
    families = (
        ("categories", "Five cards", hand_shares(results, agreement)),
        ("bonus_categories", "The bonus", bonus_shares(results, agreement)),
    )
    for family, title, shares in families:
        if not shares:
            continue
        caption = f"{_legend(has_exact=True)} Each step to the right is ten times as often."
        yield element(
            "figure",
            element("h3", title),
            _hands_picture(family, title, shares),
            element("figcaption", caption),
            _numbers(title, "hands", shares),
        )


def _hands_picture(family: str, title: str, shares: Sequence[Share]) -> Markup:
    x = Axis(lowest_power(shares), 0, 136, NARROW - _RIGHT)
    bottom = len(shares) * _HAND + 4
    parts: list[Markup] = []
    for power in range(int(x.low), 1):
        parts.append(upright(x.place(power), 0, bottom, "grid"))
        if (power - int(x.low)) % 2 == 0 or power == 0:
            words = power_text(power)
            parts.append(text(x.place(power), bottom + 15, words, "tick"))
    for row, share in enumerate(shares):
        y = row * _HAND + 6
        parts.append(text(x.start - 8, y + 12, share.name, "name", "end"))
        if share.seen:
            parts += _bar(share, x.place(log10(share.share)), y + 2, 13, x.start)
        if share.exact:
            parts.append(upright(x.place(log10(share.exact)), y - 1, y + 18, "exact"))
        parts.append(text(NARROW, y + 12, hand_share_text(share), "value", "end"))
    words = "; ".join(f"{share.name}: {percent(share.share, 4)}" for share in shares)
    return picture(family, title, words, (NARROW, bottom + 22), *parts)


def _bar(share: Share, end: float, y: float, height: float, start: float = 0.0) -> Iterator[Markup]:
    if share.seen:
        yield box(start, y, max(end - start, 1.5), height, "share")


def _numbers(title: str, what: str, shares: Sequence[Share]) -> Markup:
    def exactly(told: Callable[[float], str]) -> list[str]:
        return ["" if each.exact is None else told(each.exact) for each in shares]

    columns = [
        Column(title, [each.name for each in shares]),
        Column("Seen", [count(each.seen) for each in shares]),
        Column("Share", [percent(each.share, 4) for each in shares]),
    ]
    if any(each.exact is not None for each in shares):
        columns.append(Column("Exact", exactly(lambda exact: percent(exact, 4))))
    if any(each.z is not None for each in shares):
        scores = ["—" if each.z is None else signed_minus(f"{each.z:+.2f}") for each in shares]
        columns.append(Column("z", scores))
    return element(
        "details",
        element("summary", "The numbers of this picture"),
        table(f"{title}, of {count(shares[0].of)} {what}", columns),
    )


def _legend(of: str = "this run", *, has_exact: bool) -> str:
    return f"Bars: {of}. Upright lines: the exact chances." if has_exact else f"Bars: {of}."
