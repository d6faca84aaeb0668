"""The record of practice: exact sums, kept in a file, read back, never silently lost."""

import json
from fractions import Fraction

import pytest

from let_it_ride.analysis.practice import PARTS
from let_it_ride.files import FileError
from let_it_ride.reports.practice_record import (
    MISTAKES_HEAD,
    Mistake,
    PracticeRecord,
    PracticeRecordError,
    keep_decision,
    read_record,
    record_file,
)

ONE = Mistake(("Kh", "Qh", "4s"), True, "no pair and no draw", 1543, 500)
TWO = Mistake(("2c", "2d", "9s", "Ts"), False, "a pair of nines or lower", 7, 2501)


def test_nothing_is_kept_at_first() -> None:
    assert read_record() == PracticeRecord()
    assert read_record().text() == "nothing decided yet"


def test_decisions_are_added_to_what_is_kept_without_an_error() -> None:
    for first, second in ((ONE, None), (None, None), (ONE, TWO)) * 30:
        keep_decision(first, ends_hand=False)
        kept = keep_decision(second, ends_hand=True)
        assert read_record() == kept
    assert (kept.hands, kept.decisions, kept.mistaken) == (90, 180, 90)
    assert Fraction(kept.cost, PARTS) == 60 * Fraction(1543, 2352) + 30 * Fraction(7, 2352)
    assert kept.money == 60 * 1543 * 500 + 30 * 7 * 2501
    assert kept.latest[:3] == (TWO, ONE, ONE)
    assert kept.text() == (
        "90 hands, 90 of 180 decisions right (50.0 %), cost 39.4515 bets, $199.04"
    )


def test_mistakes_stand_in_columns_under_their_heads() -> None:
    lines = [MISTAKES_HEAD, *(each.text() for each in (ONE, TWO))]
    assert lines[2].startswith("2♣  2♦  9♠  10♠  bet 2 pulled")
    for head, texts in (
        ("Decision", ("bet 1 rode", "bet 2 pulled")),
        ("Hand", (ONE.hand, TWO.hand)),
    ):
        assert {line.index(text) for line, text in zip(lines[1:], texts, strict=True)} == {
            lines[0].index(head)
        }


def test_only_the_latest_mistakes_are_remembered_and_all_are_counted() -> None:
    record = PracticeRecord()
    for mistake in (ONE, TWO) * 150:
        record = record.with_decision(mistake, ends_hand=mistake is TWO)
    assert len(record.latest) == 200
    assert (record.hands, record.mistaken) == (150, 300)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"hands": -1}', "\0", "[" * 10_000, '{"hands": 1, "latest": [{}]}']
)
def test_a_file_that_is_no_record_is_named_and_left_alone(content: str) -> None:
    keep_decision(ONE, ends_hand=True)
    record_file().write_text(content)
    for use in (read_record, lambda: keep_decision(None, ends_hand=True)):
        with pytest.raises(PracticeRecordError, match=r"practice\.json is no record"):
            use()
    assert record_file().read_text() == content


def test_numbers_that_cannot_be_are_no_record() -> None:
    keep_decision(ONE, ends_hand=True)
    whole = json.loads(record_file().read_text())
    mistake = whole["latest"][0]
    wrong_mistakes = (
        {"cards": ["Kh", "Qh"]},
        {"cards": ["Kh", "Qh", "4\x1b"]},
        {"cards": ["Kh", "Qh", "1s"]},
        {"cards": "KhQ"},
        {"rode": 1},
        {"hand": "a pair\x1b[2J"},
        {"hand": "\ud800"},
        {"hand": 7},
        {"cost": 10**400},
        {"bet": -1},
    )
    for name, wrong in (
        ("hands", 1.5),
        ("hands", True),
        ("decisions", 0),
        ("mistaken", 3),
        ("mistaken", 0),
        ("cost", "7"),
        ("cost", 10**400),
        ("money", 10**400),
        ("money", None),
        ("latest", [[1]]),
        *(("latest", [mistake | each]) for each in wrong_mistakes),
    ):
        record_file().write_text(json.dumps(whole | {name: wrong}))
        with pytest.raises(PracticeRecordError):
            read_record()


def test_where_it_cannot_be_written_it_says_so() -> None:
    record_file().parent.parent.mkdir(parents=True, exist_ok=True)
    record_file().parent.write_text("in the way")
    with pytest.raises((PracticeRecordError, FileError, OSError)):
        keep_decision(ONE, ends_hand=True)
