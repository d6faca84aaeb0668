"""The laws of sessions that have been solved lately, so that none is solved again."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.config.full import FullConfig

#: That of the form, that of the file, and one by the basic chart; some are a hundred megabytes.
_KEPT: Final = 3

#: The sections on which a session hangs, and of the simulation the number of its hands.
_SECTIONS: Final = {"bankroll", "strategy", "bonus_strategy", "paytables", "table"}


class KnownLaws:
    """Laws by the settings that they hang on.

    Attributes:
        saved: the configuration as it is saved, if it is one; its law stays.
    """

    def __init__(self) -> None:
        self.saved: FullConfig | None = None
        self._laws: OrderedDict[str, SessionLaw | None] = OrderedDict()

    def keep(self, config: FullConfig, law: SessionLaw | None) -> None:
        """Keep the law of a configuration, or that it has none."""
        self._laws[law_key(config)] = law
        self._laws.move_to_end(law_key(config))
        saved = law_key(self.saved) if self.saved else None
        for old in [key for key in self._laws if key != saved][: max(len(self._laws) - _KEPT, 0)]:
            del self._laws[old]

    def knows(self, config: FullConfig) -> bool:
        """Whether it is known what law a configuration has, if it has one."""
        return law_key(config) in self._laws

    def of(self, config: FullConfig | None) -> SessionLaw | None:
        """The law of a configuration; None where it has none, or it is not known."""
        return None if config is None else self._laws.get(law_key(config))


def law_key(config: FullConfig) -> str:
    """The settings that the law of a configuration's sessions hangs on, as a text."""
    sections = config.model_dump_json(include=_SECTIONS)
    return f"{config.simulation.hands_per_session} {sections}"
