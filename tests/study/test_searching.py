from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prepdeck.cards.card import Body
from prepdeck.cards.ids import CardId
from prepdeck.cards.words import words_of
from prepdeck.errors import UsageError
from prepdeck.store import search as store_search
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.options import Options
from prepdeck.study.reviewing import record_answer
from prepdeck.study.safekeeping import rebuild
from prepdeck.study.searching import KINDS, find_cards, plain, query_of
from tests.builders import environment_of, make_card
from tests.full import examples

DECK = r"""
deck: small
title: A small deck
tags: [ml]
topics: {attention: Attention, basics: Basics}
cards:
- id: kv-cache
  topic: attention
  tags: [serving, bias variance]
  front: Why keep a kv-cache?
  back: Keys and values of earlier tokens are reused; see Naïve decoding, learning_rate and recall@k.
  points: [memory grows, latency falls]
- id: gaps
  kind: cloze
  topic: basics
  text: "The {{c1::posterior}} is proportional to prior times {{c2::likelihood}}."
- id: pick
  kind: choice
  front: Which language has templates?
  options:
  - {text: "C++", correct: true, why: "since 1990"}
  - {text: "a b c", why: "an alphabet"}
- id: number
  kind: numeric
  front: Two times two?
  answer: 4
  tolerance: {abs: 0.01}
  unit: apples
  steps: ["multiply AND add"]
- id: evil
  front: "Safe \e]52;c;aGk=\a text (L2-norm)"
  back: "an \"open quote, a : colon, NEAR(x) OR title:y * ^z"
- id: japanese
  tags: ["F#"]
  front: 日本語の質問
  back: これは日本語です
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment_of(tmp_path_factory.mktemp("home"), decks=DECK).items():
            patch.setenv(name, value)
        return open_desk()


def found(desk: Desk, words: str) -> list[str]:
    return [hit.card.card for hit in find_cards(desk, words).hits]


@pytest.mark.parametrize(
    ("words", "cards"),
    [
        ("kv-cache", ["kv-cache"]),
        ("KV-CACHE", ["kv-cache"]),
        ("values tokens", ["kv-cache"]),
        ("values posterior", []),
        ("lat", ["kv-cache"]),
        ("lat ", []),
        ("lat falls", []),
        ("latency fal", ["kv-cache"]),
        ("naive", ["kv-cache"]),
        ("recall@k", ["kv-cache"]),
        ("learning_rate", ["kv-cache"]),
        ("posterior", ["gaps"]),
        ("C++", ["pick"]),
        ("c#", []),
        ("alphabet", ["pick"]),
        ("apples", ["number"]),
        ("AND", ["number", "kv-cache"]),
        ("L2-norm", ["evil"]),
        ("NEAR(x)", ["evil"]),
        ("serving", ["kv-cache"]),
        ("attention", ["kv-cache"]),
        ('"earlier tokens"', ["kv-cache"]),
        ('"tokens earlier"', []),
        ('"earlier tok', ["kv-cache"]),
        ('"earlier tok"', []),
        ("tag:serving", ["kv-cache"]),
        ("tag:serv", []),
        ('tag:"bias variance"', ["kv-cache"]),
        ("tag:ml tag:serving", ["kv-cache"]),
        ("kind:cloze", ["gaps"]),
        ("kind:cloze kind:choice", ["gaps", "pick"]),
        ("topic:basics", ["gaps"]),
        ("deck:small kind:numeric", ["number"]),
        ("deck:other", []),
        ("deck:other times", []),
        ("is:due", []),
        ("is:new kind:numeric two", ["number"]),
        ("is:retired", []),
        ('"is:new"', []),
        ("質問", ["japanese"]),
        ("これは日本", ["japanese"]),
        ("質問 kv", []),
        ("f#", ["japanese"]),
        ("std::vector", []),
        ("http://x", []),
        ("++", ["pick"]),
        ("", ["kv-cache", "gaps", "pick", "number", "evil", "japanese"]),
        ('"', ["kv-cache", "gaps", "pick", "number", "evil", "japanese"]),
    ],
)
def test_cards_are_found_by_words_and_filters(desk: Desk, words: str, cards: list[str]) -> None:
    assert found(desk, words) == cards


@pytest.mark.parametrize(
    ("words", "message", "help_text"),
    [
        ("dek:small", "no filter dek:", "did you mean deck:?"),
        ("tags:x", "no filter tags:", "did you mean tag:?"),
        ("is:du", "no filter is:du", "did you mean is:due?"),
        ("is:beautiful", "no filter is:beautiful", "there are is:due"),
        ("kind:numerical", "no filter kind:numerical", "did you mean kind:numeric?"),
    ],
)
def test_a_filter_that_does_not_exist_is_refused_with_what_was_meant(
    desk: Desk, words: str, message: str, help_text: str
) -> None:
    with pytest.raises(UsageError) as refused:
        find_cards(desk, words)
    assert refused.value.message == message
    assert (refused.value.help or "").startswith(help_text)


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("servin", None),
        ("survings", "tag:serving"),
        ("deck:smal", "deck:small"),
        ("tag:atention", "topic:attention"),
        ("bias-varianse", 'tag:"bias variance"'),
        ("tag:serving zzz", None),
        ("zzz", None),
    ],
)
def test_when_nothing_is_found_the_nearest_name_is_offered(desk: Desk, words: str, nearest: str | None) -> None:
    assert find_cards(desk, words).nearest == nearest


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text() | st.text("\"'*^():-+ANDORNEARdecktagis\u0000\ud83d", max_size=30), st.integers(0, 3))
def test_no_text_breaks_a_search(desk: Desk, words: str, limit: int) -> None:
    try:
        result = find_cards(desk, words, limit)
    except UsageError:
        return
    assert len(result.hits) <= limit
    for hit in result.hits:
        assert not any(unicodedata.category(letter) == "Cc" for letter in plain(hit.title) + plain(hit.snippet))


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_word_of_a_card_finds_it_and_so_does_every_beginning(desk: Desk, data: st.DataObject) -> None:
    card = data.draw(st.sampled_from(desk.library.cards))
    words = [word for part in words_of(card) for word in part.split() if any(map(str.isalnum, word))]
    word = data.draw(st.sampled_from(words)).replace('"', "")
    length = data.draw(st.integers(1, len(word)))
    assert card.id.card in found(desk, f'"{word}"')
    if word[:length].isalnum():
        assert card.id.card in found(desk, f'"{word[:length]}')


def test_what_was_searched_for_is_marked_in_title_and_text(desk: Desk) -> None:
    (hit,) = find_cards(desk, "keep lat").hits
    assert [(piece.text, piece.is_match) for piece in hit.title] == [
        ("Why ", False),
        ("keep", True),
        (" a kv-cache?", False),
    ]
    assert ("lat", True) in [(piece.text, piece.is_match) for piece in hit.snippet]
    assert plain(hit.snippet).startswith("...")
    assert hit.deck_title == "A small deck"


def test_titles_count_for_more_than_texts(desk: Desk) -> None:
    assert found(desk, "times") == ["number", "gaps"]


def test_a_common_word_is_not_ranked_for_ever(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_search, "COMMON", 1)
    result = find_cards(desk, "t", 1)
    assert len(result.hits) == 1
    assert result.has_more


def test_hits_follow_what_was_learned_and_what_was_retired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    for name, value in environment_of(home, decks=DECK).items():
        monkeypatch.setenv(name, value)
    with open_desk() as desk:
        record_answer(desk, CardId("small", "gaps"), 4)
        assert "gaps" not in found(desk, "is:new")
        assert found(desk, "is:due") == []
    monkeypatch.setenv("PREPDECK_NOW", "2026-11-24T09:00:00+00:00")
    (home / "decks" / "small.yaml").write_text(DECK.replace("id: number", "id: other").replace("earlier", "former"))
    with open_desk() as desk:
        assert found(desk, "is:due") == ["gaps"]
        assert found(desk, "is:retired") == ["number"]
        assert found(desk, "is:retired apples") == ["number"]
        assert found(desk, "apples") == ["other"]
        assert found(desk, "earlier") == []
        assert found(desk, "former") == ["kv-cache"]
        for quality in (1, 4, 1, 4) * 8:
            record_answer(desk, CardId("small", "gaps"), quality)
        assert found(desk, "is:leech") == []
    rebuild(Options())
    with open_desk() as desk:
        assert found(desk, "former") == ["kv-cache"]


def test_a_card_with_another_name_is_not_retired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    for name, value in environment_of(home, decks=DECK).items():
        monkeypatch.setenv(name, value)
    open_desk().close()
    (home / "decks" / "small.yaml").write_text(DECK.replace("id: number", "id: product\n  was: number"))
    with open_desk() as desk:
        assert found(desk, "is:retired") == []
        assert found(desk, "apples") == ["product"]
    (home / "decks" / "small.yaml").unlink()
    with open_desk() as desk:
        assert found(desk, "is:retired apples") == ["product"]


def test_every_kind_has_words(desk: Desk) -> None:
    from typing import get_args

    assert set(KINDS) == {body.__name__.lower() for body in get_args(Body)}
    assert words_of(make_card(tags=("x",), topic="y")) == ("What is one?", "The first number.", "one y x")


def test_a_query_is_bounded() -> None:
    query = query_of(" ".join(["word"] * 100))
    assert len(query.phrases) == 20
