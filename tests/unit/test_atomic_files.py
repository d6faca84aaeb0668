"""Files are written whole or not at all."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from let_it_ride.files import FileError, atomic_file, read_small_file, write_atomically


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_made_alone(tmp_path: Path):
    file = tmp_path / "file"
    write_atomically(file, b"whole\r\n\0")
    assert file.read_bytes() == b"whole\r\n\0"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_is_replaced_whole(tmp_path: Path):
    file = tmp_path / "file"
    file.write_bytes(b"a longer text than the one that follows")
    write_atomically(file, b"short")
    assert file.read_bytes() == b"short"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755])
def test_an_existing_file_keeps_its_mode(tmp_path: Path, mode: int):
    file = tmp_path / "file"
    file.write_bytes(b"before")
    file.chmod(mode)
    write_atomically(file, b"after")
    assert mode_of(file) == mode
    assert file.read_bytes() == b"after"


def test_a_fresh_file_has_the_mode_every_fresh_file_has(tmp_path: Path):
    write_atomically(tmp_path / "file", b"")
    (tmp_path / "other").touch()
    assert mode_of(tmp_path / "file") == mode_of(tmp_path / "other")


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path):
    target, link = tmp_path / "elsewhere" / "target", tmp_path / "link"
    target.parent.mkdir()
    target.write_bytes(b"before")
    link.symlink_to(target)
    write_atomically(link, b"after")
    assert link.is_symlink()
    assert target.read_bytes() == b"after"
    assert list(target.parent.iterdir()) == [target]


def test_the_target_of_a_link_is_made_if_there_is_none(tmp_path: Path):
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    write_atomically(link, b"made")
    assert link.is_symlink()
    assert target.read_bytes() == b"made"


def test_a_path_without_a_folder_is_written_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    write_atomically(Path("file"), b"here")
    assert (tmp_path / "file").read_bytes() == b"here"


@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
):
    file = tmp_path / "file"
    file.write_bytes(b"before")

    def disk_is_full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else Path, step, disk_is_full)
    with pytest.raises(FileError) as caught:
        write_atomically(file, b"after")
    monkeypatch.undo()
    assert str(caught.value) == f"{file}: cannot be written: the disk is full"
    assert (caught.value.path, caught.value.reason) == (str(file), "the disk is full")
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("interruption", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_writer_that_is_interrupted_leaves_the_old_file_and_no_other(
    tmp_path: Path, interruption: type[BaseException]
):
    file = tmp_path / "file"
    file.write_bytes(b"before")

    def write_half() -> None:
        with atomic_file(file) as out:
            out.write(b"half of")
            raise interruption

    with pytest.raises(interruption):
        write_half()
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]


def test_nobody_sees_a_file_before_it_is_whole(tmp_path: Path):
    file = tmp_path / "file"
    file.write_bytes(b"before")
    with atomic_file(file) as out:
        out.write(b"half of")
        out.flush()
        assert file.read_bytes() == b"before"
        out.write(b" it")
    assert file.read_bytes() == b"half of it"


def test_a_file_that_may_not_be_written_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "file"
    file.write_bytes(b"before")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(FileError, match="not permitted"):
        write_atomically(file, b"after")
    assert file.read_bytes() == b"before"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".", "there is a folder of this name"),
        ("missing/data", "there is no such folder"),
        ("file/data", "a part of the path is not a folder"),
        ("pipe", "this is not a file"),
        ("circle", "its symbolic links go round in a circle"),
        ("x" * 300, "the name is too long"),
        ("\0", "no file can have this name"),
    ],
)
def test_what_is_no_file_cannot_be_written(tmp_path: Path, name: str, reason: str):
    (tmp_path / "file").touch()
    (tmp_path / "circle").symlink_to("circle")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileError) as caught:
        write_atomically(tmp_path / name, b"")
    assert caught.value.reason == reason


def test_a_small_file_is_read_whole_and_a_longer_one_cut_at_the_limit(tmp_path: Path):
    file = tmp_path / "file"
    file.write_bytes(b"123456789")
    assert read_small_file(file, limit=9) == b"123456789"
    assert read_small_file(file, limit=4) == b"1234"


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_is_not_waited_for(make: Callable[[Path], None], tmp_path: Path):
    make(tmp_path / "file")
    with pytest.raises(OSError, match=r"not a file to read|Is a directory"):
        read_small_file(tmp_path / "file", limit=9)


def test_a_file_that_is_not_there_cannot_be_read(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        read_small_file(tmp_path / "file", limit=9)
