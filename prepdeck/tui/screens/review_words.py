"""What the review screen says around the card: title, lower edge, grades, errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from prepdeck.errors import PrepdeckError
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.memory import Learned, Unseen
from prepdeck.scheduling.review import ReviewKind
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.rows import Row, Tone, foreign, muted, row, strong
from prepdeck.tui.words import show_seconds

if TYPE_CHECKING:
    from prepdeck.study.reviewing import CardView, Sitting
    from prepdeck.tui.review_state import Asking


@dataclass(frozen=True, slots=True)
class RoundTitle:
    """What the title bar of a round says."""

    view: CardView
    """The card asked now."""
    sitting: Sitting
    """The round."""
    card_seconds: float | None
    """Time on this card, or None when times are hidden."""
    round_seconds: float
    """Time in this round."""

    @property
    def number(self) -> int:
        """Which card of the round it is, from 1; a card that comes back keeps the number reached."""
        total, left = self.sitting.round.total, self.sitting.round.left
        return max(1, min(total, total - left + 1))

    @property
    def share(self) -> float:
        """How much of the round is done."""
        total = self.sitting.round.total
        return (self.number - 1) / total if total else 0.0


def draw_title(title: RoundTitle) -> tuple[Row, tuple[Row, ...]]:
    """Return the left side of the title bar, and its right side from long to short."""
    view, total = title.view, title.sitting.round.total
    word = "Cram" if view.review_kind is ReviewKind.CRAM else "Review"
    topic = ("  ", foreign(view.topic_title, Tone.MUTED)) if view.topic_title else ()
    left = row(strong(word, Tone.PRIMARY), "  ", foreign(view.deck_title), *topic)
    count = (strong(str(title.number)), f"/{total}")
    if title.card_seconds is None:
        return left, (row(*count),)
    on_card, in_round = show_seconds(title.card_seconds), show_seconds(title.round_seconds)
    rights = (
        row(muted("card "), on_card, muted("   round "), in_round, "   ", *count),
        row(on_card, "  ", muted(in_round), "  ", *count),
        row(on_card, "  ", *count),
    )
    return left, rights


def heading_of(view: CardView, glyphs: Glyphs) -> str:
    """Return the kind of a card for the upper edge of its box, with a sign and a word when it is flagged."""
    return f"{view.card.kind}  {glyphs.flag} flagged" if view.handling.flagged else view.card.kind


def footing_of(view: CardView, *, is_narrow: bool) -> str:
    """Return what is known of a card, for the lower edge of its box."""
    match view.memory:
        case Unseen():
            words = ["new"]
        case Learned(lapses=lapses, easiness=easiness, interval=interval):
            words = ["learned", f"lapses {lapses}"]
            if not is_narrow:
                words.append(f"easiness {easiness / 100:.2f}")
            words.append(f"{interval} d")
        case _:
            assert_never(view.memory)
    match view.review_kind:
        case ReviewKind.SCHEDULED:
            pass
        case ReviewKind.EARLY_PLAN:
            words.append("early, under the plan")
        case ReviewKind.EARLY | ReviewKind.DRILL | ReviewKind.CRAM:
            words.append(view.review_kind.value)
        case _:
            assert_never(view.review_kind)
    return "  ".join(words)


def said_of(asking: Asking) -> str:
    """Return how many of the points were said, once one is ticked."""
    if not asking.ticked:
        return ""
    words = f"{len(asking.ticked)} of {len(asking.points)} said"
    return words if asking.suggested is None else f"{words}: {asking.suggested.value.capitalize()} is suggested"


def grade_words(view: CardView) -> Mapping[Grade, str]:
    """Return what each grade does."""
    from prepdeck.study.reviewing import future_words

    return {grade: future_words(view.futures, grade, view.review_kind) for grade in Grade}


def sentence_of(error: PrepdeckError) -> str:
    """Return an error as one line: what happened, and the next step."""
    message = error.message[:1].upper() + error.message[1:]
    if not error.help:
        return message
    is_command = error.help.startswith("prepdeck ")
    step = error.help if is_command else error.help[:1].upper() + error.help[1:]
    return f"{message.rstrip('.')}. {step}"
