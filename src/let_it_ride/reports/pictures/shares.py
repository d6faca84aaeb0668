"""How often things came in a run, over how often they should: why sessions ended, and the hands."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Final, NamedTuple

from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.reports.facts import REASONS
from let_it_ride.reports.numbers import MINUS, percent
from let_it_ride.simulation.estimates import Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import NDArray

    from let_it_ride.analysis.agreement import Agreement
    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.reports.pictures.played import Played

#: What is as rare as this, and did not come, is left out.
_TOLD: Final = 0.00005

#: What numbers of reasons are called begins with it.
_REASON: Final = "stop_reason."


class Share(NamedTuple):
    """How often something came.

    Attributes:
        name: what.
        seen: how often.
        of: of how many.
        exact: the exact share, if it is known.
        z: their distance in standard errors, if it is known.
    """

    name: str
    seen: int
    of: int
    exact: float | None
    z: float | None = None

    @property
    def share(self) -> float:
        """The share that came."""
        return self.seen / self.of

    @property
    def interval(self) -> Estimate | None:
        """The share that came with its 95 % interval, if it is known how far it can be off."""
        if self.exact is None or self.z is None:
            return None
        distance = self.share - self.exact
        # So many independent ones would have the standard error that z is told in.
        like = self.exact * (1 - self.exact) * (self.z / distance) ** 2 if distance else 0.0
        return Estimate.of_share(self.seen, self.of, effective=like or None)


def reason_shares(
    results: Played, law: SessionLaw | None, agreement: Agreement | None
) -> list[Share]:
    """Why the sessions of a run ended, for every reason that came or that often should.

    They are `reasons_of`: where seats depend on each other, those that can be compared.

    Args:
        results: the run.
        law: the law that its sessions follow, if that is known.
        agreement: how it agrees with the law, if that is known.
    """
    summary = results.summary
    seen, sessions = summary.stop_reasons, summary.sessions
    exact = {reason.key: chance for reason, chance in law.stop_reasons.items()} if law else {}
    # Where tables close, z is of first sessions, and those are not the run's.
    scores = _scores(agreement) if law else {}
    if law and agreement and agreement.numbers_of:
        sessions = agreement.numbers_from
        seen = {
            each.name.removeprefix(_REASON): round(each.simulated * sessions)
            for each in agreement.comparisons
            if each.name.startswith(_REASON) and each.simulated
        }
    return [
        Share(
            REASONS[key],
            seen.get(key, 0),
            sessions,
            exact.get(key, 0.0) if law else None,
            scores.get(f"{_REASON}{key}"),
        )
        for key in REASONS
        if key in seen or exact.get(key, 0.0) >= _TOLD
    ]


def reasons_of(law: SessionLaw | None, agreement: Agreement | None) -> str:
    """Say of which sessions `reason_shares` are."""
    if law and agreement and agreement.numbers_of:
        return f"this run, {agreement.numbers_of}"
    return "this run"


def hand_shares(results: Played, agreement: Agreement | None) -> list[Share]:
    """Which hands of five cards were made, against theory.

    Args:
        results: the run.
        agreement: how it agrees with the law, if that is known.
    """
    return _shares("categories", deal_table().category, tuple(FiveCard), results, agreement)


def bonus_shares(results: Played, agreement: Agreement | None) -> list[Share]:
    """Which hands of three cards were made, against theory; none where no bonus was staked.

    Args:
        results: the run.
        agreement: how it agrees with the law, if that is known.
    """
    if not results.aggregates.sums["bonus_wagered"]:
        return []
    kinds = deal_table().bonus_category
    return _shares("bonus_categories", kinds, tuple(ThreeCard), results, agreement)


def lowest_power(shares: Sequence[Share]) -> int:
    """A power of ten below all shares that are not nothing."""
    least = min(min(each.share or 1.0, each.exact or 1.0) for each in shares)
    return floor(log10(least) - 0.2)


def power_text(power: int) -> str:
    """Return ten to a power that is not above 0."""
    digits = "⁰¹²³⁴⁵⁶⁷⁸⁹"
    return "1" if not power else f"10⁻{digits[-power]}" if -power < 10 else f"1e{MINUS}{-power}"


def hand_share_text(share: Share) -> str:
    """How often a hand came, with more decimals where it is rare."""
    return _rare_percent(share.share) if share.seen else "none"


def exact_hand_text(share: Share) -> str:
    """How often a hand should come, with as many decimals; nothing where that is not known."""
    return "" if share.exact is None else _rare_percent(share.exact)


def _rare_percent(share: float) -> str:
    return percent(share, 2 if share >= 0.001 else 4)


def _shares(
    family: str,
    kinds: NDArray[Any],
    names: Sequence[FiveCard | ThreeCard],
    results: Played,
    agreement: Agreement | None,
) -> list[Share]:
    weights, scores = deal_table().weight, _scores(agreement)
    return [
        Share(
            name.key.replace("_", " ").capitalize(),
            int(results.dealt[kinds == name].sum()),
            int(results.dealt.sum()),
            int(weights[kinds == name].sum()) / TOTAL_DEALS,
            scores.get(f"{family}.{name.key}"),
        )
        for name in names
    ]


def _scores(agreement: Agreement | None) -> dict[str, float | None]:
    return {each.name: each.z for each in agreement.comparisons} if agreement else {}
