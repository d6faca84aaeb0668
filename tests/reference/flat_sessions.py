"""Sessions of flat bets and no bonus, as a walk over profits counted in base bets."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from reference.player import game_of
from reference.session_laws import ALL_DEALS, deals_that_differ


def chance_to_be_ahead(
    config: Mapping[str, Any], hands: int, *, win_limit: int | None = None, loss_limit: int = 10**9
) -> float:
    """The chance to be ahead in the end, with limits in base bets, where money does not run out."""
    game = game_of(config)
    results = [
        (game.play(deal, 1, 0).main_result, deals / ALL_DEALS)
        for deal, deals in deals_that_differ(config)
    ]
    # No hand loses more than three bets: who is as many ahead as that may cost is ahead for good.
    furthest = 3 * hands
    profits = np.arange(-furthest, furthest + 1)
    has_ended = profits <= -loss_limit
    if win_limit is not None:
        has_ended |= profits >= win_limit
    chances = (profits == 0).astype(float)
    for _ in range(hands):
        after = np.where(has_ended, chances, 0.0)
        plays, from_here = profits[~has_ended], chances[~has_ended]
        for result, chance in results:
            to = np.clip(plays + result, -furthest, furthest) + furthest
            np.add.at(after, to, chance * from_here)
        chances = after
    return float(chances[profits > 0].sum())
