"""Values by path, types that are changed, paths that are typed, and what is kept between starts."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from let_it_ride.tui.editing import recollection
from let_it_ride.tui.editing.choosing import TypeMemory
from let_it_ride.tui.editing.folders import completed, in_folder_of, list_folder, readable
from let_it_ride.tui.editing.outline import (
    all_rows,
    pages,
    path_with_types,
    problems_by_row,
    rows_of_page,
)
from let_it_ride.tui.editing.session import Saved, Session, line_of, peeked, text_for
from let_it_ride.tui.editing.settings import described
from let_it_ride.tui.editing.state import State, checked, read
from let_it_ride.tui.editing.values import MISSING, value_at, with_value

SYSTEM = ("bankroll", "betting_system")
VALUES = st.recursive(
    st.integers(),
    lambda inner: (
        st.dictionaries(st.sampled_from("abc"), inner, max_size=3) | st.lists(inner, max_size=3)
    ),
    max_leaves=6,
)
PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(tuple)


@given(st.dictionaries(st.sampled_from("abc"), VALUES), PATHS, st.integers())
def test_a_value_that_is_put_in_is_there_and_the_original_is_as_it_was(
    values: dict[str, object], path: tuple[str, ...], value: int
) -> None:
    before = json.dumps(values)
    changed = with_value(values, path, value)
    assert value_at(changed, path) == value
    assert value_at(with_value(changed, path, MISSING), path) is MISSING
    assert json.dumps(values) == before


def test_an_emptied_table_goes_but_not_from_a_list() -> None:
    assert with_value({"a": {"b": {"c": 1}}}, ("a", "b", "c"), MISSING) == {}
    assert with_value({"a": [{"b": 1}]}, ("a", 0, "b"), MISSING) == {"a": [{}]}


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ((*SYSTEM, "steps", 0, "bet"), (*SYSTEM, "steps", "steps", "bet")),
        ((*SYSTEM, "type"), (*SYSTEM, "steps")),
        (("strategy", "type"), ("strategy", "basic")),
        (
            ("bonus_strategy", "action", "value"),
            ("bonus_strategy", "streak_based", "action", "multiply", "value"),
        ),
        (("bankroll", "base_bet"), ("bankroll", "base_bet")),
    ],
)
def test_a_path_with_types_has_those_of_the_values(
    path: tuple[str | int, ...], named: tuple[str, ...]
) -> None:
    values = {
        "bankroll": {"betting_system": {"type": "steps", "steps": [{}]}},
        "bonus_strategy": {"type": "streak_based"},
    }
    assert path_with_types(path, values) == named


def test_types_share_what_is_the_same_in_both_and_remember_the_rest() -> None:
    union = next(row.field for row in all_rows({}) if row.path == (*SYSTEM, "type"))
    memory = TypeMemory()
    values = memory.with_type({}, union, SYSTEM, "martingale")
    values = with_value(values, (*SYSTEM, "max_bet"), 200)
    values = with_value(values, (*SYSTEM, "at_limit"), "restart")
    values = memory.with_type(values, union, SYSTEM, "paroli")
    assert value_at(values, SYSTEM) == {"type": "paroli", "max_bet": 200}
    values = memory.with_type(values, union, SYSTEM, "proportional")  # its max_bet is another
    assert value_at(values, SYSTEM) == {"type": "proportional"}
    values = memory.with_type(values, union, SYSTEM, "flat")
    assert values == {}
    values = memory.with_type(values, union, SYSTEM, "martingale")
    assert value_at(values, SYSTEM) == {"type": "martingale", "max_bet": 200, "at_limit": "restart"}


def test_every_type_of_everything_can_be_shown_and_is_valid() -> None:
    def unions(values: dict[str, object]) -> list[tuple[tuple[str | int, ...], str]]:
        return [
            (row.path[:-1], choice.name)
            for row in all_rows(values)
            if row.kind == "type"
            for choice in row.field.choices
        ]

    shown = 0
    for path, name in unions({}):
        values = dict(with_value({}, path, {"type": name}))
        state = checked(values)
        assert state.config is not None, state.problems
        for page in pages():
            shown += len(rows_of_page(page, values))
    assert shown > 1000


def test_problems_are_shown_at_the_nearest_row() -> None:
    state = checked(
        {"bankroll": {"foo": 1, "base_bet": "x", "betting_system": {"type": "no"}}, "strategy": 3}
    )
    page = next(page for page in pages() if page.name == "bankroll")
    placed = problems_by_row(rows_of_page(page, state.values), state.problems)
    assert set(placed) == {
        ("bankroll",),
        ("bankroll", "base_bet"),
        (*SYSTEM, "type"),
        ("strategy",),
    }


def test_an_invalid_state_is_written_as_it_stands() -> None:
    text = "# mine\n[bankroll]\nbase_bet = 5.00  # five\nfoo = 1\n"
    state = checked(with_value(read(text, State()).values, ("bankroll", "base_bet"), "five"))
    assert text_for(text, state) == text.replace("5.00", '"five"')
    assert line_of(text, ("bankroll", "foo")) == 4
    assert line_of(text, ("bankroll", "not", "there")) == 2
    assert line_of(text, ("nowhere",)) is None


def test_a_byte_order_mark_stays() -> None:
    text = "\ufeff[bankroll]\nbase_bet = 5.00\n"
    state = read(text, State())
    assert state.config is not None
    state = checked(with_value(state.values, ("bankroll", "base_bet"), "x"))
    assert text_for(text, state) == text.replace("5.00", '"x"')


def test_a_glance_never_fails(tmp_path: Path) -> None:
    good = tmp_path / "good.toml"
    good.write_text("[bankroll]\nbase_bet = 7\n")
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"\xff = [")
    deep = tmp_path / "deep.toml"
    deep.write_text("a = " + "[" * 10_000)
    large = tmp_path / "large.toml"
    large.write_text("#" * 1_000_000)
    fifo = tmp_path / "fifo.toml"
    os.mkfifo(fifo)
    assert peeked(good).state.values == {"bankroll": {"base_bet": 7}}
    for path in (None, bad, deep, large, fifo, tmp_path, tmp_path / "none.toml"):
        assert peeked(path).state == State()


def test_a_session_knows_whether_it_is_saved() -> None:
    session = Session("a = 1\n", Saved(Path("a.toml"), "a = 1\n", "a = 1\n"))
    assert not session.is_dirty
    session.text = "a = 2\n"
    assert session.is_dirty
    assert session.name == "a.toml"


def test_the_description_is_kept_while_the_models_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recollection, "cache_directory", lambda: tmp_path)
    assert recollection.recalled() is None
    settings = described()
    recollection.keep(settings)
    recalled = recollection.recalled()
    assert recalled is not None
    assert list(map(asdict, recalled)) == list(map(asdict, settings))
    monkeypatch.setattr(recollection, "_fingerprint", lambda: "other models")
    assert recollection.recalled() is None


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "\x00", '{"of": 1', '{"of": "x", "settings": 3}']
)
def test_a_description_that_was_spoilt_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    monkeypatch.setattr(recollection, "cache_directory", lambda: tmp_path)
    monkeypatch.setattr(recollection, "_fingerprint", lambda: "x")
    (tmp_path / "form.json").write_text(content)
    assert recollection.recalled() is None


def test_without_a_place_to_keep_it_the_description_is_made_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(recollection, "cache_directory", lambda: tmp_path / "file" / "cache")
    recollection.keep(described())
    assert recollection.recalled() is None


def test_a_path_is_completed_as_far_as_there_is_no_choice(tmp_path: Path) -> None:
    for name in ("evening-late.toml", "evening-long.toml", "notes.txt", ".hidden.toml"):
        (tmp_path / name).write_text("")
    (tmp_path / "Elsewhere").mkdir()
    typed = f"{tmp_path}/e"
    listing = list_folder(typed)
    assert listing.names == ("Elsewhere/", "evening-late.toml", "evening-long.toml")
    assert completed(f"{tmp_path}/ev", listing.names[1:]) == f"{tmp_path}/evening-l"
    assert in_folder_of(typed, "evening-late.toml") == f"{tmp_path}/evening-late.toml"
    assert list_folder(f"{tmp_path}/.h").names == (".hidden.toml",)
    assert "begins like that" in list_folder(f"{tmp_path}/zzz").note
    assert "No such file" in list_folder(f"{tmp_path}/none/x").note
    assert list_folder("~").names is not None


def test_a_path_is_written_from_here_or_from_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/somebody")
    assert readable(tmp_path / "a" / "b.toml") == "a/b.toml"
    assert readable(Path("/home/somebody/c.toml")) == "~/c.toml"
    assert readable(Path("/etc/d.toml")) == "/etc/d.toml"
    assert readable(Path("e.toml")) == "e.toml"
