"""What the fork server imports: with the kernel loaded, a worker starts in milliseconds.

Importing this module loads the compiled kernel, if there is one, and plays a session with it, so
that every process forked from here has it ready. It is imported by the fork server alone, and
silences it, since the fork server shares the terminal with the main process.
"""

import atexit
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module

from let_it_ride.simulation.compiled import Kernel, is_compiled, remove_if_until_exit
from let_it_ride.simulation.processes import silence

silence()
# The main process may be killed; this one sees it end, and ends well.
atexit.register(remove_if_until_exit)
gc.disable()
# The workers have all cores at work; products of small matrices gain nothing by threads of theirs.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# numba looks for the linear algebra of scipy, which takes it a third of a second to import and
# which nothing here uses.
sys.modules.setdefault("scipy", None)  # type: ignore[arg-type]  # which no import gets past
players = import_module("let_it_ride.simulation.worker")
# A child that cannot load a kernel says why; a fork server that has ended does not.
with suppress(Exception):
    if is_compiled(Kernel.SESSIONS):
        players.warm_up(Kernel.SESSIONS)
# What is here now stays: forked workers share it, and none of them looks through it for garbage.
gc.freeze()
gc.enable()
