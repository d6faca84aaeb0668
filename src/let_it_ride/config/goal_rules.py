"""What a strategy that plays for a goal asks of the rest of the configuration."""

from collections.abc import Iterator

from let_it_ride.config.bankroll import BankrollConfig
from let_it_ride.config.bonus_strategies import BonusStrategy
from let_it_ride.config.paytables import PaytablesConfig
from let_it_ride.config.section import BrokenRule
from let_it_ride.config.strategies import GoalStrategy


def goal_rules_broken(
    strategy: GoalStrategy,
    bankroll: BankrollConfig,
    bonus: BonusStrategy,
    paytables: PaytablesConfig,
) -> Iterator[BrokenRule]:
    """Yield the broken rules: what a session's future depends on are hands and profit alone."""
    kind = ("strategy", "type")
    system = ("bankroll", "betting_system", "type")
    if bankroll.betting_system.type != "flat":
        yield BrokenRule(
            system,
            "play for a goal decides on the bets itself",
            bankroll.betting_system.type,
            '"flat"; a goal can have a choice of strategy.bets',
            (system, kind),
        )
    policy = ("bonus_strategy", "type")
    ratio = ("bonus_strategy", "ratio")
    if bonus.type not in ("never", "always", "static"):
        yield BrokenRule(
            policy,
            "play for a goal needs the same bonus every hand",
            bonus.type,
            '"never", "always" or "static"',
            (policy, kind),
        )
    elif bonus.type == "static" and bonus.ratio is not None:
        yield BrokenRule(
            ratio,
            "play for a goal needs the same bonus every hand",
            bonus.ratio,
            "no ratio, but an amount",
            (ratio, kind),
        )
    table = ("paytables", "bonus", "type")
    if paytables.bonus.type == "paytable_c" and bonus.type != "never":
        yield BrokenRule(
            table,
            "play for a goal cannot follow the progressive meter",
            paytables.bonus.type,
            "another bonus pay table, or a bonus_strategy that never bets",
            (table, policy, kind),
        )
    limit, goal = ("bankroll", "stop_conditions", "win_limit"), ("strategy", "goal")
    if strategy.goal == "reach_win_limit" and bankroll.stop_conditions.win_limit is None:
        yield BrokenRule(limit, "none to reach", None, "an amount, or another goal", (limit, goal))
    base, increment = ("bankroll", "base_bet"), ("bankroll", "bet_increment")
    for index, chosen in enumerate(strategy.bets):
        bet, key = chosen.bet, ("strategy", "bets", index, "bet")
        if bet is not None and bet < bankroll.base_bet:
            allowed = f"at least base_bet, {bankroll.base_bet:,}"
            yield BrokenRule(key, "below base_bet", bet, allowed, (key, base))
        elif bet is not None and bet % bankroll.increment:
            allowed = f"a multiple of bet_increment, {bankroll.increment:,}"
            involves = (key, base, increment)
            yield BrokenRule(key, "not a multiple of bet_increment", bet, allowed, involves)
