from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from prepdeck.cards.card import Basic, Card
from prepdeck.cards.ids import CardId
from prepdeck.deckfile.editing import insert_field, remove_field, set_field
from prepdeck.deckfile.fields import Value, Word
from prepdeck.deckfile.layout import Branch, lay_out
from prepdeck.deckfile.quoting import is_plain, scalar
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.deckfile.splicing import Splice, spliced
from tests.full import examples
from tests.strategies import PIECES, TEXTS, decks
from tests.untidy import UntidyWriter

LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
"""A whole deck with a choice at every blank is a large example."""

UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
"""Shrinking such an example takes minutes, and the first one found is readable."""

NASTY = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=120)


def comments_of(text: str) -> list[str]:
    """Return every comment of a file, sorted."""
    found: list[str] = []

    def walk(branch: Branch) -> None:
        found.extend(comment.text for comment in branch.tail)
        for entry in branch.entries:
            found.extend(comment.text for comment in (*entry.lead, *entry.trail))
            if isinstance(entry.value, Branch):
                walk(entry.value)

    layout = lay_out(text.replace("\r\n", "\n"))
    found.extend(comment.text for comment in layout.head)
    walk(layout.root)
    return sorted(found)


def read(text: str) -> Reading:
    reading = read_deck("deck.yaml", text.encode())
    assert [one for one in reading.problems if one.code.startswith("E")] == [], text
    return reading


def edited(text: str, name: str, value: Value | None, card: str = "a") -> str:
    """Return a deck after a field of one of its cards was set, added or taken away."""
    reading = read(text)
    assert reading.deck is not None
    id_ = CardId(reading.deck.id, card)
    splices = remove_field(reading, id_, name) if value is None else set_field(reading, id_, name, value)
    result = spliced(reading.source.text, splices)
    read(result)
    return result


def test_splices_are_made_in_any_order() -> None:
    assert spliced("one two three", [Splice(8, 13, "3"), Splice(0, 3, "1"), Splice(4, 4, "and ")]) == "1 and two 3"


@pytest.mark.parametrize(
    "splices", [[Splice(0, 3, ""), Splice(2, 4, "")], [Splice(1, 1, "a"), Splice(1, 1, "b")], [Splice(0, 9, "")]]
)
def test_splices_that_overlap_or_reach_behind_the_text_are_refused(splices: list[Splice]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        spliced("four", splices)


@settings(deadline=None, max_examples=examples(300))
@given(NASTY, st.sampled_from(["", "  ", "      "]), st.booleans())
def test_no_text_loses_a_character_by_being_written(text: str, indent: str, flow: bool) -> None:
    if any("\ud800" <= one <= "\udfff" for one in text):
        with pytest.raises(ValueError, match="surrogate"):
            scalar(text)
        return
    written = scalar(text, indent, flow=flow, taken=len(indent) + 3)
    line = f"{indent}k: [{written}, z]\n" if flow else f"{indent}k: {written}\n{indent}z: 1\n"
    value = yaml.load(line, yaml.CBaseLoader)["k"]  # noqa: S506 - it builds nothing but texts
    value = value[0] if flow else value
    assert value == text or (written.startswith("|") and value == f"{text}\n")


@settings(deadline=None, max_examples=examples(300))
@given(st.from_regex(r"[A-Za-z.+~=<-][A-Za-z0-9._+:-]{0,8}", fullmatch=True) | NASTY)
def test_a_text_without_quotes_is_text_for_every_reader(text: str) -> None:
    if is_plain(text):
        assert yaml.safe_load(f"k: {text}\n") == {"k": text}
    if is_plain(text, flow=True):
        assert yaml.safe_load(f"[{text}, {text}]\n") == [text, text]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain words, with a comma", "plain words, with a comma"),
        ("no", '"no"'),
        ("12 apples", '"12 apples"'),
        ("a: b", '"a: b"'),
        (r"$\theta$", r"'$\theta$'"),
        ("#it's \\mu", "'#it''s \\mu'"),
        ("one\ntwo", "|\n  one\n  two"),
        ("  one\ntwo", "|2\n    one\n  two"),
        ("blank at the end \nof a line", '"blank at the end \\nof a line"'),
        ("\u202e", '"\\u202e"'),
    ],
)
def test_a_text_is_written_as_people_would(text: str, written: str) -> None:
    assert scalar(text) == written


DECK = """\
# head
deck: d
cards:
- id: a   # the id
  front: 'one'  # why not
  # on the back
  back: two
  tags: [x, y]

- id: b
  front: three
  back: four
"""


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    return [pair for pair in zip(before.split("\n"), after.split("\n"), strict=True) if pair[0] != pair[1]]


def test_one_changed_field_changes_one_line() -> None:
    after = edited(DECK, "front", "uno")
    assert changed_lines(DECK, after) == [("  front: 'one'  # why not", "  front: uno  # why not")]


def test_a_text_of_several_lines_stays_on_its_line_when_a_comment_stands_there() -> None:
    after = edited(DECK, "front", "one\ntwo")
    assert changed_lines(DECK, after) == [("  front: 'one'  # why not", '  front: "one\\ntwo"  # why not')]


def test_a_field_is_added_at_its_place() -> None:
    assert edited(DECK, "topic", Word("t")) == DECK.replace("# the id\n", "# the id\n  topic: t\n")


def test_a_field_of_lines_takes_the_place_of_a_short_one() -> None:
    after = edited(DECK, "back", "one\n\ntwo", "b")
    assert after == DECK.replace("  back: four\n", "  back: |\n    one\n\n    two\n")


def test_blanks_behind_an_old_value_do_not_end_up_in_the_new_one() -> None:
    text = DECK.replace("back: four\n", "back: four  \n")
    assert edited(text, "back", "one\n#", "b") == DECK.replace("back: four\n", "back: |\n    one\n    #\n")


def test_a_field_is_taken_away_with_its_line_and_comments_stay() -> None:
    assert edited(DECK, "tags", None) == DECK.replace("  tags: [x, y]\n", "")


def test_a_card_in_braces_is_edited_inside_them() -> None:
    text = "deck: d\r\ncards:\r\n- {id: a, front: b, back: c}  # one"
    assert edited(text, "front", "x, y") == text.replace("front: b", 'front: "x, y"')
    assert edited(text, "level", Word("2")) == text.replace("id: a,", "id: a, level: 2,")
    added = edited(text, "tags", ["t"])
    assert edited(added, "tags", None) == text


def test_line_ends_of_the_file_are_kept() -> None:
    text = "deck: d\r\ncards:\r\n- id: a\r\n  front: b\r\n  back: c"
    after = edited(text, "back", "one\ntwo")
    assert after == text.replace("back: c", "back: |\r\n    one\r\n    two")


def test_the_first_field_of_a_card_can_go() -> None:
    text = "deck: d\ncards:\n- topic: t\n  id: a\n  front: b\n  back: c\n"
    assert edited(text, "topic", None) == "deck: d\ncards:\n- id: a\n  front: b\n  back: c\n"


def test_the_last_field_of_all_stays() -> None:
    reading = read("deck: d\ncards:\n- {id: a, front: b, back: c}\n")
    table = reading.tables[CardId("d", "a")]
    lonely = replace(reading, tables={CardId("d", "a"): table._replace(entries={"id": table.entries["id"]})})
    with pytest.raises(ValueError, match="only field"):
        remove_field(lonely, CardId("d", "a"), "id")


def test_a_field_is_not_inserted_twice() -> None:
    with pytest.raises(ValueError, match="already"):
        insert_field(read(DECK), CardId("d", "a"), "front", "x")


SOME = st.lists(TEXTS, min_size=1, max_size=2).map(tuple)
EDITS: Mapping[str, st.SearchStrategy[Any]] = {
    "front": TEXTS,
    "why": TEXTS,
    "hints": SOME,
    "variants": SOME,
    "level": st.sampled_from([1, 2, 3]),
}


@settings(deadline=None, max_examples=examples(25), suppress_health_check=LARGE, phases=UNSHRUNK)
@given(st.data())
def test_setting_a_field_changes_that_field_alone_in_any_layout(data: st.DataObject) -> None:
    deck = data.draw(decks(kinds=("basic",), most_cards=2))
    writer = UntidyWriter(data.draw, data.draw(st.sampled_from(["\n", "\r\n"])))
    text = writer.write(deck)
    name = data.draw(st.sampled_from(list(EDITS)))
    value = data.draw(EDITS[name])
    old = data.draw(st.sampled_from(deck.cards))
    had = name in read(text).tables[old.id].entries
    after = edited(text, name, Word(value) if isinstance(value, int) else value, old.id.card)
    body = (
        {"body": replace(old.body, **{name: value})} if isinstance(old.body, Basic) and hasattr(old.body, name) else {}
    )
    new = replace(old, **(body or {name: value}))
    expected = tuple(new if card is old else card for card in deck.cards)
    assert cards_of(after) == expected, (text, after)
    if not had:
        assert comments_of(after) == sorted(writer.comments)
        assert cards_of(edited(after, name, None, old.id.card)) == deck.cards, (text, after)


def cards_of(text: str) -> tuple[Card, ...]:
    deck = read(text).deck
    assert deck is not None
    return deck.cards
