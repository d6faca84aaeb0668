"""[table] and [dealer]: the table that is played at."""

from typing import Annotated

from let_it_ride.config.quantities import Whole
from let_it_ride.config.section import Section, setting


class TableConfig(Section, title="Table"):
    """How many players sit at the table, and how fast it deals."""

    num_seats: Annotated[int, Whole(1, 7)] = setting(
        1,
        "Seats",
        "Players at the table. They share the two community cards and play this same "
        "configuration, each with a bankroll of their own.",
        unit="players",
    )
    total_rounds: Annotated[int, Whole(1, 1_000_000)] | None = setting(
        None,
        "Total rounds",
        "Keep the table open for this many rounds: a player whose session ends is replaced at "
        "once by another with a fresh bankroll.",
        unit="rounds",
        absent="each seat plays one session",
    )
    hands_per_hour: Annotated[int, Whole(1, 1000)] = setting(
        52,
        "Hands per hour",
        "How fast the table deals. It turns hands into time.",
        unit="hands",
    )


class DealerConfig(Section, title="Dealer"):
    """What the dealer does with the deck besides dealing."""

    discard_enabled: bool = setting(
        False,
        "Burn cards",
        "Burn cards between the players' cards and the community cards. It changes which cards "
        "are shown, never the odds.",
    )
    discard_cards: Annotated[int, Whole(1, 10)] = setting(
        3, "Cards to burn", "How many cards are burned, if any are.", unit="cards"
    )
