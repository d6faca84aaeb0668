"""Every benchmark, in one run: ``python -m tests.benchmarks [NAME …]`` from the project's root.

Speeds here are ratios of things timed in turn within the run; the machine's own speed drops out.
Each line says what it should be at least, or at most.
"""

import argparse
from collections.abc import Callable

from tests.benchmarks import executor, history, kernel, seeds, solver, startup

BENCHMARKS: dict[str, Callable[[], list[str]]] = {
    "kernel": kernel.lines,
    "executor": executor.lines,
    "solver": solver.lines,
    "seeds": seeds.lines,
    "startup": startup.lines,
    "history": history.lines,
}


def main() -> None:
    """Run the benchmarks that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], metavar="NAME")
    for name in parser.parse_args().names or BENCHMARKS:
        for line in BENCHMARKS[name]():
            print(line, flush=True)


if __name__ == "__main__":
    main()
