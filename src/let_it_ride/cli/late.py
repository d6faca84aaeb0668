"""Commands that are imported when they are called."""

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import Any


def late(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """A command whose module is imported when it is called."""

    def command(options: argparse.Namespace) -> int:
        function: Any = getattr(import_module(module), name)
        code: int = function(options)
        return code

    return command
