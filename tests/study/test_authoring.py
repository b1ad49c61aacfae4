from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from prepdeck.cards.ids import CardId
from prepdeck.deckfile.comparing import Sort
from prepdeck.deckfile.editing import card_splice, id_splices
from prepdeck.deckfile.naming import free_slug, missing_ids, slug_of
from prepdeck.deckfile.reading import read_deck
from prepdeck.deckfile.scaffolds import SCAFFOLDS
from prepdeck.deckfile.splicing import spliced
from prepdeck.errors import UsageError
from prepdeck.host import writing
from prepdeck.host.writing import FileChanged, FileExists, FileUnwritable, create_file, replace_file
from prepdeck.study.authoring import Outcome, fix_files, format_files, write_ids
from prepdeck.study.changes import changes_between
from prepdeck.study.options import Options
from prepdeck.study.scaffolding import KINDS, find_deck, new_card, new_deck, schema_text, write_schema
from tests.builders import DECK, environment_of, prepdeck
from tests.full import examples
from tests.strategies import decks
from tests.untidy import UntidyWriter

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(DECK, "utf-8")
    return path


# Files are written whole or not at all.


def test_a_replaced_file_keeps_its_mode_and_leaves_nothing_beside_it(deck: Path) -> None:
    deck.chmod(0o640)
    replace_file(deck, b"new", expected=DECK.encode())
    assert deck.read_bytes() == b"new"
    assert stat.S_IMODE(deck.stat().st_mode) == 0o640
    assert list(deck.parent.iterdir()) == [deck]


def test_a_link_stays_a_link_and_its_target_is_written(deck: Path) -> None:
    link = deck.with_name("link.yaml")
    link.symlink_to(deck.name)
    replace_file(link, b"new", expected=DECK.encode())
    assert link.is_symlink()
    assert deck.read_bytes() == b"new"


def test_a_file_that_another_program_changed_is_left_as_it_is(deck: Path) -> None:
    with pytest.raises(FileChanged, match="another program"):
        replace_file(deck, b"new", expected=b"what was read")
    assert deck.read_text("utf-8") == DECK
    assert list(deck.parent.iterdir()) == [deck]


def test_a_file_that_is_there_is_never_made_anew(deck: Path) -> None:
    with pytest.raises(FileExists):
        create_file(deck, b"new")
    assert deck.read_text("utf-8") == DECK
    assert list(deck.parent.iterdir()) == [deck]


def test_a_disk_without_links_still_gets_new_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(self: Path, target: Path) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    create_file(tmp_path / "new.yaml", b"new")
    assert (tmp_path / "new.yaml").read_bytes() == b"new"
    with pytest.raises(FileExists):
        create_file(tmp_path / "new.yaml", b"newer")


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable, match="cannot be written: no such file"):
        create_file(tmp_path / "none" / "new.yaml", b"new")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("step", ["chmod", "replace"])
def test_a_program_killed_while_it_writes_leaves_the_old_file(deck: Path, step: str) -> None:
    program = f"""
        import os, signal
        from pathlib import Path
        from prepdeck.host.writing import replace_file
        def die(*words): os.kill(os.getpid(), signal.SIGKILL)
        Path.{step} = die
        path = Path({str(deck)!r})
        replace_file(path, b"new", expected=path.read_bytes())
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], cwd=ROOT, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert deck.read_text("utf-8") == DECK
    # What was begun lies hidden beside it, where no deck is looked for.
    assert [path.name for path in deck.parent.iterdir() if not path.name.startswith(".")] == [deck.name]


# fmt and --fix on files


UNTIDY = "cards:\n  - {front: f, id: a, back: b}\ndeck: d\n"


def test_fmt_rewrites_what_is_untidy_and_nothing_else(tmp_path: Path) -> None:
    tidy, untidy = tmp_path / "a.yaml", tmp_path / "b.yaml"
    tidy.write_text("deck: a\ncards: []\n", "utf-8")
    untidy.write_text(UNTIDY, "utf-8")
    before = tidy.stat().st_mtime_ns
    outcomes = {file.path.name: file.outcome for file in format_files((tmp_path,))}
    assert outcomes == {"a.yaml": Outcome.SAME, "b.yaml": Outcome.CHANGED}
    assert untidy.read_text("utf-8") == "deck: d\ncards:\n- id: a\n  front: f\n  back: b\n"
    assert tidy.stat().st_mtime_ns == before


def test_fmt_with_check_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(UNTIDY, "utf-8")
    (file,) = format_files((path,), check=True)
    assert file.outcome is Outcome.CHANGED
    assert path.read_text("utf-8") == UNTIDY


def test_fmt_refuses_a_file_with_errors_and_names_the_first(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text("deck: d\ncards:\n- id: a\n", "utf-8")
    (file,) = format_files((path,))
    assert file.outcome is Outcome.REFUSED
    assert file.reason is not None
    assert file.reason.startswith(f"{path}:3:3: ")


def test_a_linked_file_in_a_folder_is_not_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(UNTIDY, "utf-8")
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(outside)
    assert format_files((folder,)) == ()
    assert outside.read_text("utf-8") == UNTIDY


def test_fixes_are_written_and_told(deck: Path) -> None:
    deck.write_text(DECK.replace("kind: cloze", "kind: clzoe"), "utf-8")
    (file,) = fix_files((deck,))
    assert [one.code for one in file.applied] == ["E012"]
    assert file.left == ()
    assert deck.read_text("utf-8") == DECK


def test_without_paths_bundled_decks_are_not_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREPDECK_HOME", str(tmp_path))
    monkeypatch.delenv("PREPDECK_NO_BUNDLED", raising=False)
    monkeypatch.delenv("PREPDECK_DECKS", raising=False)
    own = tmp_path / "decks"
    own.mkdir()
    (own / "d.yaml").write_text("deck: d\noptional: no\ncards: []\n", "utf-8")
    assert [file.path for file in fix_files((), Options())] == [own / "d.yaml"]
    assert (own / "d.yaml").read_text("utf-8") == "deck: d\noptional: false\ncards: []\n"


def test_a_missing_path_is_a_usage_error(tmp_path: Path) -> None:
    for verb in (fix_files, format_files, write_ids):
        with pytest.raises(UsageError, match="no file or folder"):
            verb((tmp_path / "none.yaml",))


# ids


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("What does softmax return?", "softmax-return"),
        ("Why is the sky blue?", "sky-blue"),
        ("What is it?", "what-is-it"),
        ("Naïve Bayes' rule", "naive-bayes-rule"),
        ("Größe", "grosse"),
        ("$O(n \\log n)$", "o-n-log-n"),
        ("日本", None),
        ("a" * 90, "a" * 40),
    ],
)
def test_an_id_is_made_of_the_words_that_tell_most(text: str, slug: str | None) -> None:
    assert slug_of(text) == slug


def test_a_taken_id_gets_a_number() -> None:
    assert free_slug("a", {"a", "a-2"}) == "a-3"


def test_missing_ids_are_written_first_and_nothing_else_changes(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    before = (
        "deck: d\r\n"
        "cards:\r\n"
        "- front: Why is the sky blue?  # here\r\n"
        "  back: b\r\n"
        "# between\r\n"
        "-   # odd\r\n"
        "    kind: cloze\r\n"
        "    text: the {{c1::hidden}} word\r\n"
        "- {front: Why is the sky blue?, back: c}\r\n"
        "- {kind: nonsense, front: 日本, bakc: x}\r\n"
        "- id: sky\r\n"
        "  front: f\r\n"
        "  back: b"
    )
    path.write_bytes(before.encode())
    (file,) = write_ids((path,))
    after = (
        before.replace("- front: Why", "- id: sky-blue\r\n  front: Why")
        .replace("    kind: cloze", "    id: word\r\n    kind: cloze")
        .replace("{front: Why", "{id: sky-blue-2, front: Why")
        .replace("{kind: nonsense", "{id: card-4, kind: nonsense")
    )
    assert path.read_bytes() == after.encode()
    assert file.ids == ((3, "sky-blue"), (8, "word"), (11, "sky-blue-2"), (12, "card-4"))
    assert write_ids((path,))[0].outcome is Outcome.SAME


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("deck: d\ncards: [front: x]\n", "deck: d\ncards: [{id: x, front: x}]\n"),
        ("deck: d\ncards:\n- id:\n  front: x\n  back: b\n", "deck: d\ncards:\n- id: x\n  front: x\n  back: b\n"),
        ("deck: d\ncards:\n- {}\n", "deck: d\ncards:\n- {id: card-1}\n"),
    ],
)
def test_odd_entries_get_their_id_too(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(before, "utf-8")
    write_ids((path,))
    assert path.read_text("utf-8") == after


def test_a_file_that_yaml_cannot_read_gets_no_ids(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("deck: d\ncards: [\n", "utf-8")
    (file,) = write_ids((path,))
    assert file.outcome is Outcome.REFUSED
    assert path.read_text("utf-8") == "deck: d\ncards: [\n"


LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
# Shrinking such an example takes minutes, and the first one found is readable.
UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]


@settings(deadline=None, max_examples=examples(10, 1000), suppress_health_check=LARGE, phases=UNSHRUNK)
@given(st.data())
def test_a_card_finds_its_place_in_any_layout(data: st.DataObject) -> None:
    deck = data.draw(decks(most_cards=2))
    text = UntidyWriter(data.draw, data.draw(st.sampled_from(["\n", "\r\n"]))).write(deck)
    kind = data.draw(st.sampled_from(KINDS))
    reading = read_deck("d.yaml", text.encode())
    fields = {"id": "quite-new-card", "kind": kind, **SCAFFOLDS[kind]}
    splice = card_splice(reading, fields, kind)
    after = read_deck("d.yaml", spliced(reading.source.text, [splice]).encode())
    assert [one for one in after.problems if one.code.startswith("E")] == [], after.source.text
    assert after.deck is not None
    assert after.deck.cards[:-1] == deck.cards
    assert after.deck.cards[-1].id == CardId(deck.id, "quite-new-card")
    assert splice.start == splice.end


@settings(deadline=None, max_examples=examples(10, 1000), suppress_health_check=LARGE, phases=UNSHRUNK)
@given(st.data())
def test_ids_are_found_anew_after_all_of_them_were_lost_in_any_layout(data: st.DataObject) -> None:
    deck = data.draw(decks(kinds=("basic",), most_cards=2))
    text = UntidyWriter(data.draw).write(deck).replace("id: ", "ref_: ").replace('"id": ', '"ref_": ')
    reading = read_deck("d.yaml", text.encode())
    assert reading.root is not None
    ids = missing_ids(reading.root)
    after = read_deck("d.yaml", spliced(text, id_splices(reading, ids)).encode())
    assert after.root is not None
    assert len(ids) == len(deck.cards)
    assert missing_ids(after.root) == {}


# new


def test_every_kind_is_added_to_a_new_deck_that_stays_clean(tmp_path: Path) -> None:
    path = new_deck(str(tmp_path / "fresh.yaml"), Options(), title="Fresh: a deck")
    for kind in KINDS:
        card = new_card(path, kind)
        assert path.read_text("utf-8").split("\n")[card.line - 1] == f"- id: new-{kind}"
    assert new_card(path, "basic").card == "new-basic-2"
    reading = read_deck("d", path.read_bytes(), strict=True)
    assert reading.problems == ()
    assert format_files((path,), check=True)[0].outcome is Outcome.SAME


def test_a_bare_name_goes_to_the_own_decks(tmp_path: Path) -> None:
    path = new_deck("My new Deck", Options(home=tmp_path))
    assert path == tmp_path / "decks" / "my-new-deck.yaml"
    deck = read_deck("d", path.read_bytes()).deck
    assert deck is not None
    assert (deck.id, deck.title) == ("my-new-deck", "My new Deck")


def test_a_point_in_a_name_is_no_ending(tmp_path: Path) -> None:
    assert new_deck("gpt-3.5", Options(home=tmp_path)) == tmp_path / "decks" / "gpt-3-5.yaml"


def test_a_deck_is_found_by_the_name_it_was_made_under(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    options = Options(home=tmp_path)
    path = new_deck("My new Deck", options)
    assert find_deck("My new Deck", options) == path
    with pytest.raises(UsageError, match=r"no file my-new-deck\.yaml") as caught:
        find_deck("my-new-deck.yaml", options)
    assert caught.value.help == f"is it {path}?"
    with pytest.raises(UsageError, match="no file other"):
        find_deck("other", options)


def test_a_deck_beside_the_schema_names_it_by_its_short_path(tmp_path: Path) -> None:
    assert write_schema(tmp_path) == (tmp_path / "deck.schema.json", True)
    assert write_schema(tmp_path) == (tmp_path / "deck.schema.json", False)
    assert (tmp_path / "deck.schema.json").read_text("utf-8") == schema_text()
    path = new_deck(str(tmp_path / "a.yaml"), Options())
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=./deck.schema.json\n")


@pytest.mark.parametrize("name", ["", "日本", "some/where", "..", "none/a.yaml", "notes.txt"])
def test_names_of_no_deck_are_refused(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError):
        new_deck(name, Options(home=tmp_path / "home"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("before", "after", "rest"),
    [
        ("deck: d\ncards: []\n", "deck: d\ncards:\n- id: new-cloze\n", "\n"),
        ("deck: d\ncards: []  # none\nauthor: x", "deck: d\ncards:  # none\n- id: new-cloze\n", "\nauthor: x"),
        ("cards:\ndeck: d\n", "cards:\n- id: new-cloze\n", "\ndeck: d\n"),
        ("deck: d\n", "deck: d\ncards:\n- id: new-cloze\n", "\n"),
        ("{deck: d, cards: []}", "{deck: d, cards: [{id: new-cloze, kind: cloze, ", "}]}"),
        (
            "deck: d\ncards: [{id: a, front: f, back: b}]",
            "deck: d\ncards: [{id: a, front: f, back: b}, {id: new-cloze, ",
            "}]",
        ),
        (
            "deck: d\ncards:\n  - id: a\n    front: f\n    back: b  # c\n    # of a\n\n# the end\n",
            "deck: d\ncards:\n  - id: a\n    front: f\n    back: b  # c\n    # of a\n  - id: new-cloze\n",
            "\n\n# the end\n",
        ),
    ],
)
def test_a_card_is_put_where_the_cards_end(tmp_path: Path, before: str, after: str, rest: str) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(before, "utf-8")
    new_card(path, "cloze")
    text = path.read_text("utf-8")
    assert text.startswith(after)
    assert text.endswith(rest)
    reading = read_deck("d", path.read_bytes())
    assert [one for one in reading.problems if one.code.startswith("E")] == []


def test_cards_that_stand_apart_get_one_more_that_does(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("deck: d\ncards:\n- {id: a, front: f, back: b}\n\n- {id: c, front: f, back: b}\n", "utf-8")
    new_card(path, "basic")
    assert "back: b}\n\n- id: new-basic\n" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [({"name": "one"}, "already"), ({"name": "A B"}, "no id"), ({"topic": "nowhere"}, "no topic nowhere")],
)
def test_ids_and_topics_that_cannot_be_are_refused(deck: Path, words: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        new_card(deck, "basic", **words)
    assert deck.read_text("utf-8") == DECK


def test_a_card_can_be_added_beside_a_faulty_one(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("deck: d\ncards:\n- id: a\n", "utf-8")
    new_card(path, "basic")
    assert "\n- id: new-basic\n" in path.read_text("utf-8")


# diff


def test_changes_name_the_reviews_of_this_learner(tmp_path: Path) -> None:
    environment = environment_of(tmp_path / "home")
    for grade in ("good", "again", "good"):
        assert prepdeck(environment, "answer", "small/one", grade).returncode == 0
    old = tmp_path / "home" / "decks" / "small.yaml"
    new = tmp_path / "small.yaml"
    new.write_text(DECK.replace("- id: one", "- id: uno").replace("What is five?", "What is 5?"), "utf-8")
    changes = changes_between(old, new, Options(home=tmp_path / "home"))
    found = {str(card.change.card): (card.change.sorts, card.reviews) for card in changes.cards}
    assert found == {
        "small/uno": ((Sort.ADDED,), 0),
        "small/five": ((Sort.REWORDED,), 0),
        "small/one": ((Sort.REMOVED,), 3),
    }
    new.write_text(DECK.replace("- id: one", "- id: uno\n  was: one"), "utf-8")
    (card,) = changes_between(old, new, Options(home=tmp_path / "home")).cards
    assert (card.change.sorts, card.reviews) == ((Sort.RENAMED,), 3)


def test_a_comparison_makes_no_home(tmp_path: Path, deck: Path) -> None:
    home = tmp_path / "none"
    assert changes_between(deck, deck, Options(home=home)).cards == ()
    assert not home.exists()


def test_a_database_that_cannot_be_read_leaves_the_counts_out(tmp_path: Path, deck: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "prepdeck.db").write_bytes(b"this is no database" * 100)
    new = tmp_path / "new.yaml"
    new.write_text(DECK.replace("What is five?", "What is 5?"), "utf-8")
    changes = changes_between(deck, new, Options(home=home))
    assert not changes.knows_reviews
    assert [card.reviews for card in changes.cards] == [None]


def test_a_write_is_synced_before_it_takes_the_old_files_place(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    sync, move = os.fsync, Path.replace

    def fsync(descriptor: int) -> None:
        steps.append("sync")
        sync(descriptor)

    def replace(self: Path, target: Path) -> Path:
        steps.append("replace")
        return move(self, target)

    monkeypatch.setattr(writing.os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    replace_file(deck, b"new", expected=DECK.encode())
    assert steps == ["sync", "replace", "sync"]
