"""What a configuration stakes: its betting system, bonus policy and meter as whole numbers."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from let_it_ride.betting import bonus_policies as bonuses
from let_it_ride.betting import progressions
from let_it_ride.betting.bonus_policies import MILLION, Band, BonusLimits, BonusPolicy
from let_it_ride.betting.formulas import Formula
from let_it_ride.betting.meter import NO_METER, PER_CENT, Meter
from let_it_ride.betting.progressions import BettingSystem
from let_it_ride.config import FullConfig
from let_it_ride.config.bonus_strategies import (
    BankrollConditionalBonus,
    CombinedBonus,
    SessionConditionalBonus,
    StreakBonus,
)
from let_it_ride.expressions import variables
from let_it_ride.money import cents, whole_cents


class Staking(NamedTuple):
    """What is staked before each round, and what a mini royal may win besides."""

    betting: BettingSystem
    bonus: BonusPolicy
    meter: Meter


def staking_of(config: FullConfig, hand_limit: int) -> Staking:
    """What a configuration stakes.

    Args:
        config: the configuration.
        hand_limit: the most rounds of a session.
    """
    betting = _betting_system(config)
    return Staking(betting, _bonus_policy(config, betting, hand_limit), _meter(config))


def _betting_system(config: FullConfig) -> BettingSystem:
    bankroll, system = config.bankroll, config.bankroll.betting_system
    base = cents(bankroll.base_bet)

    def or_base(amount: Decimal | None) -> int:
        return cents(bankroll.or_base_bet(amount))

    if system.type == "flat":
        return progressions.flat(base)
    by_net = system.driven_by == "net"
    match system.type:
        case "martingale":
            return progressions.martingale(
                progressions.powers(
                    base,
                    Fraction(system.loss_multiplier),
                    system.max_progressions,
                    cents(system.max_bet),
                ),
                reset_on_win=system.reset_on_win,
                restart_at_limit=system.at_limit == "restart",
                driven_by_net=by_net,
            )
        case "reverse_martingale":
            return progressions.reverse_martingale(
                progressions.powers(
                    base,
                    Fraction(system.win_multiplier),
                    system.profit_target_streak,
                    cents(system.max_bet),
                ),
                reset_on_loss=system.reset_on_loss,
                driven_by_net=by_net,
            )
        case "paroli":
            return progressions.reverse_martingale(
                progressions.powers(
                    base,
                    Fraction(system.win_multiplier),
                    system.wins_before_reset,
                    cents(system.max_bet),
                ),
                reset_on_loss=True,
                driven_by_net=by_net,
            )
        case "one_three_two_six":
            return progressions.reverse_martingale(
                [base * times for times in (1, 3, 2, 6)], reset_on_loss=True, driven_by_net=by_net
            )
        case "dalembert":
            return progressions.dalembert(
                map(cents, system.reachable_bets(bankroll.base_bet)),
                base,
                up=or_base(system.unit),
                down=or_base(system.decrease_unit),
                least=or_base(system.min_bet),
                most=cents(system.max_bet),
                driven_by_net=by_net,
            )
        case "fibonacci":
            return progressions.fibonacci(
                or_base(system.unit),
                system.max_position + 1,
                cents(system.max_bet),
                win_regression=system.win_regression,
                driven_by_net=by_net,
            )
        case "steps":
            rows = system.rows(bankroll.base_bet)
            return progressions.of_table(
                (cents(row.bet) for row in rows),
                ((row.win - 1, row.loss - 1, row.push - 1) for row in rows),
                driven_by_net=by_net,
            )
        case "proportional":
            return progressions.share_of_bankroll(
                _millionths(system.bankroll_percentage),
                round_to=cents(system.round_to),
                least=or_base(system.min_bet),
                most=cents(system.max_bet),
                driven_by_net=by_net,
            )
        case "custom":
            return progressions.by_formula(
                Formula.of(system.expression, variables.MAIN_BET),
                least=or_base(system.min_bet),
                most=cents(system.max_bet),
                driven_by_net=by_net,
            )


def _bonus_policy(config: FullConfig, betting: BettingSystem, hand_limit: int) -> BonusPolicy:
    policy = config.bonus_strategy
    limits = BonusLimits(
        minimum=cents(policy.limits.min_bet),
        maximum=cents(policy.limits.max_bet),
        increment=cents(policy.limits.increment),
    )
    match policy.type:
        case "never":
            return bonuses.fixed_bonus(0, limits)
        case "always":
            return bonuses.fixed_bonus(cents(policy.amount), limits)
        case "static":
            if policy.ratio is not None:
                return bonuses.part_of_main_bet(_millionths(policy.ratio), betting, limits)
            return bonuses.fixed_bonus(cents(policy.amount or Decimal(0)), limits)
        case "bankroll_conditional":
            start = cents(config.bankroll.starting_amount)
            return bonuses.by_bands(_bankroll_bands(policy, start), limits)
        case "session_conditional":
            return bonuses.by_bands(_session_bands(policy, config), limits)
        case "combined":
            return _combined(policy, limits)
        case "streak_based":
            times = hand_limit // policy.streak_length
            return bonuses.streak_bonus(
                _after_actions(policy, times),
                policy.streak_length,
                policy.trigger,
                policy.reset_on,
                limits,
            )
        case "custom":
            return bonuses.bonus_by_formula(
                Formula.of(policy.expression, variables.BONUS_BET),
                limits,
                least=cents(policy.min_bet),
                most=cents(policy.max_bet),
            )


def _meter(config: FullConfig) -> Meter:
    table = config.paytables.bonus
    if table.type != "paytable_c":
        return NO_METER
    return Meter(
        is_there=True,
        start=cents(table.starting_jackpot) * PER_CENT,
        rate=_millionths(table.contribution_rate),
        reset=cents(table.reset_amount) * PER_CENT,
    )


def _bankroll_bands(policy: BankrollConditionalBonus, start: int) -> list[Band]:
    """Nothing where a condition does not hold; then a share of the profit, the tiers, the rest."""
    least = cents(policy.min_session_profit)
    if policy.min_bankroll_ratio is not None:
        # A bankroll of whole cents is at least a part of the start if it is at least its ceiling.
        least = max(least, -whole_cents(-Fraction(policy.min_bankroll_ratio) * start) - start)
    most_drawdown = whole_cents(Fraction(policy.max_drawdown) * start)
    bands = [Band(profit_below=least), Band(drawdown_above=most_drawdown)]
    if policy.profit_percentage is not None:
        bands.append(Band(profit_from=1, share=_millionths(policy.profit_percentage)))
    bands += [
        Band(
            profit_from=cents(tier.min_profit),
            profit_below=bonuses.BEYOND if tier.max_profit is None else cents(tier.max_profit),
            amount=cents(tier.bet_amount),
        )
        for tier in policy.tiers
    ]
    return [*bands, Band(amount=cents(policy.base_amount))]


def _session_bands(policy: SessionConditionalBonus, config: FullConfig) -> list[Band]:
    stops = config.bankroll.stop_conditions
    bands: list[Band] = []
    if (early := policy.early_session) is not None:
        bands.append(Band(hands_below=early.hands, amount=cents(early.amount)))
    if (near := policy.near_win_limit) is not None and stops.win_limit is not None:
        least = cents(stops.win_limit) - cents(near.threshold)
        bands.append(Band(profit_from=least, amount=cents(near.amount)))
    if (close := policy.near_loss_limit) is not None and stops.loss_limit is not None:
        most = cents(close.threshold) - cents(stops.loss_limit)
        bands.append(Band(profit_below=most + 1, amount=cents(close.amount)))
    return [*bands, Band(amount=cents(policy.default_amount))]


def _combined(policy: CombinedBonus, limits: BonusLimits) -> BonusPolicy:
    base = cents(policy.base_amount)
    rides, hands = policy.ride_correlation, policy.hand_quality
    by_previous = [
        [whole_cents(base * Fraction(ride) * Fraction(hand)) for hand in (hands.weak, hands.strong)]
        for ride in (rides.none, rides.one, rides.both)
    ]
    return bonuses.combined_bonus(base, by_previous, limits)


def _after_actions(policy: StreakBonus, times: int) -> list[int]:
    """The wanted bonus by how often the action has been applied."""
    base, action = cents(policy.base_amount), policy.action
    most = whole_cents(Fraction(policy.max_multiplier) * base)
    match action.type:
        case "multiply":
            return bonuses.grown(base, _millionths(action.value), most, times)
        case "increase":
            return bonuses.raised(base, cents(action.value), most, times)
        case "decrease":
            return bonuses.lowered(base, cents(action.value), times)
        case "stop":
            return [base, 0]
        case "start":
            return [0, base]


def _millionths(ratio: Decimal) -> int:
    return int(ratio * MILLION)  # which is whole: ratios have six decimals at most
