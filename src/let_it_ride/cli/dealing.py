"""What is dealt to configurations that are simulated beside each other, by the command line."""

from let_it_ride.analysis.dealing import LEAST_SESSIONS, MOST_SESSIONS, Dealing
from let_it_ride.cli.sources import with_simulation
from let_it_ride.config import FullConfig
from let_it_ride.errors import LetItRideError
from let_it_ride.simulation.seeds import fresh_base_seed


class DealingError(LetItRideError):
    """A number of sessions that cannot be dealt."""


def dealing_of(config: FullConfig, sessions: int, seed: int | None) -> Dealing:
    """What is dealt where a configuration is simulated beside others.

    Args:
        config: its seed is taken where no other is given.
        sessions: how many sessions; with several seats, tables.
        seed: the seed; without any, one is drawn from the system.

    Raises:
        DealingError: there are too few sessions or too many.
        ConfigError: the seed is out of bounds.
    """
    if not LEAST_SESSIONS <= sessions <= MOST_SESSIONS:
        raise DealingError(
            f"--sessions {sessions:,}: allowed: {LEAST_SESSIONS:,} to {MOST_SESSIONS:,}"
        )
    named = with_simulation(config, {"random_seed": seed}).simulation.random_seed
    return Dealing(sessions, fresh_base_seed() if named is None else named)
