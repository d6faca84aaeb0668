"""How large a formula can be."""

from typing import Final

LONGEST: Final = 500
"""Characters of a formula."""

DEEPEST: Final = 50
"""Parentheses, calls, signs, `not` and `else` that may be open at once."""

LARGEST_STACK: Final = 256
"""No program needs more values on its stack.

Each value below the top one waits for what stands behind an operator or a comma: at most 250 of
them are in 500 characters. `TUCK` adds one for a moment.
"""
