"""`prepdeck answer`: record reviews without a screen."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.parameters import moment_value, number_between, whole_between
from prepdeck.cli.streams import flush, say_notes, write_json, write_text
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError
from prepdeck.scheduling.moment import MOMENT_EXAMPLE

if TYPE_CHECKING:
    from prepdeck.scheduling.review import Review

MOST_SECONDS = 86_400
"""A day; no answer takes longer."""
HOW = "write prepdeck answer CARD good, or prepdeck answer CARD --quality 4"
"""The two ways to say how well a card was known."""


@verb(
    click.Argument(("card",), required=False),
    click.Argument(("grade",), required=False),
    click.Option(
        ("--quality",), callback=whole_between(0, 5), metavar="Q", help="SM-2 quality 0-5 instead of a grade."
    ),
    click.Option(("--at",), callback=moment_value, metavar="MOMENT", help=f"When it was answered; {MOMENT_EXAMPLE}."),
    click.Option(
        ("--seconds",), callback=number_between(0, MOST_SECONDS), metavar="S", help="How long the answer took."
    ),
    click.Option(("--batch",), metavar="FILE", help="Read reviews as JSON lines from FILE, or - for stdin."),
    examples=(
        ("prepdeck answer probability/base-rate good", "Grades are again, hard, good and easy."),
        (
            """echo '{"card": "probability/base-rate", "grade": "good"}' | prepdeck answer --batch -""",
            "One JSON line per review, each printed after it is stored.",
        ),
    ),
)
def command(
    context: click.Context,
    *,
    card: str | None,
    grade: str | None,
    quality: int | None,
    at: datetime | None,
    seconds: float | None,
    batch: str | None,
) -> None:
    """Record one review of CARD, or many of them with --batch.

    CARD is deck/card, a bare card id or the beginning of either, as long as it fits one card. GRADE is again, hard,
    good or easy; --quality takes its place. Batch lines are objects with the keys card, grade or quality, at, seconds.
    """
    flags = flags_of(context)
    if batch is not None:
        if any(each is not None for each in (card, grade, quality, at, seconds)):
            raise UsageError("--batch takes everything from the lines it reads", "leave out the other words")
        from prepdeck.cli.batch import record_batch

        record_batch(flags, batch)
        return
    if card is None:
        raise UsageError("which card?", HOW)
    _answer_one(flags, card, _quality_of(grade, quality), at, seconds)


def _quality_of(grade: str | None, quality: int | None) -> int:
    if (grade is None) == (quality is None):
        raise UsageError(
            "a review wants a grade or a quality" if grade is None else "a grade and a quality at once", HOW
        )
    if quality is not None:
        return quality
    return parse_grade(grade or "")


def parse_grade(word: str) -> int:
    """Return the quality that a grade's word stands for.

    Raises:
        UsageError: When it is none of the four.
    """
    from prepdeck.scheduling.grade import Grade

    words = {each.value: each.quality for each in Grade}
    if word in words:
        return words[word]
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), words, n=1)
    raise UsageError(
        f"{word[:60]!r} is not a grade", f"did you mean {near[0]}?" if near else f"grades are {', '.join(words)}"
    )


def _answer_one(flags: Flags, card: str, quality: int, at: datetime | None, seconds: float | None) -> None:
    from prepdeck.study.desk import open_desk
    from prepdeck.study.records import answer_json
    from prepdeck.study.reviewing import record_answer

    with open_desk(flags.options) as desk:
        review = record_answer(desk, desk.library.find(card).id, quality, at=at, seconds=seconds)
        today = desk.today()
    if flags.json:
        write_json({"schema": 1, **answer_json(review)})
    else:
        write_text(_draw_review(review, today))
    flush()
    say_notes(flags, desk.notes)


def _draw_review(review: Review, today: date) -> str:
    from prepdeck.cli.wording import day_words, distance_words, easiness_words
    from prepdeck.scheduling.memory import Learned

    parts = [str(review.card), review.grade.value]
    if isinstance(review.after, Learned):
        # Counted from now: an answer of another day, or on a clock that was set back, does not count from its own.
        due = review.after.due
        when = "due since" if due < today else f"next {distance_words(due, today)},"
        parts.append(f"{when} {day_words(due, today)}")
        parts.append(f"easiness {easiness_words(review.after.easiness)}")
    return "  ".join(parts)
