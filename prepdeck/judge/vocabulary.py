"""The names that the `check` of a card may use, each bounded in time and memory."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, Final

MOST_BITS: Final = 20_000
"""Size of an integer; 6,000 digits."""
MOST_ELEMENTS: Final = 100_000
"""Numbers in one list or array."""
MOST_WORK: Final = 1_000_000
"""Numbers that one expression may touch; under a second."""
MOST_FACTORIAL: Final = 2_000
"""Largest number whose factorial is taken."""
MOST_DIGITS: Final = 400
"""Digits that a number is rounded to."""


class TooLarge(ValueError):
    """What is asked for takes too much time or memory."""


def check_size(value: Any) -> Any:
    """Return a number that is small enough to go on with."""
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise TooLarge("the number is too large")
    return value


def power(base: Any, exponent: Any) -> Any:
    """Return `base ** exponent` unless it is enormous."""
    if isinstance(base, int) and isinstance(exponent, int) and abs(base) > 1:
        if abs(exponent) * base.bit_length() > MOST_BITS:
            raise TooLarge("the power is too large")
    elif not isinstance(base, int | float) or not isinstance(exponent, int | float):
        return base**exponent
    found = base**exponent
    if isinstance(found, complex):
        raise ValueError("a negative number has no such root")  # noqa: TRY004 - the value is wrong, not the type
    return found


def _factorial(number: int) -> int:
    if number > MOST_FACTORIAL:
        raise TooLarge("the factorial is too large")
    return math.factorial(number)


def _comb(total: int, taken: int) -> int:
    if min(taken, total - taken) * total.bit_length() > MOST_BITS:
        raise TooLarge("the binomial coefficient is too large")
    return math.comb(total, taken)


def _perm(total: int, taken: int | None = None) -> int:
    if (total if taken is None else min(taken, total)) * total.bit_length() > MOST_BITS:
        raise TooLarge("the number of permutations is too large")
    return math.perm(total, taken)


def _prod(numbers: Iterable[Any]) -> Any:
    found: Any = 1
    for number in numbers:
        found = check_size(found * number)
    return found


def _lcm(*numbers: int) -> int:
    found = 1
    for number in numbers:
        found = check_size(math.lcm(found, number))
    return found


def _range(*bounds: int) -> list[int]:
    wanted = range(*bounds)
    try:
        count = len(wanted)
    except OverflowError:
        count = MOST_ELEMENTS + 1
    if count > MOST_ELEMENTS:
        raise TooLarge("the range is too long")
    return list(wanted)


def _round(number: Any, digits: int | None = None) -> Any:
    if digits is not None and abs(digits) > MOST_DIGITS:
        raise TooLarge("it cannot be rounded to so many digits")
    return round(number, digits)


BUILTINS: Final[dict[str, Any]] = {
    "abs": abs, "float": float, "int": int, "len": len, "max": max, "min": min, "pow": power, "range": _range,
    "round": _round, "sum": sum, "pi": math.pi, "e": math.e, "tau": math.tau, "inf": math.inf,
}  # fmt: skip
"""Names that need no module."""

_PLAIN_MATH: Final = (
    "acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh degrees dist e erf erfc exp exp2 expm1 fabs "
    "floor fmod fsum gamma gcd hypot inf isqrt lgamma log log10 log1p log2 pi pow radians sin sinh sqrt tan tanh tau "
    "trunc"
)
MATH: Final[dict[str, Any]] = {
    **{name: getattr(math, name) for name in _PLAIN_MATH.split()},
    "comb": _comb, "factorial": _factorial, "lcm": _lcm, "perm": _perm, "prod": _prod,
}  # fmt: skip
"""Names of `math`."""

_ELEMENTWISE: Final = (
    "abs absolute arccos arcsin arctan arctan2 arctanh ceil clip cos cosh deg2rad divide exp exp2 expm1 fabs floor "
    "hypot isclose log log10 log1p log2 logaddexp maximum minimum multiply negative power rad2deg reciprocal rint "
    "round sign sin sinh sqrt square subtract add tan tanh true_divide trunc where"
)
_OVER_ALL: Final = (
    "all any amax amin argmax argmin argsort average corrcoef cov count_nonzero cumprod cumsum diag diff flip "
    "max mean median min nanmax nanmean nanmin percentile prod ptp quantile ravel sort std sum trace "
    "transpose unique var"
)
_PRODUCTS: Final = "cross dot inner matmul outer vdot"
_LINEAR: Final = "cond det eigvalsh inv matrix_rank norm pinv slogdet solve svd"
_CONSTANTS: Final = "pi e inf euler_gamma float32 float64 int64"
METHODS: Final = frozenset({
    "argmax", "argmin", "cumsum", "dot", "max", "mean", "min", "prod", "round", "std", "sum", "trace", "transpose",
    "var",
})  # fmt: skip
"""Functions of NumPy that may be written behind an array."""

Budget = Callable[[int], None]
"""Takes the count of numbers that are about to be touched, and raises when they are too many in all."""


class NumPy:
    """The names of NumPy, each of which asks the budget before it works.

    Args:
        spend: The budget.
    """

    def __init__(self, spend: Budget) -> None:
        import numpy as np

        self._numpy: Any = np
        self._spend = spend
        self._made = {
            "arange": self._arange, "array": self._array, "asarray": self._array, "eye": self._eye,
            "identity": self._eye, "full": self._filled("full"), "linspace": self._linspace,
            "ones": self._filled("ones"), "zeros": self._filled("zeros"),
        }  # fmt: skip

    def find(self, path: str) -> Any:
        """Return what `np.<path>` stands for, or None when a check may not use it."""
        owner: Any = self._numpy
        if path in self._made:
            return self._made[path]
        if path.startswith("linalg."):
            name = path.removeprefix("linalg.")
            return self._guarded(getattr(owner.linalg, name), cubic=True) if name in _LINEAR.split() else None
        if path in _CONSTANTS.split():
            return getattr(owner, path)
        if path in _PRODUCTS.split():
            return self._product(getattr(owner, path))
        if path in _ELEMENTWISE.split() or path in _OVER_ALL.split():
            found = getattr(owner, path, None)
            return None if found is None else self._guarded(found, stretches=path in _ELEMENTWISE.split())
        return None

    def is_array(self, value: Any) -> bool:
        """Tell whether a value is an array."""
        return isinstance(value, self._numpy.ndarray)

    def plain(self, value: Any) -> Any:
        """Return a value with NumPy's numbers as Python's, having refused arrays that are too large or no numbers."""
        if isinstance(value, self._numpy.generic):
            return value.item()
        if isinstance(value, self._numpy.ndarray):
            if value.dtype.kind not in "biuf":
                raise ValueError("an array may hold numbers only")
            self._check_count(value.size)
            return value if value.ndim else value.item()
        if isinstance(value, tuple):
            return tuple(self.plain(each) for each in value)
        return value

    def quiet(self) -> Any:
        """Return the context in which a division by zero gives infinity without a warning; the value tells."""
        return self._numpy.errstate(all="ignore")

    def meet(self, *values: Any) -> None:
        """Pay for an operation that stretches its operands to one shape."""
        shape = self._numpy.broadcast_shapes(*(self._numpy.shape(value) for value in values))
        self._check_count(math.prod(shape))
        self._spend(math.prod(shape))

    def multiply(self, left: Any, right: Any) -> Any:
        """Return the matrix product."""
        return self._product(self._numpy.matmul)(left, right)

    def _check_count(self, count: int) -> None:
        if count > MOST_ELEMENTS:
            raise TooLarge("the array is too large")

    def _array(self, values: Any, dtype: Any = None) -> Any:
        return self._numpy.array(values, dtype=dtype)

    def _arange(self, *bounds: float) -> Any:
        start, stop, step = {1: (0, *bounds, 1), 2: (*bounds, 1)}.get(len(bounds), bounds)
        self._check_count(math.ceil(max((stop - start) / step, 0)))
        return self._numpy.arange(start, stop, step)

    def _linspace(self, start: float, stop: float, num: int = 50) -> Any:
        self._check_count(num)
        return self._numpy.linspace(start, stop, num)

    def _eye(self, size: int) -> Any:
        self._check_count(size * size)
        return self._numpy.eye(size)

    def _filled(self, name: str) -> Callable[..., Any]:
        def fill(shape: Any, *value: float) -> Any:
            self._check_count(math.prod(shape) if isinstance(shape, list | tuple) else int(shape))
            return getattr(self._numpy, name)(shape, *value)

        return fill

    def _guarded(self, function: Any, *, cubic: bool = False, stretches: bool = False) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            arrays = [
                self._numpy.asarray(each) for each in arguments if isinstance(each, list | tuple) or self.is_array(each)
            ]
            if any(not each.size for each in arrays):
                raise ValueError("the array is empty")
            for each in arrays:
                if cubic and each.ndim > 2:  # noqa: PLR2004 - a stack of matrices would be stretched
                    raise ValueError("one matrix at a time")
                self._spend(round(each.size**1.5) if cubic and each.ndim > 1 else each.size)
            if stretches:
                self.meet(*arguments)
            elif function in {self._numpy.cov, self._numpy.corrcoef, self._numpy.diag}:
                for each in arrays:  # a square of each row, or of the diagonal
                    self._spend(each.shape[0] ** 2 * (each.size // each.shape[0]))
            return function(*arguments, **named)

        return call

    def _product(self, function: Any) -> Callable[..., Any]:
        def call(left: Any, right: Any) -> Any:
            one, other = self._numpy.asarray(left), self._numpy.asarray(right)
            shared = 1 if function is self._numpy.outer else max(one.shape[-1:] or (1,))
            self._check_count(one.size * other.size // max(shared, 1) ** 2)
            self._spend(one.size * other.size // max(shared, 1))
            return function(left, right)

        return call
