"""Pictures of shares, simulated over exact: why sessions ended, and which hands were made."""

from __future__ import annotations

from math import ceil, log10
from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import count, percent, signed_minus
from let_it_ride.reports.page.drawing import (
    NARROW,
    box,
    dot,
    level,
    picture,
    text,
    upright,
    width_of,
)
from let_it_ride.reports.page.markup import Markup, element, prose
from let_it_ride.reports.page.tables import Column, table
from let_it_ride.reports.pictures.axis import Axis
from let_it_ride.reports.pictures.shares import (
    bonus_shares,
    hand_share_text,
    hand_shares,
    lowest_power,
    reason_shares,
    reasons_of,
)
from let_it_ride.simulation.estimates import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from let_it_ride.analysis.agreement import Agreement
    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.reports.pictures.shares import Share
    from let_it_ride.simulation.results import SimulationResults

_REASON: Final = 46
_HAND: Final = 25
_NAMES: Final = 128

#: How large numbers are written short, the largest first.
_LARGE: Final = ((" bn", 9), (" M", 6), ("", 0))
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
    # Seats share the dealer's cards: their hands are not independent.
    tables = bool(results.summary.seats)
    families = (
        ("categories", "Five cards", hand_shares(results, agreement)),
        ("bonus_categories", "The bonus", bonus_shares(results, agreement)),
    )
    for family, title, shares in families:
        if not shares:
            continue
        of_run = "this run" if tables else "this run, with its 95 % interval"
        caption = f"Dots: {of_run}. Upright lines: the exact chances."
        yield element(
            "figure",
            element("h3", title),
            _hands_picture(family, title, shares, has_intervals=not tables),
            element("figcaption", prose(caption)),
            _numbers(title, "hands", shares),
        )


def _hands_picture(
    family: str, title: str, shares: Sequence[Share], *, has_intervals: bool
) -> Markup:
    x = Axis(lowest_power(shares), 0, _NAMES, NARROW - _RIGHT)
    bottom = len(shares) * _HAND + 4
    parts: list[Markup | None] = []
    for power in _powers(x):
        at = x.place(power)
        parts += (
            upright(at, 0, bottom, "grid"),
            text(at, bottom + 15, _odds_text(power), "tick"),
        )
    for row, share in enumerate(shares):
        y = row * _HAND + 12
        parts += (
            text(0, y + 4, share.name, "name", "start"),
            level(y, x.start, x.end, "dotted"),
            *(_interval(share, x, y) if has_intervals and share.seen else ()),
            dot(x.place(log10(share.share)), y, 4, "seat") if share.seen else None,
            text(NARROW, y + 4, hand_share_text(share), "value", "end"),
        )
        if share.exact:
            parts.append(upright(x.place(log10(share.exact)), y - 9, y + 9, "exact"))
    words = "; ".join(f"{share.name}: {percent(share.share, 4)}" for share in shares)
    return picture(family, title, words, (NARROW, bottom + 22), *parts)


def _interval(share: Share, x: Axis, y: float) -> Iterator[Markup]:
    """Yield from where to where the chance of a hand that came may be, by how often it came."""
    of = Estimate.of_share(share.seen, share.of)
    low, high = (max(x.place(log10(end)), x.start) for end in (of.low, of.high))
    yield from (upright(end, y - 4, y + 4, "whisker") for end in (low, high))
    yield level(y, low, high, "whisker")


def _powers(x: Axis) -> Iterator[int]:
    """Yield the powers of ten whose chances have room beside each other, from certainty down."""
    room = (x.end - x.start) / -x.low
    step = ceil(width_of(_odds_text(-7)) / room)
    yield from range(0, int(x.low) - 1, -step)


def _odds_text(power: int) -> str:
    """A chance that is ten to a power, as people say it."""
    if not power:
        return "always"
    unit, size = next((unit, size) for unit, size in _LARGE if -power >= size)
    return f"1 in {count(10 ** (-power - size))}{unit}"


def _bar(share: Share, end: float, y: float, height: float) -> Iterator[Markup]:
    if share.seen:
        yield box(0.0, y, max(end, 1.5), height, "share")


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
