"""Run directories as the program leaves them, written by hand: their small files, no sessions."""

import json
import os
from pathlib import Path
from typing import Any

STARTED = "2026-11-28T22:15:30+00:00"


def write_run(
    root: Path,
    run: str,
    *,
    started: str = STARTED,
    sessions: int | None = 1000,
    blocks: int = 10,
    finished: int = 10,
    is_complete: bool = True,
    size: int = 0,
) -> Path:
    """Write a run of 100 tables in each block, which is complete or to be gone on with."""
    directory = root / run
    directory.mkdir(parents=True)
    begun = {
        "format": 2,
        "version": "0.1.0",
        "started": started,
        "sessions": sessions,
        "tables": 100 * blocks,
        "block_tables": 100,
    }
    write_json(directory / "run.json", begun)
    (directory / "ledger").write_text("a line of a block\n" * finished)
    (directory / "lock").touch()
    if size:
        (directory / "sessions.bin").write_bytes(b"\1" * size)
    if is_complete:
        complete(directory)
    return directory


def complete(directory: Path, sessions: int = 1000) -> None:
    """Write what a run leaves when it ends."""
    headline = {"sessions": sessions, "ahead": 0.25, "mean_profit_cents": -1234.5, "rounds": 9}
    write_json(directory / "results.json", {"digest": "ab" * 32, "headline": headline})


def write_json(path: Path, data: Any) -> None:
    """Write a file in whose place no reader ever finds a part of one."""
    draft = path.with_name(f"{path.name}.tmp")
    draft.write_text(json.dumps(data))
    draft.replace(path)


def wait_for_a_tick(place: Path) -> None:
    """Wait until the file system's clock has moved: two changes within a step look like one."""
    probe = place / "probe"
    probe.touch()
    before = now = probe.stat().st_ctime_ns
    while now == before:
        os.utime(probe)
        now = probe.stat().st_ctime_ns
    probe.unlink()
