"""Files that are damaged, of the wrong sort, or far too large."""

import os
import socket
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from failures.mutations import mutated
from failures.readers import Reader, readers
from failures.trials import Trials, answer_is_expected, is_clear, said_of

every_reader = pytest.mark.parametrize("reader", readers(), ids=str)


@every_reader
def test_good_files_are_read_without_a_complaint(reader: Reader, tmp_path: Path) -> None:
    for number, data in enumerate(reader.good):
        file = tmp_path / f"{number}-{reader.name}"
        file.write_bytes(data)
        assert said_of(lambda file=file: reader.read(file)) is None


@every_reader
def test_nothing_but_a_clear_error_comes_of_a_damaged_file(
    reader: Reader, tmp_path: Path, trials: Trials
) -> None:
    file = tmp_path / reader.name

    def make(chance: Random) -> bytes:
        return mutated(chance.choice(reader.good), chance, reader.good)

    def take(data: bytes) -> None:
        file.write_bytes(data)
        reader.read(file)

    trials.run(reader.kind, make, take)
    assert [each.name for each in tmp_path.iterdir()] == [reader.name]


@every_reader
def test_a_file_that_ends_anywhere_gives_nothing_but_a_clear_error(
    reader: Reader, tmp_path: Path, trials: Trials
) -> None:
    file = tmp_path / reader.name
    good = min(reader.good, key=len)

    def take(data: bytes) -> None:
        file.write_bytes(data)
        reader.read(file)

    step = max(1, len(good) // max(1, trials.count // 2))
    for length in range(0, len(good), step):
        trials.try_one(reader.kind, good[:length], take)


def _make_socket(file: Path) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as made:
        made.bind(str(file))


def _make_terabyte(file: Path) -> None:
    file.touch()
    os.truncate(file, 1 << 40)


@every_reader
@pytest.mark.parametrize(
    "make",
    [
        os.mkfifo,
        os.mkdir,
        lambda file: file.symlink_to("/dev/zero"),
        lambda file: file.symlink_to("/dev/tty"),
        lambda file: file.symlink_to(file),
        lambda file: file.symlink_to("nowhere"),
        _make_socket,
        _make_terabyte,
    ],
    ids=["pipe", "folder", "zeros", "terminal", "circle", "nowhere", "socket", "a terabyte"],
)
def test_what_is_no_file_of_ours_is_refused_at_once(
    make, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trials: Trials
) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path(reader.name)
    make(file)
    trials.try_one(reader.kind, file, reader.read)


@every_reader
@pytest.mark.parametrize("name", ["a\0b", "a" * 5000, "\udcff\udcfe", "\x1b[31mred", "a/" * 3000])
def test_names_that_no_file_can_have_are_refused_in_clear_words(
    name: str, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with answer_is_expected():
        said = said_of(lambda: reader.read(Path(name)))
    # A path that cannot be written to is told as it was named: terminals get it escaped.
    assert said is None or is_clear(said.replace(name, ""))
