"""What makes a screen the same every time."""

import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import textual
from textual.notifications import Notification
from textual.widgets import Input, TextArea
from textual.widgets._toast import Toast

from let_it_ride.tui import keys
from let_it_ride.tui.screens import layout, live, question


@pytest.fixture(scope="session", autouse=True)
def _pictures_are_only_made_anew_under_the_pinned_textual(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("update_snapshots"):
        return
    project = tomllib.loads((request.config.rootpath / "pyproject.toml").read_text())
    wanted = project["project"]["optional-dependencies"]["test"]
    if f"textual=={textual.__version__}" not in wanted:
        pytest.exit(f"textual {textual.__version__} is not the one the pictures are made with")


@pytest.fixture(autouse=True)
def _nothing_moves_by_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hold the cursor still, keep what passes with time, and keep to a folder of the test's own."""
    monkeypatch.setattr(question, "SECONDS_TO_READ", 0)
    monkeypatch.setattr(keys, "_PATIENCE", 5)
    monkeypatch.setattr(Toast, "_expire", lambda _: None)
    monkeypatch.setattr(Notification, "has_expired", False)
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda _: None)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _waits_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing wait for a person who might type on."""
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 500)
    monkeypatch.setattr(live, "_PAUSE", 0.01)
    monkeypatch.setattr(layout, "_HEAD_START", 0.001)


@pytest.fixture(autouse=True)
def _the_clock_on_the_wall_is_that_of_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have times read the same wherever the tests run."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def configuration(tmp_path: Path) -> Callable[..., Path]:
    """Writes a configuration file and returns its path."""

    def write(text: str, name: str = "evening.toml") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return write
