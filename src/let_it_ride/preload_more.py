"""What the fork server of a program that stays imports besides: the other kernels.

It is imported behind `preload`, and by the fork server alone.
"""

import gc
from contextlib import suppress
from importlib import import_module

from let_it_ride.simulation.compiled import Kernel, is_compiled

gc.disable()
players = import_module("let_it_ride.simulation.worker")
solvers = import_module("let_it_ride.analysis.service")
with suppress(Exception):
    if is_compiled(Kernel.TABLES):
        players.warm_up(Kernel.TABLES)
    if is_compiled(Kernel.SOLVER):
        solvers.warm_up()
gc.freeze()
gc.enable()
