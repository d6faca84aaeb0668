"""Which directory the kernel is loaded from, and which a process believes that it was handed."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from let_it_ride.simulation import compiled

Find = Callable[[Path | str | None], Path]


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
def find(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> Find:
    """Where a process that was handed this has its kernel."""

    def find(handed_on: Path | str | None) -> Path:
        compiled._kernel_directory.cache_clear()
        if handed_on is not None:
            monkeypatch.setenv(compiled._HANDED_ON, str(handed_on))
        directory = compiled._kernel_directory()
        assert compiled._HANDED_ON not in os.environ
        assert directory.is_dir()
        return directory.parent

    return find


def made_by_the_program() -> Path:
    return Path(tempfile.mkdtemp(prefix=compiled._UNTIL_EXIT))


def is_refused(path: Path | str, find: Find) -> bool:
    """Whether a process that is handed this neither uses nor removes it."""
    found = find(path)
    compiled.remove_if_until_exit()
    return found == compiled.cache_directory() and found.is_dir()


def test_a_directory_until_exit_is_taken_over_and_removed(find: Find) -> None:
    made = made_by_the_program()
    assert find(made) == made
    compiled.remove_if_until_exit()
    assert not made.exists()


def test_without_one_the_cache_is_used_and_stays(find: Find) -> None:
    assert find(None) == compiled.cache_directory()
    compiled.remove_if_until_exit()
    assert compiled.cache_directory().is_dir()


@pytest.mark.parametrize(
    "planted",
    [
        "temporary/lir-tui-until-exit-gone",
        "temporary/other",
        "temporary/lir-tui-until-exit-/kernel-0",
        "lir-tui-until-exit-elsewhere",
        "temporary/../lir-tui-until-exit-elsewhere",
        "temporary/lir-tui-until-exit-/../../victim",
        "/",
        "/dev/null",
    ],
)
def test_what_the_program_cannot_have_made_is_refused(
    planted: str, temporary: Path, find: Find
) -> None:
    around = temporary.parent
    for directory in (
        "victim",
        "lir-tui-until-exit-elsewhere",
        "temporary/other",
        "temporary/lir-tui-until-exit-",
        "temporary/lir-tui-until-exit-/kernel-0",
    ):
        (around / directory).mkdir(mode=0o700)
    before = set(around.rglob("*"))
    # Put together as text: a path would lose what is to be tried.
    assert is_refused(planted if planted[0] == "/" else f"{around}/{planted}", find)
    assert before <= set(around.rglob("*"))


def test_no_name_at_all_is_refused(find: Find) -> None:
    assert is_refused("", find)


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o720, 0o702])
def test_what_others_can_write_is_refused(mode: int, find: Find) -> None:
    made = made_by_the_program()
    made.chmod(mode)
    assert is_refused(made, find)
    assert made.is_dir()


def test_what_belongs_to_another_user_is_refused(
    find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = made_by_the_program()
    owner = made.stat().st_uid
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    assert is_refused(made, find)
    assert made.is_dir()


def test_a_link_is_refused(temporary: Path, find: Find) -> None:
    made = made_by_the_program()
    target = made.rename(temporary / "target")
    made.symlink_to(target)
    assert is_refused(made, find)
    assert target.is_dir()


def test_a_child_is_handed_a_directory_until_exit_and_no_other(
    temporary: Path, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    find(None)
    with compiled.handed_on():
        assert compiled._HANDED_ON not in os.environ
    (temporary / f"lir-tui-{os.getuid()}").touch()
    monkeypatch.setattr(compiled, "cache_directory", lambda: Path(os.devnull) / "cache")
    made = find(None)
    with compiled.handed_on():
        assert os.environ[compiled._HANDED_ON] == str(made)
    assert compiled._HANDED_ON not in os.environ
    assert find(made) == made


def test_code_of_other_versions_is_kept_as_long_as_they_are_used(find: Find) -> None:
    cache, own = find(None), compiled._kernel_directory()
    month = 30 * 24 * 3600
    for name, unused_for in (("kernel-old", month + 60), ("kernel-new", month - 60), ("other", 0)):
        (cache / name / "simulation").mkdir(parents=True)
        os.utime(cache / name, (time.time() - unused_for,) * 2)
    os.utime(own, (0, 0))
    assert find(None) == cache
    os.utime(cache / "other", (0, 0))
    compiled.compile_here(compiled.Kernel.SESSIONS, lambda: None)
    assert {each.name for each in cache.iterdir()} == {own.name, "kernel-new", "other"}
    assert time.time() - own.stat().st_mtime < month
