"""How far frequencies are from what a law says: chi-square, and a bound that always holds.

The chi-square statistic has its law in the limit only: where a class is expected ten times, its
tail at one in a hundred million is too light by a factor of hundreds. Whether a run agrees is
therefore decided by a bound that holds for any number of observations, and which also holds where
that number is chance, as the number of hands of a run is: sessions end by what was dealt.

Let q stand for other chances of the classes, and p for those of the law. Where the law is true, the
product of q/p over the observations so far is a martingale that begins with one, and so is its mean
over any law of q. By Ville's inequality (J. Ville, Étude critique de la notion de collectif, 1939)
its chance ever to reach 1/a is at most a, whenever one stops to look. Here q has a Dirichlet law
about p, so that the mean is a quotient of gamma functions (I. J. Good, J. R. Stat. Soc. B 29, 1967)
and is large where the frequencies are far from p. Another q lets one class alone be otherwise,
which is found by itself however many classes there are. How near p the law of q lies is one of
a few values, of which the mean is taken, so that it need not be known how many observations come.

Where several observations depend on each other, such as those of the seats of a table, each counts
as a part of one: by Hölder's inequality the mean of the product of the roots is at most one again.

This is the one module that loads scipy, and no process loads it but the one that compares.
"""

import sys
from math import ceil, exp, log
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.analysis.agreement import ChiSquare

Counts = NDArray[np.int64]
Chances = NDArray[np.float64]

#: Each class of a chi-square test is expected at least so often.
LEAST_EXPECTED: Final = 10

#: How near the other laws lie: as near as so many times the observations there can be would tell.
_NEARNESS: Final = tuple(4.0**power for power in range(-8, 2))

#: A law that is told to the last bit is still summed in doubles.
_ROUNDING: Final = 1e-15


def _special() -> Any:
    # What the fork server loads must not take the time to load scipy, so it hides it.
    if sys.modules.get("scipy", sys) is None:
        del sys.modules["scipy"]
    from scipy import special  # the processes that play never load it

    return special


def chi_square(counts: Counts, chances: Chances) -> ChiSquare:
    """Compare frequencies with chances, neighbours taken together until enough are expected.

    Args:
        counts: how often each class came; shape (classes,).
        chances: chance of each; they are taken to add up to one; shape (classes,).
    """
    total = int(counts.sum())
    expected = chances / chances.sum() * total
    groups = neighbours(expected, LEAST_EXPECTED)
    observed = np.bincount(groups, counts)
    expected = np.bincount(groups, expected)
    statistic = float(((observed - expected) ** 2 / expected).sum())
    freedom = len(observed) - 1
    p_value = float(_special().chdtrc(freedom, statistic)) if freedom else 1.0
    return ChiSquare(statistic, freedom, p_value)


def neighbours(amounts: Chances, least: float) -> NDArray[np.intp]:
    """Take neighbours together until their amounts come to enough.

    Args:
        amounts: of each class; shape (classes,).
        least: what a group comes to, if all together do.

    Returns:
        The number of each class's group, from 0 on; shape (classes,).
    """
    groups = np.zeros(len(amounts), dtype=np.intp)
    group, first, sofar = 0, 0, 0.0
    for place, amount in enumerate(amounts.tolist()):
        if sofar < least <= amount and group:
            # One that is enough by itself stays so: the few before it go with those before them.
            groups[first:place] = group - 1
            first, sofar = place, 0.0
        groups[place] = group
        sofar += amount
        if sofar >= least:
            group, first, sofar = group + 1, place + 1, 0.0
    groups[first:] = max(group - 1, 0)
    return groups


def chance_at_most(
    counts: Counts, chances: Chances, *, most: int, shared: int = 1, slack: float = 0.0
) -> float:
    """A bound on the chance of frequencies that tell as much against the law.

    It is that of their evidence alone; see `evidence` and `chance_of`.
    """
    return chance_of(evidence(counts, chances, most=most, shared=shared, slack=slack))


def chance_of(*evidences: float) -> float:
    """A bound on the chance of as much evidence against a law, however it hangs together.

    It is 1 where there is none. If the law is true, the chance that it is a or less is at most a.

    Args:
        evidences: what `evidence` gave for the same observations, looked at in several ways.
    """
    mean = float(_special().logsumexp(evidences)) - log(len(evidences))
    return exp(-max(mean, 0.0))


def evidence(
    counts: Counts, chances: Chances, *, most: int, shared: int = 1, slack: float = 0.0
) -> float:
    """How much frequencies tell against a law: the logarithm of a martingale that begins with one.

    Args:
        counts: how often each class came; shape (classes,).
        chances: chance of each; shape (classes,).
        most: as many observations could be expected beforehand, each of `shared` as one.
        shared: how many observations may depend on each other.
        slack: no chance is further from the truth.
    """
    special = _special()
    seen = counts / shared
    total = float(seen.sum())
    prior = np.maximum(chances, max(slack, _ROUNDING))
    prior = prior / prior.sum()
    at_most = np.minimum(prior + slack, 1.0)
    others_at_most = np.minimum(1 - prior + slack, 1.0)

    def grown(alpha: Any, by: Any) -> Any:
        return special.gammaln(alpha + by) - special.gammaln(alpha)

    found: list[float] = []
    for nearness in _NEARNESS:
        weight = nearness * max(most, 1)
        ours, others = weight * prior, weight * (1 - prior)
        whole = grown(ours, seen) - seen * np.log(at_most)
        found.append(float(whole.sum()) - float(grown(weight, total)))
        alone = grown(ours, seen) - seen * np.log(at_most) - grown(weight, total)
        rest = total - seen
        with np.errstate(divide="ignore", invalid="ignore"):
            # A class that is all there is has no others.
            alone += np.where(rest > 0, grown(others, rest) - rest * np.log(others_at_most), 0.0)
        found.append(float(special.logsumexp(alone)) - log(len(seen)))
    return float(special.logsumexp(found)) - log(len(found))


def chance_of_the_impossible(count: int, observations: int, shared: int, slack: float) -> float:
    """A bound on the chance that what is left out of a law comes so often.

    Args:
        count: how often it came.
        observations: of how many, each of `shared` as one.
        shared: how many observations may depend on each other.
        slack: it has no greater chance.
    """
    if not count:
        return 1.0
    # If all come so often together, one of those that depend on each other has its share.
    least = ceil(count / shared)
    return min(1.0, shared * float(_special().bdtrc(least - 1, observations, slack)))
