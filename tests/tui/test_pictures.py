"""What every screen and state looks like, in a small terminal and in a usual one."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from driving import MEDIUM, NARROW, new_app, settled
from scenes import COMPLETE, REPLAYS, SCENES, Scene
from scripted_history import ScriptedHistory
from textual.pilot import Pilot

if TYPE_CHECKING:
    from let_it_ride.tui.app import LirApp

pytestmark = pytest.mark.slow

Compare = Callable[..., bool]
WIDE = (200, 50)


@pytest.fixture
def matches(snap_compare: Compare, configuration: Callable[..., Path]) -> Compare:
    """Compares a scene, at a size, with the picture that was taken of it."""

    def compare(scene: Scene, size: tuple[int, int], theme: str | None = None) -> bool:
        path = configuration(scene.text) if scene.text is not None else None
        options: dict[str, Any] = {
            name: given for name in ("make_runner", "reopen") if (given := getattr(scene, name))
        }
        history = ScriptedHistory(Path("kept"), scene.kept, scene.going)
        app: LirApp = new_app(path, history=history, **options)

        async def run_before(pilot: Pilot[Any]) -> None:
            await settled(pilot)
            while theme is not None and app.theme != theme:
                app.wardrobe.next()
            await scene.steps(pilot)

        return snap_compare(app, terminal_size=size, run_before=run_before)

    return compare


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("size", [NARROW, MEDIUM], ids=["80x24", "120x40"])
def test_scene(matches: Compare, name: str, size: tuple[int, int]) -> None:
    assert matches(SCENES[name], size)


def test_workspace_complete_80x24(matches: Compare) -> None:
    assert matches(COMPLETE, NARROW)


def test_workspace_complete_120x40(matches: Compare) -> None:
    assert matches(COMPLETE, MEDIUM)


def test_workspace_complete_200x50(matches: Compare) -> None:
    assert matches(COMPLETE, WIDE)


@pytest.mark.parametrize("theme", ["felt", "daylight", "contrast", "terminal"])
def test_theme(matches: Compare, theme: str) -> None:
    assert matches(COMPLETE, MEDIUM, theme)


@pytest.mark.parametrize("theme", ["daylight", "contrast"])
def test_replay_in_another_theme(matches: Compare, theme: str) -> None:
    assert matches(REPLAYS["replay"], NARROW, theme)
