"""A story taken out of its deck file; comments around it stay."""

from __future__ import annotations

from pathlib import Path

from prepdeck.cards.card import Card
from prepdeck.cards.ids import CardId
from prepdeck.deckfile.editing import Editor
from prepdeck.deckfile.fixing import encoded
from prepdeck.deckfile.nodes import Listing
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.deckfile.splicing import Splice, spliced
from prepdeck.host.files import read_bounded
from prepdeck.host.writing import FileUnwritable, replace_file
from prepdeck.study.story_files import differs_only, read_stories, story_in


def remove_from(path: Path, card: CardId) -> Card:
    """Take a story out of its file and return it as it was; comments around it stay.

    Raises:
        FileUnwritable: When the file cannot be read as YAML, or not written.
    """
    data = read_bounded(path)
    before = read_stories(path, data)
    story_in(before, card, path)
    text = spliced(before.source.text, [_removal(before, card)])
    after = read_deck(str(path), text.encode())
    if not differs_only(before, after, card) or card in after.tables:
        raise FileUnwritable(f"{path}: the story cannot be taken out of it", "delete its lines by hand")
    replace_file(path, encoded(data, text), expected=data)
    return next(each for each in before.deck.cards if each.id == card)  # type: ignore[union-attr] # it is among them


def _removal(reading: Reading, card: CardId) -> Splice:
    """Return the edit that takes the entry of a card away, its dash included."""
    assert reading.root is not None  # noqa: S101 - the card stands in it
    listing = reading.root.entries["cards"]
    assert isinstance(listing, Listing)  # noqa: S101 - the card stands in it
    editor, table = Editor(reading.source.text), reading.tables[card]
    place = next(number for number, item in enumerate(listing.items) if item is table)
    if len(listing.items) == 1:
        start, gap = listing.start, ""
        if not editor.is_flow(listing):
            # The empty list stands behind its name; comments between the two stay below it.
            key = reading.root.key_starts[list(reading.root.entries).index("cards")]
            between = editor.text[editor.colon_after(key, "cards", listing) : listing.start]
            start, gap = editor.colon_after(key, "cards", listing), " "
            return Splice(start, editor.line_rest(editor.end_of(listing)), f"{gap}[]{between.rstrip(' ')}".rstrip())
        return Splice(start, editor.end_of(listing), "[]")
    if editor.is_flow(listing):
        if place + 1 < len(listing.items):
            return Splice(table.start, listing.items[place + 1].start, "")
        return Splice(editor.end_of(listing.items[place - 1]), editor.end_of(table), "")
    start = editor.line_start(table.start)
    end = editor.line_rest(editor.end_of(table))
    rest = editor.text[end : end + 2]
    end += 2 if rest == "\r\n" else 1 if rest[:1] in {"\n", "\r"} else 0
    return Splice(start, end, "")
