"""Writing a configuration: nothing a person wrote is lost, and it means what it should."""

import random
import time

import pytest
from arbitrary_configs import config_data, configs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from toml_styles import styled

from let_it_ride.config import (
    ConfigError,
    FullConfig,
    dump_config,
    edit_toml,
    load_config,
    parse_config,
    save_config,
    toml_edit,
    update_toml,
    validate_mapping,
)
from let_it_ride.config.paths import value_at
from let_it_ride.config.saving import as_table
from let_it_ride.files import FileError

thorough = settings(
    derandomize=True, deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow]
)

EXAMPLE = """\
# My Saturday game.

[bankroll]
# what I bring
starting_amount = 500     # dollars
base_bet = 5.0

  [bankroll.betting_system]
  type = "martingale"
  # tripled, not doubled
  loss_multiplier = 3  # three
  max_bet = 200

# the side bet
[bonus_strategy]
type = "bankroll_conditional"
limits = { min_bet = 1, max_bet = 25 }  # the table's
tiers = [
  # at the start
  { min_profit = 0, max_profit = 10 },  # small
  # later
  { min_profit = 10, bet_amount = 2 }  # large
]

[strategy]
type = "custom"
# pairs
[[strategy.bet1_rules]]
when = "has_pair"
action = "ride"  # always
# draws
[[strategy.bet1_rules]]
when = "is_royal_draw"
action = "ride"
"""


def changed(text: str, key: str, value: object) -> str:
    """Return a text updated for one setting of its configuration."""
    data = as_table(parse_config(text), "all")
    *tables, name = key.split(".")
    table = data
    for each in tables:
        table = table[each]
    table[name] = value
    return update_toml(text, validate_mapping(data))


def difference(old: str, new: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and the lines that came."""
    before, after = old.splitlines(), new.splitlines()
    return [line for line in before if line not in after], [
        line for line in after if line not in before
    ]


@thorough
@given(configs())
def test_a_written_configuration_reads_as_itself(config):
    assert parse_config(dump_config(config)) == config


@thorough
@given(configs())
def test_a_configuration_survives_json(config):
    assert FullConfig.model_validate_json(config.model_dump_json()) == config


@thorough
@given(config_data(), st.randoms(use_true_random=False), st.booleans())
def test_a_text_is_not_touched_by_what_it_already_says(data, chance, has_crlf):
    text = styled(data, chance).text
    text = text.replace("\n", "\r\n") if has_crlf else text
    assert update_toml(text, validate_mapping(data)) == text


@thorough
@given(config_data(), configs(), st.randoms(use_true_random=False), st.booleans())
def test_an_updated_text_says_the_new_and_keeps_every_comment_that_still_belongs(
    data, config, chance, has_crlf
):
    old = styled(data, chance)
    text = old.text.replace("\n", "\r\n") if has_crlf else old.text
    new = update_toml(text, config)
    assert parse_config(new) == config
    assert new.count("\r\n") == (new.count("\n") if "\r\n" in text else 0)
    before, after = as_table(validate_mapping(data), "all"), as_table(config, "all")
    for path, comments in old.comments.items():
        place = next((path[:n] for n, part in enumerate(path) if isinstance(part, int)), path)
        is_same_list = place == path or value_at(before, place) == value_at(after, place)
        for comment in comments:
            if value_at(after, place) is None:
                assert comment not in new
            elif is_same_list:
                assert comment in new


@thorough
@given(config_data(), configs(), st.randoms(use_true_random=False))
def test_a_text_with_wrong_settings_is_set_right(data, config, chance: random.Random):
    lines = styled(data, chance).text.splitlines(keepends=True)
    wrong = ["zzz = 1\n", "[zzz]\n", "bankroll = 5\n", "[[table]]\n", "steps = [1, {a = 1}]\n"]
    wrong += ["type = 5\n", "[simulation.num_sessions.a]\n", "[strategy]\ntype = 'custom'\n"]
    for _ in range(3):
        lines.insert(chance.randint(0, len(lines)), chance.choice(wrong))
    text = "".join(lines)
    if is_toml(text):
        assert parse_config(update_toml(text, config)) == config


def is_toml(text):
    try:
        update_toml(text, FullConfig())
    except ConfigError:
        return False
    return True


def test_only_what_was_said_or_differs_is_written():
    config = FullConfig(
        bankroll={"base_bet": 5, "bet_increment": None},
        strategy={"type": "optimal"},
        bonus_strategy={"limits": {"max_bet": 30}},
    )
    assert dump_config(config) == (
        "[bankroll]\nbase_bet = 5.00\n\n"
        '[strategy]\ntype = "optimal"\n\n'
        '[bonus_strategy]\ntype = "never"\n\n'
        "[bonus_strategy.limits]\nmax_bet = 30.00\n"
    )
    assert dump_config(FullConfig()) == ""


def test_rows_are_written_in_full_with_a_line_for_each():
    steps = [{"bet": 5, "loss": 2}, {"bet": 12.5}]
    config = FullConfig(bankroll={"betting_system": {"type": "steps", "steps": steps}})
    assert dump_config(config) == (
        '[bankroll.betting_system]\ntype = "steps"\nsteps = [\n'
        "    { bet = 5.00, win = 1, loss = 2 },\n"
        "    { bet = 12.50, win = 1, loss = 1 },\n]\n"
    )


def test_a_changed_value_keeps_its_line():
    went, came = difference(EXAMPLE, changed(EXAMPLE, "bankroll.starting_amount", 750))
    assert went == ["starting_amount = 500     # dollars"]
    assert came == ["starting_amount = 750.00     # dollars"]


def test_another_type_takes_the_settings_of_the_old_one_along_with_their_comments():
    system = {"type": "paroli", "max_bet": 200, "wins_before_reset": 4}
    went, came = difference(EXAMPLE, changed(EXAMPLE, "bankroll.betting_system", system))
    assert went == [
        '  type = "martingale"',
        "  # tripled, not doubled",
        "  loss_multiplier = 3  # three",
    ]
    assert came == ['  type = "paroli"', "  wins_before_reset = 4"]


def test_a_setting_is_added_after_those_that_come_before_it():
    new = changed(EXAMPLE, "bankroll.bet_increment", 1)
    assert "base_bet = 5.0\nbet_increment = 1.00\n\n" in new


def test_a_table_is_added_after_the_table_that_it_belongs_to():
    new = changed(EXAMPLE, "bankroll.stop_conditions", {"win_limit": 100})
    assert "base_bet = 5.0\n\n[bankroll.stop_conditions]\nwin_limit = 100.00\n\n" in new


def test_a_table_in_braces_is_added_to_in_braces():
    limits = {"min_bet": 2, "max_bet": 25, "increment": 2}
    new = changed(EXAMPLE, "bonus_strategy.limits", limits)
    assert "limits = { min_bet = 2.00, max_bet = 25, increment = 2.00 }  # the table's" in new


@pytest.mark.parametrize(
    ("tiers", "gone", "come"),
    [
        ([1], ["  { min_profit = 0, max_profit = 10 },  # small"], []),
        ([0], ["  { min_profit = 10, bet_amount = 2 }  # large"], []),
        (
            [0, 1, 0],
            ["  { min_profit = 10, bet_amount = 2 }  # large"],
            ["  { min_profit = 10, bet_amount = 2 },  # large"],
        ),
    ],
)
def test_rows_of_a_list_come_and_go_with_the_comments_beside_them(tiers, gone, come):
    rows = as_table(parse_config(EXAMPLE), "all")["bonus_strategy"]["tiers"]
    new = changed(EXAMPLE, "bonus_strategy.tiers", [rows[index] for index in tiers])
    went, came = difference(EXAMPLE, new)
    assert went == gone
    assert came[: len(come)] == come


def test_tables_of_a_list_come_and_go_with_their_comments():
    rules = as_table(parse_config(EXAMPLE), "all")["strategy"]["bet1_rules"]
    without_pairs = changed(EXAMPLE, "strategy.bet1_rules", rules[1:])
    assert "# pairs" not in without_pairs
    assert "# draws\n[[strategy.bet1_rules]]\nwhen" in without_pairs
    added = {"when": "default", "action": "pull"}
    with_more = changed(EXAMPLE, "strategy.bet1_rules", [rules[0], added, rules[1]])
    assert difference(EXAMPLE, with_more)[0] == []
    assert '# always\n\n[[strategy.bet1_rules]]\nwhen = "default"' in with_more


def test_the_comment_at_the_top_of_a_text_stays_when_the_first_table_goes():
    text = "# my file\n[bonus_strategy]\nearly = 1\n[zzz]\na = 1\n"
    assert update_toml(text.replace("bonus_strategy", "yyy"), FullConfig()) == "# my file\n"


def test_comments_that_stand_by_themselves_stay_when_the_tables_around_them_go():
    text = "# top\n[zzz]\na = 1\n# of zzz\n\n# -- play --\n\n# of yyy\n[yyy]\n\n# end\n"
    assert update_toml(text, FullConfig()) == "# top\n\n# -- play --\n\n# end\n"


def test_a_whole_number_written_with_a_point_is_written_without():
    text = "[simulation]\nnum_sessions = 10.0  # few\n"
    config = FullConfig(simulation={"num_sessions": 10})
    assert update_toml(text, config) == "[simulation]\nnum_sessions = 10  # few\n"


@pytest.mark.parametrize("value", ["10", "10.0", "10.00", "1e1", "0xa", "1_0", "+10"])
def test_an_amount_that_means_the_same_stays_as_it_is_written(value):
    text = f"bankroll.base_bet={value}"
    config = FullConfig(bankroll={"base_bet": 10}, table={"num_seats": 2})
    assert update_toml(text, config) == f"{text}\n\n[table]\nnum_seats = 2"


def test_keys_with_dots_are_added_to_with_dots():
    text = "bankroll.base_bet = 10 # ten\n\n[table]\n"
    config = FullConfig(bankroll={"base_bet": 10, "stop_conditions": {"win_limit": 50}})
    assert update_toml(text, config) == (
        "bankroll.base_bet = 10 # ten\n"
        "bankroll.stop_conditions = { win_limit = 50.00 }\n\n[table]\n"
    )


def test_a_table_without_a_header_gets_one_for_its_settings():
    text = "# top\n\n# mine\n[bankroll.stop_conditions] # stop\nwin_limit = 50\n"
    config = FullConfig(bankroll={"base_bet": 10, "stop_conditions": {"win_limit": 50}})
    assert update_toml(text, config) == (
        "# top\n\n[bankroll]\nbase_bet = 10.00\n\n"
        "# mine\n[bankroll.stop_conditions] # stop\nwin_limit = 50\n"
    )


def test_text_of_several_lines_is_kept_and_set():
    text = '[metadata]\nname = "x"\ndescription = """\none\ntwo"""\n'
    config = parse_config(text)
    assert update_toml(text.replace("x", "y"), config) == text
    longer = FullConfig(metadata={"description": "a\r\nb\nc"})
    assert parse_config(update_toml(text, longer)) == parse_config(dump_config(longer)) == longer


def test_a_text_follows_values_that_are_no_configuration():
    text = "# mine\n[bankroll]\nbase_bet = nan # none\nzzz = 1\n"
    values = {"bankroll": {"base_bet": "much", "zzz": 1, "a b": [{}]}, "": {"x": {}}}
    assert edit_toml(text, values) == (
        '# mine\n[bankroll]\nbase_bet = "much" # none\nzzz = 1\n"a b" = [\n    {},\n]\n\n["".x]\n'
    )


def test_a_list_keeps_its_commas_where_a_comment_follows_the_last_element():
    text = '[output]\nformats = [\n  "csv"\n  # end\n]  # all\n'
    new = update_toml(text, FullConfig(output={"formats": ["csv", "json"]}))
    assert new == '[output]\nformats = ["csv", "json"]  # all\n'


SECTIONS = "# top\n\n# one\n[table]\nnum_seats = 2 # two\n\n[bankroll]\nbase_bet = 5 # five\n"
WITH_A_BET = FullConfig(table={"num_seats": 2}, bankroll={"base_bet": 10})


@pytest.mark.parametrize("outcome", ["[table", "", "[table]\nnum_seats = 2\n", IndexError()])
def test_what_tomlkit_gets_wrong_is_written_anew_section_by_section(monkeypatch, outcome):
    monkeypatch.setattr(toml_edit, "_edited", returning(outcome))
    assert update_toml(SECTIONS, WITH_A_BET) == (
        "# top\n\n# one\n[table]\nnum_seats = 2 # two\n\n[bankroll]\nbase_bet = 10.00\n"
    )


def test_what_tomlkit_cannot_read_is_written_anew_below_the_comment_at_the_top(monkeypatch):
    monkeypatch.setattr(toml_edit.tomlkit, "parse", returning(RecursionError()))
    assert update_toml(SECTIONS, WITH_A_BET) == (
        "# top\n\n[table]\nnum_seats = 2\n\n[bankroll]\nbase_bet = 10.00\n"
    )


def returning(outcome):
    def stand_in(*_args):
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return stand_in


@pytest.mark.parametrize(
    "text",
    [
        "# top\n" + "# more\n\n" * 100_000,
        "# top\n" + "".join(f"[a{i % 2}.b{i}]\nx = 1\n" for i in range(500)),
        "# top\n" + "".join(f"[[a.b]]\n[x{i}]\n" for i in range(500)),
        "# top\n" + "a = [" + "# x\n" * 20_000 + "]\n",
        "# top\na = " + "[" * 7 + "]" * 7 + "\n",
    ],
    ids=lambda text: f"{text[:30]!r}...",
)
def test_a_text_that_nobody_wrote_by_hand_is_updated_in_a_moment(text):
    began = time.process_time()
    new = update_toml(text, WITH_A_BET)
    assert time.process_time() - began < 20
    assert parse_config(new) == WITH_A_BET
    assert new.startswith("# top\n")


@pytest.mark.parametrize("text", ["a = " + "[" * 10_000, ".".join("a" * 10_000) + " = 1"])
def test_a_text_that_is_nested_too_deeply_is_not_updated(text):
    with pytest.raises(ConfigError, match=r"nested too deeply|too many parts"):
        update_toml(text, FullConfig())


def test_a_text_that_is_not_toml_is_not_updated():
    with pytest.raises(ConfigError, match=r"my\.toml:1: not TOML"):
        update_toml("= 1", FullConfig(), "my.toml")


def test_a_saved_configuration_keeps_the_text_of_its_file(tmp_path):
    path = tmp_path / "my.toml"
    config = FullConfig(bankroll={"base_bet": 10})
    save_config(config, path)
    assert path.read_text() == "[bankroll]\nbase_bet = 10.00\n"
    path.write_bytes(b"\xef\xbb\xbf# mine\r\n[bankroll]\r\nbase_bet = 10 # ten\r\n")
    save_config(FullConfig(bankroll={"base_bet": 12}), path)
    assert path.read_bytes() == b"\xef\xbb\xbf# mine\r\n[bankroll]\r\nbase_bet = 12.00 # ten\r\n"
    assert load_config(path).bankroll.base_bet == 12


def test_a_file_that_is_not_toml_is_not_overwritten(tmp_path):
    path = tmp_path / "letter.toml"
    path.write_text("Dear Sir,\n")
    with pytest.raises(ConfigError, match=r"letter\.toml:1: not TOML"):
        save_config(FullConfig(), path)
    assert path.read_text() == "Dear Sir,\n"


@pytest.mark.parametrize("name", ["missing/my.toml", "\0", "circle.toml", "x" * 300])
def test_where_nothing_can_be_written_an_error_says_so(tmp_path, name):
    (tmp_path / "circle.toml").symlink_to("circle.toml")
    with pytest.raises(FileError, match="cannot be written"):
        save_config(FullConfig(), tmp_path / name)
