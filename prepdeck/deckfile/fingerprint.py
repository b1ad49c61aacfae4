"""The hash that tells whether a card was edited."""

from __future__ import annotations

from hashlib import blake2b

from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table


def fingerprint(kind: str, table: Table) -> str:
    """Return the hash of a card's kind and fields as written; place, order of keys and comments do not count.

    Every text carries its length, so that no two different cards are written the same before hashing.
    """
    fields = {**table.entries, "kind": Scalar(kind, 0, 0, "")}
    return blake2b(_canonical_table(fields).encode(), digest_size=16).hexdigest()


def _canonical_table(entries: dict[str, Node]) -> str:
    return "".join(
        [
            f"{len(name)}:{name}{len(node.text)}:{node.text}"
            if isinstance(node, Scalar)
            else f"{len(name)}:{name}{_canonical(node)}"
            for name, node in sorted(entries.items())
        ]
    )


def _canonical(node: Node) -> str:
    """Return one spelling of `node`; depth is limited by the builder, so calling itself is safe."""
    if isinstance(node, Scalar):
        return f"{len(node.text)}:{node.text}"
    if isinstance(node, Listing):
        return f"[{''.join([_canonical(item) for item in node.items])}]"
    if isinstance(node, Table):
        return f"{{{_canonical_table(node.entries)}}}"
    return "-"
