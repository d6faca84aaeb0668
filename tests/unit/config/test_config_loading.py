"""Reading a configuration: what is wrong is said with its place, and nothing else comes out."""

import copy
import os
import random
import time

import pytest
from arbitrary_configs import config_data
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from toml_styles import styled

from let_it_ride.config import (
    ConfigError,
    FullConfig,
    load_config,
    parse_config,
    validate_mapping,
)
from let_it_ride.config.loading import LARGEST_FILE
from let_it_ride.config.paths import value_at
from let_it_ride.config.toml_places import Places
from let_it_ride.errors import LetItRideError

JUNK = ["[", "]", "[[", "]]", "{", "}", "=", ".", ",", '"', "'", '"""', "'''", "#", "\\", "\\u12"]
JUNK += ["\n", "\r", "\r\n", "\0", "\ufeff", "\ud800", "é", "9" * 5000, "1e" + "9" * 30, "0x", "_"]
JUNK += ["nan", "inf", "5.001", "true", "1979-05-27", "[bankroll]", "[[bankroll]]", "a.b.c = 1"]
JUNK += ["bankroll = 5", "strategy = []", "[bankroll.base_bet]", "type = 3", "type = 'martingale'"]
JUNK += ["[[bankroll.betting_system.steps]]", "steps = [1, {}]"]


def problems(text):
    with pytest.raises(ConfigError) as caught:
        parse_config(text, "my.toml")
    return caught.value.problems


def problems_or_none(text):
    try:
        parse_config(text)
    except ConfigError as error:
        return error.problems
    return ()


def places(text):
    return [(problem.line, problem.key) for problem in problems(text)]


def test_an_empty_text_is_the_default_configuration():
    assert parse_config("") == FullConfig()


def test_a_problem_reads_as_a_sentence_with_its_place():
    text = "[bankroll]\n\n# five\nbase_bet = 5.001\n"
    (problem,) = problems(text)
    assert str(problem) == (
        "my.toml:4: bankroll.base_bet: finer than a cent; found 5.001; allowed: an amount in "
        "dollars, at most two decimals, from 0.01 to 1,000,000.00"
    )


def test_every_problem_is_told_in_the_order_of_the_lines():
    text = """
[simulation]
num_sessions = 0
workers = "none"
[bankroll]
starting_amount = 10
base_bet = 5
bet_increment = 2
stop_conditions.win_limit = "much"
[bankroll.betting_system]
type = "martingal"
[strategy]
ties = "pull"
[extra]
"""
    assert places(text) == [
        (3, "simulation.num_sessions"),
        (4, "simulation.workers"),
        (6, "bankroll.starting_amount"),
        (7, "bankroll.base_bet"),
        (9, "bankroll.stop_conditions.win_limit"),
        (11, "bankroll.betting_system.type"),
        (13, "strategy.ties"),
        (14, "extra"),
    ]


def test_an_error_can_be_copied_and_sent_to_another_process():
    with pytest.raises(LetItRideError) as caught:
        parse_config("[bankroll]\nbase_bet = 0")
    again = copy.copy(caught.value)  # by the protocol that pickle uses
    assert again.problems == caught.value.problems
    assert str(again) == str(caught.value)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("[bankrol]", "bankroll"),
        ("[bankroll]\nbase_bett = 5", "base_bet"),
        ("[bankroll]\nBase-Bet = 5", "base_bet"),
        ("[bankroll]\nwin_limit = 5", "bankroll.stop_conditions.win_limit"),
        ("[betting_system]", "bankroll.betting_system"),
        ('[strategy]\ntype = "Optimal"', "optimal"),
        ('[simulation]\nverify = "ful"', "full"),
        ('[simulation]\nworkers = "Auto"', "auto"),
        ('[output]\nformats = ["cvs"]', "csv"),
        ('[output]\nformats = "csv"', None),
        ("[zzz]", None),
    ],
)
def test_a_close_name_is_suggested(text, suggestion):
    (problem,) = problems(text)
    assert problem.suggestion == suggestion


def test_a_key_of_another_type_names_the_types_that_have_it():
    (problem,) = problems("[bankroll.betting_system]\nwin_multiplier = 2")
    assert problem.line == 2
    assert problem.message == (
        'belongs to type "reverse_martingale" or "paroli", and the type here is "flat"'
    )


def test_what_breaks_a_rule_without_being_written_is_called_a_default():
    text = '[bankroll]\nstarting_amount = 9000\nbase_bet = 600\nbetting_system.type = "paroli"'
    (problem,) = problems(text)
    assert (problem.line, problem.key) == (3, "bankroll.betting_system.max_bet")
    assert problem.found == "500.00, its default"


def test_a_rule_is_not_held_against_a_value_that_is_wrong_itself():
    text = '[bankroll]\nbase_bet = 0\nbetting_system = { type = "paroli", max_bet = 1 }'
    assert places(text) == [(2, "bankroll.base_bet")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("bankroll.base_bet = 0", (1, "bankroll.base_bet")),
        ("\"bankroll\" . 'base_bet' = 0", (1, "bankroll.base_bet")),
        ('"bank\\u0072oll"."base_bet" = 0', (1, "bankroll.base_bet")),
        ("bankroll = { base_bet = 0 }", (1, "bankroll.base_bet")),
        ("[bankroll.stop_conditions]\n[bankroll]\nbase_bet = 0", (3, "bankroll.base_bet")),
        (
            'metadata.description = """\n[bankroll]\nbase_bet = 1\n"""\nbankroll.base_bet = 0',
            (5, "bankroll.base_bet"),
        ),
        (
            "[bankroll.betting_system]\ntype = 'steps'\nsteps = [ # 2\n  {},\n\n  { bet = 0 },\n]",
            (6, "bankroll.betting_system.steps[1].bet"),
        ),
        (
            "[bonus_strategy]\ntype = 'bankroll_conditional'\n[[bonus_strategy.tiers]]\n"
            "[[bonus_strategy.tiers]]\nmin_profit = 2\nmax_profit = 1",
            (6, "bonus_strategy.tiers[1].max_profit"),
        ),
        ("\ufeff[bankroll]\r\n\r\nbase_bet = 0\r\n", (3, "bankroll.base_bet")),
        ("[bankroll]\n[[bankroll.stop_conditions]]", (2, "bankroll.stop_conditions")),
        ("['a b'.\"c\\n\"]", (1, '"a b"')),
    ],
)
def test_a_problem_has_the_line_of_its_key(text, place):
    assert places(text) == [place]


@pytest.mark.parametrize(
    ("text", "line", "allowed"),
    [
        ("[bankroll]\nbase_bet = $5", 2, "a number"),
        ("name = My name", 1, "text"),
        ("[bankroll", 1, "[table]"),
        ("a b = 1", 1, "key = value"),
        ("\nx = 'abc", 2, "quote"),
        ("x = 1 y = 2", 1, "on a line"),
        ("x = [1,\n2", 2, "]"),
        ('p = "C:\\dir"', 1, "single"),
    ],
)
def test_a_text_that_is_not_toml_tells_the_line_and_what_would_be_right(text, line, allowed):
    (problem,) = problems(text)
    assert problem.line == line
    assert allowed in problem.allowed


def test_a_key_given_twice_is_named_with_both_its_lines():
    (problem,) = problems("[bankroll]\nbase_bet = 1\n\nbase_bet = 2\n")
    assert (problem.line, problem.key) == (4, "bankroll.base_bet")
    assert problem.message == "given twice, first on line 2"


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 10_000,
        "a = " + "{a = " * 10_000,
        ".".join("a" * 10_000) + " = 1",
        "[" + ".".join("a" * 500_000) + "]",
        "a = " + "9" * 100_000,
        "a = 0x" + "f" * 100_000,
        "a = 0." + "1" * 100_000,
        "[simulation]\nnum_sessions = " + "9" * 900,
        "[bankroll]\nbase_bet = 1e999999999999999999999",
        "".join(f"[t{index}]\n" for index in range(60_000)),
        "a = [" + "1," * 500_000 + "]",
        'a = "' + "x" * 1_000_000,
        "#" * (LARGEST_FILE + 1),
    ],
    ids=lambda text: f"{text[:12]!r}...",
)
def test_what_nobody_wrote_by_hand_is_refused_in_a_moment(text):
    began = time.process_time()
    (problem,) = problems(text)
    assert len(str(problem)) < 500
    assert time.process_time() - began < 10


def test_no_more_problems_than_anyone_reads_are_told():
    text = "".join(f"key{index} = 1\n" for index in range(10_000))
    assert 100 <= len(problems(text)) <= 1000


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "binary.toml").write_bytes(bytes(range(256)))
    (tmp_path / "large.toml").write_bytes(b"#" * (LARGEST_FILE + 1))
    (tmp_path / "latin.toml").write_bytes(b"# ok\n# caf\xe9\n")
    (tmp_path / "circle.toml").symlink_to("circle.toml")
    os.mkfifo(tmp_path / "pipe.toml")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.toml", "there is no such file"),
        (".", "this is a directory, not a file"),
        ("pipe.toml", "not a file to read"),
        ("/dev/zero", "not a file to read"),
        ("circle.toml", "its symbolic links go round in a circle"),
        ("large.toml/x", "a part of the path is not a directory"),
        ("x" * 300, "the name is too long"),
        ("\0", "no file can have this name"),
        ("\ud800", "no file can have this name"),
        ("binary.toml", "not UTF-8 text; found the byte 0x80"),
        ("latin.toml", "not UTF-8 text; found the byte 0xe9"),
        ("large.toml", "too large for a configuration; allowed: at most 1,048,576 bytes"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_in_one_sentence(folder, name, message):
    with pytest.raises(ConfigError) as caught:
        load_config(folder / name)
    (problem,) = caught.value.problems
    assert problem.message == message
    assert str(caught.value).isprintable()


def test_a_byte_that_is_not_utf8_is_found_on_its_line(folder):
    with pytest.raises(ConfigError) as caught:
        load_config(folder / "latin.toml")
    assert caught.value.problems[0].line == 2


def test_a_file_without_permission_says_so(tmp_path, monkeypatch):
    path = tmp_path / "secret.toml"
    path.write_text("")

    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ConfigError, match="reading it is not permitted"):
        load_config(path)


def test_a_file_is_named_in_its_problems(tmp_path):
    path = tmp_path / "my.toml"
    path.write_text("[bankroll]\nbase_bet = 0\n")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(caught.value).startswith(f"{path}:2: bankroll.base_bet: too small; found 0; ")


def test_plain_data_has_its_problems_by_path_and_no_lines():
    data = {"bankroll": {"betting_system": {"type": "steps", "steps": ({}, {"win": 3})}}}
    with pytest.raises(ConfigError) as caught:
        validate_mapping(data, "the form")
    (problem,) = caught.value.problems
    assert problem.path == ("bankroll", "betting_system", "steps", 1, "win")
    assert problem.text == "no such step; found 3; allowed: one of the steps, 1 to 2"
    assert str(problem).startswith("the form: bankroll.betting_system.steps[1].win: ")


@pytest.mark.parametrize(
    "data", [{1: 2}, {"strategy": {None: 1}}, {"bankroll": {"a": {}}}, 5, None]
)
def test_data_of_no_sense_is_a_problem_and_no_crash(data):
    with pytest.raises(ConfigError):
        validate_mapping(data)


def test_data_that_contains_itself_is_a_problem_and_no_crash():
    data = {}
    data["bankroll"] = data["strategy"] = data
    with pytest.raises(ConfigError):
        validate_mapping(data)


@given(config_data(), st.randoms(use_true_random=False))
@settings(derandomize=True, deadline=None, max_examples=20)
def test_every_key_is_found_on_its_line_in_any_style(data, chance):
    text = styled(data, chance)
    places = Places(text.text)
    lines = text.text.split("\n")
    for path, comments in text.comments.items():
        if not isinstance(value_at(data, path), dict | list | str):
            beside = [c for c in comments if not any(line == f"# {c}" for line in lines)]
            for comment in beside:
                assert lines[places.line_of(path) - 1].endswith(comment)


@given(config_data(), st.randoms(use_true_random=False))
@settings(
    derandomize=True, deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow]
)
def test_nothing_but_problems_comes_of_a_broken_text(data, chance):
    whole = styled(data, chance).text
    assert parse_config(whole) == validate_mapping(data)
    for _ in range(10):
        text = broken(whole, chance)
        lines = range(1, text.count("\n") + 2)
        for problem in problems_or_none(text):
            assert problem.line is None or problem.line in lines
            assert str(problem).isprintable()


def broken(text, chance: random.Random):
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(text))
        end = start + chance.choice([0, 0, 1, 5, 30])
        text = text[:start] + chance.choice(["", *JUNK]) + text[end:]
    return text
