"""Three themes that can be read by everybody, and clear words for a file that is none."""

from pathlib import Path

import pytest
from driving import driven, new_app, press, workspace
from textual.color import Color

from let_it_ride.tui import themes as themes_module
from let_it_ride.tui.themes import ThemeError, load_theme, shipped_themes

THEMES = {file.stem: load_theme(file) for file in shipped_themes()}


def _contrast(one: str, other: str) -> float:
    """The ratio of the luminances of two colours, as WCAG 2 has it."""

    def luminance(text: str) -> float:
        channels = (each / 255 for each in Color.parse(text).rgb)
        linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_there_are_a_dark_a_light_and_a_high_contrast_theme() -> None:
    assert list(THEMES) == ["felt", "daylight", "contrast"]
    assert [theme.dark for theme in THEMES.values()] == [True, False, True]


@pytest.mark.parametrize("name", THEMES)
def test_everything_written_can_be_read(name: str) -> None:
    theme = THEMES[name]
    inks = ("foreground", "muted", "primary", "secondary", "accent", "success", "warning", "error")
    least = 7.0 if name == "contrast" else 4.5
    for ground in ("background", "surface", "panel"):
        for ink in inks:
            ratio = _contrast(getattr(theme.colors, ink), getattr(theme.colors, ground))
            assert ratio >= least, (ink, ground, ratio)
    for part in ("table", "key", "text", "number", "word", "comment"):
        assert _contrast(getattr(theme.syntax, part), theme.colors.background) >= least, part


def test_good_and_bad_differ_in_brightness_or_blueness_where_few_colours_are_seen() -> None:
    good, bad = (Color.parse(getattr(THEMES["contrast"].colors, c)) for c in ("success", "error"))
    assert good.b - good.r > 100  # blue
    assert bad.r - bad.b > 100  # orange


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("label = ", "not TOML"),
        ("label = 1", "label: not text"),
        ("foo = 1", "foo: unknown key"),
        ('[colors]\nprimary = "blurple"', "colors.primary: not a colour"),
        ("colors = 3", "colors: not a table"),
        ("[colors]", "colors.primary: missing"),
        ("", "syntax: missing"),
    ],
)
def test_a_file_that_is_no_theme_says_what_is_wrong_and_where(
    tmp_path: Path, content: str, said: str
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(content)
    with pytest.raises(ThemeError) as error:
        load_theme(file)
    assert said in str(error.value)
    assert str(error.value).startswith("mine.toml: ")


async def test_a_bad_theme_is_told_of_and_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("label = 1")
    ours = shipped_themes()
    monkeypatch.setattr(themes_module, "shipped_themes", lambda: (ours[0], bad, ours[1]))
    app = new_app()
    async with driven(app) as pilot:
        assert app.theme == "felt"
        await press(pilot, "ctrl+backslash")
        assert app.theme == "daylight"
        said = [toast.message for toast in app._notifications]
        assert any("bad.toml: label: not text" in each for each in said)
        await press(pilot, "alt+t")
        assert app.theme == "felt"


async def test_a_bad_default_theme_leaves_a_program_that_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "felt.toml"
    bad.write_text("label = 1")
    monkeypatch.setattr(themes_module, "shipped_themes", lambda: (bad,))
    app = new_app()
    async with driven(app) as pilot:
        screen = workspace(pilot)
        assert screen.state.config is not None
        assert any("felt.toml" in toast.message for toast in app._notifications)
        await press(pilot, "f3")  # the text has colours of its own


def test_themes_are_found_in_a_source_tree_and_in_a_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "let_it_ride"
    (package / "tui").mkdir(parents=True)
    (package / "themes").mkdir()
    (package / "themes" / "felt.toml").write_text("")
    monkeypatch.setattr("let_it_ride.tui.themes.__file__", str(package / "tui" / "themes.py"))
    assert [file.parent.parent for file in shipped_themes()] == [package]
