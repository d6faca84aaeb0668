"""What each place of the command line offers to a shell."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from let_it_ride.cli.completion import next_words
from let_it_ride.cli.parser import parse_arguments, parser_of_everything
from let_it_ride.config.preset_files import preset_names
from let_it_ride.history import Entry, History
from let_it_ride.simulation.run_state import RunState
from let_it_ride.tui.themes import shipped_themes


def offered(*words: str) -> list[str]:
    return [word for word, _ in next_words(words).words]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("ru",), ["run", "runs"]),
        (("config", ""), ["new", "check", "path"]),
        (("run", ""), list(preset_names())),
        (("compare", "default", "high-r"), ["high-roller"]),
        (("run", "mine.toml", "--verify", ""), ["auto", "full", "sample", "off"]),
        (("run", "--verify", "=", "f"), ["full"]),
        (("run", "--workers", "4", "first"), ["first-evening"]),
        (("run", "--quiet", "first"), ["first-evening"]),
        (("run", "first-evening", ""), []),
        (("run", "--", "--qui"), []),
        (("export", "last", "--format", "p"), ["parquet"]),
        (("config", "new", "'high-r"), ["high-roller"]),
        (("themes", "new", "x", "--from", ""), [file.stem for file in shipped_themes()]),
        (("sweep", "x", "--show", "ahea"), ["ahead"]),
        (("explain", "exp"), ["expressions", "exports"]),
        (("sweep", "x", "--vary", "win_l"), ["win_limit="]),
        (("completion", ""), ["bash", "zsh", "fish"]),
        (("nonsense", "run", ""), []),
    ],
)
def test_a_place_offers_what_can_stand_there(words: tuple[str, ...], expected: list[str]) -> None:
    assert offered(*words) == expected


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        (("run", "my"), "files"),
        (("config", "check", "a", ""), "files"),
        (("run", "x", "--output", ""), "folders"),
        (("resume", ""), "none"),
        (("evening.to",), "files"),
        (("se",), "files"),
        (("",), "none"),
        (("run", "--verify", ""), "none"),
    ],
)
def test_a_place_says_whether_files_can_stand_there(words: tuple[str, ...], paths: str) -> None:
    assert next_words(words).paths == paths


def _parsers(
    parser: argparse.ArgumentParser, *words: str
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    yield words, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _parsers(below, *words, name)


def test_every_option_of_every_command_is_offered_with_its_help() -> None:
    for words, parser in _parsers(parser_of_everything()):
        told = dict(next_words((*words, "--")).words)
        for action in parser._actions:
            long = [name for name in action.option_strings if name.startswith("--")]
            assert set(long) <= told.keys(), words
            assert all(told[name] and "%" not in told[name].replace("95 %", "") for name in long)


def test_every_command_is_offered_and_is_one() -> None:
    commands = set(offered(""))
    for name in commands:
        with pytest.raises(SystemExit) as ended:
            parse_arguments([name, "--help"])
        assert ended.value.code == 0
    assert {"edit", "run", "completion", "themes"} <= commands


def test_a_shell_that_asks_in_bad_words_gets_an_answer_and_no_error() -> None:
    for words in ((), ("",), ("\udcff",), ("--",), ("=",), ("run", "--verify="), ("a" * 9999,)):
        next_words(words)


def _entry(run: str, name: str, state: RunState) -> Entry:
    began = datetime(2026, 11, 28, tzinfo=UTC)
    return Entry(run, name, False, began, 100, state, 4096, None, None, None, "0.1.0", 1.0)


def test_a_run_is_offered_by_its_id_and_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        _entry("20261128-1", "four hours", RunState.COMPLETE),
        _entry("20261128-2", "20261128-2", RunState.UNFINISHED),
    ]
    monkeypatch.setattr(History, "entries", lambda _: entries)
    assert offered("runs", "show", "") == ["last", "20261128-1", "four hours", "20261128-2"]
    assert offered("runs", "show", "four\\ ho") == ["four hours"]
