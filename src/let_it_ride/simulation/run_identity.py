"""What a run is: written when it begins, and compared before it is gone on with."""

import hashlib
import json
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

import let_it_ride
from let_it_ride.config import FullConfig
from let_it_ride.files import write_atomically
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.compiled import digest_of_kernels
from let_it_ride.simulation.errors import RunDirectoryError, RunMismatchError, RunUse
from let_it_ride.simulation.run_beginning import (
    CONFIG_FILE,
    IDENTITY_FILE,
    SPARE_FILE,
    read_run_json,
    read_spare,
    write_spare,
)
from let_it_ride.simulation.run_layout import RunLayout
from let_it_ride.simulation.run_log import RunLog
from let_it_ride.simulation.run_mark import RunMark

#: Of the files of a run directory, so that the next one can tell.
_FORMAT: Final = 2

#: What can change between two programs that play one run.
_NOT_PLAYED: Final[dict[str, bool | set[str]]] = {
    "simulation": {"workers", "verify", "progress_interval"},
    "output": True,
    "metadata": True,
}


@dataclass(frozen=True, slots=True)
class RunIdentity:
    """What a run is: two with the same identity give the same bits.

    Attributes:
        format: of the run directory.
        version: of this package.
        kernel: digest of the kernels' sources.
        config_sha256: digest of what is played: the configuration but for what changes no result.
        seed: the base seed.
        generator: the family of random numbers.
        tables: tables in all.
        block_tables: tables in a block, the last block apart.
        sessions: sessions in all; None where that is chance.
        bytes: what its files take when it is whole; at least, where that is chance.
        started: when it was begun, in UTC, ISO 8601.
        python, numpy, numba: versions it was begun with.
        platform: operating system and processor it was begun on.
    """

    format: int
    version: str
    kernel: str
    config_sha256: str
    seed: int
    generator: str
    tables: int
    block_tables: int
    sessions: int | None
    bytes: int
    started: str
    python: str
    numpy: str
    numba: str
    platform: str

    @classmethod
    def of(cls, config: FullConfig, plan: SessionPlan, layout: RunLayout) -> "RunIdentity":
        """The identity of a run that begins now."""
        simulation = config.simulation
        at_table = plan.sessions_at_table
        return cls(
            format=_FORMAT,
            version=let_it_ride.__version__,
            kernel=digest_of_kernels(),
            config_sha256=_digest_of_played(config),
            seed=simulation.random_seed or 0,
            generator=simulation.generator,
            tables=plan.table_count,
            block_tables=plan.block_tables,
            sessions=None if at_table is None else plan.table_count * at_table,
            bytes=layout.size,
            started=datetime.now(UTC).isoformat(timespec="seconds"),
            python=platform.python_version(),
            numpy=version("numpy"),
            numba=version("numba"),
            platform=f"{platform.system()} {platform.machine()}",
        )

    @classmethod
    def read(cls, directory: Path) -> "RunIdentity":
        """The identity of the run in a directory, as it was begun.

        Raises:
            RunDirectoryError: it cannot be read, or is none.
        """
        path = directory / IDENTITY_FILE
        try:
            spare = _own_spare(directory).get(IDENTITY_FILE)
            text = read_run_json(path) if spare is None else spare
            identity = _IDENTITY.validate_json(text, strict=True)
            datetime.fromisoformat(identity.started).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise RunDirectoryError(f"{path}: this is not what a run begins with") from error
        return identity

    @property
    def mark(self) -> RunMark:
        """What tells its parts from those of every run that is another."""
        return RunMark.of({name: getattr(self, name) for name in _COMPARED})

    def differences(self, now: "RunIdentity", *, to_read: bool = False) -> tuple[str, ...]:
        """How this run differs from what a program would play, each difference in words.

        Args:
            now: what the program would play.
            to_read: leave out in what a program may differ that only reads.
        """
        return tuple(
            f"{words}: {str(before)[:_SHOWN]} when it was begun, {str(after)[:_SHOWN]} now"
            for name, words in _COMPARED.items()
            if not (to_read and name in _MAY_DIFFER_TO_READ)
            and (before := getattr(self, name)) != (after := getattr(now, name))
        )

    def refuse_unless_same(
        self, now: "RunIdentity", directory: Path, use: RunUse = RunUse.RESUMED
    ) -> None:
        """See that a run is what a program would play.

        Args:
            now: what the program would play.
            directory: where the run is.
            use: what is to be done with it; other versions can only read it.

        Raises:
            RunMismatchError: it is another; the error says how it differs.
        """
        if differences := self.differences(now, to_read=use is RunUse.READ):
            raise RunMismatchError(directory, differences, use)


_IDENTITY: Final = TypeAdapter(RunIdentity)

_MAY_DIFFER_TO_READ: Final = {"version", "kernel"}

#: Characters that are shown of a value: of a digest, as many as tell it from others.
_SHOWN: Final = 12

_COMPARED: Final = {
    "format": "format of its files",
    "version": "version of lir-tui",
    "kernel": "kernel",
    "config_sha256": "configuration",
    "seed": "seed",
    "generator": "generator",
    "tables": "tables",
    "block_tables": "tables in a block",
}


def read_config(directory: Path) -> FullConfig:
    """The configuration of the run in a directory, with its seed.

    What the file says counts where it is played just as what the run was begun with.

    Raises:
        RunDirectoryError: it cannot be read, or is none.
    """
    path = directory / CONFIG_FILE
    spare = _own_spare(directory).get(CONFIG_FILE)
    if spare is None:
        return _config_of(read_run_json(path), path)
    begun = _config_of(spare, directory / SPARE_FILE)
    return _same_in(path, begun) or begun


def write_beginning(config: FullConfig, identity: RunIdentity, directory: Path) -> None:
    """Write what a run is begun with into its directory, the identity last.

    Raises:
        FileError: it cannot be written.
    """
    data = config.model_dump(mode="json", exclude_none=True)
    texts = {
        CONFIG_FILE: json.dumps(data, indent=2),
        IDENTITY_FILE: json.dumps(asdict(identity), indent=2),
    }
    write_spare(directory, texts)
    for name, text in texts.items():
        write_atomically(directory / name, text.encode())


def mend_beginning(directory: Path, log: RunLog) -> None:
    """Put back what a run was begun with where its files are not as they were written.

    Args:
        directory: the run's, which this program plays.
        log: is told of it.

    Raises:
        RunDirectoryError: a file can be neither read nor put back.
        FileError: a file cannot be written.
    """
    paths = [directory / name for name in (CONFIG_FILE, IDENTITY_FILE)]
    spare = _own_spare(directory)
    if not spare:
        write_spare(directory, {path.name: read_run_json(path).decode() for path in paths})
    for path in paths:
        text = spare.get(path.name)
        if text is not None and not _is_as_begun(path, text):
            write_atomically(path, text.encode())
            log.note(f"{path.name} was not as it had been written; it is put back")


def are_played_alike(one: FullConfig, other: FullConfig) -> bool:
    """Whether the same sessions are played of two configurations, to the bit."""
    return _digest_of_played(one) == _digest_of_played(other)


def _own_spare(directory: Path) -> dict[str, str]:
    """The copy of what a run was begun with; none where it is that of another.

    It is where two sound files tell the same and the copy something else.
    """
    spare = read_spare(directory)
    try:
        config = _config_of(read_run_json(directory / CONFIG_FILE), directory)
        own = json.loads(read_run_json(directory / IDENTITY_FILE))["config_sha256"]
        other = json.loads(spare[IDENTITY_FILE])["config_sha256"]
    except (RunDirectoryError, ValueError, LookupError, TypeError, RecursionError):
        return spare
    return {} if own == _digest_of_played(config) != other else spare


def _is_as_begun(path: Path, text: str) -> bool:
    if path.name == CONFIG_FILE and _same_in(path, _config_of(text, path)) is not None:
        return True
    try:
        return read_run_json(path) == text.encode()
    except RunDirectoryError:
        return False


def _same_in(path: Path, begun: FullConfig) -> FullConfig | None:
    """The configuration in a file, if it is played just as another."""
    try:
        config = _config_of(read_run_json(path), path)
    except RunDirectoryError:
        return None
    return config if are_played_alike(config, begun) else None


def _config_of(text: str | bytes, path: Path) -> FullConfig:
    try:
        return FullConfig.model_validate_json(text)
    except ValidationError as error:
        raise RunDirectoryError(f"{path}: this is not the configuration of a run") from error


def _digest_of_played(config: FullConfig) -> str:
    played = config.model_dump(mode="json", exclude=_NOT_PLAYED)
    return hashlib.sha256(json.dumps(played, sort_keys=True).encode()).hexdigest()
