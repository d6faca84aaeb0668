"""What is written down of a session: its rounds, and what they have come to."""

from dataclasses import dataclass, field

from reference.cards import Deal


@dataclass(frozen=True)
class Round:
    """One round that was played; amounts in cents.

    Attributes:
        deal: its cards.
        bet: what each of the three circles held.
        bonus: what was staked on the bonus.
        rides: whether bet 1 rode, and whether bet 2 rode.
        main_hand: what the five cards made.
        bonus_hand: what the player's three cards made.
        main_result: what the main game brought.
        bonus_result: what the bonus brought.
        won_jackpot: whether the bonus won the progressive meter.
    """

    deal: Deal
    bet: int
    bonus: int
    rides: tuple[bool, bool]
    main_hand: str
    bonus_hand: str
    main_result: int
    bonus_result: int
    won_jackpot: bool

    @property
    def bets_in_action(self) -> int:
        """How many of the three bets stayed to the end."""
        return 1 + sum(self.rides)


@dataclass
class Session:
    """What a session has come to; amounts in cents.

    Attributes:
        starting_bankroll: the money it began with.
        base_bet: the usual bet on one circle.
        driven_by: what decides for the bets whether a round was won: "main", or "net".
        win_limit: the profit at which it ends, if any.
        loss_limit: the loss at which it ends, if any.
        seat: where at the table it was played, from 0.
        profit: what has been won since, or lost.
        peak: the highest profit it ever stood at.
        max_drawdown: the deepest fall below an earlier peak.
        main_wagered: main bets that stayed in action, added up.
        bonus_wagered: bonus bets, added up.
        bonus_profit: the part of the profit that the bonus made.
        hands: rounds played.
        jackpots: how often the progressive meter was won.
        main_formula_failures: how often the formula of the main bet gave no number.
        bonus_formula_failures: how often the formula of the bonus gave no number.
        streak: rounds won in a row, or less than 0: lost; by what drives the bets.
        last_result: what the last round brought, of what drives the bets.
        bonus_streak: staked bonus bets won in a row, or less than 0: lost.
        main_bet: the bet on one circle that is wanted for the coming round.
        rounds: the rounds, in their order.
        stop_reason: why it ended.
    """

    starting_bankroll: int
    base_bet: int
    driven_by: str = "main"
    win_limit: int | None = None
    loss_limit: int | None = None
    seat: int = 0
    profit: int = 0
    peak: int = 0
    max_drawdown: int = 0
    main_wagered: int = 0
    bonus_wagered: int = 0
    bonus_profit: int = 0
    hands: int = 0
    jackpots: int = 0
    main_formula_failures: int = 0
    bonus_formula_failures: int = 0
    streak: int = 0
    last_result: int = 0
    bonus_streak: int = 0
    main_bet: int = 0
    rounds: list[Round] = field(default_factory=list, repr=False)
    stop_reason: str = ""

    @property
    def bankroll(self) -> int:
        return self.starting_bankroll + self.profit

    def result_that_drives(self, played: Round) -> int:
        """What a round brought, as far as it matters to the betting system."""
        if self.driven_by == "net":
            return played.main_result + played.bonus_result
        return played.main_result

    def enter(self, played: Round) -> None:
        """Enter a round into the books."""
        self.rounds.append(played)
        self.hands += 1
        self.main_wagered += played.bets_in_action * played.bet
        self.bonus_wagered += played.bonus
        self.bonus_profit += played.bonus_result
        self.profit += played.main_result + played.bonus_result
        self.peak = max(self.peak, self.profit)
        self.max_drawdown = max(self.max_drawdown, self.peak - self.profit)
        self.jackpots += played.won_jackpot
        self.last_result = self.result_that_drives(played)
        self.streak = streak_after(self.streak, self.last_result)
        if played.bonus > 0:
            self.bonus_streak = streak_after(self.bonus_streak, played.bonus_result)


def streak_after(streak: int, result: int) -> int:
    """A streak one result later: wins count up, losses down, a push leaves it."""
    if result > 0:
        return max(streak, 0) + 1
    if result < 0:
        return min(streak, 0) - 1
    return streak
