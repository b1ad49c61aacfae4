"""One card being asked: what was shown, picked, typed and ticked so far. Values only; no widget, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from prepdeck.cards.card import Basic, Card, Choice, Cloze, Numeric
from prepdeck.cards.cases import count_tests
from prepdeck.cards.code import Code
from prepdeck.cards.number import parse_number
from prepdeck.cards.spoken import Design, OutlinePhase, Star, Story
from prepdeck.cards.verdict import Outcome, Verdict
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.suggestion import Evidence, suggest

if TYPE_CHECKING:
    from prepdeck.study.reviewing import CardView

LETTERS: Final = "abcdefgh"
"""Names of a choice card's options, in the order they are shown."""
TELLING_SECONDS: Final = 150
"""Target time of a told answer whose author set none, where no clock does either."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A card between its first line and its grade."""

    view: CardView
    """The card as it is asked."""
    is_revealed: bool = False
    """Whether the answer may be seen."""
    hints_shown: int = 0
    """How many hints were asked for."""
    gaps_open: int = 0
    """Up to which number the gaps of a cloze are open."""
    picked: frozenset[int] = frozenset()
    """Options picked, by their position in the deck."""
    typed: str = ""
    """What was typed when the answer was checked."""
    ticked: frozenset[int] = frozenset()
    """Points that were ticked."""
    point: int = 0
    """The point that is marked."""
    shows_source: bool = False
    """Whether maths is shown as its author wrote it."""
    answer_seconds: float = 0.0
    """How long it took until the answer was shown."""
    complaint: str = ""
    """What is wrong with what was typed."""
    phases_open: int = 0
    """How many phases of a design's outline are open."""
    draft: str = ""
    """Code or outline written so far."""
    is_writing: bool = False
    """Whether the draft is open in its field."""
    running: str = ""
    """What runs at this moment, in words."""
    verdict: Verdict | None = None
    """What the last run gave."""
    is_submitted: bool = False
    """Whether that run was the one against the hidden tests."""
    told_seconds: float | None = None
    """How long the answer has been told aloud; None before the clock was started."""
    followups_open: int = 0
    """How much of the follow-ups is shown: each one's question, then its answer."""

    @classmethod
    def of(cls, view: CardView) -> Asking:
        """Return a card whose asking begins, with what was written on it before."""
        body = view.card.body
        started = body.starter if isinstance(body, Code) else ""
        return cls(view, draft=started if view.draft is None else view.draft)

    @property
    def card(self) -> Card:
        """The card."""
        return self.view.card

    @property
    def points(self) -> tuple[str, ...]:
        """Points that can be ticked now: must-say points, those of the open phases, strong signals."""
        match self.card.body:
            case Basic(points=points) | Star(strong_signals=points) if self.is_revealed:
                return points
            case Design():
                return tuple(point for phase in self.phases for point in phase.points)
            case _:
                return ()

    @property
    def phases(self) -> tuple[OutlinePhase, ...]:
        """The open phases of a design's outline."""
        return self.card.body.outline[: self.phases_open] if isinstance(self.card.body, Design) else ()

    @property
    def shows_back(self) -> bool:
        """Whether anything of the answer is seen."""
        return self.is_revealed or self.phases_open > 0

    @property
    def telling_seconds(self) -> int | None:
        """How long the answer should take when it is told against the clock; None for cards that are not."""
        match self.card.body:
            case Star():
                return self.card.seconds or self._usual_telling or TELLING_SECONDS
            case Story() if self.view.wording == 0:
                return self.card.seconds or self._usual_telling
            case _:
                return None

    @property
    def _usual_telling(self) -> int | None:
        return None if self.view.timing is None else self.view.timing.default_seconds

    @property
    def can_tell(self) -> bool:
        """Whether the clock of a spoken answer can be started now."""
        return self.telling_seconds is not None and self.told_seconds is None and not self.is_revealed

    @property
    def is_telling(self) -> bool:
        """Whether that clock runs."""
        return self.told_seconds is not None and not self.is_revealed

    @property
    def takes_draft(self) -> bool:
        """Whether something can be written now: code, or an outline before the first phase is shown."""
        return isinstance(self.card.body, Code | Design) and not self.shows_back

    @property
    def can_run(self) -> bool:
        """Whether tests can be run now."""
        return isinstance(self.card.body, Code) and not self.is_revealed and not self.running

    @property
    def options(self) -> tuple[int, ...]:
        """Options of a choice card in the order they are shown, by position in the deck."""
        return self.view.option_order if isinstance(self.card.body, Choice) else ()

    @property
    def takes_number(self) -> bool:
        """Whether a number is to be typed now."""
        return isinstance(self.card.body, Numeric) and not self.is_revealed

    @property
    def takes_several(self) -> bool:
        """Whether several options may be picked now."""
        return isinstance(self.card.body, Choice) and self.card.body.takes_several and not self.is_revealed

    @property
    def number(self) -> Fraction | None:
        """The number that was typed, or None."""
        return parse_number(self.typed)

    @property
    def has_maths(self) -> bool:
        """Whether the card holds maths whose source could be shown; what is not revealed yet counts as well."""
        return "$" in repr((self.card.body, self.card.hints, self.card.why))

    @property
    def hints_left(self) -> int:
        """How many hints were not shown yet."""
        return len(self.card.hints) - self.hints_shown

    @property
    def followups_left(self) -> int:
        """How many questions and answers of follow-ups can still be shown; none before the answer is."""
        if not isinstance(self.card.body, Basic) or not self.is_revealed:
            return 0
        return max(0, 2 * len(self.card.body.followups) - self.followups_open)

    def follow_up(self) -> Asking:
        """Return the card with the next follow-up asked, or the one that was asked answered."""
        return replace(self, followups_open=self.followups_open + 1) if self.followups_left else self

    def can_pick(self, letter: str) -> bool:
        """Tell whether an option of that letter may be picked now."""
        return not self.is_revealed and LETTERS.find(letter) in range(len(self.options))

    def forward(self, seconds: float) -> Asking:
        """Return the card one step on: a gap or phase opens, the clock of a spoken answer starts, the answer shows."""
        if self.is_revealed:
            return self
        body = self.card.body
        if isinstance(body, Cloze):
            opened = self.gaps_open + 1
            if opened < body.last_number:
                return replace(self, gaps_open=opened)
            return replace(self, gaps_open=body.last_number, is_revealed=True, answer_seconds=seconds)
        if isinstance(body, Design):
            return self._open_phase(body, seconds)
        if self.can_tell:
            return replace(self, told_seconds=0.0)
        return self.revealed(seconds)

    def _open_phase(self, body: Design, seconds: float) -> Asking:
        """Return the card with one more phase open and its first point marked; the last one ends the asking."""
        opened = self.phases_open + 1
        after = replace(self, point=len(self.points), phases_open=opened, is_writing=False)
        if not self.phases_open:
            after = replace(after, answer_seconds=seconds)
        return replace(after, is_revealed=True) if opened >= len(body.outline) else after

    def revealed(self, seconds: float) -> Asking:
        """Return the card with its answer shown, after so many seconds."""
        return replace(self, is_revealed=True, answer_seconds=seconds, complaint="", is_writing=False)

    def told(self, seconds: float) -> Asking:
        """Return the card after so many seconds of telling."""
        return replace(self, told_seconds=seconds) if self.is_telling else self

    def written(self, draft: str) -> Asking:
        """Return the card with what is written on it now; what the last run gave stays in sight."""
        return self if draft == self.draft else replace(self, draft=draft)

    def judged(self, verdict: Verdict, seconds: float | None = None) -> Asking:
        """Return the card after a run; `seconds` is given when it was handed in, which shows the answer.

        What could not be run because a package is missing leaves the card as it was, to be judged by oneself.
        """
        after = replace(self, running="", verdict=verdict)
        if seconds is None or verdict.outcome is Outcome.MISSING:
            return after
        return replace(after, is_submitted=True).revealed(seconds)

    @property
    def tests(self) -> tuple[int, int]:
        """How many tests the last run passed, of how many."""
        if self.verdict is None or not isinstance(self.card.body, Code):
            return 0, 0
        return count_tests(self.card.body, self.verdict, is_submission=self.is_submitted)

    def pick(self, letter: str, seconds: float) -> Asking:
        """Return the card after an option was picked: one right option ends the asking, several toggle."""
        if not self.can_pick(letter):
            return self
        option = self.options[LETTERS.index(letter)]
        body = self.card.body
        if isinstance(body, Choice) and body.takes_several:
            return replace(self, picked=self.picked ^ {option})
        return replace(self, picked=frozenset({option})).forward(seconds)

    def check(self, typed: str, seconds: float) -> Asking:
        """Return the card after a typed number was handed in; nothing typed shows the answer unchecked."""
        if not self.takes_number:
            return self
        if typed.strip() and parse_number(typed) is None:
            return replace(self, complaint="That is no number. Try 73856, 7.4e4, 3/8 or 15%.")
        return replace(self, typed=typed.strip()).revealed(seconds)

    def hint(self) -> Asking:
        """Return the card with one more hint."""
        if self.is_revealed or not self.hints_left:
            return self
        return replace(self, hints_shown=self.hints_shown + 1)

    def move_point(self, by: int) -> Asking:
        """Return the card with another point marked."""
        return replace(self, point=max(0, min(len(self.points) - 1, self.point + by)))

    def tick(self, point: int | None = None) -> Asking:
        """Return the card with the marked point, or a given one, ticked or not ticked any more."""
        if not self.points:
            return self
        number = self.point if point is None else point
        return replace(self, ticked=self.ticked ^ {number}, point=number)

    def toggle_source(self) -> Asking:
        """Return the card with maths as Unicode or as it was written."""
        return replace(self, shows_source=not self.shows_source)

    def reread(self, view: CardView) -> Asking:
        """Return the card after its flag, its note or its text changed; a new text keeps only what was seen."""
        if replace(view.card, fingerprint="") == replace(self.card, fingerprint="") and (
            view.wording == self.view.wording
        ):
            return replace(self, view=replace(view, draft=self.view.draft))
        after = replace(Asking.of(view), draft=self.draft, hints_shown=min(self.hints_shown, len(view.card.hints)))
        if not self.is_revealed:
            return after
        body = view.card.body
        gaps = body.last_number if isinstance(body, Cloze) else 0
        phases = len(body.outline) if isinstance(body, Design) else 0
        return replace(after.revealed(self.answer_seconds), gaps_open=gaps, phases_open=phases)

    @property
    def evidence(self) -> Evidence:
        """What was seen of the answer."""
        return Evidence(
            elapsed_seconds=self.answer_seconds,
            hints_shown=self.hints_shown,
            ticked=self.ticked,
            picked=self.picked,
            typed=self.number,
            checked=bool(self.picked or self.typed or self.ticked or self.is_submitted),
            tests_passed=self.tests[0] if self.is_submitted else 0,
            tests_total=self.tests[1] if self.is_submitted else 0,
        )

    @property
    def suggested(self) -> Grade | None:
        """The grade offered, once the answer is seen."""
        return suggest(self.card, self.evidence) if self.is_revealed else None
