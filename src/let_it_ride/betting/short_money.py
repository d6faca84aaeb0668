"""What is staked where money is short.

The function is compiled into the kernel as it stands, and called by Python for what is worked out
before anything is played.
"""

from let_it_ride.betting.bonus_policies import BonusLimits


def affordable(
    bet: int, bonus: int, funds: int, limits: BonusLimits, bet_floor: int, bet_increment: int
) -> tuple[int, int]:
    """Lower wanted bets to what the funds can pay, as a table would insist.

    First the bonus gives way, by its increments and to nothing below its least bet; then the main
    bet, by the bet increment and never below the floor, which the stop checks have made sure of.

    Args:
        bet: the bet that is wanted on one circle, in cents, as all of these are.
        bonus: the bonus that is wanted.
        funds: what there is to stake, at least three times the floor.
        limits: what the table takes on the bonus.
        bet_floor: the least bet on one circle.
        bet_increment: what a bet is lowered by.
    """
    room = funds - 3 * bet
    if bonus > room:
        increment = limits.increment
        bonus -= (bonus - room + increment - 1) // increment * increment
        if bonus < max(limits.minimum, 0):
            bonus = 0
    if room < 0:
        bet -= (3 * bet_increment - 1 - room) // (3 * bet_increment) * bet_increment
        bet = max(bet, bet_floor)
    return bet, bonus
