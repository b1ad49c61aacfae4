"""`prepdeck search`: cards and stories by their words."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.opening import opened_desk
from prepdeck.cli.parameters import whole_between
from prepdeck.cli.streams import cleaned, paint, paints, say, write_json, write_trusted
from prepdeck.cli.verb import verb

if TYPE_CHECKING:
    from prepdeck.study.searching import Hit, Piece, SearchResult

MATCH = "1"
"""Style of what was searched for."""
DEFAULT_LIMIT = 20
"""Cards that are printed."""


@verb(
    click.Argument(("words",), metavar="WORDS...", nargs=-1, required=True),
    click.Option(
        ("--limit",), callback=whole_between(1, 1000), metavar="N", help=f"At most N cards ({DEFAULT_LIMIT})."
    ),
    examples=(
        ("prepdeck search bias variance", "Cards and stories with both words, the best first."),
        ("prepdeck search deck:probability is:due bay", "Due cards of one deck with a word that begins so."),
    ),
)
def command(context: click.Context, words: tuple[str, ...], limit: int | None) -> None:
    """Find cards and stories: fronts, answers, options, points, code, outlines, topics and tags.

    All words must stand in a card; the last one may be a beginning, and words in quotes stand together. Filters:
    deck:SLUG, tag:TAG, kind:KIND, topic:SLUG, is:due, is:new, is:leech, is:flagged, is:suspended, is:buried,
    is:retired.
    """
    from prepdeck.study.searching import find_cards

    flags = flags_of(context)
    with opened_desk(flags) as desk:
        result = find_cards(desk, " ".join(words), limit or DEFAULT_LIMIT)
    if flags.json:
        write_json(_json(result))
    else:
        colored = paints(flags.color, sys.stdout)
        for line in _draw(result.hits, colored=colored):
            write_trusted(line)
    if not flags.quiet:
        _comment(result)


def _comment(result: SearchResult) -> None:
    if not result.hits:
        near = f"; the nearest is {result.nearest}" if result.nearest else ""
        say(f"nothing found for {result.query}{near}")
    elif result.has_more:
        say(f"the first {len(result.hits)}; --limit shows more")


def _json(result: SearchResult) -> dict[str, Any]:
    from prepdeck.study.searching import plain

    cards = [
        {
            "card": str(hit.card),
            "deck": hit.card.deck,
            "kind": hit.kind,
            "title": plain(hit.title),
            "topic": hit.topic,
            "snippet": plain(hit.snippet),
        }
        for hit in result.hits
    ]
    return {"schema": 1, "query": result.query, "cards": cards, "more": result.has_more, "nearest": result.nearest}


def _draw(hits: tuple[Hit, ...], *, colored: bool) -> Iterable[str]:
    """Yield the lines of all hits; where the title lacks a word, the words around it stand below."""
    name_width = max((len(str(hit.card)) for hit in hits), default=0)
    kind_width = max((len(hit.kind) for hit in hits), default=0)
    for hit in hits:
        title = _painted(hit.title, colored=colored)
        yield f"{hit.card!s:<{name_width}}  {hit.kind:<{kind_width}}  {title}"
        if hit.snippet and not any(piece.is_match for piece in hit.title):
            yield f"    {_painted(hit.snippet, colored=colored)}"


def _painted(pieces: tuple[Piece, ...], *, colored: bool) -> str:
    return "".join(paint(cleaned(piece.text), MATCH, wanted=colored and piece.is_match) for piece in pieces)
