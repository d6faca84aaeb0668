"""Listing ten thousand kept runs against asking for the status of their directories."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from tests.benchmarks.timing import paired, seconds
from tests.written_runs import write_run

from let_it_ride.history import History

_RUNS = 10_000


def lines() -> list[str]:
    """Measure, and say how it went."""
    root = Path(tempfile.mkdtemp()) / "runs"
    try:
        for number in range(_RUNS):
            write_run(root, f"20261128-{number:06}-first-evening")
        history = History(root, lambda: time.time() + 60)
        unread = seconds(history.entries)
        result = paired(lambda: seconds(history.entries), lambda: seconds(lambda: _statuses(root)))
    finally:
        shutil.rmtree(root.parent)
    return [
        f"history: listing {_RUNS:,} runs takes {1 / result.ratio:.1f} times as long as asking for"
        f" the status of their directories ({1 / result.high:.1f} … {1 / result.low:.1f};"
        f" {result.subject:.3f} s); at most 8",
        f"history: {unread / result.subject:.1f} times as long where there is no index yet",
    ]


def _statuses(root: Path) -> int:
    with os.scandir(root) as found:
        return sum(each.stat(follow_symlinks=False).st_nlink for each in found)
