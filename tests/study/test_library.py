"""Decks taken into the store: a library from rows is the library from files, and no history is ever lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from prepdeck.cards.deck import Deck, Topic, Track
from prepdeck.cards.ids import CardId
from prepdeck.deckfile.excerpt import Excerpt, cut, read_excerpts
from prepdeck.deckfile.reading import read_deck
from prepdeck.errors import Ambiguous, NotFound, StoreLocked
from prepdeck.host.bundled import bundled_folder
from prepdeck.scheduling.memory import Learned
from prepdeck.store import database
from prepdeck.study import comparing, survey, taking_in
from prepdeck.study.desk import Desk, open_desk, reload_decks
from prepdeck.study.discovery import read_roots
from prepdeck.study.headers import deck_of, header_of
from prepdeck.study.library import Library, library_of
from prepdeck.study.options import Options
from prepdeck.study.overview import what_waits_at
from prepdeck.study.records import read_actions, read_log, show_card
from prepdeck.study.reviewing import record_answer
from prepdeck.study.safekeeping import rebuild
from prepdeck.study.searching import find_cards
from prepdeck.study.surroundings import Root, look_around
from prepdeck.study.taking_in import TakenIn
from prepdeck.study.today import what_waits
from tests.builders import DECK, TODAY, environment_of
from tests.full import examples


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in environment_of(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    return tmp_path / "home"


def cold_library() -> Library:
    return library_of(read_roots(look_around(Options()).roots))


def offered(library: Library) -> object:
    """Return everything that a library offers."""
    names = [card.id for card in library.cards]
    words = {part for name in names for part in (str(name), name.card, name.card[:1], str(name)[:3])}
    return {
        "decks": [
            (
                each.deck,
                tuple(each.deck.cards),
                len(each.deck.cards),
                each.path,
                each.source,
                each.errors,
                each.warnings,
            )
            for each in library.decks
        ],
        "fingerprints": [card.fingerprint for card in library.cards],
        "unreadable": library.unreadable,
        "notes": library.notes,
        "len": len(library),
        "cards": library.cards,
        "get": [library.get(name) for name in names],
        "gone": library.get(CardId("no", "card")),
        "outlines": list(library.outlines()),
        "kinds": [library.of_kind(kind) for kind in ("basic", "cloze", "story")],
        "lines": [library.line_of(name) for name in names],
        "found": {word: meant(library, word) for word in [*sorted(words), "", "zzz", "é", "\udcff"]},
    }


def meant(library: Library, words: str) -> object:
    try:
        return library.find(words)
    except (NotFound, Ambiguous) as error:
        return type(error).__name__, error.message, error.help


def assert_same() -> None:
    """Check that the library of a start from rows is the library of a start from files alone."""
    with open_desk() as desk:
        assert offered(desk.library) == offered(cold_library())


def count_readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by every file that is read as YAML."""
    read: list[str] = []
    original = comparing.Reader._read

    def counted(self: comparing.Reader, sighting: survey.Sighting) -> comparing.Holding:
        read.append(sighting.path.name)
        return original(self, sighting)

    monkeypatch.setattr(comparing.Reader, "_read", counted)
    return read


# Reading nothing again


def age(path: Path) -> None:
    """Let a file look as if it had not been touched for a while; only its change time tells otherwise."""
    os.utime(path, (1_700_000_000, 1_700_000_000))


def test_unchanged_files_are_read_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "decks" / "broken.yaml").write_text("deck: broken\ncards:\n\t- id: x\n")
    (home / "decks" / "formats.yaml").write_text("formats: 3\n")
    read = count_readings(monkeypatch)
    open_desk().close()
    assert sorted(read) == ["broken.yaml", "formats.yaml", "small.yaml"]
    for _ in range(3):
        assert_same()
    assert len(read) == 3


def test_only_the_file_that_changed_is_read_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "decks" / "other.yaml").write_text("deck: other\ncards:\n- {id: a, front: b, back: c}\n")
    open_desk().close()
    read = count_readings(monkeypatch)
    (home / "decks" / "other.yaml").write_text("deck: other\ncards:\n- {id: a, front: b, back: d}\n")
    assert_same()
    assert read == ["other.yaml"]


def test_a_touched_file_is_hashed_and_not_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_desk().close()
    read = count_readings(monkeypatch)
    path = home / "decks" / "small.yaml"
    age(path)
    shutil.copy(path, path.with_name("copy"))
    path.with_name("copy").rename(path)
    assert_same()
    assert read == []


def test_a_change_that_no_stamp_shows_is_noticed(home: Path) -> None:
    path = home / "decks" / "small.yaml"
    open_desk().close()
    before = path.stat()
    path.write_text(DECK.replace("The first number.", "The third number."))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with closing(sqlite3.connect(home / "prepdeck.db")) as raw:  # as if the clock of the disk had not ticked
        now = survey.look_over((Root(path, "own"),))[0]
        raw.execute("UPDATE deck_files SET stamp = ?, checked_ns = ?", (now.stamp, now.newest_ns + survey.RACY_NS - 1))
        raw.commit()
    with open_desk() as desk:
        assert desk.library.find("one").body.back == "The third number."  # type: ignore[union-attr]


def test_another_program_reads_everything_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_desk().close()
    monkeypatch.setattr(comparing, "reader_stamp", lambda: "newer")
    monkeypatch.setattr(survey, "reader_stamp", lambda: "newer")
    read = count_readings(monkeypatch)
    assert_same()
    assert read == ["small.yaml"]


def test_another_program_searches_a_deck_that_was_away_in_its_own_way(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "decks" / "small.yaml"
    open_desk().close()
    path.rename(home / "away")
    open_desk().close()
    (home / "away").rename(path)
    monkeypatch.setattr(comparing, "reader_stamp", lambda: "newer")
    monkeypatch.setattr(survey, "reader_stamp", lambda: "newer")
    monkeypatch.setattr(taking_in, "words_of", lambda card: (card.title, "a word of the newer program", ""))
    with open_desk() as desk:
        assert len(find_cards(desk, "newer").hits) == 5


def test_the_second_start_does_not_load_yaml(home: Path) -> None:
    script = (
        "import sys\nsys.argv = ['prepdeck', *{words}]\nfrom prepdeck.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code in (0, None), end.code\n"
        "print('YAML', 'yaml' in sys.modules, 'sqlalchemy' in sys.modules)\n"
    )

    def loaded(*words: str) -> str:
        ran = [sys.executable, "-c", script.format(words=list(words))]
        ended = subprocess.run(ran, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
        return ended.stdout.splitlines()[-1]

    assert loaded("due") == "YAML True True"
    assert loaded("due") == "YAML False False"
    assert loaded("due", "--count") == "YAML False False"
    assert loaded("log") == "YAML False True"
    (home / "decks" / "small.yaml").write_text(DECK.replace("first number", "1st number"))
    assert loaded("due") == "YAML True True"
    assert loaded("due") == "YAML False False"


def test_a_start_with_unchanged_decks_needs_no_lock(home: Path) -> None:
    open_desk().close()
    age(home / "decks" / "small.yaml")
    with closing(database.connect(home / "prepdeck.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert_same()
        assert what_waits(Options())[0].new == 5


def test_changed_decks_need_the_lock(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_desk().close()
    (home / "decks" / "small.yaml").write_text(DECK.replace("first number", "1st number"))
    monkeypatch.setattr("prepdeck.study.desk.open_store", impatient)
    with closing(database.connect(home / "prepdeck.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked):
            open_desk()
    assert_same()


def impatient(path: Path, backups: Path, *, stamp: str) -> object:
    from prepdeck.store.store import open_store

    return open_store(path, backups, stamp=stamp, patience_ms=20)


def test_what_another_program_took_in_meanwhile_is_not_taken_in_twice(home: Path) -> None:
    with open_desk() as mine:
        record_answer(mine, CardId("small", "one"), 4)
        text = DECK.replace("id: one", "id: uno\n  was: one").replace("id: two", "id: two\n  revision: 2")
        (home / "decks" / "small.yaml").write_text(text)
        with open_desk() as other:
            assert other.library.find("uno")
        taken = reload_decks(mine)
        assert taken == TakenIn()
        with mine.store.reading() as log:
            assert len(list(log.actions())) == 1
        assert offered(mine.library) == offered(cold_library())


# Any text of a card


DECKS = [path.read_bytes() for path in sorted(bundled_folder("decks").glob("*.yaml"))]
ODD = rb"""
deck: odd
tags: [x, y]
cards:
      -    id: a
           front: |+
              keep

           back: |2
               two


      - {id: b, front: "multi
 line", back: plain
 over, tags: [q, x]}
      # a comment
      -
        id: c  # and another
        front: >-
          folded
          text
        was: [older, other/one]
        back: |+
          last

          line"""
BRACKETS = b'{deck: f, tags: [t], cards: [{id: a, front: x, back: y}, {id: b, front: "x",\nback: z}]}'
JSON = (
    b'{"deck": "j", "cards": [\n {\n "id": "a",\n\t"front": "x # no",\n\t"back": "y, }"\n},\n'
    b'{"id":"b","front":"x","back":"y"}\n]}'
)
MIXED = ODD + b"\n" + b"      - {id: d,\n\tfront: x, back: '}'}  # more\n"


@pytest.mark.parametrize(
    "data", [*DECKS, ODD, ODD + b"\n", ODD + b"\n\n", ODD.replace(b"\n", b"\r\n"), BRACKETS, JSON, MIXED]
)
def test_a_card_cut_out_of_its_deck_reads_as_it_did_there(data: bytes) -> None:
    reading = read_deck("deck.yaml", data)
    cards = reading.deck.cards if reading.deck is not None else ()
    assert cards or reading.document
    excerpts = [Excerpt(card.id, cut(reading, card.id), card.tags, card.fingerprint) for card in cards]
    together = read_excerpts(excerpts)
    assert list(together.values()) == list(cards)
    assert [card.fingerprint for card in together.values()] == [card.fingerprint for card in cards]
    for excerpt, card in zip(excerpts, cards, strict=True):
        assert read_excerpts([excerpt]) == {card.id: card}


def test_an_excerpt_of_another_content_is_left_out() -> None:
    excerpt = Excerpt(CardId("a", "b"), "  id: b\n  front: c\n  back: d\n", (), "another")
    assert read_excerpts([excerpt]) == {}


def test_a_card_whose_row_went_bad_is_read_from_its_file(home: Path) -> None:
    open_desk().close()
    with closing(sqlite3.connect(home / "prepdeck.db")) as raw:
        raw.execute("UPDATE entries SET source = '  id: one\n  front: [' WHERE number = 1")
        raw.commit()
    assert_same()


def test_every_field_of_a_deck_is_kept() -> None:
    deck = Deck(
        id="d",
        title="T",
        cards=(),
        track=Track.STAR,
        description="x",
        phases=(1, 2),
        skills=("programming",),
        optional=True,
        tags=("t",),
        topics=(Topic("a", "A"), Topic("b", "Ünï")),
        author="me",
        license="MIT",
        version="1",
    )
    unlike = [each.name for each in fields(Deck) if getattr(deck, each.name) == each.default]
    assert unlike == []
    import json

    assert deck_of("d", json.loads(header_of(deck)), ()) == deck


# What changed is said


def test_the_first_start_says_nothing_of_new_cards(home: Path) -> None:
    with open_desk() as desk:
        assert desk.notes == []


def test_what_changed_is_said_once_and_in_numbers(home: Path) -> None:
    (home / "decks" / "other.yaml").write_text(
        "deck: other\ncards:\n- {id: a, front: b, back: c}\n- {id: z, front: b, back: c}\n"
    )
    open_desk().close()
    (home / "decks" / "other.yaml").write_text("deck: other\ncards:\n- {id: z, front: b, back: more}\n")
    text = DECK.replace("id: one", "id: uno\n  was: one").replace("id: two", "id: moved\n  was: other/a")
    (home / "decks" / "small.yaml").write_text(text.replace("id: five", "id: sixth"))
    with open_desk() as desk:
        assert desk.notes == ["decks changed: 1 new card, 1 reworded, 1 renamed, 1 moved, 2 retired"]
    (home / "decks" / "small.yaml").write_text(text)
    with open_desk() as desk:
        assert desk.notes == ["decks changed: 1 retired, 1 back"]
    with open_desk() as desk:
        assert desk.notes == []


def test_a_summary_names_the_cards(home: Path) -> None:
    with open_desk() as desk:
        (home / "decks" / "small.yaml").write_text(DECK.replace("id: one", "id: uno\n  was: one"))
        taken = reload_decks(desk)
    assert taken == TakenIn(renamed=(CardId("small", "uno"),))


def test_of_two_cards_that_claim_a_name_the_first_keeps_it(home: Path) -> None:
    with open_desk() as desk:
        record_answer(desk, CardId("small", "one"), 4)
    text = DECK.replace("id: one", "id: uno\n  was: one").replace("id: five", "id: cinco\n  was: one")
    for more in ("", "# a\n", "# a\n# b\n"):
        (home / "decks" / "small.yaml").write_text(text + more)
        with open_desk() as desk, desk.store.reading() as log:
            assert log.name_now(CardId("small", "one")) == CardId("small", "uno")
            assert len(list(log.actions())) == 1


@pytest.mark.parametrize("step", ["rename", "move", "later"])
def test_a_meaning_that_changes_together_with_its_name_makes_the_card_due(home: Path, step: str) -> None:
    with open_desk() as desk:
        for quality, day in ((4, 1), (4, 2), (4, 8)):
            record_answer(desk, CardId("small", "one"), quality, at=datetime(2026, 11, day, 9, tzinfo=UTC))
        assert what_waits_at(desk).due == 0
    small, other = home / "decks" / "small.yaml", home / "decks" / "other.yaml"
    head, _, rest = DECK.partition("- id: one\n")
    kept = head + rest[rest.index("- id: two") :]
    match step:
        case "rename":
            small.write_text(DECK.replace("id: one", "id: uno\n  was: one\n  revision: 2"))
        case "move" | "later":
            other.write_text("deck: other\ncards:\n- {id: uno, was: small/one, revision: 2, front: b, back: c}\n")
            if step == "later":
                open_desk().close()
            small.write_text(kept)
    for _ in range(2):
        with open_desk() as desk:
            record = show_card(desk, "uno")
            assert isinstance(record.memory, Learned)
            assert (record.memory.due, record.memory.interval, len(record.reviews)) == (TODAY, 15, 3)
            assert what_waits_at(desk).due == 1
            assert [action.kind.value for action in read_actions(desk)] == ["rename", "revision"]
    assert rebuild(Options(), check=True).differences == ()


def test_a_meaning_that_changed_under_an_earlier_name_is_not_new_again(home: Path) -> None:
    with open_desk() as desk:
        record_answer(desk, CardId("small", "one"), 4, at=datetime(2026, 11, 22, 8, tzinfo=UTC))
    for name, was in (("uno", "one"), ("eins", "uno"), ("un", "[eins, uno, one]")):
        text = DECK.replace("id: one", f"id: {name}\n  was: {was}\n  revision: 2")
        (home / "decks" / "small.yaml").write_text(text)
        with open_desk() as desk:
            assert len(show_card(desk, name).reviews) == 1
            assert [action.kind.value for action in read_actions(desk)].count("revision") == 1


def test_a_name_that_keeps_its_meaning_keeps_its_day(home: Path) -> None:
    (home / "decks" / "small.yaml").write_text(DECK.replace("id: one", "id: one\n  revision: 3"))
    with open_desk() as desk:
        record_answer(desk, CardId("small", "one"), 4, at=datetime(2026, 11, 22, 8, tzinfo=UTC))
    for revision in (3, 2):
        text = DECK.replace("id: one", f"id: uno{revision}\n  was: [one, uno3]\n  revision: {revision}")
        (home / "decks" / "small.yaml").write_text(text)
        with open_desk() as desk:
            assert show_card(desk, f"uno{revision}").reviews
            assert {action.kind.value for action in read_actions(desk)} == {"rename"}


# Decks here and there


@pytest.fixture
def bundle(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Return what installs the program in a folder of its own, with one bundled deck."""
    monkeypatch.delenv("PREPDECK_NO_BUNDLED")

    def install(version: str, text: str) -> None:
        folder = home / version / "decks"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "deck.yaml").write_text(text)
        for module in ("surroundings", "survey"):
            monkeypatch.setattr(f"prepdeck.study.{module}.bundled_folder", lambda _name: folder)

    return install


OLD_BUNDLE = "deck: old\ncards:\n- {id: a, front: b, back: c}\n- {id: z, front: b, back: c}\n"
NEW_BUNDLE = "deck: new\ncards:\n- {id: a, was: old/a, front: b, back: c}\n"


def test_a_newer_program_in_another_folder_brings_its_own_decks(home: Path, bundle: Callable[[str, str], None]) -> None:
    bundle("v1", OLD_BUNDLE)
    with open_desk() as desk:
        record_answer(desk, CardId("old", "a"), 4)
        record_answer(desk, CardId("old", "z"), 4)
    bundle("v2", NEW_BUNDLE)  # v1 stays where it is, as `uvx` leaves it
    with open_desk() as desk:
        assert desk.notes == ["decks changed: 1 moved, 1 retired"]
        assert len(show_card(desk, "new/a").reviews) == 1
        assert [hit.card for hit in find_cards(desk, "is:retired").hits] == [CardId("old", "z")]
    bundle("v1", OLD_BUNDLE)
    with open_desk() as desk:
        assert len(show_card(desk, "old/a").reviews) == 1
        assert [deck.deck.id for deck in desk.library.decks] == ["old", "small"]
    assert_same()


def test_bundled_decks_that_are_not_asked_for_or_named_by_hand_are_still_there(
    home: Path, bundle: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle("v1", OLD_BUNDLE)
    open_desk().close()
    monkeypatch.setenv("PREPDECK_NO_BUNDLED", "1")
    with open_desk() as desk:
        assert desk.notes == []
    monkeypatch.setenv("PREPDECK_NO_BUNDLED", "")
    monkeypatch.setenv("PREPDECK_DECKS", str(home / "v1" / "decks"))
    bundle("v2", NEW_BUNDLE)
    with open_desk() as desk:
        assert desk.notes == ["decks changed: 1 new card"]
        assert desk.library.find("old/a")
    assert_same()


def test_a_deck_that_is_not_asked_for_now_keeps_its_cards(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = home / "more.yaml"
    more.write_text("deck: more\ncards:\n- {id: a, front: b, back: c}\n")
    read = count_readings(monkeypatch)
    for _ in range(3):
        monkeypatch.setenv("PREPDECK_DECKS", str(more))
        with open_desk() as desk:
            assert len(desk.library) == 6
            assert desk.notes == []
        assert_same()
        monkeypatch.delenv("PREPDECK_DECKS")
        with open_desk() as desk:
            assert len(desk.library) == 5
            assert desk.notes == []
            assert desk.library.get(CardId("more", "a")) is None
            assert [deck.slug for deck in what_waits(Options())[0].decks] == ["small"]
        assert_same()
    assert sorted(read) == ["more.yaml", "small.yaml"]
    more.unlink()
    with open_desk() as desk:
        assert desk.notes == ["decks changed: 1 retired"]


def test_two_files_of_one_deck_take_turns_with_the_places_that_are_looked_at(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk() as desk:
        record_answer(desk, CardId("small", "one"), 4)
    more = home / "more.yaml"
    more.write_text("deck: small\ncards:\n- {id: one, front: other, back: c}\n- {id: extra, front: other, back: c}\n")
    for _ in range(3):
        monkeypatch.setenv("PREPDECK_DECKS", str(more))
        assert_same()
        with open_desk() as desk:
            assert desk.library.find("one").title == "other"
            assert len(show_card(desk, "one").reviews) == 1
        monkeypatch.delenv("PREPDECK_DECKS")
        assert_same()
    monkeypatch.setenv("PREPDECK_NO_BUNDLED", "")
    assert_same()
    assert rebuild(Options(), check=True).differences == ()


def test_a_relative_path_is_shown_as_it_was_given(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "bad.yaml").write_text("deck: [")
    monkeypatch.chdir(home)
    for given_path in ("bad.yaml", str(home / "bad.yaml"), "./bad.yaml"):
        monkeypatch.setenv("PREPDECK_DECKS", given_path)
        assert_same()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_any_more_is_left_out(home: Path) -> None:
    open_desk().close()
    (home / "decks" / "small.yaml").chmod(0)
    assert_same()
    (home / "decks" / "small.yaml").chmod(0o600)
    assert_same()


def test_pipes_folders_and_links_among_decks_are_named_every_time(home: Path) -> None:
    decks = home / "decks"
    os.mkfifo(decks / "pipe.yaml")
    (decks / "folder.yaml").mkdir()
    (decks / "link.yaml").symlink_to(home / "elsewhere.yaml")
    for _ in range(2):
        assert_same()
        with open_desk() as desk:
            assert {Path(path).name for path, _ in desk.library.unreadable} == {"pipe.yaml", "link.yaml"}


def test_a_retired_card_can_still_be_shown(home: Path) -> None:
    with open_desk() as desk:
        before = desk.library.find("one")
        record_answer(desk, before.id, 4)
    (home / "decks" / "small.yaml").unlink()
    with open_desk() as desk:
        record = show_card(desk, "small/one")
    assert record.retired
    assert record.last_seen == before
    assert len(record.reviews) == 1


# Any sequence of edits


@dataclass
class Author:
    """Somebody who edits decks at random, and knows which history each card must have."""

    home: Path
    files: dict[str, tuple[str, list[tuple[str, str]]]] = field(default_factory=dict)
    """By file name: slug, and its cards as (id, other lines)."""
    souls: dict[str, int] = field(default_factory=dict)
    """By name of a card: how many reviews its history holds."""
    count: int = 0

    def name(self) -> str:
        self.count += 1
        return f"c{self.count}"

    def write(self, name: str) -> None:
        slug, cards = self.files[name]
        lines = "".join(f"- id: {card}\n{lines}" for card, lines in cards)
        path = self.home / "decks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"deck: {slug}\ntags: [{slug}]\ncards:\n{lines}" if lines else f"deck: {slug}\ncards: []\n")

    def pick(self, dice: Callable[[int], int]) -> tuple[str, str, list[tuple[str, str]]]:
        name = sorted(self.files)[dice(len(self.files))]
        return name, *self.files[name]


def content(number: int, was: str = "") -> str:
    kind = [
        f'  front: "Question {number}?"\n  back: Answer {number}\n',
        f'  kind: cloze\n  text: "In {{{{c1::gap {number}}}}} it is."\n  tags: [t{number % 3}]\n',
        f"  front: |\n    Question {number}\n  back: >-\n    folded {number}\n  points: [a, b]\n",
    ][number % 3]
    return f"  was: {was}\n{kind}" if was else kind


STEPS = (
    "add", "reword", "rename", "move", "remove", "bring back", "reorder", "rename file", "delete file",
    "break", "fault", "touch", "same size", "revise", "restart", "new file", "answer", "answer",
)  # fmt: skip
IDENTITY = {"rename", "move", "remove"}
"""Steps that prepdeck has to see one by one: a name that it never met carries no history on."""


def edit(author: Author, step: str, dice: Callable[[int], int]) -> None:  # noqa: PLR0915 - one case for each step
    decks = author.home / "decks"
    if step == "new file" or not author.files:
        name = f"f{author.name()}.yaml"
        author.files[name] = (f"d{author.count}", [(author.name(), content(dice(90))) for _ in range(1 + dice(3))])
        author.write(name)
        return
    name, slug, cards = author.pick(dice)
    place = dice(len(cards)) if cards else 0
    match step:
        case "add":
            cards.insert(place, (author.name(), content(dice(90))))
        case "reword" if cards:
            cards[place] = (cards[place][0], content(dice(90)))
        case "rename" if cards:
            old, fresh = cards[place][0], author.name()
            cards[place] = (fresh, content(dice(90), old))
            author.souls[f"{slug}/{fresh}"] = author.souls.pop(f"{slug}/{old}", 0)
        case "move" if cards and len(author.files) > 1:
            other = sorted(set(author.files) - {name})[dice(len(author.files) - 1)]
            old, fresh = cards.pop(place)[0], author.name()
            author.files[other][1].append((fresh, content(dice(90), f"{slug}/{old}")))
            author.souls[f"{author.files[other][0]}/{fresh}"] = author.souls.pop(f"{slug}/{old}", 0)
            author.write(other)
        case "remove" if cards:
            cards.pop(place)
        case "bring back":
            gone = sorted(soul for soul in author.souls if soul.startswith(f"{slug}/"))
            gone = [soul for soul in gone if soul.partition("/")[2] not in dict(cards)]
            if gone:
                cards.append((gone[dice(len(gone))].partition("/")[2], content(dice(90))))
        case "reorder":
            cards.reverse()
        case "rename file":
            fresh = f"sub{dice(2)}/f{author.name()}.yaml"
            author.files[fresh] = author.files.pop(name)
            (decks / fresh).parent.mkdir(exist_ok=True)
            if (decks / name).exists():
                (decks / name).rename(decks / fresh)
            name = fresh
        case "delete file":
            (decks / name).unlink(missing_ok=True)
            del author.files[name]
            return
        case "break" | "fault":
            author.write(name)
            bad = "\t- id: x\n" if step == "break" else "- id: y\n  frnt: x\n"
            (decks / name).write_text((decks / name).read_text() + bad)
            return
        case "touch":
            if (decks / name).exists():
                age(decks / name)
            return
        case "same size":
            path = decks / name
            if path.exists():
                before = path.stat()
                path.write_bytes(path.read_bytes().replace(b"Question", b"Qvestion"))
                os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            return
        case "revise" if cards:
            cards[place] = (cards[place][0], f"  revision: {1 + dice(5)}\n{content(dice(90))}")
    author.write(name)


def answer_one(author: Author, desk: Desk, dice: Callable[[int], int]) -> None:
    cards = desk.library.cards
    if cards:
        card = cards[dice(len(cards))].id
        record_answer(desk, card, dice(6))
        author.souls[str(card)] = author.souls.get(str(card), 0) + 1


def assert_histories(author: Author, desk: Desk) -> None:
    """Check that every review there ever was belongs to the card whose history it is."""
    assert len(list(read_log(desk))) == sum(author.souls.values())
    for name, count in author.souls.items():
        if count:
            record = show_card(desk, name)
            assert (str(record.id), len(record.reviews)) == (name, count)
    for card in desk.library.cards:
        assert len(show_card(desk, str(card.id)).reviews) == author.souls.get(str(card.id), 0)
    with desk.store.reading() as log:
        assert log.all_memories() == log.all_replayed()
        assert log.shelving.count_unmarked() == 0


@pytest.mark.promise(25)
@settings(
    max_examples=examples(12, 400),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # making a sequence shorter takes longer than reading it
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_whatever_an_author_does_the_library_is_that_of_the_files_and_no_history_is_lost(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    home = tmp_path_factory.mktemp("author")
    author = Author(home)

    def dice(faces: int) -> int:
        return data.draw(st.integers(0, faces - 1)) if faces > 1 else 0

    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment_of(home, decks="").items():
            patch.setenv(name, value)
        edit(author, "new file", dice)
        for step in data.draw(st.lists(st.sampled_from(STEPS), max_size=14)):
            if step not in {"answer", "restart"}:
                edit(author, step, dice)
                if step not in IDENTITY and dice(3) == 0:
                    continue  # two edits before the next start
            with open_desk() as desk:
                if step == "answer":
                    answer_one(author, desk, dice)
                assert offered(desk.library) == offered(cold_library())
                assert_histories(author, desk)
        quick = what_waits(Options())
        with open_desk() as desk:
            assert quick[0] == what_waits_at(desk)
