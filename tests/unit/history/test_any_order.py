"""After any changes in any order, of the runs or of the index, the list is what the files say."""

import fcntl
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
)

from let_it_ride.history import History
from let_it_ride.simulation.run_state import RunState
from written_runs import complete, wait_for_a_tick, write_json, write_run


@dataclass
class Expected:
    name: str
    pinned: bool = False
    is_sound: bool = True
    is_complete: bool = False
    is_played: bool = False

    @property
    def told(self) -> tuple[RunState, str, bool]:
        if self.is_sound and self.is_complete:
            state = RunState.COMPLETE
        elif self.is_played:
            state = RunState.RUNNING
        else:
            state = RunState.UNFINISHED if self.is_sound else RunState.DAMAGED
        return state, self.name, self.pinned


class HistoryMachine(RuleBasedStateMachine):
    """A history beside what it should tell, which is kept in step by hand."""

    runs = Bundle("runs")

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        self.root = self.place / "runs"
        self.passed = 0.0
        self.history = History(self.root, lambda: time.time() + self.passed)
        self.expected: dict[str, Expected] = {}
        self.locks: dict[str, IO[str]] = {}
        self.made = 0

    def teardown(self) -> None:
        for lock in self.locks.values():
            lock.close()
        shutil.rmtree(self.place)

    @rule(target=runs, is_complete=st.booleans())
    def begin(self, is_complete: bool) -> str:
        self.made += 1
        run = f"run-{self.made}"
        write_run(self.root, run, is_complete=is_complete)
        self.expected[run] = Expected(run, is_complete=is_complete)
        return run

    @rule(run=runs)
    def finish(self, run: str) -> None:
        complete(self.root / run)
        self.expected[run].is_complete = True

    @rule(run=runs)
    def play(self, run: str) -> None:
        if run not in self.locks:
            lock = (self.root / run / "lock").open()
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.locks[run] = lock
            self.expected[run].is_played = True

    @rule(run=runs)
    def stop(self, run: str) -> None:
        if run in self.locks:
            self.locks.pop(run).close()
            self.expected[run].is_played = False

    @rule(run=runs)
    def damage(self, run: str) -> None:
        write_json(self.root / run / "run.json", None)
        self.expected[run].is_sound = False

    @rule(run=runs, name=st.sampled_from(("a", "b", "")))
    def rename(self, run: str, name: str) -> None:
        self.history.rename(run, name)
        self.expected[run].name = name or run

    @rule(run=runs, pinned=st.booleans())
    def pin(self, run: str, pinned: bool) -> None:
        self.history.pin(run, pinned)
        self.expected[run].pinned = pinned

    @rule(run=runs, name=st.sampled_from(("c", "d")))
    def rename_by_hand(self, run: str, name: str) -> None:
        write_json(self.root / run / "about.json", {"name": name, "pinned": True})
        self.expected[run].name, self.expected[run].pinned = name, True

    @rule(target=runs, run=consumes(runs))
    def delete(self, run: str) -> object:
        if run in self.locks:
            return run  # that it is refused has its own test
        self.history.delete(run)
        del self.expected[run]
        return multiple()

    @rule(run=consumes(runs))
    def delete_by_hand(self, run: str) -> None:
        if run in self.locks:
            self.locks.pop(run).close()
        shutil.rmtree(self.root / run)
        del self.expected[run]

    @rule(target=runs, run=consumes(runs), named=st.sampled_from(("x", "y")))
    def call_its_directory_something_else(self, run: str, named: str) -> str:
        renamed = f"{run}{named}"
        (self.root / run).rename(self.root / renamed)
        if run in self.locks:
            self.locks[renamed] = self.locks.pop(run)
        expected = self.expected[renamed] = self.expected.pop(run)
        if expected.name == run:
            expected.name = renamed
        return renamed

    @rule()
    def time_passes(self) -> None:
        wait_for_a_tick(self.place)
        self.passed += 60

    @rule(at=st.integers(0, 20_000), bit=st.integers(0, 7))
    def flip_a_bit_of_the_index(self, at: int, bit: int) -> None:
        index = self.root / "index.sqlite"
        if index.exists():
            data = bytearray(index.read_bytes() or b"\0")
            data[at % len(data)] ^= 1 << bit
            index.write_bytes(data)

    @rule()
    def lose_the_index(self) -> None:
        (self.root / "index.sqlite").unlink(missing_ok=True)

    @rule()
    def take_an_old_index(self) -> None:
        index, old = self.root / "index.sqlite", self.place / "old"
        if old.exists():
            shutil.copy(old, index)
        elif index.exists():
            shutil.copy(index, old)

    @rule()
    def rebuild(self) -> None:
        if self.root.exists():
            self.history.rebuild()

    @rule(run=runs)
    def note(self, run: str) -> None:
        self.history.note(self.root / run)

    @invariant()
    def the_list_is_what_the_files_say(self) -> None:
        told = {
            entry.id: (entry.state, entry.name, entry.pinned) for entry in self.history.entries()
        }
        assert told == {run: expected.told for run, expected in self.expected.items()}


TestAnyOrder = HistoryMachine.TestCase
TestAnyOrder.settings = settings(max_examples=20, stateful_step_count=30)
