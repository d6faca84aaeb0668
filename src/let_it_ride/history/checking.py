"""Runs that are kept, held against what they should be."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from let_it_ride.config import FullConfig
from let_it_ride.planning import compile_outline
from let_it_ride.simulation.block_digest import digest_of_blocks
from let_it_ride.simulation.errors import RunUse
from let_it_ride.simulation.raw_files import see_that_it_leads_nowhere
from let_it_ride.simulation.run_check import check_blocks
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.run_identity import RunIdentity, read_config
from let_it_ride.simulation.run_layout import RunLayout
from let_it_ride.simulation.run_outcome import RunOutcome


@dataclass(frozen=True, slots=True)
class CheckedRun:
    """What reading a run to the last bit gave.

    Attributes:
        blocks: how many blocks it has when it is complete.
        missing: those that are not there, or not as they were written.
        digest: of its sessions; None where a block is missing.
        recorded: the digest it had when it was complete; None if it never was.
        tables: what the missing blocks hold together, in tables.
        counted: what tables are called: with one seat that nobody else takes, sessions.
        has_seeds: whether every block is there, and so are the seeds.
    """

    blocks: int
    missing: tuple[int, ...]
    digest: str | None
    recorded: str | None
    tables: int
    counted: str
    has_seeds: bool

    @property
    def is_whole(self) -> bool:
        """Whether it is complete, and as it was."""
        return self.digest is not None and self.digest == self.recorded and self.has_seeds


def checked_config(directory: Path) -> FullConfig:
    """The configuration of a run that this version would play just so.

    Raises:
        RunDirectoryError: it cannot be read.
        RunMismatchError: it would be another run; the error says how it differs.
    """
    config = read_config(directory)
    plan = compile_outline(config)
    now = RunIdentity.of(config, plan, RunLayout.of(plan))
    RunIdentity.read(directory).refuse_unless_same(now, directory, RunUse.REPLAYED)
    return config


def check_run(directory: Path, watch: Callable[[int, int], None]) -> CheckedRun:
    """Read every block of a run and take its digest anew; nothing is mended.

    Args:
        directory: where the run is.
        watch: told how many tables are read, of how many; what it raises comes through.

    Raises:
        RunDirectoryError: it cannot be read.
        RunMismatchError: this version cannot read it.
    """
    config = read_config(directory)
    plan = compile_outline(config)
    layout = RunLayout.of(plan)
    now = RunIdentity.of(config, plan, layout)
    identity = RunIdentity.read(directory)
    identity.refuse_unless_same(now, directory, RunUse.READ)
    see_that_it_leads_nowhere(directory)
    run = RunDirectory(directory, layout, identity.mark)
    checked = check_blocks(
        plan, run, config.simulation.random_seed or 0, lambda read: watch(read, plan.table_count)
    )
    whole = {entry.block: entry.sha256 for entry in checked.whole}
    missing = tuple(block for block in range(plan.blocks) if block not in whole)
    digest = None if missing else digest_of_blocks(whole[block] for block in range(plan.blocks))
    outcome = RunOutcome.read(directory, identity.mark)
    recorded = None if outcome is None else outcome.digest
    tables = plan.tables_of(missing)
    return CheckedRun(
        plan.blocks, missing, digest, recorded, tables, plan.counted, checked.has_seeds
    )
