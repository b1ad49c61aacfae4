"""The hash that tells whether a card was edited."""

from __future__ import annotations

from hashlib import blake2b

from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table


def fingerprint(kind: str, table: Table, typed: str = "") -> str:
    """Return the hash of a card's kind and fields as written; place, order of keys, quotes and comments do not count.

    Every text carries its length, so that no two different cards are written the same before hashing.

    Args:
        kind: What kind of card it is.
        table: Its fields.
        typed: What its tests mean, in place of how they are written: there `1` is a number and `"1"` is text.
    """
    fields = table.entries
    if "kind" in fields:
        left_out = {"kind", "tests"} if typed else {"kind"}
        fields = {name: node for name, node in fields.items() if name not in left_out}
    return blake2b(f"{kind}:{_canonical_table(fields)}{typed}".encode(), digest_size=16).hexdigest()


def _canonical_table(entries: dict[str, Node]) -> str:
    parts = []
    for name in sorted(entries):
        node = entries[name]
        if isinstance(node, Scalar):
            text = node.text.rstrip("\n")
            value = f"{len(text)}:{text}"
        else:
            value = _canonical(node)
        parts.append(f"{len(name)}:{name}{value}")
    return "".join(parts)


def _canonical(node: Node) -> str:
    """Return one spelling of `node`; depth is limited by the builder, so calling itself is safe."""
    if isinstance(node, Scalar):
        text = node.text.rstrip("\n")
        return f"{len(text)}:{text}"
    if isinstance(node, Listing):
        return f"[{''.join([_canonical(item) for item in node.items])}]"
    # A card with a refused value is left out, so that only tables remain.
    return f"{{{_canonical_table(node.entries if isinstance(node, Table) else {})}}}"
