"""Tables of frequencies of any length, in memory and in files, against counting one by one."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from let_it_ride.simulation import frequencies
from let_it_ride.simulation.frequencies import FrequencyCounter, FrequencyTable

PARTS = st.lists(st.lists(st.integers(-40, 40) | st.integers(-(10**15), 10**15)), max_size=12)


@pytest.fixture
def long_from_eight_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequencies, "_LONG", 7)


def counted(directory: Path, parts: list[list[int]]) -> FrequencyTable:
    counter = FrequencyCounter(directory)
    for part in parts:
        counter.add(np.array(part, dtype=np.int64))
    return counter.table()


@pytest.mark.slow
@pytest.mark.usefixtures("long_from_eight_values")
@settings(
    derandomize=True,
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(parts=PARTS, share=st.integers(1, 100), bounds=st.tuples(*[st.integers(-50, 50)] * 2))
def test_long_tables_say_what_counting_one_by_one_says(
    parts: list[list[int]], share: int, bounds: tuple[int, int], tmp_path: Path
) -> None:
    table, every = counted(tmp_path, parts), sorted(value for part in parts for value in part)
    assert isinstance(table.values, np.memmap) is (len(set(every)) > 7)
    assert list(table) == sorted(Counter(every).items())
    assert (table.count, table.total) == (len(every), sum(every))
    if every:
        assert table.percentile(share) == every[-(-len(every) * share // 100) - 1]
    low, high = sorted(bounds)
    assert table.between(low, high) == sum(low <= value <= high for value in every)
    assert table.between(-np.inf, np.inf) == len(every)
    assert table == FrequencyTable.of(np.array(every, dtype=np.int64))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("long_from_eight_values")
def test_a_value_is_merged_few_times_however_many_parts_come(tmp_path: Path) -> None:
    counter = FrequencyCounter(tmp_path)
    for start in range(0, 3000, 3):
        counter.add(np.arange(start, start + 3))
        lengths = [len(table) for table in counter._tables]
        assert all(one >= 2 * other for one, other in pairwise(lengths))
    assert len(counter.table()) == 3000
