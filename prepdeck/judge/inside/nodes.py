"""Linked lists and binary trees, made of the lists that decks write and turned back into them."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from typing import Any, Final

MOST_NODES: Final = 200_000
"""Nodes of one structure that are read back."""


class ListNode:
    """One link of a chain."""

    def __init__(self, val: Any = 0, next: ListNode | None = None) -> None:  # noqa: A002 - the word every textbook uses
        self.val = val
        """What it holds."""
        self.next = next
        """The link after it, or None at the end."""

    def __repr__(self) -> str:
        return f"ListNode({self.val!r})"


class TreeNode:
    """One node of a binary tree."""

    def __init__(self, val: Any = 0, left: TreeNode | None = None, right: TreeNode | None = None) -> None:
        self.val = val
        """What it holds."""
        self.left = left
        """The smaller half, or None."""
        self.right = right
        """The larger half, or None."""

    def __repr__(self) -> str:
        return f"TreeNode({self.val!r})"


def chain(values: list[Any], tail: int | None = None) -> ListNode | None:
    """Return the first link of a chain of `values`, whose last link leads to the one at index `tail`."""
    links = [ListNode(value) for value in values]
    for link, following in pairwise(links):
        link.next = following
    if links and tail is not None and 0 <= tail < len(links):
        links[-1].next = links[tail]
    return links[0] if links else None


def tree(values: list[Any]) -> TreeNode | None:
    """Return the root of the tree written level by level, where None stands for a missing child."""
    if not values or values[0] is None:
        return None
    root = TreeNode(values[0])
    parents = deque([root])
    rest = iter(values[1:])
    while parents:
        parent = parents.popleft()
        for side in ("left", "right"):
            value = next(rest, None)
            if value is not None:
                child = TreeNode(value)
                setattr(parent, side, child)
                parents.append(child)
    return root


def to_chains(value: Any, *, several: bool = False) -> Any:
    """Return the chain for a list, the chains for a list of lists, and anything else as it is.

    Args:
        value: One argument as the deck wrote it; `{values: [...], tail: 1}` is a chain that leads back into itself.
        several: Whether the parameter takes a list of chains, which an empty list cannot tell.
    """
    if isinstance(value, dict) and "values" in value:
        return chain(value["values"], value.get("tail"))
    if not isinstance(value, list):
        return value
    if several or (value and all(isinstance(each, list | dict) for each in value)):
        return [to_chains(each) for each in value]
    return chain(value)


def to_trees(value: Any, *, several: bool = False) -> Any:
    """Return the tree for a list, the trees for a list of lists, and anything else as it is."""
    if not isinstance(value, list):
        return value
    if several or (value and all(isinstance(each, list) for each in value)):
        return [to_trees(each) for each in value]
    return tree(value)


def from_nodes(value: Any, depth: int = 0) -> Any:
    """Return a result with every chain and tree in it as a list; classes of the answer's own count as well."""
    if isinstance(value, list | tuple) and depth < 3:  # noqa: PLR2004 - nodes lie no deeper than in lists of lists
        return [from_nodes(each, depth + 1) for each in value]
    if value is None or isinstance(value, int | float | str | list | tuple | dict | set):
        return value
    if hasattr(value, "val") and hasattr(value, "next"):
        return _from_chain(value)
    if hasattr(value, "val") and hasattr(value, "left") and hasattr(value, "right"):
        return _from_tree(value)
    return value


def _from_chain(link: Any) -> Any:
    """Return what the links hold; when the last one leads back, `{values: [...], tail: 1}` as decks write it."""
    values: list[Any] = []
    seen: dict[int, int] = {}
    while link is not None and len(values) < MOST_NODES:
        if id(link) in seen:
            return {"values": values, "tail": seen[id(link)]}
        seen[id(link)] = len(values)
        values.append(link.val)
        link = link.next
    return values


def _from_tree(root: Any) -> list[Any]:
    """Return what the nodes hold level by level, without the Nones at the end; a node with two parents stands twice."""
    values: list[Any] = []
    waiting = deque([root])
    while waiting and len(values) < MOST_NODES:
        node = waiting.popleft()
        if node is None:
            values.append(None)
            continue
        values.append(node.val)
        waiting.extend((node.left, node.right))
    while values and values[-1] is None:
        values.pop()
    return values
