"""The themes on the command line."""

from pathlib import Path

import pytest

from let_it_ride import files
from let_it_ride.cli import main
from let_it_ride.tui.themes import load_theme, shipped_themes, theme_files


def test_a_theme_of_ones_own_begins_as_a_copy_and_is_never_overwritten(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["themes", "new", "mine", "--from", "daylight"]) == 0
    file = Path(capsys.readouterr().out.strip())
    assert file == files.user_themes_directory() / "mine.toml"
    assert theme_files()["mine"] == (file,)
    daylight = next(each for each in shipped_themes() if each.stem == "daylight")
    copy = load_theme(daylight)._replace(label="mine", description="Begun as a copy of Daylight.")
    assert load_theme(file) == copy
    assert main(["themes", "new", "mine"]) == 2
    assert "there is a file of this name" in capsys.readouterr().err
    assert load_theme(file) == copy


def test_the_list_has_every_theme_and_what_is_wrong_with_which(
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = files.user_themes_directory()
    folder.mkdir(parents=True)
    (folder / "bad.toml").write_text("label = 1")
    (folder / "felt.toml").write_text("a\x1b = 1")
    assert main(["themes"]) == 0
    said = capsys.readouterr().out
    lines = said.splitlines()
    assert all(map(str.isprintable, lines))
    names = [line.split()[0] for line in lines if not line.startswith(" ")]
    shipped = [file.stem for file in shipped_themes()]
    assert names == ["felt", *shipped, "bad"]  # the broken one, then that which takes its place
    assert "label: not text" in said
    assert str(folder / "bad.toml") in said


def test_the_path_is_where_they_are_looked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["themes", "path"]) == 0
    assert capsys.readouterr().out.strip() == str(files.user_themes_directory())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "a/b"], "a theme cannot be called"),
        (["new", "x", "--from", "no\x1bsuch"], "there is no theme"),
        (["new", "x", "--from", "bad"], "bad.toml: "),
    ],
)
def test_what_cannot_be_made_is_said_in_a_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files.user_themes_directory().mkdir(parents=True)
    (files.user_themes_directory() / "bad.toml").touch()
    assert main(["themes", *arguments]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert all(map(str.isprintable, told.splitlines()))
    assert len(list(files.user_themes_directory().iterdir())) == 1
