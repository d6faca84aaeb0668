"""What a run directory holds is anybody's: whatever it is, it gives a line that can be shown."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from let_it_ride.history import Entry, History
from let_it_ride.history.run_files import read_entry
from let_it_ride.simulation.run_state import RunState
from written_runs import write_run

FILES = ("run.json", "results.json", "about.json")
KEYS = (
    *("started", "version", "sessions", "tables", "block_tables", "name", "pinned", "digest"),
    *("headline", "ahead", "mean_profit_cents"),
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(
        (10**400, -1, 2**63, "2026-11-28T22:15:30+00:00", "9999-12-31T23:59:59-23:59")
    )
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=8)
    ),
    max_leaves=20,
)


def holds_what_its_type_says(entry: Entry) -> bool:
    texts = (entry.id, entry.name, entry.version, entry.digest or "")
    return (
        all(isinstance(text, str) and text.isprintable() for text in texts)
        and isinstance(entry.pinned, bool)
        and isinstance(entry.state, RunState)
        and isinstance(entry.started, datetime)
        and entry.started.tzinfo is UTC
        and isinstance(entry.size, int)
        and entry.size >= 0
        and (entry.sessions is None or (type(entry.sessions) is int and entry.sessions >= 0))
        and (entry.ahead is None or (type(entry.ahead) is float and 0 <= entry.ahead <= 1))
        and (entry.mean_profit is None or abs(entry.mean_profit) < 1e18)
        and 0 <= entry.finished_share <= 1
        and (entry.state is RunState.COMPLETE) == (entry.ahead is not None)
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_json_gives_an_entry_that_can_be_shown_and_kept(
    data: st.DataObject, tmp_path: Path
) -> None:
    directory = tmp_path / "runs" / "run"
    directory.mkdir(parents=True, exist_ok=True)
    for file in FILES:
        (directory / file).write_text(json.dumps(data.draw(VALUES)))
    entry = read_entry(directory)
    assert holds_what_its_type_says(entry)
    history = History(directory.parent, lambda: 4e9)
    assert history.entries() == history.entries() == [entry]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), file=st.sampled_from((*FILES, "ledger", "lock")))
def test_a_good_run_with_a_changed_byte_gives_an_entry(
    data: st.DataObject, file: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    directory = write_run(tmp_path_factory.mktemp("runs"), "run")
    whole = bytearray((directory / file).read_bytes() if (directory / file).exists() else b"")
    at = data.draw(st.integers(0, len(whole)))
    (directory / file).write_bytes(whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + 1 :])
    assert holds_what_its_type_says(read_entry(directory))


def deep(_: Path) -> bytes:
    return b"[" * 100_000


def long(_: Path) -> bytes:
    return b'{"started": "2026-11-28T22:15:30+00:00"}' + b" " * 1_000_000


def not_text(_: Path) -> bytes:
    return b"\xff\xfe\x00"


def empty(_: Path) -> bytes:
    return b""


def a_number_of_a_million_digits(_: Path) -> bytes:
    return b'{"sessions": ' + b"9" * 200_000 + b"}"


@pytest.mark.parametrize(
    "content",
    [deep, long, not_text, empty, a_number_of_a_million_digits],
    ids=lambda it: it.__name__,
)
def test_a_run_whose_beginning_cannot_be_read_is_damaged(
    tmp_path: Path, content: Callable[[Path], bytes]
) -> None:
    directory = write_run(tmp_path, "run")
    (directory / "run.json").write_bytes(content(directory))
    entry = read_entry(directory)
    assert entry.state is RunState.DAMAGED
    assert holds_what_its_type_says(entry)


def test_a_run_whose_results_cannot_be_read_is_gone_on_with(tmp_path: Path) -> None:
    directory = write_run(tmp_path, "run")
    (directory / "results.json").write_bytes(b'{"digest": ')
    entry = read_entry(directory)
    assert (entry.state, entry.finished_share) == (RunState.UNFINISHED, 1.0)


def pipe(file: Path) -> None:
    os.mkfifo(file)


def link(file: Path) -> None:
    file.symlink_to("/dev/zero")


def folder(file: Path) -> None:
    file.mkdir()


def loop(file: Path) -> None:
    file.symlink_to(file.name)


@pytest.mark.parametrize("make", [pipe, link, folder, loop], ids=lambda it: it.__name__)
@pytest.mark.parametrize("name", [*FILES, "ledger", "lock"])
def test_what_is_no_file_is_not_waited_for(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    directory = write_run(tmp_path, "run")
    (directory / name).unlink(missing_ok=True)
    make(directory / name)
    assert holds_what_its_type_says(read_entry(directory))


def test_names_from_files_have_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    directory = write_run(tmp_path, "run")
    written: dict[str, Any] = {"name": "\x1b[31mred\x07\n\u202eleft", "pinned": 1}
    (directory / "about.json").write_text(json.dumps(written))
    entry = read_entry(directory)
    assert entry.name == r"\x1b[31mred\x07\n\u202eleft"
    assert entry.pinned is False


def test_of_a_long_ledger_the_share_is_about_right(tmp_path: Path) -> None:
    directory = write_run(tmp_path, "run", is_complete=False, blocks=200_000, finished=0)
    line = f"123456 123456 1000 200000 {'ab' * 32} 12345678\n"
    (directory / "ledger").write_text(line * 150_000)
    assert read_entry(directory).finished_share == pytest.approx(0.75, rel=1e-3)
