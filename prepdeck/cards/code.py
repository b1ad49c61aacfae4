"""Cards answered by writing code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Language(Enum):
    """What the answer is written in."""

    PYTHON = "python"
    SQL = "sql"


class Shape(Enum):
    """How a case becomes a call, and what of the call is compared."""

    PLAIN = "plain"
    """Call the entry with the arguments, compare what it returns."""
    INPLACE = "inplace"
    """Call the entry, compare the first argument as it was left."""
    OPS = "ops"
    """Replay `[[init, ...], [method, ...]]` on a class, compare the list of what each call returned."""
    LINKED = "linked"
    """Lists become linked nodes on the way in, nodes become lists on the way out."""
    TREE = "tree"
    """Level-order lists with nulls become tree nodes on the way in, nodes become such lists on the way out."""
    GRAPH = "graph"
    """Adjacency or edge lists, handed over as plain data."""
    NUMPY = "numpy"
    """Lists become NumPy arrays on the way in, arrays become lists on the way out."""
    PROPERTY = "property"
    """There is no single right output: `check(out, *args)` of the card's `property` decides."""
    SQL = "sql"
    """Run the query in an in-memory SQLite after the fixture, compare the rows."""


class Compare(Enum):
    """When what came out counts as what was expected."""

    EXACT = "exact"
    """Equal; tuples count as lists."""
    UNORDERED = "unordered"
    """Equal when the outermost list is taken as a bag."""
    UNORDERED_DEEP = "unordered_deep"
    """Equal when every list inside is taken as a bag."""
    CLOSE = "close"
    """Numbers equal to a relative 1e-6 or an absolute 1e-8, everything around them exactly."""
    PROPERTY = "property"
    """`check(out, *args)` of the card's `property` decides."""


class Cost(Enum):
    """Classes of growth that executed lines are measured against."""

    CONSTANT = "1"
    LOGN = "logn"
    N = "n"
    NLOGN = "nlogn"
    N2 = "n2"
    N3 = "n3"


@dataclass(frozen=True, slots=True)
class Case:
    """One test: arguments, and what must come of them."""

    given: str
    """The arguments: a JSON array, or a Python expression of a tuple or list when `is_expression`."""
    expected: str | None = None
    """What must come out, as JSON; None when an exception is expected or a property decides."""
    raises: str | None = None
    """Name of the exception that must be raised, or None."""
    is_expression: bool = False
    """Whether `given` is Python of the deck, which runs only in the child process of the judge."""


@dataclass(frozen=True, slots=True)
class Complexity:
    """What the reference costs, in words and, where it can be measured, as a class of growth."""

    time: str | None = None
    """Such as `O(n log n)`."""
    space: str | None = None
    """Such as `O(n)`."""
    cost: Cost | None = None
    """An upper bound that the executed Python lines are held against."""
    input: str | None = None
    """A Python expression in `n` that gives the arguments for size n."""


@dataclass(frozen=True, slots=True)
class LargeInput:
    """An input that only an answer of the right order survives."""

    input: str
    """A Python expression that gives the arguments."""
    seconds: float
    """Time limit in seconds, above 0 and at most 60."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Write a function, a class or a query; tests decide."""

    front: str
    """The problem, Markdown."""
    starter: str
    """What the editor holds at the beginning; it must fail the tests."""
    reference: str
    """A right answer; it must pass every test."""
    visible: tuple[Case, ...]
    """Tests shown while working."""
    hidden: tuple[Case, ...]
    """Tests that run on submission."""
    mutants: tuple[str, ...]
    """Wrong answers that the tests must catch."""
    entry: str | None = None
    """Name of the function or class that is called; None for SQL."""
    language: Language = Language.PYTHON
    """What the answer is written in."""
    shape: Shape = Shape.PLAIN
    """How a case becomes a call."""
    compare: Compare = Compare.EXACT
    """When the outcome counts as right."""
    complexity: Complexity = Complexity()
    """What the reference costs."""
    minutes: int | None = None
    """Time an interview gives for it."""
    fixture: str | None = None
    """Python run before the answer, or SQL that fills the tables."""
    property_check: str | None = None
    """Python that defines `check(out, *args)`."""
    large_input: LargeInput | None = None
    """Run under its limit on submission."""
    requires: tuple[str, ...] = ()
    """Packages the card needs, such as `numpy`."""

    @property
    def cases(self) -> tuple[Case, ...]:
        """Visible tests, then hidden ones."""
        return (*self.visible, *self.hidden)
