"""Session seeds are those of the plain loop over `random.Random`, drawn many at a time."""

import random
from itertools import islice

import numpy as np
import pytest

from let_it_ride.simulation.seeds import SEED_BOUND, fresh_base_seed, seeds_of, session_seeds

BASE_SEEDS = [0, 1, 42, 2**31 - 1, 2**32, 2**32 + 1, 987_654_321_987_654_321, 2**63 - 1]


def plain_loop(base_seed: int, sessions: int) -> list[int]:
    rng = random.Random(base_seed)
    return [rng.randint(0, 2**31 - 1) for _ in range(sessions)]


def all_seeds(base_seed: int, sessions: int) -> np.ndarray:
    none = np.zeros(0, dtype=np.uint32)
    return np.concatenate([none, *session_seeds(base_seed, sessions)])


@pytest.mark.parametrize("base_seed", BASE_SEEDS)
def test_seeds_are_those_of_the_plain_loop(base_seed: int):
    assert all_seeds(base_seed, 30_000).tolist() == plain_loop(base_seed, 30_000)


@pytest.mark.parametrize(
    ("base_seed", "first_seeds"),
    [
        (0, [1_654_615_998, 1_806_341_205, 173_879_092, 1_112_038_970, 2_087_043_557]),
        (42, [478_163_327, 107_420_369, 1_181_241_943, 1_051_802_512, 958_682_846]),
        (2**63 - 1, [1_359_979_423, 569_878_368, 2_108_559_838, 1_947_612_296, 469_192_892]),
    ],
)
def test_seeds_never_change(base_seed: int, first_seeds: list[int]):
    assert all_seeds(base_seed, 5).tolist() == first_seeds


def test_fewer_sessions_have_the_first_seeds_of_more():
    chunk = len(next(session_seeds(7, 1_000_000)))
    more = all_seeds(7, 3 * chunk)
    for sessions in (0, 1, 2, chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 1):
        np.testing.assert_array_equal(all_seeds(7, sessions), more[:sessions])


def test_there_is_one_seed_a_session_however_they_are_cut():
    for sessions in (1, 1000, 8191, 8192, 8193, 100_001):
        pieces = list(session_seeds(3, sessions))
        assert sum(len(piece) for piece in pieces) == sessions
        assert all(len(piece) > 0 for piece in pieces)


def test_seeds_come_in_arrays_of_bounded_size_and_only_as_they_are_asked_for():
    pieces = list(islice(session_seeds(3, 1_000_000_000), 20))
    assert max(len(piece) for piece in pieces) <= 1 << 14
    assert {piece.dtype for piece in pieces} == {np.dtype(np.uint32)}


@pytest.mark.parametrize(
    "tables", [range(3), range(8190, 8194), range(20_000, 30_001), range(5, 5)]
)
def test_seeds_of_some_tables_are_those_among_all(tables: range):
    parts = list(seeds_of(3, tables, 4096))
    expected = all_seeds(3, tables.stop)[tables.start :]
    assert [seed for part in parts for seed in part.tolist()] == expected.tolist()
    assert all(len(part) == 4096 for part in parts[:-1])


def test_a_piece_is_not_overwritten_by_the_next():
    pieces = session_seeds(5, 50_000)
    first = next(pieces)
    before = first.copy()
    next(pieces)
    np.testing.assert_array_equal(first, before)


def test_seeds_are_spread_evenly_below_their_bound():
    seeds = all_seeds(11, 400_000).astype(float)
    assert SEED_BOUND == 2**31
    assert seeds.max() < SEED_BOUND
    # Four standard errors of the mean of uniform numbers, whose deviation is width / √12.
    assert abs(seeds.mean() / SEED_BOUND - 0.5) < 4 / (12 * len(seeds)) ** 0.5


def test_drawing_seeds_leaves_the_shared_generators_alone():
    random.seed(1)
    expected = random.Random(1).random()
    list(session_seeds(9, 1000))
    assert random.random() == expected


def test_a_fresh_base_seed_fits_the_configuration_and_is_not_the_last_one():
    drawn = {fresh_base_seed() for _ in range(200)}
    assert len(drawn) == 200
    assert all(0 <= seed < 2**63 for seed in drawn)
    # That none of 200 has one of the two highest bits set has a chance of 10⁻¹²⁰.
    assert max(drawn) >= 2**61
