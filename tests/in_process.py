"""The command line within this process, where what it imports is there already."""

from dataclasses import dataclass
from typing import Protocol

import pytest

from let_it_ride.cli import main


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


class Run(Protocol):
    def __call__(self, *arguments: object) -> Done: ...


def runner(capfd: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> Done:
        capfd.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Done(code, *capfd.readouterr())

    return run
