"""The reference: every setting, found by its names, and the texts that belong to it."""

import json
import re
from importlib.resources import files

import pytest

from let_it_ride.config import FullConfig, describe
from let_it_ride.config.explaining import (
    UnknownNameError,
    every_text,
    explain,
    explain_all,
    explain_settings,
)
from let_it_ride.config.fields import Choice
from let_it_ride.config.index import entries_at, every_entry, find_paths
from let_it_ride.config.topics import GROUPS, TOPICS, texts_of, topic, topics_with, topics_within
from let_it_ride.planning import compile_odds
from let_it_ride.reports.numbers import percent

SYSTEM = "bankroll.betting_system"
VARIABLE_TOPICS = {"expressions", "rules"}
TOPICS_OF_THE_PROGRAM = {"pictures", "themes", "directories", "exit-codes"}


def walk(model=FullConfig, path=()):
    """Yields every setting and type of the models with its path, types among the names."""
    for field in describe(model):
        here = (*path, field.name)
        yield here, field
        if field.model:
            yield from walk(field.model, here)
        for choice in field.choices:
            if choice.model:
                yield (*here, choice.name), choice
                yield from walk(choice.model, (*here, choice.name))


def dotted(paths):
    return [".".join(path) for path in paths]


def about(found):
    """The names of the points of each text."""
    return {
        text.name: [name for each in text.paragraphs for name in each.names] for text in found.texts
    }


def test_every_setting_of_every_type_is_an_entry_exactly_once():
    indexed = [(path, entry.what) for entry in every_entry() for path in entry.paths]
    assert sorted(dotted(path for path, _ in indexed)) == sorted(dotted(dict(walk())))
    assert dict(indexed) == dict(walk())


def test_every_setting_is_found_by_its_path_and_by_its_key_and_by_its_name_alone():
    for entry in every_entry():
        for path in entry.paths:
            assert path in find_paths(".".join(path))
            assert path in find_paths(path[-1])
            if not isinstance(entry.what, Choice):
                assert path in find_paths(".".join(entry.key))


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        (f"{SYSTEM}.steps[2].bet", [f"{SYSTEM}.steps.steps.bet"]),
        (f"{SYSTEM}.type", [SYSTEM]),
        ("paroli.max_bet", [f"{SYSTEM}.paroli.max_bet"]),
        ("bet1_rules.when", ["strategy.custom.bet1_rules.when"]),
        ("when", ["strategy.custom.bet1_rules.when", "strategy.custom.bet2_rules.when"]),
        ("static.amount", ["bonus_strategy.static.amount"]),
        ("table", ["table"]),
    ],
)
def test_names_may_be_left_out(words, paths):
    assert dotted(find_paths(words)) == paths


def test_a_bare_name_means_every_setting_of_that_name():
    keys = {".".join(entry.key) for entry in entries_at(find_paths("max_bet"))}
    assert keys == {f"{SYSTEM}.max_bet", "bonus_strategy.max_bet", "bonus_strategy.limits.max_bet"}


def test_a_type_comes_with_its_own_settings_and_those_it_shares():
    found = explain(f"{SYSTEM}.martingale")
    assert [entry.paths[0][-1] for entry in found.entries] == [
        "martingale",
        "loss_multiplier",
        "max_progressions",
        "reset_on_win",
        "at_limit",
        "max_bet",
        "driven_by",
    ]
    assert all(len(entry.paths) == 1 for entry in found.entries)


def test_a_setting_that_types_share_is_one_entry_unless_it_differs():
    common, differing = sorted(
        explain(f"{SYSTEM}.max_bet").entries, key=lambda entry: -len(entry.paths)
    )
    assert len(common.paths) == 6
    assert dotted(differing.paths) == [f"{SYSTEM}.proportional.max_bet"]
    assert (common.what.default, differing.what.default) == (500, 100)


def test_the_texts_are_those_that_are_there():
    names = {file.name for file in files("let_it_ride.config").joinpath("reference").iterdir()}
    assert names == {f"{name}.md" for name in TOPICS}


@pytest.mark.parametrize("name", TOPICS)
def test_a_text_has_a_title_and_nothing_of_it_is_lost(name):
    text = topic(name)
    file = files("let_it_ride.config").joinpath("reference", f"{name}.md").read_text("utf-8")
    said = [text.title, *(word for each in text.paragraphs for word in (*each.names, each.text))]
    letters = " ".join(said).replace(",", "").replace(":", "").split()
    assert letters == file.replace(",", "").replace(":", "").replace("\n- ", "\n")[2:].split()
    assert max(map(len, file.splitlines())) <= 100


def test_a_topic_is_called_like_no_setting():
    assert not {name for name in TOPICS if find_paths(name)}


def test_every_topic_about_settings_belongs_to_one():
    belonging = {name for path, _ in walk() for name in topics_within(path[:1])}
    belonging |= {text.name for path, _ in walk() for text in texts_of(path)}
    assert set(GROUPS["Settings"]) <= belonging


def test_every_point_is_about_a_setting_that_has_the_text():
    parts = {
        (text.name, part) for path, _ in walk() for text in texts_of(path) for part in path
    } | {("money", "stop_conditions")}
    for text in every_text():
        if text.name not in VARIABLE_TOPICS | TOPICS_OF_THE_PROGRAM:
            names = {(text.name, name) for each in text.paragraphs for name in each.names}
            assert names <= parts


@pytest.mark.parametrize("union", ["bankroll.betting_system", "bonus_strategy"])
def test_every_type_of_a_system_or_bonus_has_a_point_of_its_own(union):
    choices = [path for path, what in walk() if dotted([path[:-1]]) == [union]]
    types = [path for path in choices if isinstance(dict(walk())[path], Choice)]
    assert len(types) >= 8
    for path in types:
        (text,) = texts_of(path)
        assert all(path[-1] in each.names for each in text.paragraphs)


def test_every_strategy_has_a_point_and_its_house_edge_is_that_of_the_round():
    (strategy,) = (what for path, what in walk() if path == ("strategy",))
    told = topic("strategies")
    for choice in strategy.choices:
        text = " ".join(each.text for each in told.about(choice.name).paragraphs)
        edges = re.findall(r"house edge is (\S+ %)", text)
        odds = compile_odds(FullConfig(strategy={"type": choice.name}))
        has_none = choice.name in ("custom", "goal")
        assert edges == ([] if has_none else [percent(odds.house_edge, 6)])


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("bankroll.stop_conditions.win_limit", {"money": ["stop_conditions", "hands_per_session"]}),
        (f"{SYSTEM}.paroli.driven_by", {"betting": ["driven_by", "martingale", "driven_by"]}),
        ("dalembert.unit", {"betting": ["dalembert"]}),
        ("streak_based.action.multiply.value", {"bonus-bets": ["multiply"]}),
        ("bonus_strategy.limits.max_bet", {"bonus-bets": ["limits"]}),
        ("paytables.bonus.paytable_c.reset_amount", {"meter": []}),
        ("strategy.basic", {"strategies": ["basic", "basic"], "rules": ["basic"]}),
        ("strategy.ties", {"strategies": ["optimal", "ties", "optimal", "ties"]}),
        ("metadata.name", {}),
        ("high_cards", {"rules": ["high_cards"]}),
        ("bonus_streak", {"expressions": ["bonus_streak"]}),
    ],
)
def test_of_each_text_there_is_the_part_about_the_setting(name, points):
    assert about(explain(name)) == points


def test_a_formula_comes_with_the_language_and_a_rule_with_the_variables_too():
    assert explain("betting_system.custom.expression").texts[1] == topic("expressions")
    language, strategy, variables = explain("bet1_rules.when").texts
    assert (language, variables) == (topic("expressions"), topic("rules"))
    assert strategy == topic("strategies").about("custom")


def test_a_table_points_to_the_topics_of_what_is_in_it():
    assert explain("bankroll").see_also == ("money", "betting", "expressions")
    assert explain("bonus_strategy").see_also == ("expressions",)
    assert explain("strategy").see_also == ("expressions", "goals", "rules")


def test_a_topic_is_its_text():
    assert explain("money").texts == (topic("money"),)
    assert explain("money").entries == ()


@pytest.mark.parametrize("name", ["exit codes", "Exit-Codes", "exit-codes"])
def test_a_name_may_be_written_as_people_do(name):
    assert explain(name).texts == (topic("exit-codes"),)
    assert explain("Base Bet") == explain("base_bet")


def test_every_setting_comes_without_the_texts_but_with_their_names():
    found = explain_settings()
    assert found.entries == every_entry()
    assert found.texts == ()
    assert found.see_also == GROUPS["Settings"]


def test_topics_are_found_by_words_anywhere_in_them():
    assert [text.name for text in topics_with("SIGTERM")] == ["exit-codes"]
    assert [text.name for text in topics_with("Ville's inequality")] == ["agreement"]
    assert topics_with("SIGTERM chi-square") == ()
    assert topics_with(" ") == every_text()


def test_topics_with_the_words_in_their_titles_go_first():
    found = [text.name for text in topics_with("exit")]
    assert found[0] == "exit-codes"
    assert "agreement" in found[1:]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("max_bat", "max_bet"),
        ("bankroll.base_bett", "bankroll.base_bet"),
        ("moneys", "money"),
        ("Martingal", "martingale"),
        ("suited_card", "suited_cards"),
    ],
)
def test_an_unknown_name_suggests_the_nearest(name, nearest):
    with pytest.raises(UnknownNameError) as caught:
        explain(name)
    assert caught.value.nearest[0] == nearest
    assert f"did you mean {nearest}" in str(caught.value)


def test_an_unknown_name_that_topics_speak_of_says_which():
    with pytest.raises(UnknownNameError) as caught:
        explain("SIGTERM")
    assert caught.value.topics == ("exit-codes",)
    assert "there is something about it in exit-codes" in str(caught.value)


@pytest.mark.parametrize("name", ["", ".", "type", "[]", "\0\x1b[2J", "x" * 100_000, "../money"])
def test_what_is_no_name_is_refused_and_safe_to_show(name):
    with pytest.raises(UnknownNameError) as caught:
        explain(name)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


def test_the_data_has_every_default_and_bound():
    told = json.loads(json.dumps(explain_all().to_json()))
    by_path = {path: each for each in told["settings"] for path in each["paths"]}
    for path, what in walk():
        data = by_path[".".join(path)]
        assert (data["label"], data["help"]) == (what.label, what.help)
        if isinstance(what, Choice):
            assert (data["kind"], data["type"]) == ("type", what.name)
            continue
        assert (data["minimum"], data["maximum"]) == (what.minimum, what.maximum) or (
            what.kind in {"money", "number"}
            and (data["minimum"], data["maximum"]) == (float(what.minimum), float(what.maximum))
        )
        assert (data["unit"], data["absent"], data["allowed"]) == (
            what.unit,
            what.absent,
            what.allowed,
        )
        assert [each["name"] for each in data["choices"]] == [each.name for each in what.choices]
        if what.kind in {"money", "number"} and what.default is not None:
            assert data["default"] == float(what.default)
        elif what.kind != "list":
            assert data["default"] == what.default
    assert [text["topic"] for text in told["texts"]] == list(TOPICS)
