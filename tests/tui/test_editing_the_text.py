"""The text and the form say the same, whichever is changed."""

from collections.abc import Callable
from pathlib import Path

from driving import NARROW, driven, new_app, press, row, settled, shown, workspace, write

from let_it_ride.tui.widgets.toml_editor import TextStatus

START = ("bankroll", "starting_amount")

COMMENTED = """\
# An evening out.
[bankroll]  # what is risked
starting_amount = 500.00  # from the sock drawer

# Nothing but the game.
[bonus_strategy]
type = "never"
"""

LONG = COMMENTED + "".join(f"# line {number}\n" for number in range(40))


async def test_a_change_in_the_form_changes_one_line_of_the_text(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(COMMENTED))) as pilot:
        screen = await write(pilot, "800")
        expected = COMMENTED.replace("500.00", "800.00")
        assert screen.session.text == expected
        assert screen.editor is not None
        assert screen.editor.text == expected


async def test_a_change_in_the_text_shows_in_the_form(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(COMMENTED))) as pilot:
        await press(pilot, "f3", "end", "down", "end", "enter")
        screen = await write(pilot, "base_bet = 25.00")
        assert screen.state.values["bankroll"]["base_bet"] == 25
        screen = await press(pilot, "f2")
        assert row(screen, "bankroll", "base_bet").editor.value == "25.00"


async def test_while_the_text_is_not_toml_the_form_says_so_and_stays_as_it_was(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(COMMENTED))) as pilot:
        screen = await press(pilot, "f3", "down", "down", "home", *"[[")
        assert screen.state.broken is not None
        assert screen.state.broken.line == 3
        assert "✗ line 3: not TOML" in shown(screen.query_one(TextStatus))
        screen = await press(pilot, "f2")
        said = shown(screen.query_one("Form .broken"))
        assert "The text cannot be read" in said
        assert "line 3" in said
        assert row(screen, *START).editor.value == "500.00"
        assert screen.form.current.disabled
        screen = await press(pilot, "f9")  # to the line that is wrong
        assert screen.focused is screen.editor
        assert screen.editor is not None
        assert screen.editor.cursor_location[0] == 2
        screen = await press(pilot, "backspace", "backspace", "f2")
        assert screen.state.broken is None
        assert not screen.form.current.disabled


async def test_undo_takes_back_what_the_form_did_and_the_form_follows(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(COMMENTED))) as pilot:
        await write(pilot, "800")
        screen = await press(pilot, "down")
        await write(pilot, "20")
        screen = await press(pilot, "ctrl+z")
        assert "base_bet" not in screen.session.text
        assert row(screen, "bankroll", "base_bet").editor.value == "5.00"
        screen = await press(pilot, "ctrl+z")
        assert screen.session.text == COMMENTED
        assert row(screen, *START).editor.value == "500.00"
        assert not screen.is_dirty
        screen = await press(pilot, "ctrl+y")
        assert row(screen, *START).editor.value == "800.00"


async def test_undo_says_what_it_took_back_and_goes_there() -> None:
    async with driven(new_app()) as pilot:
        screen = await press(pilot, "down")
        await write(pilot, "250")
        await screen.go_to_section("table")
        for key, told in (
            ("ctrl+z", ("Undone", "Base bet 250.00 → 5.00")),
            ("ctrl+y", ("Redone", "Base bet 5.00 → 250.00")),
        ):
            await screen.go_to_section("table")
            await press(pilot, key)
            assert screen.focused is row(screen, "bankroll", "base_bet").editor
            (note,) = pilot.app._notifications
            assert (note.title, note.message) == told
            pilot.app.clear_notifications()


async def test_undo_in_the_text_takes_back_what_was_typed_there(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(COMMENTED))) as pilot:
        await press(pilot, "f3")
        screen = await write(pilot, "# note ")
        assert screen.session.text.startswith("# note ")
        screen = await press(pilot, "ctrl+z")
        while screen.session.text != COMMENTED:
            before = screen.session.text
            screen = await press(pilot, "ctrl+z")
            assert screen.session.text != before
        assert not screen.is_dirty


async def test_what_is_wrong_in_the_form_stands_in_the_text_as_it_was_typed(
    configuration: Callable[..., Path],
) -> None:
    text = COMMENTED + "unheard_of = 1\n"
    async with driven(new_app(configuration(text))) as pilot:
        screen = await write(pilot, "much")
        assert 'starting_amount = "much"  # from the sock drawer' in screen.session.text
        assert "unheard_of = 1" in screen.session.text
        screen = await press(pilot, "f3")
        assert "1 of 2, F9 goes on" in shown(screen.query_one(TextStatus))


async def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "windows.toml"
    path.write_bytes(COMMENTED.replace("\n", "\r\n").encode())
    async with driven(new_app(path)) as pilot:
        await write(pilot, "800")
        screen = await press(pilot, "ctrl+s")
        assert not screen.is_dirty
    expected = COMMENTED.replace("500.00", "800.00").replace("\n", "\r\n")
    assert path.read_bytes() == expected.encode()


async def test_a_field_that_is_changed_and_reset_leaves_the_text_as_it_was(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(COMMENTED))) as pilot:
        await press(pilot, "down")
        screen = await write(pilot, "8")
        assert "base_bet = 8.00" in screen.session.text
        screen = await write(pilot, "0")
        assert "base_bet = 80.00" in screen.session.text
        screen = await press(pilot, "f10")
        assert screen.session.text == COMMENTED
        assert not screen.is_dirty


async def test_a_cursor_that_moves_before_the_text_has_a_place_scrolls_nothing(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LONG)), NARROW) as pilot:
        screen = workspace(pilot)
        assert screen.editor is not None
        assert not screen.editor.size
        screen.editor.move_cursor((2, 0))
        await press(pilot, "f3")
        assert screen.editor.size.height > 8
        assert screen.editor.scroll_y == 0


async def test_the_cursor_stays_in_sight_when_the_text_has_less_room(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LONG)), NARROW) as pilot:
        screen = await press(pilot, "f3")
        assert screen.editor is not None
        before = screen.editor.size.height
        screen.editor.move_cursor((before - 1, 0))
        await pilot.resize_terminal(80, 20)
        await pilot.pause()
        await settled(pilot)
        row, top = screen.editor.cursor_location[0], screen.editor.scroll_y
        assert screen.editor.size.height < before
        assert top <= row < top + screen.editor.size.height


async def test_keys_lead_to_both_ends_of_the_text(configuration: Callable[..., Path]) -> None:
    async with driven(new_app(configuration(LONG)), NARROW) as pilot:
        screen = await press(pilot, "f3", "ctrl+end", "#")
        assert screen.editor is not None
        assert screen.editor.text == f"{LONG}#"
        await press(pilot, "ctrl+home", "#")
        assert screen.editor.text == f"#{LONG}#"
        assert screen.editor.scroll_y == 0
