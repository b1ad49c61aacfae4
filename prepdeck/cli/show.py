"""`prepdeck show`: a card, its memory and its reviews."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, assert_never

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.opening import opened_desk
from prepdeck.cli.streams import write_json, write_text
from prepdeck.cli.verb import verb

if TYPE_CHECKING:
    from prepdeck.cards.card import Body
    from prepdeck.cli.layout import Layout
    from prepdeck.study.records import CardRecord

REVIEWS_SHOWN = 10
"""How many of the last reviews the text lists; `log --card` lists them all."""


@verb(
    click.Argument(("card",)),
    examples=(
        ("prepdeck show probability/base-rate", "Front, answer, memory and last reviews."),
        ("prepdeck show base-rate --json", "The same for scripts; a bare id is enough when only one card has it."),
    ),
)
def command(context: click.Context, card: str) -> None:
    """Print a card, what is known of it and its reviews.

    CARD is deck/card, a bare card id or the beginning of either, as long as it fits one card.
    """
    from prepdeck.study.records import show_card

    flags = flags_of(context)
    with opened_desk(flags) as desk:
        record = show_card(desk, card)
        today = desk.today()
    if flags.json:
        write_json(_record_json(record, today))
    else:
        from prepdeck.cli.layout import Layout

        write_text("\n".join(_draw(record, today, Layout.fitting(flags))))


def _record_json(record: CardRecord, today: date) -> dict[str, Any]:
    from prepdeck.study.records import handling_json, memory_json, review_json

    return {
        "schema": 1,
        "card": str(record.id),
        "deck": record.id.deck,
        "kind": record.kind,
        "title": record.title,
        "memory": {
            **memory_json(record.memory),
            "leech": record.leech,
            "retired": record.retired,
            **handling_json(record.handling, today),
        },
        "forecast": _forecast_json(record),
        "reviews": [review_json(review) for review in record.reviews],
    }


def _forecast_json(record: CardRecord) -> dict[str, Any] | None:
    found = record.forecast
    if found is None:
        return None
    return {
        "recall": round(found.today, 4),
        "date": None if found.day is None else found.day.isoformat(),
        "recall_on_date": None if found.on_day is None else round(found.on_day, 4),
    }


def _forecast_words(record: CardRecord, today: date) -> list[str]:
    from prepdeck.cli.wording import day_words

    found = record.forecast
    if found is None or record.card is None:
        return []
    then = "" if found.day is None else f", {found.on_day:.0%} on {day_words(found.day, today)} if it is left alone"
    return [f"recall about {found.today:.0%} now{then}"]


def _draw(record: CardRecord, today: date, layout: Layout) -> list[str]:
    from prepdeck.cli.wording import memory_words, moment_words
    from prepdeck.study.records import counting_words

    states = [memory_words(record.memory, today)]
    states += [name for name, holds in _states(record, today).items() if holds]
    topic = record.card.topic if record.card is not None else None
    place = " / ".join(part for part in (record.deck_title, topic) if part)
    lines = [f"{record.id}  {record.kind}  {place}", ", ".join(states), *_forecast_words(record, today), ""]
    if record.card is None:
        lines.append(f"{record.title}\n(no deck holds this card any more)")
    else:
        lines.append(body_text(record.card.body, layout))
    if record.handling.note:
        lines += ["", f"Note: {record.handling.note}"]
    last = record.reviews[-REVIEWS_SHOWN:]
    if last:
        lines += [
            "",
            f"Last {len(last)} of {len(record.reviews)} reviews" if len(record.reviews) > len(last) else "Reviews",
        ]
    for review in last:
        said = (f"{moment_words(review.at)}  {review.grade.value:<5}  {review.kind.value}", counting_words(review))
        lines.append("  ".join(part for part in (*said, "(taken back)" if review.voided else "") if part))
    return lines


def _states(record: CardRecord, today: date) -> dict[str, bool]:
    return {
        "leech": record.leech,
        "suspended": record.handling.suspended,
        "buried until tomorrow": record.handling.is_buried(today),
        "flagged": record.handling.flagged,
        "retired": record.retired,
    }


def body_text(body: Body, layout: Layout) -> str:
    """Return everything a card holds, its answer included."""
    from prepdeck.cards.card import Basic, Choice, Cloze, Numeric
    from prepdeck.cards.code import Code
    from prepdeck.cards.spoken import Design, Star, Story
    from prepdeck.cli.bodies import code_text, design_text, star_text
    from prepdeck.cli.spoken_faces import story_text

    match body:
        case Basic():
            return f"{layout.shown(body.front)}\n\n{layout.shown(body.back)}"
        case Cloze():
            return layout.gaps(body, body.last_number)
        case Choice():
            marks = ("  ", "* ")
            options = [f"{marks[option.correct]}{layout.shown(option.text)}" for option in body.options]
            return f"{layout.shown(body.front)}\n\n" + "\n".join(options)
        case Numeric():
            answer = f"{body.answer_text} {body.unit or ''}".rstrip()
            return f"{layout.shown(body.front)}\n\n{answer}"
        case Code():
            return code_text(body, layout)
        case Design():
            return design_text(body, layout)
        case Star():
            return star_text(body, layout)
        case Story():
            return story_text(body, layout, with_title=True)
        case _:
            assert_never(body)
