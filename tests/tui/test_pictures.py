"""What every screen and state looks like, in a small terminal and in a usual one."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import pytest
from driving import MEDIUM, NARROW, new_app, settled
from scenes import COMPLETE, SCENES, SCREENS, Scene
from scripted_history import ScriptedHistory
from textual.pilot import Pilot
from textual.screen import Screen

from let_it_ride.tui import screens

if TYPE_CHECKING:
    from let_it_ride.tui.app import LirApp

pytestmark = pytest.mark.slow

Compare = Callable[..., bool]
WIDE = (200, 50)

#: What is laid out otherwise in a narrow terminal or in a tall one.
LAID_OUT = {
    "40x24-bankroll": (40, 24),
    "60x24-bankroll": (60, 24),
    "100x30-bankroll": (100, 30),
    "80x60-bankroll": (80, 60),
    "60x24-replay": (60, 24),
    "60x24-runs": (60, 24),
    "60x24-pictures": (60, 24),
}


@pytest.fixture
def matches(snap_compare: Compare, configuration: Callable[..., Path]) -> Compare:
    """Compares a scene, at a size, with the picture that was taken of it."""

    def compare(
        scene: Scene, size: tuple[int, int], theme: str | None = None, screen: str | None = None
    ) -> bool:
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
            assert screen in {None, type(app.screen).__name__}

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


def test_the_colours_of_the_terminal(matches: Compare) -> None:
    assert matches(COMPLETE, MEDIUM, "terminal")


@pytest.mark.parametrize("name", ["distribution-cumulative", "pictures-of-paths"])
def test_a_plot_in_the_colours_of_the_terminal(matches: Compare, name: str) -> None:
    assert matches(SCENES[name], NARROW, "terminal")


@pytest.mark.parametrize("name", LAID_OUT)
def test_layout(matches: Compare, name: str) -> None:
    assert matches(SCENES[name.partition("-")[2]], LAID_OUT[name])


def test_workspace_complete_80x60(matches: Compare) -> None:
    assert matches(COMPLETE, (80, 60))


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("size", [NARROW, MEDIUM], ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", ["daylight", "contrast"])
def test_screen_in_another_theme(
    matches: Compare, name: str, size: tuple[int, int], theme: str
) -> None:
    assert matches(SCENES[name], size, theme, SCREENS[name])


def test_every_screen_is_among_them() -> None:
    for module in iter_modules(screens.__path__):
        import_module(f"{screens.__name__}.{module.name}")
    of_ours = [each for each in _below(Screen) if each.__module__.startswith(screens.__name__)]
    shown = {each.__name__ for each in of_ours if not set(of_ours) & set(_below(each))}
    assert shown <= set(SCREENS.values())


def _below(kind: type[object]) -> Iterator[type[object]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
