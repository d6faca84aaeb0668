"""The deal table: every deal of a round, gathered into classes, counted and kept."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from let_it_ride.game import deals as module
from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.deals import (
    DEAL_TABLE_SHA256,
    TOTAL_DEALS,
    DealTable,
    deal_table,
    enumerate_deals,
)
from let_it_ride.game.sampling import COLUMNS
from reference.deal_classes import bonus_names, count_deals, deals_by_class
from reference.every_hand import five_card_names
from reference.hands import bonus_hand, main_hand

Change = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def table() -> DealTable:
    return deal_table()


@pytest.fixture
def enumerations(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, table: DealTable) -> list[str]:
    """Each enumeration of `deal_table.__wrapped__()`, whose cache is a fresh folder."""
    made: list[str] = []

    def enumerate_quickly() -> DealTable:
        made.append("enumerated")
        return table

    monkeypatch.setattr(module, "enumerate_deals", enumerate_quickly)
    monkeypatch.setattr(module, "cache_directory", lambda: tmp_path / "cache")
    return made


def kept_file(folder: Path) -> Path:
    (file,) = (folder / "cache").iterdir()
    return file


def test_the_classes_hold_all_deals_of_a_round(table: DealTable):
    assert TOTAL_DEALS == 51_979_200
    assert int(table.weight.sum()) == TOTAL_DEALS
    assert (table.weight > 0).all()


def test_every_class_holds_as_many_deals_as_going_through_all_cards_finds(table: DealTable):
    columns = (table.three_class, table.four_class, table.category, table.bonus_category)
    held = zip(*(column.tolist() for column in columns), strict=True)
    counted = count_deals()
    assert dict(zip(held, table.weight.tolist(), strict=True)) == dict(
        zip(map(tuple, counted.classes.tolist()), counted.weight.tolist(), strict=True)
    )
    assert len(counted.weight) == len(table)


def test_every_class_has_cards_that_make_its_hands(table: DealTable):
    for deal_class, deals in enumerate(deals_by_class()):
        assert deals
        for deal in deals:
            made = main_hand((*deal.own, deal.first, deal.second))
            assert FiveCard(table.category[deal_class]).key == made
            assert ThreeCard(table.bonus_category[deal_class]).key == bonus_hand(deal.own)


def test_each_five_card_hand_is_dealt_in_20_ways(table: DealTable):
    deals = np.bincount(table.category, weights=table.weight)
    assert deals.tolist() == (20 * np.bincount(five_card_names())).tolist()


def test_each_three_card_hand_is_followed_in_2352_ways(table: DealTable):
    deals = np.bincount(table.bonus_category, weights=table.weight)
    assert deals.tolist() == (49 * 48 * np.bincount(bonus_names())).tolist()


def test_the_counts_by_class_of_start_and_of_four_cards_are_those_of_their_deals(table: DealTable):
    for counts, of in (
        (table.three_card_counts, table.three_class),
        (table.four_card_counts, table.four_class),
    ):
        for row in range(len(counts)):
            inside = of == row
            by_category = [
                int(table.weight[inside & (table.category == category)].sum())
                for category in FiveCard
            ]
            assert counts[row].tolist() == by_category


def test_33_situations_on_four_cards_follow_59_starts_in_424_ways(table: DealTable):
    rivers = 48 * table.four_card_counts / table.four_card_counts.sum(axis=1, keepdims=True)
    situations, situation = np.unique(rivers.round().astype(int), axis=0, return_inverse=True)
    assert len(situations) == 33

    leads_to = np.zeros((len(table.three), 33))
    np.add.at(leads_to, (table.three_class, situation.reshape(-1)[table.four_class]), table.weight)
    leads_to = (49 * leads_to / leads_to.sum(axis=1, keepdims=True)).round().astype(int)
    bonus = np.zeros(len(table.three), dtype=int)
    bonus[table.three_class] = table.bonus_category

    starts = np.unique(leads_to, axis=0)
    with_bonus = np.unique(np.column_stack([bonus, leads_to]), axis=0)
    assert (len(starts), np.count_nonzero(starts)) == (51, 372)
    assert (len(with_bonus), np.count_nonzero(with_bonus[:, 1:])) == (59, 424)


def test_there_is_a_column_of_the_alias_table_for_every_class(table: DealTable):
    assert len(table) <= COLUMNS


def test_going_through_all_deals_gives_the_very_table_that_the_code_names():
    assert hashlib.sha256(enumerate_deals().to_bytes()).hexdigest() == DEAL_TABLE_SHA256


def test_a_table_is_read_back_from_its_bytes_whole(table: DealTable):
    again = DealTable.from_bytes(table.to_bytes())
    for name in ("three_class", "four_class", "category", "bonus_category", "weight"):
        np.testing.assert_array_equal(getattr(again, name), getattr(table, name))
        assert getattr(again, name).dtype == getattr(table, name).dtype == np.int64
    np.testing.assert_array_equal(again.three.features, table.three.features)
    np.testing.assert_array_equal(again.four.features, table.four.features)
    assert again.to_bytes() == table.to_bytes()


def test_another_table_has_other_bytes(table: DealTable):
    assert replace(table, weight=table.weight[::-1]).to_bytes() != table.to_bytes()


def test_a_table_that_was_not_kept_is_enumerated_and_kept(
    enumerations: list[str], tmp_path: Path, table: DealTable
):
    assert deal_table.__wrapped__().to_bytes() == table.to_bytes()
    assert enumerations == ["enumerated"]
    assert kept_file(tmp_path).read_bytes() == table.to_bytes()


def test_a_kept_table_is_read_and_not_enumerated(enumerations: list[str], table: DealTable):
    deal_table.__wrapped__()
    assert deal_table.__wrapped__().to_bytes() == table.to_bytes()
    assert enumerations == ["enumerated"]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:0],
        lambda data: data[:-1],
        lambda data: data[:100],
        lambda data: data + b"\0",
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: bytes([data[0] ^ 0x80]) + data[1:],
        lambda data: bytes(len(data)),
        lambda data: data * 40,
    ],
    ids=[
        "empty",
        "one byte short",
        "cut off",
        "one byte long",
        "last bit flipped",
        "first bit flipped",
        "all zero",
        "longer than is read",
    ],
)
def test_a_kept_table_that_is_not_to_the_last_bit_the_table_is_enumerated_again_and_mended(
    enumerations: list[str], tmp_path: Path, table: DealTable, change: Change
):
    deal_table.__wrapped__()
    file = kept_file(tmp_path)
    file.write_bytes(change(table.to_bytes()))
    assert deal_table.__wrapped__().to_bytes() == table.to_bytes()
    assert enumerations == ["enumerated", "enumerated"]
    assert file.read_bytes() == table.to_bytes()


def test_a_file_in_place_of_the_cache_folder_costs_an_enumeration_and_nothing_else(
    enumerations: list[str], tmp_path: Path, table: DealTable
):
    (tmp_path / "cache").write_text("in the way")
    assert deal_table.__wrapped__().to_bytes() == table.to_bytes()
    assert enumerations == ["enumerated"]
    assert (tmp_path / "cache").read_text() == "in the way"


def test_a_folder_in_place_of_the_kept_file_costs_an_enumeration_and_nothing_else(
    enumerations: list[str], tmp_path: Path, table: DealTable
):
    deal_table.__wrapped__()
    file = kept_file(tmp_path)
    file.unlink()
    file.mkdir()
    assert deal_table.__wrapped__().to_bytes() == table.to_bytes()
    assert list((tmp_path / "cache").iterdir()) == [file]


def test_a_cache_that_cannot_be_written_costs_an_enumeration_and_nothing_else(
    enumerations: list[str], monkeypatch: pytest.MonkeyPatch, table: DealTable
):
    def disk_is_full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_atomically", disk_is_full)
    assert deal_table.__wrapped__().to_bytes() == table.to_bytes()
    assert enumerations == ["enumerated"]
