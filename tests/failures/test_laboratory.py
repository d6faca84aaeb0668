"""The figures that a session of tests ends with are those of what was done."""

from failures.laboratory import Laboratory


def test_deeds_are_counted_by_what_they_are_done_to() -> None:
    laboratory = Laboratory()
    assert laboratory.is_idle
    for _ in range(1200):
        laboratory.fuzzed("theme file")
    laboratory.fuzzed("configuration")
    laboratory.killed("workers")
    laboratory.resumed("after SIGKILL")
    laboratory.resumed("after SIGKILL")
    assert not laboratory.is_idle
    assert laboratory.total == "failures laboratory: 1,201 inputs fuzzed, 1 kills, 2 resumes"
    assert [line.strip() for line in laboratory.lines()] == [
        "1 inputs fuzzed: configuration",
        "1,200 inputs fuzzed: theme file",
        "1 kills: workers",
        "2 resumes: after SIGKILL",
    ]


def test_what_several_processes_did_is_added_up() -> None:
    one, other = Laboratory(), Laboratory()
    one.killed("workers")
    for laboratory in (one, other):
        laboratory.fuzzed("theme file")
    one.add(other.counts())
    assert one.total == "failures laboratory: 2 inputs fuzzed, 1 kills, 0 resumes"
