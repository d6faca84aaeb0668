"""What the reference says of the program is so."""

import argparse
import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import platformdirs.macos
import platformdirs.unix
import pytest

import let_it_ride
from let_it_ride import FullConfig, SimulationController, files
from let_it_ride.analysis import finding
from let_it_ride.analysis.measures import MEASURES
from let_it_ride.cli.parser import parser_of_everything
from let_it_ride.config.explaining import explain
from let_it_ride.config.topics import TOPICS, topic
from let_it_ride.errors import LetItRideError
from let_it_ride.history import History
from let_it_ride.history.history import DEFAULT_LIMIT
from let_it_ride.planning import compile_plan
from let_it_ride.reports.practice_record import record_file
from let_it_ride.simulation.equivalence import FULL_UP_TO
from let_it_ride.simulation.records import record_for
from let_it_ride.simulation.run_layout import RunLayout
from let_it_ride.tui import remembered
from let_it_ride.tui.commands import GROUPS
from let_it_ride.tui.keymap import keymap_file
from let_it_ride.tui.pictures.pages import PAGES
from let_it_ride.tui.screens.topics import _TOPIC_OF
from let_it_ride.tui.state_files import state_file
from let_it_ride.tui.themes import DEFAULT_THEME, load_theme, shipped_themes

PACKAGE: Final = Path(let_it_ride.__file__).parent
README: Final = Path(__file__).parents[2] / "README.md"

#: Keys that are Textual's, or that end a program wherever it is.
OTHER_KEYS: Final = {"shift+tab", "ctrl+c"}


def words_of(name: str) -> str:
    return topic(name).words()


def said_of(name: str, point: str) -> str:
    part = topic(name).about(point)
    assert part is not None
    return " ".join(each.text for each in part.paragraphs)


def points_of(name: str) -> set[str]:
    return {each for paragraph in topic(name).paragraphs for each in paragraph.names}


def command_lines() -> Iterator[tuple[str, str]]:
    """Every command line in quotes or after a prompt, and where it stands."""
    for path in (README, *PACKAGE.rglob("*.md"), *PACKAGE.rglob("*.toml"), *PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        quoted = re.findall(r"(?<!`)[`']lir-tui ([^`'{}]*?)[`'{]", text)
        prompted = re.findall(r"^(?:\$|  ) ?lir-tui (.*?)(?:  .*|\|.*)?$", text, re.MULTILINE)
        yield from ((path.name, " ".join(line.split())) for line in (*quoted, *prompted))


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def test_every_command_and_option_that_is_named_exists() -> None:
    lines, program = list(command_lines()), parser_of_everything()
    assert len(lines) > 60
    for where, line in lines:
        parser, words = program, line.split()
        while words and words[0] in (below := subcommands(parser)):
            parser = below[words.pop(0)]
        # The app takes a file; the others list what there is.
        goes_alone = parser.prog in {"lir-tui", "lir-tui runs", "lir-tui themes"}
        assert not subcommands(parser) or (goes_alone and words in ([], ["FILE"])), (where, line)
        for option in (word for word in words if word.startswith("--")):
            assert option in parser._option_string_actions, (where, line)


def test_everything_that_explain_is_said_to_explain_is_explained() -> None:
    named = [line.split()[1:] for _, line in command_lines() if line.startswith("explain ")]
    names = [words[0] for words in named if words[0].islower() and not words[0].startswith("-")]
    assert len(names) >= 3
    for name in names:
        assert explain(name)


def test_every_picture_of_the_readme_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README.read_text(encoding="utf-8"))
    assert len(pictures) >= 3
    assert all((README.parent / unquote(picture)).is_file() for picture in pictures)


def test_every_key_that_is_named_does_something() -> None:
    keys = {key for group in GROUPS for command in group.commands for key in command.keys}
    named = re.compile(r"(?<![\w+])(?:(?:(?:ctrl|alt|shift)\+)+[\w\\]+|F\d+)")
    for name in (each for each in TOPICS if each != "keys"):  # which has examples of others
        for key in named.findall(words_of(name)):
            assert key.lower().replace("\\", "backslash") in keys | OTHER_KEYS, (name, key)


def test_the_exit_codes_are_those_of_the_errors_and_of_the_signals() -> None:
    for module in pkgutil.walk_packages(let_it_ride.__path__, "let_it_ride."):
        if not module.name.endswith("__main__") and ".preload" not in module.name:
            importlib.import_module(module.name)

    def below(error: type[LetItRideError]) -> Iterator[type[LetItRideError]]:
        yield error
        for each in error.__subclasses__():
            yield from below(each)

    codes = {each.exit_code for each in below(LetItRideError) if "let_it_ride" in each.__module__}
    codes |= {0} | {128 + number for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)}
    assert points_of("exit-codes") == {str(int(code)) for code in codes}
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        assert number.name in said_of("exit-codes", str(128 + number))


def test_the_themes_are_those_there_are() -> None:
    themes = {file.stem: load_theme(file).description for file in shipped_themes()}
    assert {name: said_of("themes", name) for name in points_of("themes")} == themes
    assert f"at first with {DEFAULT_THEME}" in words_of("themes")


def test_the_pictures_are_those_there_are() -> None:
    assert points_of("pictures") == {page.lower() for page in PAGES}
    assert f"1 to {len(PAGES)}" in words_of("pictures")


def test_the_directories_are_those_of_each_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        assert variable in points_of("directories")
        monkeypatch.delenv(variable, raising=False)
    for system in (platformdirs.unix.Unix, platformdirs.macos.MacOS):
        places = system(files._APPLICATION)
        for point, place in (
            ("config", places.user_config_dir),
            ("data", f"{places.user_data_dir}/runs"),
            ("cache", places.user_cache_dir),
            ("state", places.user_state_dir),
        ):
            assert place.replace("/home/ada", "~") in said_of("directories", point)


def test_the_files_of_a_user_are_where_they_are_said_to_be() -> None:
    assert files.default_config_file() == files.config_directory() / "config.toml"
    assert "opens config.toml" in said_of("directories", "config")
    assert History().root == files.data_directory() / "runs"
    assert record_file() == files.data_directory() / "practice.json"
    assert "Beside it practice.json" in said_of("directories", "data")
    assert keymap_file() == files.config_directory() / "keys.toml"
    assert files.user_themes_directory() == files.config_directory() / "themes"
    assert "Beside it keys.toml" in said_of("directories", "config")
    assert state_file(remembered._FILE) == files.state_directory() / "app.json"
    assert "app.json" in said_of("directories", "state")


def test_the_files_of_a_run_are_those_that_are_told(tmp_path: Path) -> None:
    history = History(tmp_path)
    config = FullConfig(simulation={"num_sessions": 3, "hands_per_session": 2, "workers": 1})
    directory = history.new_directory("evening")
    SimulationController(config, directory=directory).run().close()
    history.pin(directory.name, pinned=True)
    history.limit = 5_000_000
    told = next(each for each in topic("directories").paragraphs if each.text.startswith("In runs"))
    for file in (*directory.iterdir(), *(each for each in tmp_path.iterdir() if each.is_file())):
        if file.suffix != ".tmp" and not file.name.startswith("index.sqlite-"):
            assert re.search(rf"\b{re.escape(file.name)}\b", told.text), file.name
    assert (directory / "about.json").exists()


def test_the_sample_and_the_usual_check_are_as_told() -> None:
    assert f"up to {FULL_UP_TO:,} sessions" in said_of("equivalence", "verify")


def test_topics_that_texts_point_to_are_there() -> None:
    for name in TOPICS:
        for pointed in re.findall(r"\(see ([\w-]+)\)", words_of(name)):
            assert pointed in TOPICS, (name, pointed)


def test_what_is_shown_first_over_a_screen_is_a_topic_and_the_screen_is_there() -> None:
    sources = "".join(path.read_text() for path in (PACKAGE / "tui/screens").glob("*.py"))
    for screen, name in _TOPIC_OF.items():
        assert f"class {screen}(" in sources
        assert name in TOPICS


def test_the_sizes_of_runs_are_as_told() -> None:
    seed = 4
    narrow, wide = (record_for(amount).itemsize + seed for amount in (1, 1 << 40))
    placed = record_for(1, placed=True).itemsize - record_for(1).itemsize
    told = said_of("runs", "num_sessions")
    assert f"{narrow} bytes on the disk, or {wide} where" in told
    assert f"{placed} bytes more" in told
    layout = RunLayout.of(compile_plan(FullConfig(simulation={"num_sessions": 1})))
    assert f"{layout.size / 1000:.0f} kB" in told
    assert f"may take {DEFAULT_LIMIT // 10**9} GB" in words_of("runs")


def test_how_settings_are_looked_for_is_as_told() -> None:
    assert f"at most {finding.LONG_GRID} values" in words_of("what-if")
    assert f"looks at {finding._SPREAD} that" in words_of("what-if")
    assert {each.name for each in MEASURES} <= set(re.findall(r"\w+", words_of("what-if")))
