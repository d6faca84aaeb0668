"""A betting system written out step by step."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Final, Literal, NamedTuple

from let_it_ride.config.betting_base import DrivenBetting
from let_it_ride.config.quantities import Bet, Whole
from let_it_ride.config.section import BASE_BET, BrokenRule, Section, listing, setting

MOST_STEPS: Final = 4096
"""No progression has more steps than this."""

_StepNumber = Annotated[int, Whole(1, MOST_STEPS)]


class Step(Section, title="Step"):
    """A bet, and the step that follows it; steps are numbered from 1."""

    bet: Bet | None = setting(None, "Bet", "The bet on one circle at this step.", absent=BASE_BET)
    win: _StepNumber = setting(1, "After a win", "The number of the step that follows a win.")
    loss: _StepNumber = setting(1, "After a loss", "The number of the step that follows a loss.")
    push: _StepNumber | None = setting(
        None,
        "After a push",
        "The number of the step that follows a push. The main game alone never pushes.",
        absent="this step again",
    )


class StepRow(NamedTuple):
    """A step with nothing left out: dollars, and step numbers from 1."""

    bet: Decimal
    win: int
    loss: int
    push: int


class StepsBetting(DrivenBetting, title="Steps of your own"):
    """A table of bets, each naming the step that follows a win, a loss and a push."""

    type: Literal["steps"] = "steps"
    steps: tuple[Step, ...] = listing(
        lambda: (Step.model_construct(),),
        "Steps",
        "The bets in order. A session begins at the first.",
        least=1,
        most=MOST_STEPS,
    )

    def broken_rules(self) -> Iterator[BrokenRule]:
        """There is a step, and every step leads to one that exists."""
        last = len(self.steps)
        if not last:
            allowed = f"1 to {MOST_STEPS:,} tables"
            yield BrokenRule(("steps",), "too few", self.steps, allowed, (("steps",),))
        for index, step in enumerate(self.steps):
            for event in ("win", "loss", "push"):
                following = getattr(step, event)
                if following is not None and following > last:
                    key = ("steps", index, event)
                    steps = "step 1, the only one" if last == 1 else f"1 to {last:,}"
                    yield BrokenRule(
                        key, "no such step", following, f"one of the steps, {steps}", (key,)
                    )

    def rows(self, base_bet: Decimal) -> tuple[StepRow, ...]:
        """Return the steps with what was left out filled in."""
        return tuple(
            StepRow(
                base_bet if step.bet is None else step.bet,
                step.win,
                step.loss,
                number if step.push is None else step.push,
            )
            for number, step in enumerate(self.steps, start=1)
        )
