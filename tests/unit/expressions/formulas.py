"""Formulas by chance, and what Python itself makes of the same text."""

import ast
import math
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

VARIABLES = ("x", "y", "streak")
FUNCTIONS = ("min", "max", "abs", "floor", "ceil")
OPERATORS = ("+", "-", "*", "/", "//", "%", "<", "<=", ">", ">=", "==", "!=", "and", "or")
WORDS = ("0", "1", "2.5", ".5", "3e2", *VARIABLES, *FUNCTIONS, *OPERATORS)
WORDS += ("(", ")", ",", "if", "else", "not")

NUMBERS = st.sampled_from(
    ("0", "1", "2", "3", "10", "0.1", "2.5", ".5", "1.", "1e3", "1e-9", "1e308")
)
VALUES = st.sampled_from((0.0, 1.0, -1.0, 0.5, -2.5, 3.0, -7.0, 1e-300, 1e300)) | st.floats(
    allow_nan=False, allow_infinity=False
)
STATES = st.fixed_dictionaries(dict.fromkeys(VARIABLES, VALUES))


def texts() -> st.SearchStrategy[str]:
    """Formulas, and texts that are almost ones: `1 + not x` comes too."""
    return st.recursive(NUMBERS | st.sampled_from(VARIABLES), _larger, max_leaves=12)


def word_salads() -> st.SearchStrategy[str]:
    """The words of the language in any order."""
    return st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)


def by_python(text: str) -> Callable[[Mapping[str, float]], float] | None:
    """Return what Python evaluates a text to, or None where it is not of the language.

    The text is parsed by Python and evaluated by Python; on the way every number is made a double,
    `and` and `or` are made 1 or 0, and what is not finite is an error.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError:
        return None
    if not all(map(_is_of_the_language, ast.walk(tree))) or _is_call_without_call(tree):
        return None
    code = compile(ast.fix_missing_locations(_InDoubles().visit(tree)), "formula", "eval")

    def value(state: Mapping[str, float]) -> float:
        try:
            return float(eval(code, {"__builtins__": {}, **_NAMES, **state}))  # noqa: S307
        except (ZeroDivisionError, OverflowError):
            return math.nan

    return value


def same(one: float, other: float) -> bool:
    """Whether two values are equal, or both no number."""
    return one == other or (math.isnan(one) and math.isnan(other))


def _larger(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(smaller, st.sampled_from(OPERATORS), smaller).map(" ".join),
        st.tuples(smaller, st.sampled_from(OPERATORS), smaller).map(_tightly),
        st.builds("({})".format, smaller),
        st.builds("-{}".format, smaller),
        st.builds("+ {}".format, smaller),
        st.builds("not {}".format, smaller),
        st.builds("{} if {} else {}".format, smaller, smaller, smaller),
        st.builds("{}({})".format, st.sampled_from(("abs", "floor", "ceil")), smaller),
        st.builds(
            lambda name, parts: f"{name}({', '.join(parts)})",
            st.sampled_from(("min", "max")),
            st.lists(smaller, min_size=2, max_size=4),
        ),
    )


def _tightly(parts: tuple[str, str, str]) -> str:
    """The parts without blanks, unless a word has grown together with another."""
    text = "".join(parts)
    grown = "and" in text or "or" in text or "1.//" in text
    return " ".join(parts) if grown else text


class _InDoubles(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant(float(node.value))  # type: ignore[arg-type]

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        return _called("truth", self.generic_visit(node))

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        return _called("truth", self.generic_visit(node))

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        return _called("finite", self.generic_visit(node))


def _called(name: str, node: Any) -> ast.AST:
    return ast.Call(ast.Name(name, ast.Load()), [node], [])


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise OverflowError
    return value


_NAMES: dict[str, Any] = {
    "min": min,
    "max": max,
    "abs": abs,
    "floor": lambda value: float(math.floor(value)),
    "ceil": lambda value: float(math.ceil(value)),
    "truth": lambda value: float(bool(value)),
    "finite": _finite,
}

_NODES = (
    *(ast.Expression, ast.Constant, ast.Name, ast.Load, ast.IfExp, ast.Call),
    *(ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare),
    *(ast.USub, ast.UAdd, ast.Not, ast.And, ast.Or),
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod),
    *(ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq),
)


def _is_of_the_language(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        few = len(node.args) == 1
        return not node.keywords and name in (FUNCTIONS[2:] if few else FUNCTIONS[:2])
    if isinstance(node, ast.Name):
        return node.id in VARIABLES + FUNCTIONS
    return isinstance(node, _NODES)


def _is_call_without_call(tree: ast.AST) -> bool:
    """Whether a function is named and not called."""
    called = sum(isinstance(node, ast.Call) for node in ast.walk(tree))
    named = sum(isinstance(node, ast.Name) and node.id in FUNCTIONS for node in ast.walk(tree))
    return called != named
