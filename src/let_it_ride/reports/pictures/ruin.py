"""The chance to run out of money, by the bankroll that a session begins with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from let_it_ride.analysis.axes import Axis
from let_it_ride.analysis.measures import measure_named
from let_it_ride.money import cents
from let_it_ride.reports.numbers import percent
from let_it_ride.reports.pictures.drawdowns import whole_money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.analysis.sweep import Cell
    from let_it_ride.config.full import FullConfig
    from let_it_ride.simulation.estimates import Estimate

_STEPS: Final = 20
_TIMES: Final = 2

#: It is told how much money makes ruin as rare as this.
_RARE: Final = 0.01

_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Ruin:
    """A bankroll and what it leads to.

    Attributes:
        bankroll: in cents.
        chance: to run out of money, if it is known.
        is_exact: whether that is the exact chance; else it is simulated.
        flaw: why a session cannot begin with it; nothing if it can.
    """

    bankroll: int
    chance: Estimate | None = None
    is_exact: bool = True
    flaw: str = ""

    @classmethod
    def of(cls, bankroll: Decimal, cell: Cell) -> Ruin:
        """What is known of a bankroll."""
        figures = cell.figures
        if figures is None:
            return cls(cents(bankroll), flaw=cell.flaw)
        chance = figures.of(measure_named("insufficient_funds"))
        return cls(cents(bankroll), chance, figures.is_exact)


def bankrolls(config: FullConfig) -> tuple[Decimal, ...]:
    """Bankrolls in equal steps, to twice that of a configuration, which is among them."""
    own = config.bankroll.starting_amount
    steps = (own * number * _TIMES / _STEPS for number in range(1, _STEPS + 1))
    return tuple(dict.fromkeys(step.quantize(_CENT) for step in steps))


def alone(config: FullConfig) -> FullConfig:
    """A configuration whose sessions follow the same law on one seat, which can be solved.

    Where tables close after some rounds it is the same one: seats are taken anew until then.
    """
    if config.table.total_rounds is not None:
        return config
    return config.model_copy(update={"table": config.table.model_copy(update={"num_seats": 1})})


def axes_of(config: FullConfig) -> tuple[Axis, Axis]:
    """What is varied: the bankroll, without a loss limit, which would end sessions before ruin."""
    return (
        Axis(("bankroll", "stop_conditions", "loss_limit"), "Loss limit", (None,)),
        Axis(("bankroll", "starting_amount"), "Starting bankroll", bankrolls(config)),
    )


def ruin_words(ruins: Sequence[Ruin], own: int, *, had_loss_limit: bool) -> str:
    """What the picture says.

    Args:
        ruins: what is known, by rising bankrolls.
        own: the bankroll of the run, in cents.
        had_loss_limit: whether the run had one.
    """
    known = [(each.bankroll, each.chance) for each in ruins if each.chance is not None]
    told = ["Bars: the chance to run out of money before a session ends otherwise."]
    if had_loss_limit:
        told.append("The loss limit of the run is left out: it stops sessions before that.")
    here = dict(known).get(own)
    if here is not None:
        told.append(f"With {whole_money(own)}, as in this run, it is {_chance(here)}.")
    rare = [bankroll for bankroll, chance in known if chance.value < _RARE]
    if rare and len(rare) < len(known):
        told.append(f"It is below {percent(_RARE, 0)} from {whole_money(min(rare))} on.")
    elif known and not rare:
        bankroll, chance = known[-1]
        told.append(f"Even with {whole_money(bankroll)} it is {_chance(chance)}.")
    if any(each.chance is not None and not each.is_exact for each in ruins):
        told.append("Simulated: these sessions are not solved exactly.")
    elif known:
        told.append("All of it is exact.")
    return " ".join(told)


def _chance(chance: Estimate) -> str:
    half = f" ± {percent(chance.half)}" if chance.half else ""
    return f"{percent(chance.value)}{half}"
