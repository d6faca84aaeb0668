"""Keys that a user has chosen: what the file may say, what is told of it, and what comes of it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import scripted_history as kept
from driving import (
    NARROW,
    dialog_text,
    driven,
    new_app,
    press,
    quiet,
    said,
    shown,
    until,
    workspace,
)
from scripted_history import ScriptedHistory
from textual.binding import Binding
from textual.keys import format_key

from let_it_ride.cli import main
from let_it_ride.cli.keys import EXAMPLES
from let_it_ride.simulation.run_state import RunState
from let_it_ride.tui.commands import COMMANDS
from let_it_ride.tui.key_names import NoKeyError, is_typed, key_named, shown_key
from let_it_ride.tui.keymap import Keymap
from let_it_ride.tui.keymap_file import load_keymap, with_local_keys
from let_it_ride.tui.local_keys import local_keys
from let_it_ride.tui.screens.help import HelpScreen, HelpText
from let_it_ride.tui.widgets.key_bar import KeyBar
from let_it_ride.tui.widgets.title_bar import TitleBar

NAMES = """\
run stop resume runs stop_or_solve replay practise what_if compare new open save save_as form toml
odds distribution chart run_panel theme go_to previous_section next_section next_error default undo
redo add_line remove_line line_up line_down help commands quit"""

Written = Callable[[str], Keymap]


@pytest.fixture
def keymap(tmp_path: Path) -> Written:
    """Writes a file of keys and reads it, all of it."""

    def read(text: str) -> Keymap:
        file = tmp_path / "keys.toml"
        file.write_text(text)
        return with_local_keys(load_keymap(file), local_keys())

    return read


def _only_problem(keymap: Keymap) -> str:
    (problem,) = keymap.told_problems
    return problem.rpartition("/")[2]


def test_the_names_of_commands_stay() -> None:
    assert set(COMMANDS) >= set(NAMES.split())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("f5", "f5"),
        ("F5", "f5"),
        ("Ctrl+R", "ctrl+shift+r"),
        ("shift+ctrl+up", "ctrl+shift+up"),
        ("alt+R", "alt+shift+r"),
        ("shift+g", "G"),
        ("G", "G"),
        ("/", "slash"),
        ("slash", "slash"),
        ("ctrl+]", "ctrl+right_square_bracket"),
        ("+", "plus"),
        ("ctrl++", "ctrl+plus"),
        (",", "comma"),
        (" ", "space"),
        ("ctrl+@", "ctrl+space"),
        ("é", "é"),
        ("£", "pound_sign"),
        ("ж", "ж"),
    ],
)
def test_a_key_is_called_as_people_call_it(text: str, key: str) -> None:
    assert key_named(text) == key


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("f25", "did you mean f5?"),
        ("esc", "did you mean escape?"),
        ("page_down", "did you mean pagedown?"),
        ("control+r", "did you mean ctrl?"),
        ("ctrl+i", "as tab"),
        ("ctrl+[", "as escape"),
        ("banana", "a key is a character"),
        ("beer_mug", 'no key is called "beer_mug"'),
        ("\N{BANANA}", "no key is called"),
        ("slas", "did you mean slash?"),
        ("", 'no key is called ""'),
        ("ctrl+", 'no key is called ""'),
        ("\x1b[2J", 'no key is called "\\x1b[2J"'),
        ("nothing" * 900, "no key is called"),
    ],
)
def test_what_no_key_is_called_is_told(text: str, words: str) -> None:
    with pytest.raises(NoKeyError) as told:
        key_named(text)
    assert words in str(told.value)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("g", "g"),
        ("G", "shift+g"),
        ("f5", "F5"),
        ("shift+f5", "shift+F5"),
        ("ctrl+r", "ctrl+r"),
        ("alt+shift+r", "alt+shift+r"),
        ("ctrl+right_square_bracket", "ctrl+]"),
        ("dollar_sign", "$"),
        ("escape", "esc"),
        ("enter", "enter"),
        ("left", "←"),
    ],
)
def test_a_key_is_shown_as_what_is_pressed(key: str, shown: str) -> None:
    assert shown_key(key) == shown


def test_every_usual_key_can_be_written_in_the_file_as_it_is_and_as_it_looks() -> None:
    for name, keys in [
        (each.name, each.keys) for each in (*COMMANDS.values(), *local_keys().values())
    ]:
        for key in keys:
            assert key_named(key) == key, name
            *modifiers, last = key.split("+")
            if is_typed(last) and last != "space":
                assert key_named("+".join((*modifiers, format_key(last)))) == key, name


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("rum = 'f5'", "keys.toml:1: rum: no command is called so; did you mean run?"),
        (
            "\n'runs.opn' = 'o'",
            "keys.toml:2: runs.opn: nothing is called so; did you mean runs.open?",
        ),
        (
            "[runs]\nopn = 'o'",
            "keys.toml:2: runs.opn: nothing is called so; did you mean runs.open?",
        ),
        ("run = 5", 'keys.toml:1: run: not a list of keys, such as ["f5", "ctrl+r"]'),
        ("run = []", "keys.toml:1: run: has 0 keys; allowed: 1 to 8"),
        ("run = ['f99']", 'keys.toml:1: run: no key is called "f99"; did you mean f9?'),
        (
            "# mine\nrun = 'f9'",
            'keys.toml:2: run: "f9" is a key of next_error; give next_error another one',
        ),
        (
            "'runs.open' = 'r'",
            'keys.toml:1: runs.open: "r" is a key of runs.resume; give runs.resume another one',
        ),
        (
            "'runs.open' = 'f5'",
            'keys.toml:1: runs.open: "f5" is a key of run; give run another one',
        ),
        ("run = 'enter'", "keys.toml:1: run: enter keeps its meaning in fields and lists"),
        ("run = 'ctrl+e'", "keys.toml:1: run: ctrl+e is a key of every field: go to end"),
        ("run = 'ctrl+c'", "keys.toml:1: run: ctrl+c copies what is selected, wherever that is"),
        ("quit = 'q'", 'keys.toml:1: quit: "q" could not be typed any more'),
        ("vim = 1", "keys.toml:1: vim: neither true nor false"),
        ("run = ", "keys.toml: not TOML: Invalid value (at end of document)"),
        ("a.b.c.d.e.f.g.h.i.j = 1", "keys.toml:1: a key of too many parts"),
        ("#" * 70_000, "keys.toml: larger than 65,536 bytes"),
        ("\n".join(f"n{n} = 1" for n in range(501)), "keys.toml: more than 500 names"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_is_as_usual(
    keymap: Written, text: str, problem: str
) -> None:
    read = keymap(text)
    assert _only_problem(read) == problem
    assert not read.keys


def test_names_change_keys_with_each_other(keymap: Written) -> None:
    read = keymap("run = ['f9']\nnext_error = ['f5', 'alt+e']")
    assert not read.problems
    assert read.keys == {"run": ("f9",), "next_error": ("f5", "alt+e")}


def test_what_gets_the_key_of_what_is_refused_is_refused_too(keymap: Written) -> None:
    read = keymap("run = ['f99']\nstop = 'f5'\nresume = 'ctrl+t'")
    assert not read.keys
    assert [problem.split(": ")[1] for problem in read.told_problems] == ["run", "stop", "resume"]


def test_escape_closes_what_it_closes_whatever_the_file_says(keymap: Written) -> None:
    read = keymap("'dialog.close' = 'x'\n'runs.close' = ['w']")
    assert read.keys == {"dialog.close": ("x", "escape"), "runs.close": ("w", "escape")}


def test_no_file_is_no_other_keys(tmp_path: Path) -> None:
    assert load_keymap(tmp_path / "keys.toml") == Keymap()


def test_the_examples_of_the_list_can_be_had(keymap: Written) -> None:
    assert not keymap("\n".join(EXAMPLES)).problems


async def test_other_keys_act_and_the_usual_ones_do_not(keymap: Written) -> None:
    chosen = keymap("odds = ['alt+ö', 'ctrl+alt+e']\ntoml = ['f13']\nhelp = ['f2']\nform = ['f1']")
    assert not chosen.problems
    async with driven(new_app(keymap=chosen), NARROW) as pilot:
        screen = workspace(pilot)
        await press(pilot, "f4")
        assert screen.view == "form"
        await press(pilot, "alt+ö")  # though a field has the focus, which letters are typed into
        assert screen.view == "odds"
        await press(pilot, "f1")
        assert screen.view == "form"
        await press(pilot, "f13")
        assert screen.view == "text"
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_help_bars_and_texts_show_the_keys_as_they_are(keymap: Written) -> None:
    chosen = keymap("run = ['f9', 'ctrl+alt+e']\nnext_error = 'shift+f9'\nodds = 'alt+shift+o'")
    async with driven(new_app(keymap=chosen), NARROW) as pilot:
        screen = workspace(pilot)
        assert shown(screen.query_one(KeyBar)).lstrip().startswith("F9 Run")
        assert "alt+shift+o Odds" in said(screen.query_one(TitleBar))
        await press(pilot, "f1")
        text = " ".join(pilot.app.screen.query_one(HelpText).render().plain.split())
        assert "F9, alt+ctrl+e Run: " in text
        assert "shift+F9 Next error: " in text


async def test_a_key_of_one_place_is_another_one_there_and_in_its_bar(
    keymap: Written, configuration: Callable[..., Path]
) -> None:
    chosen = keymap("'replay.play' = 'm'\n'replay.next' = ['f7']")
    assert _only_problem(chosen).startswith("keys.toml:2")  # it turns pages of the form
    chosen = keymap("'replay.play' = 'm'\n'replay.next' = ['.']")
    path = configuration("[simulation]\nrandom_seed = 5\n")
    async with driven(new_app(path, keymap=chosen)) as pilot:
        await pilot.press("alt+shift+r")
        await until(pilot, lambda: getattr(pilot.app.screen, "is_explained", False))
        await quiet(pilot)
        replay = pilot.app.screen
        assert "m Play" in said(replay.query_one(KeyBar))
        before = replay.sight.hand
        await pilot.press("full_stop", "full_stop")
        await quiet(pilot)
        assert replay.sight.hand > before


async def test_what_is_wrong_is_told_and_the_rest_is_heeded(keymap: Written) -> None:
    chosen = keymap("rum = 'f5'\nodds = 'ctrl+alt+e'\n'runs.opn' = 'o'")
    async with driven(new_app(keymap=chosen)) as pilot:
        (note,) = pilot.app._notifications
        assert note.title == "Keys that are as usual, since the file is wrong"
        assert "keys.toml:1: rum: no command is called so" in note.message
        assert "keys.toml:3: runs.opn: nothing is called so" in note.message
        await press(pilot, "alt+ctrl+e")
        assert workspace(pilot).view == "odds"


def test_a_binding_of_every_name_is_found_by_it() -> None:
    for name, command in COMMANDS.items():
        keys = tuple(each.key for each in Binding.make_bindings([command.binding]))
        assert (command.binding.id, keys) == (name, command.keys)


def _list(monkeypatch: pytest.MonkeyPatch, folder: Path, *arguments: str) -> Callable[[], int]:
    monkeypatch.setattr("let_it_ride.files.config_directory", lambda: folder)
    return lambda: main(["keys", *arguments])


def test_the_list_fits_a_terminal_and_has_every_name_with_its_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "keys.toml").write_text("run = ['f9', 'ctrl+]']\nnext_error = 'f5'\nchart = 'f13'")
    assert _list(monkeypatch, tmp_path)() == 0
    lines = capsys.readouterr().out.splitlines()
    assert str(tmp_path / "keys.toml") in lines[0]
    assert max(map(len, lines[1:])) <= 80
    names = {line[4:].split()[0].strip('"') for line in lines if line[4:5] not in {"", " "}}
    assert names >= {*COMMANDS, *local_keys()}
    (run,) = (line for line in lines if line.startswith("  * run "))
    assert run.split()[2:5] == ["f9,", "ctrl+]", "Play"]


def test_the_list_is_told_to_programs_too_and_ends_with_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "keys.toml").write_text("odds = 'f13'\nvim = false\n'runs.open' = 'r'")
    assert _list(monkeypatch, tmp_path, "--json")() == 2
    told = capsys.readouterr()
    listed = json.loads(told.out)
    assert listed["vim"] is False
    odds = next(each for each in listed["everywhere"] if each["name"] == "odds")
    assert (odds["keys"], odds["usual_keys"]) == (["f13"], ["f4", "alt+j"])
    assert {each["name"] for each in listed["in_one_place"]} == set(local_keys())
    (problem,) = listed["problems"]
    assert problem in told.err
    assert 'keys.toml:3: runs.open: "r" is a key of runs.resume' in problem


async def test_what_is_said_in_words_names_the_keys_as_they_are(keymap: Written) -> None:
    chosen = keymap("'runs.resume' = 'z'\n'path.complete' = 'f13'\n'vary.pick' = 'f14'")
    assert not chosen.problems
    history = ScriptedHistory(Path("kept"), kept.SOME)
    async with driven(new_app(keymap=chosen, history=history)) as pilot:
        await pilot.press("alt+a")
        await quiet(pilot)
        unfinished = next(
            place for place, run in enumerate(kept.SOME) if run.state is RunState.UNFINISHED
        )
        await pilot.press(*["down"] * unfinished)
        await quiet(pilot)
        assert "z goes on with it" in said(pilot.app.screen.query_one("#about"))
        await pilot.press("escape", "alt+v")
        await quiet(pilot)
        assert "f14 finds a setting" in dialog_text(pilot).lower()
        await pilot.press("escape", "f12")
        await quiet(pilot)
        assert "f13 completes, enter saves" in dialog_text(pilot).lower()
