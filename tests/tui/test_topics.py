"""Topics are browsed and searched, from the help and from anywhere."""

import pytest
from driving import NARROW, driven, new_app, press, said, until, workspace, write
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from let_it_ride.config.topics import GROUPS, TOPICS, topic
from let_it_ride.tui.screens.help import HelpScreen
from let_it_ride.tui.screens.topics import TopicsScreen
from let_it_ride.tui.widgets.reference_text import ReferenceText


def listed(pilot: Pilot[int]) -> list[str]:
    """The names of the topics in the list."""
    return [str(each.id) for each in pilot.app.screen.query_one(OptionList).options if each.id]


def title(pilot: Pilot[int]) -> str:
    """The title of the topic whose text is shown."""
    return said(pilot.app.screen.query(".title").only_one(Static))


async def test_every_topic_is_in_the_list_under_its_group_and_its_text_beside_it() -> None:
    async with driven(new_app(), NARROW) as pilot:
        await workspace(pilot).show_setting(("metadata", "name"))
        await press(pilot, "shift+f1")
        assert isinstance(pilot.app.screen, TopicsScreen)
        assert listed(pilot) == list(TOPICS)
        lines = [str(each.prompt) for each in pilot.app.screen.query_one(OptionList).options]
        assert [line for line in lines if not line.startswith(" ")] == list(GROUPS)
        for name in (TOPICS[0], TOPICS[-1], TOPICS[-2]):
            assert title(pilot) == topic(name).title
            parts = pilot.app.screen.query_one(ReferenceText).children
            shown = " ".join(str(part.content) for part in parts if isinstance(part, Static))
            assert all(each.text in shown for each in topic(name).paragraphs)
            await press(pilot, "up")
        await press(pilot, "down", "down", "down")
        assert title(pilot) == topic(TOPICS[0]).title


async def test_words_narrow_the_list_and_are_marked_and_gone_to() -> None:
    async with driven(new_app(), NARROW) as pilot:
        await press(pilot, "shift+f1")
        await write(pilot, "sigterm ctrl+c")
        assert listed(pilot) == ["exit-codes"]
        marked = pilot.app.screen.query("ReferenceText > .-marked").results(Static)
        texts = [str(each.content) for each in marked]
        assert texts == [
            "ctrl+c was pressed (SIGINT).",
            "The program was told to end (SIGTERM).",
        ]
        scroll = pilot.app.screen.query_one("VerticalScroll")
        first = next(iter(pilot.app.screen.query("ReferenceText > .-marked").results(Static)))
        assert scroll.content_region.contains_region(first.region)
        await write(pilot, " zzz")
        assert listed(pilot) == []
        assert not pilot.app.screen.query_one(ReferenceText).children
        pilot.app.screen.query_one(Input).value = ""
        await until(pilot, lambda: listed(pilot) == list(TOPICS))


async def test_the_text_is_scrolled_with_keys_while_the_field_is_typed_in() -> None:
    async with driven(new_app(), NARROW) as pilot:
        await press(pilot, "shift+f1")
        await press(pilot, "pagedown", "pagedown")
        scroll = pilot.app.screen.query_one("VerticalScroll")
        assert scroll.scroll_y > scroll.size.height
        await press(pilot, "pageup", "pageup")
        assert scroll.scroll_y == 0


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (("strategy", "type"), "strategies"),
        (("simulation", "verify"), "equivalence"),
        (("output", "formats"), "exports"),
    ],
)
async def test_the_topic_about_the_setting_is_shown_first(path: tuple[str, ...], name: str) -> None:
    async with driven(new_app()) as pilot:
        await workspace(pilot).show_setting(path)
        await press(pilot, "shift+f1")
        assert title(pilot) == topic(name).title


async def test_the_topic_about_a_screen_is_shown_first() -> None:
    async with driven(new_app()) as pilot:
        await press(pilot, "f11", "shift+f1")
        assert title(pilot) == topic("exact").title


async def test_the_help_leads_to_the_topics_and_escape_back_to_it() -> None:
    async with driven(new_app()) as pilot:
        await workspace(pilot).show_setting(("strategy", "type"))
        await press(pilot, "f1", "t")
        assert title(pilot) == topic("strategies").title
        await press(pilot, "shift+f1")
        assert len(pilot.app.screen_stack) == 3
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
