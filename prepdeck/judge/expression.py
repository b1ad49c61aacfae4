"""The `check` of a numeric card: a Python expression over numbers, `math` and NumPy, computed without running it.

The tree of the expression is walked here, node by node; nothing is handed to `eval`, and what is not listed in
`prepdeck.judge.vocabulary` does not exist. Time and memory are bounded by counting the numbers that are touched.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

from prepdeck.cards.card import Numeric
from prepdeck.cards.number import LONGEST
from prepdeck.judge.packages import missing_packages, say_missing
from prepdeck.judge.vocabulary import BUILTINS, MATH, METHODS, MOST_WORK, NumPy, TooLarge, check_size, power

LONGEST_CHECK: Final = 2_000
"""Characters of an expression."""
DEEPEST: Final = 100
"""Operations inside operations."""
ROUNDING: Final = Fraction(1, 10**9)
"""Share of the answer by which floating-point arithmetic may miss it, beside the card's tolerance."""

_BINARY: Final[dict[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod, ast.Pow: power,
}  # fmt: skip
_UNARY: Final[dict[type[ast.unaryop], Callable[[Any], Any]]] = {ast.UAdd: operator.pos, ast.USub: operator.neg}
_NUMPY_NAMES: Final = frozenset({"np", "numpy"})


class ExpressionError(ValueError):
    """An expression that is none of what a check may be, or that has no finite value.

    Args:
        message: What is wrong, as one sentence without a capital.
        offset: Where, in characters from the beginning of the expression.
    """

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        """What is wrong."""
        self.offset = offset
        """Where, in characters from the beginning of the expression."""


class MissingPackage(ExpressionError):
    """An expression that names NumPy where it is not installed."""


def evaluate(expression: str) -> Fraction:
    """Return the exact value of a check.

    Raises:
        ExpressionError: When it is not an expression of numbers, takes too long, or has no finite value.
    """
    if len(expression) > LONGEST_CHECK:
        raise ExpressionError(f"the expression is longer than {LONGEST_CHECK:,} characters")
    try:
        tree = ast.parse(_line(expression), mode="eval")
    except SyntaxError as error:
        found = _indent(expression) + error.offset - 1 if error.offset else len(expression)
        offset = _within(expression, found)
        raise ExpressionError(f"this is not an expression: {error.msg}", offset) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError("the expression cannot be read") from error
    value = _Walk(expression).value_of(tree.body, 0)
    if isinstance(value, int | float):
        if isinstance(value, float) and not math.isfinite(value):
            raise ExpressionError(f"the value is {value}")
        return Fraction(value)
    raise ExpressionError("the value is a list or an array, not one number")


def agrees(numeric: Numeric) -> tuple[bool, Fraction | None]:
    """Return whether a card's check gives its answer within its tolerance, and what it gives; True, None without one.

    Raises:
        ExpressionError: As `evaluate`.
    """
    if numeric.check is None:
        return True, None
    value = evaluate(numeric.check)
    return abs(value - numeric.answer) <= numeric.tolerance.reach(numeric.answer) + ROUNDING * abs(
        numeric.answer
    ), value


def _line(expression: str) -> str:
    """Return the expression on one line, as long as it was but for the spaces before it."""
    return re.sub(r"\s", " ", expression).lstrip()


def _indent(expression: str) -> int:
    return len(expression) - len(expression.lstrip())


def _within(expression: str, offset: int) -> int:
    """Return a place that lies in the expression; Python finds some faults behind its end."""
    return min(max(offset, 0), max(len(expression) - 1, 0))


class _Walk:
    """One expression being computed.

    Args:
        text: The expression, to say where something is wrong.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._work = 0
        self._numpy: NumPy | None = None
        self._names: dict[str, Any] = {}

    def value_of(self, node: ast.expr, depth: int) -> Any:
        """Return the value of a node; every fault of it or of what it calls says where."""
        try:
            self._spend(1)
            if depth > DEEPEST:
                raise TooLarge("the expression is nested too deeply")
            return self._weighed(node, check_size(self._plain(self._compute(node, depth + 1))))
        except ExpressionError:
            raise
        except ZeroDivisionError as error:
            raise self._error("a division by zero", node) from error
        except (
            ArithmeticError,
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            MemoryError,
            RecursionError,
        ) as error:
            raise self._error(str(error) or type(error).__name__, node) from error

    def _compute(self, node: ast.expr, depth: int) -> Any:
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return number
            case ast.Name(id=name):
                return self._named(name, node)
            case ast.Attribute():
                return self._attribute(node, depth)
            case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _UNARY:
                return _UNARY[type(sign)](self._number(operand, depth))
            case ast.BinOp(left=left, op=ast.MatMult(), right=right):
                return self._open_numpy(node).multiply(self.value_of(left, depth), self.value_of(right, depth))
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _BINARY:
                return self._binary(_BINARY[type(sign)], self._number(left, depth), self._number(right, depth))
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return [self.value_of(item, depth) for item in items]
            case ast.Call():
                return self._call(node, depth)
            case ast.Subscript(value=holder, slice=index):
                place = self.value_of(index, depth)
                return self.value_of(holder, depth)[tuple(place) if isinstance(place, list) else place]
            case (
                ast.GeneratorExp(elt=item, generators=[ast.comprehension(ast.Name(id=name), values, [], 0)])
                | ast.ListComp(elt=item, generators=[ast.comprehension(ast.Name(id=name), values, [], 0)])
            ):
                return self._each(name, self.value_of(values, depth), item, depth)
            case _:
                raise self._error(
                    "a check may hold numbers, lists, arithmetic and functions of math and NumPy only", node
                )

    def _each(self, name: str, values: Any, item: ast.expr, depth: int) -> list[Any]:
        """Return what `item` is for each of `values`."""
        outer = dict(self._names)
        found = []
        for value in values:
            self._names[name] = self._plain(value)
            found.append(self.value_of(item, depth))
        self._names = outer
        return found

    def _named(self, name: str, node: ast.expr) -> Any:
        if name in self._names:
            return self._names[name]
        if name in BUILTINS:
            return BUILTINS[name]
        raise self._error(f"a check does not know the name {name[:LONGEST]}", node)

    def _number(self, node: ast.expr, depth: int) -> Any:
        """Return an operand: a number or an array, never a list, which arithmetic would repeat."""
        value = self.value_of(node, depth)
        if isinstance(value, int | float) or (self._numpy is not None and self._numpy.is_array(value)):
            return value
        raise self._error("only numbers and arrays can be computed with", node)

    def _binary(self, compute: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
        if self._numpy is None or not (self._numpy.is_array(left) or self._numpy.is_array(right)):
            return compute(left, right)
        self._numpy.meet(left, right)
        with self._numpy.quiet():
            return compute(left, right)

    def _attribute(self, node: ast.Attribute, depth: int) -> Any:
        """Return a name of a module, or what an array is asked for."""
        path = _path(node)
        if path is not None:
            module, _, name = path.partition(".")
            found = self._open_numpy(node).find(name) if module in _NUMPY_NAMES else MATH.get(name)
            if found is None:
                raise self._error(f"a check may not use {path[:LONGEST]}", node)
            return found
        holder = self.value_of(node.value, depth)
        if self._numpy is not None and self._numpy.is_array(holder):
            if node.attr in METHODS:
                method = self._numpy.find(node.attr)
                return lambda *arguments, **named: method(holder, *arguments, **named)
            if node.attr in {"T", "shape", "size"}:
                return getattr(holder, node.attr)
        raise self._error(f"a check may not use .{node.attr[:LONGEST]}", node)

    def _call(self, node: ast.Call, depth: int) -> Any:
        function = self._compute(node.func, depth)
        if not callable(function) or isinstance(node.func, ast.Call):
            raise self._error("this is not a function", node)
        if any(isinstance(each, ast.Starred) for each in node.args) or any(each.arg is None for each in node.keywords):
            raise self._error("arguments are written out one by one", node)
        arguments = [self.value_of(each, depth) for each in node.args]
        named = {str(each.arg): self._keyword(each.value, depth) for each in node.keywords}
        for argument in (*arguments, *named.values()):
            if isinstance(argument, list):
                self._spend(len(argument))
            elif callable(argument) and not isinstance(argument, type):
                raise self._error("a function is no argument", node)
        if self._numpy is None:
            return function(*arguments, **named)
        with self._numpy.quiet():
            return function(*arguments, **named)

    def _keyword(self, node: ast.expr, depth: int) -> Any:
        """Return a named argument, which may also be True, False or None as in `keepdims=True`."""
        if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool)):
            return node.value
        return self.value_of(node, depth)

    def _weighed(self, node: ast.expr, value: Any) -> Any:
        """Return a value after paying for its memory, which its parts were not paid for; a name makes nothing new."""
        if isinstance(node, ast.Name | ast.Subscript):
            return value
        if isinstance(value, int):
            self._spend(value.bit_length() // 64)
        elif isinstance(value, list | tuple):
            self._spend(len(value))
        elif self._numpy is not None and self._numpy.is_array(value):
            self._spend(int(value.size))
        return value

    def _plain(self, value: Any) -> Any:
        return value if self._numpy is None else self._numpy.plain(value)

    def _open_numpy(self, node: ast.expr) -> NumPy:
        """Return NumPy, which is loaded when an expression first names it."""
        if self._numpy is None:
            missing = missing_packages(["numpy"])
            if missing:
                raise MissingPackage(say_missing(missing), self._error("", node).offset)
            self._numpy = NumPy(self._spend)
        return self._numpy

    def _spend(self, count: int) -> None:
        self._work += count
        if self._work > MOST_WORK:
            raise TooLarge("the expression takes too long")

    def _error(self, message: str, node: ast.expr) -> ExpressionError:
        column = len(_line(self._text).encode()[: node.col_offset].decode(errors="replace"))
        return ExpressionError(message, _within(self._text, _indent(self._text) + column))


def _path(node: ast.expr) -> str | None:
    """Return the dotted name that begins with a module, such as `np.linalg.norm`, or None."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in {"math", *_NUMPY_NAMES}:
        return None
    return ".".join([node.id, *reversed(names)])
