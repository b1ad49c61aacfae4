"""The hash that tells whether a card was edited."""

from __future__ import annotations

from hashlib import blake2b

from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table


def fingerprint(kind: str, table: Table) -> str:
    """Return the hash of a card's kind and fields as written; place, order of keys and comments do not count.

    Every text carries its length, so that no two different cards are written the same before hashing.
    """
    fields = {name: node for name, (_key, node) in table.entries.items() if name != "kind"}
    parts = [f"{len(kind)}:{kind}"]
    for name in sorted(fields):
        parts.append(f"{len(name)}:{name}")
        parts.append(_canonical(fields[name]))
    return blake2b("".join(parts).encode(), digest_size=16).hexdigest()


def _canonical(node: Node) -> str:
    """Return one spelling of `node`; depth is limited by the builder, so calling itself is safe."""
    if isinstance(node, Scalar):
        return f"{len(node.text)}:{node.text}"
    if isinstance(node, Listing):
        return "[" + "".join(_canonical(item) for item in node.items) + "]"
    if isinstance(node, Table):
        entries = sorted(node.entries.items())
        return "{" + "".join(f"{len(name)}:{name}{_canonical(value)}" for name, (_key, value) in entries) + "}"
    return "-"
