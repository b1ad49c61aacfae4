from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.judge.inside.nodes import MOST_NODES, TreeNode, chain, from_nodes, to_chains, to_trees, tree
from tests.full import examples

VALUES = st.lists(st.integers(0, 9) | st.none(), max_size=12)


@settings(deadline=None, max_examples=examples(100))
@given(st.lists(st.integers()))
def test_a_chain_reads_back_as_its_list(values: list[int]) -> None:
    assert (from_nodes(chain(values)) or []) == values


@settings(deadline=None, max_examples=examples(100))
@given(st.lists(st.integers(), min_size=1), st.data())
def test_a_chain_that_leads_back_reads_as_it_is_written(values: list[int], data: st.DataObject) -> None:
    tail = data.draw(st.integers(0, len(values) - 1))
    head = to_chains({"values": values, "tail": tail})
    assert from_nodes(head) == {"values": values, "tail": tail}
    last = head
    for _ in values[1:]:
        last = last.next
    assert last.next.val == values[tail]


@settings(deadline=None, max_examples=examples(100))
@given(VALUES)
def test_a_tree_reads_back_as_a_list_that_makes_the_same_tree(values: list[int | None]) -> None:
    written = from_nodes(tree(values)) or []
    assert from_nodes(tree(written)) == (written or None)
    assert not written or written[-1] is not None


def test_a_node_with_two_parents_is_no_tree_that_a_test_expects() -> None:
    child = TreeNode(2)
    assert from_nodes(TreeNode(1, child, child)) == [1, 2, 2]


def test_a_tree_that_leads_back_is_read_to_a_limit() -> None:
    root = TreeNode(1)
    root.left = root
    assert len(from_nodes(root)) >= MOST_NODES - 1


def test_lists_of_lists_become_several_structures() -> None:
    assert [link and link.val for link in to_chains([[1, 2], [], [3]])] == [1, None, 3]
    assert [root and root.val for root in to_trees([[1, 2], []])] == [1, None]
    assert from_nodes([chain([1]), (tree([2, 3]), 4)]) == [[1], [[2, 3], 4]]
