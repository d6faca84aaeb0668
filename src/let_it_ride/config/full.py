"""`FullConfig`: everything a person can configure."""

from collections.abc import Iterator

from let_it_ride.config.bankroll import BankrollConfig
from let_it_ride.config.bonus_strategies import BonusStrategy, NeverBonus
from let_it_ride.config.goal_rules import goal_rules_broken
from let_it_ride.config.metadata import MetadataConfig
from let_it_ride.config.output import OutputConfig
from let_it_ride.config.paytables import PaytablesConfig
from let_it_ride.config.section import BrokenRule, Section, section
from let_it_ride.config.simulation import SimulationConfig
from let_it_ride.config.strategies import BasicStrategy, Strategy
from let_it_ride.config.table import DealerConfig, TableConfig


class FullConfig(Section, title="Configuration"):
    """A whole configuration; every section and every setting in it has a default.

    Each section takes a mapping or its own model; a choice, such as the strategy, goes by its
    ``type``. ``lir-tui explain --settings`` prints every setting with its default, bounds and unit.

    Amounts are `Decimal` dollars with two decimals. Raises pydantic's `ValidationError` when it
    is built from wrong values; `parse_config` and `validate_mapping` raise `ConfigError`, which
    tells a person where and what.
    """

    metadata: MetadataConfig = section(
        MetadataConfig, "About this configuration", "Free text; it changes nothing in a run."
    )
    simulation: SimulationConfig = section(
        SimulationConfig, "Simulation", "How many sessions, how long, and how the work is done."
    )
    table: TableConfig = section(
        TableConfig, "Table", "How many players sit at the table, and how fast it deals."
    )
    dealer: DealerConfig = section(
        DealerConfig, "Dealer", "What the dealer does with the deck besides dealing."
    )
    bankroll: BankrollConfig = section(
        BankrollConfig, "Bankroll", "The money a session begins with and what is staked from it."
    )
    strategy: Strategy = section(
        BasicStrategy, "Strategy", "When the first two bets ride and when they are pulled."
    )
    bonus_strategy: BonusStrategy = section(
        NeverBonus, "Bonus bet", "What goes on the Three Card Bonus circle before each hand."
    )
    paytables: PaytablesConfig = section(
        PaytablesConfig, "Pay tables", "What the main game and the bonus pay."
    )
    output: OutputConfig = section(OutputConfig, "Output", "The files a run writes when it ends.")

    def broken_rules(self) -> Iterator[BrokenRule]:
        """Play for a goal knows all that a session's future depends on."""
        if self.strategy.type == "goal":
            yield from goal_rules_broken(
                self.strategy, self.bankroll, self.bonus_strategy, self.paytables
            )
