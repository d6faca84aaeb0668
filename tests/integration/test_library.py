"""The program as a library: its example runs, and help tells what there is."""

import pydoc
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Final

import pytest

import let_it_ride
from let_it_ride.game.cards import RANKS, SUITS

README: Final = Path(__file__).parents[2] / "README.md"

#: What only those wait for who ask for a name that needs it.
HEAVY: Final = {"numba", "numpy", "pydantic", "scipy", "textual", "rich", "polars", "tomlkit"}


def example_of_the_readme() -> str:
    (block,) = re.findall(
        r"^```python\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return str(block)


def example_of_the_package() -> str:
    _, after = (let_it_ride.__doc__ or "").split("::\n\n")
    return textwrap.dedent(re.match(r"(?:    .*\n|\n)+", after)[0]).rstrip() + "\n"  # type: ignore[index]


def test_the_example_is_the_same_in_the_readme_and_in_the_package() -> None:
    assert example_of_the_readme() == example_of_the_package()


def test_the_example_runs_and_its_numbers_are_right(tmp_path: Path) -> None:
    file = tmp_path / "example.py"
    file.write_text(example_of_the_readme(), encoding="utf-8")
    done = subprocess.run([sys.executable, file], check=True, capture_output=True, encoding="utf-8")
    assert not done.stderr
    edge, exact, simulated, checks, *hands = done.stdout.splitlines()
    assert edge == "house edge 37963/1082900"
    ahead = re.fullmatch(r"ahead (\S+)%, mean -(\S+) \$", exact)
    within = re.fullmatch(r"simulated (\S+)%, 95 % between (\S+)% and (\S+)%", simulated)
    assert ahead is not None
    assert within is not None
    # Five standard errors of a share of a hundred thousand are less than a percent.
    assert abs(float(within[1]) - float(ahead[1])) < 1
    assert float(within[2]) < float(within[1]) < float(within[3])
    # At most 200 hands at 3.5 % of 10.00 each.
    assert 0 < float(ahead[2]) < 200 * 0.36
    assert checks == "True True"
    assert len(hands) == 3
    cards = re.findall("[A-Z0-9][a-z](?=['\" ])", hands[0])
    assert len(set(cards)) == 5
    assert all(rank in RANKS and suit in SUITS for rank, suit in cards)


def test_importing_the_package_loads_nothing_heavy() -> None:
    ask = "import let_it_ride, sys; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", ask], check=True, capture_output=True, text=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & HEAVY


@pytest.mark.parametrize("name", sorted(set(let_it_ride.__all__) - {"__version__"}))
def test_help_tells_about_every_public_name(name: str) -> None:
    what = getattr(let_it_ride, name)
    assert what.__module__.startswith("let_it_ride")
    text = what.__doc__ or ""
    assert text.split(".")[0].strip()
    if callable(what) and not isinstance(what, type):
        arguments = what.__code__.co_varnames[: what.__code__.co_argcount]
        assert all(f"{argument}:" in text for argument in arguments), name
    assert re.search(
        rf"^ +(?:class )?{name}\(", pydoc.plain(pydoc.render_doc(let_it_ride)), re.MULTILINE
    )


def test_every_name_of_the_main_path_is_in_the_text_of_the_package() -> None:
    functions = {name for name in let_it_ride.__all__ if name.islower() and name[0] != "_"}
    assert all(name in (let_it_ride.__doc__ or "") for name in functions - {"save_config"})
