"""The configurations that come with the program."""

import pytest

from let_it_ride.config import (
    ConfigError,
    FullConfig,
    dump_config,
    parse_config,
    preset_names,
    preset_text,
    update_toml,
)

every_preset = pytest.mark.parametrize("name", preset_names())


def test_there_are_eighteen_presets():
    assert len(preset_names()) == 18


@every_preset
def test_a_preset_is_valid_and_says_what_it_is_for(name):
    config = parse_config(preset_text(name), name)
    assert config.metadata.name
    assert config.metadata.description.endswith(".")


@every_preset
def test_a_preset_can_be_run_in_seconds_by_this_version(name):
    config = parse_config(preset_text(name))
    assert config.simulation.num_sessions <= 1_000_000
    assert config.simulation.num_sessions * config.simulation.hands_per_session <= 100_000_000
    assert config.simulation.generator == "xoshiro256++"
    assert config.simulation.record_hands == 0
    assert config.table.num_seats == 1
    assert config.table.total_rounds is None


def test_presets_show_the_systems_rules_and_formulas_that_can_be_played():
    configs = [parse_config(preset_text(name)) for name in preset_names()]
    systems = {config.bankroll.betting_system.type for config in configs}
    assert systems >= {"flat", "martingale", "paroli", "dalembert", "one_three_two_six", "custom"}
    assert {"custom", "goal"} <= {config.strategy.type for config in configs}
    assert {"combined", "custom"} <= {config.bonus_strategy.type for config in configs}
    assert "paytable_c" in {config.paytables.bonus.type for config in configs}


@every_preset
def test_a_preset_explains_itself(name):
    lines = preset_text(name).splitlines()
    assert lines[0].startswith("# ")
    assert sum(line.lstrip().startswith("#") for line in lines) >= 4
    assert max(map(len, lines)) <= 100


@every_preset
def test_a_preset_keeps_its_text_when_it_is_saved(name):
    text = preset_text(name)
    config = parse_config(text)
    assert update_toml(text, config) == text
    assert parse_config(dump_config(config)) == config


def test_no_two_presets_are_the_same_configuration():
    configs = [parse_config(preset_text(name)) for name in preset_names()]
    plain = {config.model_copy(update={"metadata": FullConfig().metadata}) for config in configs}
    assert len(plain) == len(configs)
    assert len({config.metadata.name for config in configs}) == len(configs)


def test_an_unknown_preset_suggests_the_nearest():
    with pytest.raises(ConfigError, match=r"did you mean first-evening\?"):
        preset_text("first_evning")


@pytest.mark.parametrize("name", ["", "../first-evening", "first-evening.toml", "\0"])
def test_only_the_name_of_a_preset_is_one(name):
    with pytest.raises(ConfigError):
        preset_text(name)
