"""The description of the settings that forms, help and the reference are drawn from."""

import subprocess
import sys
from decimal import Decimal

import pytest

from let_it_ride.config import FullConfig, describe, describe_model
from let_it_ride.config.bankroll import BankrollConfig
from let_it_ride.config.betting_steps import Step, StepsBetting
from let_it_ride.config.betting_systems import MartingaleBetting
from let_it_ride.config.output import OutputConfig
from let_it_ride.config.section import Section
from let_it_ride.config.simulation import SimulationConfig


def sections(section: type[Section] = FullConfig) -> set[type[Section]]:
    inner = {field.model for field in describe(section) if field.model}
    inner |= {choice.model for field in describe(section) for choice in field.choices}
    return {section}.union(*(sections(model) for model in inner - {None}))


ALL = sorted(sections(), key=lambda section: section.__name__)
EVERY_SECTION = pytest.mark.parametrize("section", ALL, ids=lambda section: section.__name__)


def field(section, name):
    return next(each for each in describe(section) if each.name == name)


def test_every_section_of_the_specification_is_described():
    assert [each.name for each in describe(FullConfig)] == [
        "metadata",
        "simulation",
        "table",
        "dealer",
        "bankroll",
        "strategy",
        "bonus_strategy",
        "paytables",
        "output",
    ]


@EVERY_SECTION
def test_a_section_has_a_label_and_a_sentence(section):
    described = describe_model(section)
    assert described.label[0].isupper() or described.label[0].isdigit()
    assert described.help.endswith(".")
    assert described.model is section


@EVERY_SECTION
def test_a_setting_has_a_label_and_a_sentence_and_says_what_it_allows(section):
    for each in describe(section):
        assert each.label[0].isupper() or each.label[0].isdigit()
        assert not each.label.endswith(".")
        assert each.help.endswith(".")
        assert 10 <= len(each.help) <= 200
        assert each.allowed
        assert each.optional == (each.absent is not None)


@EVERY_SECTION
def test_every_choice_says_what_it_does(section):
    for each in describe(section):
        for choice in each.choices:
            assert choice.help.endswith("."), choice
        names = [choice.name for choice in each.choices]
        assert len(names) == len(set(names))
        if each.kind in {"choice", "union"}:
            assert each.default in names


@EVERY_SECTION
def test_a_number_has_bounds_and_its_default_is_in_them(section):
    for each in describe(section):
        if each.kind in {"money", "number", "integer"}:
            assert each.minimum < each.maximum
            if each.default is not None and not isinstance(each.default, str):
                assert each.minimum <= each.default <= each.maximum


def test_describing_builds_no_validators():
    code = (
        "from let_it_ride.config import FullConfig, describe\n"
        "seen = []\n"
        "def visit(section):\n"
        "    seen.append(section)\n"
        "    for f in describe(section):\n"
        "        for model in [f.model, *(c.model for c in f.choices)]:\n"
        "            if model: visit(model)\n"
        "visit(FullConfig)\n"
        "assert len(seen) > 50\n"
        "assert not any(section.__pydantic_complete__ for section in seen)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_amount_is_money_in_dollars():
    described = field(BankrollConfig, "base_bet")
    assert (described.kind, described.unit, described.default) == ("money", "$", 5)
    assert (described.minimum, described.maximum) == (Decimal("0.01"), 1_000_000)


def test_an_absent_amount_says_what_it_means():
    assert field(Step, "bet").absent == "the base bet"


def test_a_union_tells_the_settings_of_each_type():
    described = field(BankrollConfig, "betting_system")
    martingale = next(choice for choice in described.choices if choice.name == "martingale")
    assert martingale.model is MartingaleBetting
    assert [each.name for each in describe(MartingaleBetting)] == [
        "loss_multiplier",
        "max_progressions",
        "reset_on_win",
        "at_limit",
        "max_bet",
        "driven_by",
    ]


def test_a_list_tells_the_settings_of_its_rows_and_its_default_rows():
    described = field(StepsBetting, "steps")
    assert (described.kind, described.model) == ("list", Step)
    assert (described.minimum, described.maximum) == (1, 4096)
    assert described.default == (Step(),)


def test_a_list_of_words_tells_the_words():
    described = field(OutputConfig, "formats")
    assert [choice.name for choice in described.choices] == ["csv", "json", "parquet", "html"]


def test_a_word_may_stand_for_a_number():
    described = field(SimulationConfig, "workers")
    assert described.kind == "integer"
    assert [choice.name for choice in described.choices] == ["auto"]
