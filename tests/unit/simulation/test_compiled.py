"""Which directory the kernel is loaded from, and which a process believes that it was handed."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from let_it_ride.simulation import compiled


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary files go; there is a cache directory beside it."""
    directory = tmp_path / "temporary"
    directory.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(directory))
    monkeypatch.setattr(compiled, "cache_directory", lambda: tmp_path / "cache")
    compiled._kernel_directory.cache_clear()
    yield directory
    compiled._kernel_directory.cache_clear()


@pytest.fixture
def removed_at_exit(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    removed: list[Path] = []
    monkeypatch.setattr(compiled, "_remove_at_exit", removed.append)
    return removed


def made_by_the_program() -> Path:
    return Path(tempfile.mkdtemp(prefix=compiled._UNTIL_EXIT))


def directory_of_a_child(
    monkeypatch: pytest.MonkeyPatch, handed_on: Path | str | None
) -> tuple[Path, Path]:
    """Where a process that was handed this finds its kernel: above it, and itself."""
    if handed_on is not None:
        monkeypatch.setenv(compiled._HANDED_ON, str(handed_on))
    directory = compiled._kernel_directory()
    assert compiled._HANDED_ON not in os.environ
    return directory.parent, directory


def test_a_directory_until_exit_is_taken_over_and_ends_with_the_process(
    temporary: Path, removed_at_exit: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = made_by_the_program()
    found, kernel = directory_of_a_child(monkeypatch, made)
    assert found == made
    assert kernel.is_dir()
    assert removed_at_exit == [made]


def test_without_one_the_cache_is_used_and_stays(
    temporary: Path, removed_at_exit: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert directory_of_a_child(monkeypatch, None)[0] == compiled.cache_directory()
    assert not removed_at_exit


@pytest.mark.parametrize(
    "planted",
    [
        "temporary/lir-tui-until-exit-gone",  # not there
        "temporary/other",
        "temporary/lir-tui-until-exit-a/kernel-0",
        "lir-tui-until-exit-elsewhere",
        "temporary/lir-tui-until-exit-/../../victim",
        "temporary/../lir-tui-until-exit-elsewhere",
        "",
        "/",
        "/dev/null",
    ],
)
def test_what_the_program_cannot_have_made_is_neither_used_nor_removed(
    planted: str,
    temporary: Path,
    removed_at_exit: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = planted and temporary.parent / planted
    for directory in ("victim", "lir-tui-until-exit-elsewhere", "temporary/other"):
        (temporary.parent / directory).mkdir(mode=0o700)
    found, _ = directory_of_a_child(monkeypatch, path)
    assert found == compiled.cache_directory()
    assert not removed_at_exit


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o720, 0o702])
def test_what_others_can_write_is_neither_used_nor_removed(
    mode: int, temporary: Path, removed_at_exit: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = made_by_the_program()
    made.chmod(mode)
    assert directory_of_a_child(monkeypatch, made)[0] == compiled.cache_directory()
    assert not removed_at_exit


def test_what_belongs_to_another_user_is_neither_used_nor_removed(
    temporary: Path, removed_at_exit: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = made_by_the_program()
    monkeypatch.setattr(os, "getuid", lambda: made.stat().st_uid + 1)
    assert directory_of_a_child(monkeypatch, made)[0] == compiled.cache_directory()
    assert not removed_at_exit


def test_a_link_in_the_place_of_one_is_neither_followed_nor_removed(
    temporary: Path, removed_at_exit: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = made_by_the_program()
    target = temporary / "target"
    made.rename(target)
    made.symlink_to(target)
    assert directory_of_a_child(monkeypatch, made)[0] == compiled.cache_directory()
    assert not removed_at_exit


def test_a_child_is_handed_a_directory_until_exit_and_no_other(
    temporary: Path, removed_at_exit: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with compiled.handed_on():
        assert compiled._HANDED_ON not in os.environ
    compiled._kernel_directory.cache_clear()
    (temporary / f"lir-tui-{os.getuid()}").touch()
    monkeypatch.setattr(compiled, "cache_directory", lambda: Path(os.devnull) / "cache")
    with compiled.handed_on():
        (made,) = removed_at_exit
        assert os.environ[compiled._HANDED_ON] == str(made)
    assert compiled._HANDED_ON not in os.environ
    compiled._kernel_directory.cache_clear()
    assert directory_of_a_child(monkeypatch, made)[0] == made
