"""What files and their names have in them is shown on the screen, and never obeyed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import MEDIUM, driven, new_app, press, settled
from rich.cells import cell_len
from rich.segment import Segment
from textual.app import App
from textual.color import Color

from failures.laboratory import Laboratory
from let_it_ride.tui.legible import LegibleLines

HOSTILE = "a\x1b[31mb\x9b1m\u202ec\u2066\x07\x7f\u061cd"

FILES = {
    "controls and bidi": HOSTILE,
    "no Unicode": "\udcff\udcfe",
    "a line end": "x\ny",
    "closing markup": "x[/b]",
    "opening markup": "x[red",
    "an action": "[@click=app.bell]x",
}

TEXTS = {
    "no TOML": f"# {HOSTILE}\n",
    "a name": f'[metadata]\nname = "{HOSTILE.encode("unicode_escape").decode()}"\n'.replace(
        "\\x", "\\u00"
    ),
    "bidi as it is": "[metadata]\nname = '\u202e\u2066 [/b] [red]'\n",
    "a key": '["bank\\u001b[31m\\u202e"]\n',
    "a type": "[strategy]\ntype = '[/b] \u202e'\n",
    "a formula": "[bankroll.betting_system]\ntype = 'custom'\nexpression = \"1\\r+ 2\\n\"\n",
    "a wrong formula": "[bankroll.betting_system]\ntype = 'custom'\nexpression = '1 \u202e [/b]'\n",
}


def lines_sent(app: App[int]) -> Iterator[str]:
    """Every line of every screen as it goes to the terminal."""
    for screen in app.screen_stack:
        for strip in screen._compositor.render_strips():
            yield "".join(segment.text for segment in strip)


def nothing_is_obeyed(app: App[int]) -> bool:
    return all(map(str.isprintable, lines_sent(app)))


@pytest.mark.parametrize("name", FILES)
async def test_a_file_can_have_any_name(
    name: str, laboratory: Laboratory, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(f"{FILES[name]}.toml")
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n[bankroll]\nbase_bet = 6\n")
    app = new_app(file)
    async with app.run_test(size=MEDIUM, notifications=True) as pilot:
        screen = await settled(pilot)
        assert screen.session.saved.path == file
        assert nothing_is_obeyed(app)
        for keys in (("f3", "number_sign"), ("ctrl+s",), ("ctrl+o",)):
            await press(pilot, *keys)
            assert nothing_is_obeyed(app)
        assert file.read_text().startswith("#")
        assert [toast.message for toast in app._notifications] == [f"Saved to {file}"]
        laboratory.fuzzed("name of a file in the app")


@pytest.mark.parametrize("text", TEXTS)
async def test_a_file_can_have_anything_in_it(
    text: str, laboratory: Laboratory, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(TEXTS[text])
    app = new_app(file)
    async with driven(app) as pilot:
        screen = await settled(pilot)
        assert screen.session.text == TEXTS[text]
        for key in ("f3", "f9", "f2", "alt+h", "escape"):
            await press(pilot, key)
            assert nothing_is_obeyed(app)
        laboratory.fuzzed("text in the app")


def test_lines_stay_as_wide_as_they_were() -> None:
    for letter in map(chr, range(0x3000)):
        if cell_len(letter) == cell_len(f"a{letter}b") - 2:
            (sent,) = LegibleLines().apply([Segment(f"a{letter}b")], Color(0, 0, 0))
            assert cell_len(sent.text) == cell_len(f"a{letter}b")


def test_what_is_harmless_is_sent_as_it_is() -> None:
    for text in ("♠ A♥ 10♦", "−1,234.50 …", "e\u0301 \u200d \u00a0", "日本"):
        (sent,) = LegibleLines().apply([Segment(text)], Color(0, 0, 0))
        assert sent.text == text
