"""Three themes that can be read by everybody, and clear words for a file that is none."""

from pathlib import Path

import pytest
from driving import driven, new_app, press, quiet, workspace
from rich.color import ANSI_COLOR_NAMES
from terminal_palettes import DARK, LIGHT, Palette
from textual.color import Color

from let_it_ride.tui import themes as themes_module
from let_it_ride.tui.app import LirApp
from let_it_ride.tui.map_styles import map_styles
from let_it_ride.tui.remembered import remember_theme
from let_it_ride.tui.themes import ThemeError, load_theme, shipped_themes

INKS = ("foreground", "muted", "primary", "secondary", "accent", "success", "warning", "error")

#: The sixteen colours of terminals, as Rich calls them.
_NAMED = {f"color({number})" for number in range(16)} | set(list(ANSI_COLOR_NAMES)[:16])

THEMES = {file.stem: load_theme(file) for file in shipped_themes()}


def _contrast(one: str, other: str) -> float:
    """The ratio of the luminances of two colours, as WCAG 2 has it."""

    def luminance(text: str) -> float:
        channels = (each / 255 for each in Color.parse(text).rgb)
        linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_there_are_a_dark_a_light_and_a_high_contrast_theme_and_the_terminals() -> None:
    assert list(THEMES) == ["felt", "daylight", "contrast", "terminal", "terminal-light"]
    assert [theme.dark for theme in THEMES.values()] == [True, False, True, True, False]
    assert [theme.is_the_terminals for theme in THEMES.values()] == [False] * 3 + [True] * 2


@pytest.mark.parametrize("name", ["felt", "daylight", "contrast"])
def test_everything_written_can_be_read(name: str) -> None:
    theme = THEMES[name]
    least = 7.0 if name == "contrast" else 4.5
    for ground in ("background", "surface", "panel"):
        for ink in INKS:
            ratio = _contrast(getattr(theme.colors, ink), getattr(theme.colors, ground))
            assert ratio >= least, (ink, ground, ratio)
    for part in ("table", "key", "text", "number", "word", "comment"):
        assert _contrast(getattr(theme.syntax, part), theme.colors.background) >= least, part


@pytest.mark.parametrize(
    ("name", "palette"),
    [
        *(pytest.param("terminal", each, id=f"dark {name}") for name, each in DARK.items()),
        *(pytest.param("terminal-light", each, id=f"light {name}") for name, each in LIGHT.items()),
    ],
)
def test_the_terminals_own_colours_can_be_read_in_usual_schemes(
    name: str, palette: Palette
) -> None:
    theme = THEMES[name]
    made = theme.to_theme(name).variables

    def ratio(ink: str, ground: str) -> float:
        return _contrast(palette.shown(ink), palette.shown(ground, is_ground=True))

    inks = {getattr(theme.colors, ink) for ink in INKS} | set(theme.syntax)
    for ink in inks:
        for ground in ("background", "surface"):
            assert ratio(ink, getattr(theme.colors, ground)) >= 3.2, (ink, ground)
        for ground in (theme.colors.panel, made["primary-muted"], made["selected"]):
            assert ratio(ink, ground) >= 2.6, (ink, ground)
    assert ratio(made["block-cursor-foreground"], theme.colors.primary) >= 3.2


async def test_the_terminal_gets_its_own_colours_and_its_own_ground() -> None:
    remember_theme("terminal")
    app = new_app()
    async with driven(app) as pilot:
        assert _paints(app) <= {"default", *_NAMED}
        assert "default" in _paints(app)
        for keys in (("f1",), ("escape", "ctrl+n"), ("escape", "f11"), ("escape", "f3")):
            await press(pilot, *keys)
            assert _paints(app) <= {"default", *_NAMED}, keys
        app.wardrobe.wear("felt")
        await quiet(pilot)
        assert not _paints(app) & {"default", *_NAMED}


async def test_a_ground_can_be_seen_through_under_colours_of_a_themes_own(tmp_path: Path) -> None:
    text = next(file for file in shipped_themes() if file.stem == "daylight").read_text()
    file = tmp_path / "clear.toml"
    file.write_text(text.replace('background = "#f7f4ea"', 'background = "transparent"'))
    theme = load_theme(file)
    assert theme.is_the_terminals
    muted = theme.to_theme("clear").variables["primary-muted"]
    assert _contrast(theme.colors.foreground, muted) >= 4.5


def _paints(app: LirApp) -> set[str]:
    """The names of all colours that are sent to the terminal."""
    return {
        color.name
        for strip in app.screen._compositor.render_strips()
        for text, style, _ in strip
        if style is not None
        for color in (style.color if text.strip() else None, style.bgcolor)
        if color is not None
    }


@pytest.mark.parametrize("name", ["felt", "daylight", "contrast"])
def test_cells_of_a_map_differ_in_lightness_and_can_be_read(name: str) -> None:
    theme = THEMES[name]
    cells = [style.split(" on ") for style in map_styles(theme.to_theme(name))]
    assert all(_contrast(ink, ground) >= 4.5 for ink, ground in cells)
    seen = [_contrast(ground, theme.colors.panel) for _, ground in cells]
    assert len(seen) == 10
    assert seen == sorted(set(seen))
    assert seen[-1] >= 4.5


@pytest.mark.parametrize(
    ("name", "palette"),
    [
        *(("terminal", each) for each in DARK.values()),
        *(("terminal-light", each) for each in LIGHT.values()),
    ],
)
def test_cells_of_a_map_are_in_the_terminals_own_colours(name: str, palette: Palette) -> None:
    for style in map_styles(THEMES[name].to_theme(name)):
        ink, _, ground = style.removeprefix("bold").strip().partition("on ")
        shown = palette.shown(ink.strip() or "ansi_default")
        assert _contrast(shown, palette.shown(ground or "transparent", is_ground=True)) >= 2.6


@pytest.mark.parametrize("name", ["felt", "daylight", "contrast"])
def test_lines_on_the_bands_of_paths_can_be_read(name: str) -> None:
    theme = THEMES[name]
    made = theme.to_theme(name).variables
    assert _contrast(theme.colors.accent, made["fan-inner"]) >= 3
    for ground in ("fan-inner", "fan-outer"):
        assert _contrast(theme.colors.foreground, made[ground]) >= 4.5
        assert made[ground].lower() != theme.colors.background


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
        ('[colors]\nmuted = "transparent"', "colors.muted: nothing would be seen of it"),
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
