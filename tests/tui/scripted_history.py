"""A history whose runs were written down."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from let_it_ride.history import Entry, History
from let_it_ride.history.ids import new_id
from let_it_ride.simulation.run_state import RunState

BEGAN = datetime(2026, 11, 28, 22, 15, 30, tzinfo=UTC)
DIGEST = "74cefbcaa5a8882f06fd86e050fbb2599e77b37e791a20d27c1e7f0e1d4f5c6d"


class ScriptedHistory(History):
    """Runs that are said to be kept, and whatever else there is in the directory."""

    def __init__(
        self, root: Path, scripted: Sequence[Entry] = (), going: Sequence[Entry] = ()
    ) -> None:
        super().__init__(root)
        self.scripted = list(scripted)
        self.going = list(going)
        self.deleted: list[str] = []

    def new_directory(self, title: str) -> Path:
        directory = self.root / new_id(BEGAN, title)
        directory.mkdir(parents=True, exist_ok=True)
        return directory

    def entries(self) -> list[Entry]:
        return [*self.scripted, *super().entries()]

    def path(self, run: str) -> Path:
        scripted = any(entry.id == run for entry in self.scripted)
        return self.root / run if scripted else super().path(run)

    def delete(self, run: str) -> None:
        self.deleted.append(run)
        self.scripted = [entry for entry in self.scripted if entry.id != run]

    def to_remove(self, needed: int) -> list[Entry]:
        assert needed > 0
        return self.going


def entry(
    name: str,
    state: RunState = RunState.COMPLETE,
    *,
    days: float = 0,
    sessions: int | None = 1_000_000,
    share: float = 1.0,
    pinned: bool = False,
    size: int = 44_000_000,
    ahead: float = 0.323309,
    mean: float = -32.753,
    digest: str = DIGEST,
) -> Entry:
    """What the history says of a run that began so many days before `BEGAN`."""
    began, is_complete = BEGAN - timedelta(days=days), state is RunState.COMPLETE
    return Entry(
        id=new_id(began, name),
        name=name,
        pinned=pinned,
        started=began,
        sessions=sessions,
        state=state,
        size=size,
        ahead=ahead if is_complete else None,
        mean_profit=mean if is_complete else None,
        digest=digest if is_complete else None,
        version="" if state is RunState.DAMAGED else "0.1.0",
        finished_share=1.0 if is_complete else share,
    )


SOME = (
    entry("Long evening, twice the bet", RunState.RUNNING, share=0.125, size=178_000_000),
    entry("Long evening", RunState.UNFINISHED, days=0.1, share=0.437),
    entry("Long evening", days=0.9, pinned=True),
    entry(
        "Martingale, and what it costs when the table is kind for once",
        days=3,
        sessions=250_000_000,
        size=11_000_000_000,
        ahead=0.8713,
        mean=-1204.5,
    ),
    entry("martingale-5-dollars", days=4.2, sessions=3000, size=262_144, ahead=0.5, mean=1.25),
    entry("evening", RunState.DAMAGED, days=200, sessions=None, share=0, size=8192),
    entry("a table of seven", days=400, sessions=1_000_000_000, size=64_000_000_000),
)

MANY = tuple(entry(f"evening {number:,}", days=number / 50) for number in range(10_000))
