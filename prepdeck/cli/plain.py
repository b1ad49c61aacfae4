"""`prepdeck review --plain`: a round as lines, for screen readers, dumb terminals and pipes."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from prepdeck.cli.face import Face
from prepdeck.cli.faces import face_of
from prepdeck.cli.flags import Flags
from prepdeck.cli.layout import Layout
from prepdeck.cli.opening import opened_desk
from prepdeck.cli.streams import flush, say, write_text
from prepdeck.cli.typed import read_line
from prepdeck.cli.wishes import GRADE_PROMPT, GRADES, MORE_WORDS, NOTE_HELP, TICK_PROMPT, WISHES, Wish
from prepdeck.cli.wording import count_words, day_words, distance_words
from prepdeck.errors import NotFound, PrepdeckError, StoreError
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.memory import Learned
from prepdeck.scheduling.suggestion import suggest

if TYPE_CHECKING:
    from prepdeck.cards.ids import CardId
    from prepdeck.scheduling.review import Review
    from prepdeck.study.desk import Desk
    from prepdeck.study.reviewing import CardView, RoundRequest, Sitting


def review_plainly(flags: Flags, request: RoundRequest) -> int:
    """Ask a round as plain lines; return the exit status."""
    from prepdeck.study.reviewing import begin_round

    with opened_desk(flags) as desk:
        sitting = begin_round(desk, request)
        if sitting.current is None:
            write_text(_nothing_words(desk, request))
            return 0
        _offer_help(desk, request)
        PlainRound(desk, sitting, Layout.fitting(flags)).ask_all()
    return 0


def _offer_help(desk: Desk, request: RoundRequest) -> None:
    """Say once that late cards can be spread over days, where that is worth it; a chosen round is left alone."""
    from prepdeck.study.comeback import offer, offer_words
    from prepdeck.study.reviewing import RoundRequest

    found = offer(desk) if request == RoundRequest() else None
    if found is not None:
        write_text(offer_words(found))


def _nothing_words(desk: Desk, request: RoundRequest) -> str:
    from prepdeck.study.reviewing import RoundRequest

    if not desk.library.decks:
        return "No decks found; prepdeck paths says where they belong."
    if request != RoundRequest():
        return "Nothing to ask with these words and flags; prepdeck due says what waits today."
    from prepdeck.study.overview import what_waits_at

    day = what_waits_at(desk)
    if day.plan is not None:
        wait = f"; {count_words(day.due, 'due card')} can wait" if day.due else ""
        return f"Nothing more is planned today{wait}. prepdeck review --minutes 10 goes on, --cram practises."
    return "Nothing is due until tomorrow. prepdeck review --ahead 3 asks what comes next, --cram practises."


class PlainRound:
    """A round on plain lines.

    Args:
        desk: Everything opened once.
        sitting: The round as it begins.
        layout: How texts are laid out.
    """

    def __init__(self, desk: Desk, sitting: Sitting, layout: Layout) -> None:
        self._layout = layout
        self._desk = desk
        self._sitting = sitting
        self._unstored: StoreError | None = None

    def ask_all(self) -> None:
        """Ask card after card until the round is over, the learner stops or the input ends.

        Raises:
            StoreError: When the last grade could not be stored and was not given again.
        """
        from prepdeck.study.round_handling import skip_gone

        write_text(MORE_WORDS)
        going = True
        while going:
            self._sitting, left_out = skip_gone(self._desk, self._sitting)
            if left_out:
                write_text(left_out)
            if (card := self._sitting.current) is None:
                break
            going = self._ask(card)
        self._sum_up()
        if self._unstored is not None:
            raise self._unstored

    def _ask(self, card: CardId) -> bool:
        """Ask one card; return whether to go on."""
        from prepdeck.study.reviewing import view_card

        view = view_card(self._desk, card, cram=self._sitting.cram)
        face = face_of(view, self._layout, self._desk)
        began = self._desk.clock.monotonic_seconds()
        write_text(f"{self._heading(view)}\n{face.front()}")
        went_on = self._listen(face)
        if went_on is not None:
            return went_on
        shown = self._desk.clock.monotonic_seconds()
        write_text(face.back())
        if view.handling.note:
            write_text(f"\nYour note: {self._layout.wrapped(view.handling.note)}")
        return self._grade(face, view, shown - began, began)

    def _heading(self, view: CardView) -> str:
        place = view.deck_title if view.topic_title is None else f"{view.deck_title} / {view.topic_title}"
        known = "review" if isinstance(view.memory, Learned) else "new"
        known += ", flagged" if view.handling.flagged else ""
        return f"\n{count_words(self._sitting.round.left, 'card')} left  {place}  {view.card.kind}, {known}\n"

    def _listen(self, face: Face) -> bool | None:
        """Talk until the answer is to be shown, or return whether to go on with the round instead."""
        while True:
            write_text(face.prompt())
            words = _read_words()
            wish = Wish.STOP if words is None else None if face.wants(words) else WISHES.get(words)
            if wish is not None:
                if (goes_on := self._grant(wish)) is not None:
                    return goes_on
                continue
            said = face.take(words or "")
            if said is None:
                return None
            write_text(said)

    def _grant(self, wish: Wish) -> bool | None:
        """Do what is wanted instead of an answer; return whether the round goes on, None to stay with the card."""
        match wish:
            case Wish.STOP:
                return False
            case Wish.UNDO:
                return True if self._undo() else None
            case Wish.BURY | Wish.SUSPEND | Wish.FLAG:
                return self._handle(wish)
            case _:
                assert_never(wish)

    def _handle(self, wish: Wish) -> bool | None:
        """Bury, suspend or flag the card, or take its flag off; return whether it was left."""
        from prepdeck.study.round_handling import Step, handle_current

        step = Step(wish.value)
        if step is Step.FLAG and self._is_flagged():
            step = Step.UNFLAG
        try:
            self._sitting, words = handle_current(self._desk, self._sitting, step)
        except NotFound:  # another program removed the card, and the round says so as it goes on
            return True
        except StoreError as error:
            say(f"error: {error.message}\nhelp: {error.help or 'nothing was changed; try again'}")
            return None
        write_text(words)
        return True if step.holds_back else None

    def _is_flagged(self) -> bool:
        from prepdeck.study.reviewing import view_card

        card = self._sitting.current
        return card is not None and view_card(self._desk, card).handling.flagged

    def _grade(self, face: Face, view: CardView, answer_seconds: float, began: float) -> bool:
        """Ask which points were said and for the grade, and store it; return whether to go on."""
        from prepdeck.study.reviewing import answer_current, future_words

        futures = [
            f"{number} {grade.value}: {future_words(view.futures, grade, view.review_kind)}"
            for number, grade in enumerate(Grade, 1)
        ]
        write_text("; ".join(futures))
        if face.points:
            write_text(TICK_PROMPT)
        while True:
            suggested = suggest(view.card, face.evidence(max(0.0, answer_seconds)))
            number = list(Grade).index(suggested) + 1
            write_text(f"{GRADE_PROMPT}  (Enter: {number} {suggested.value})")
            typed = _read_typed()
            words = None if typed is None else typed.lower()
            wish = Wish.STOP if words is None else WISHES.get(words)
            if wish is not None:
                if (goes_on := self._grant(wish)) is not None:
                    return goes_on
                continue
            said = face.tick(words or "") or self._aside(face, typed or "")
            if said is not None:
                write_text(said)
                continue
            grade = suggested if not words else GRADES.get(words)
            if grade is None:
                write_text("Type 1, 2, 3 or 4.")
                continue
            elapsed = max(0.0, self._desk.clock.monotonic_seconds() - began)
            known = len(self._desk.notes)
            try:
                self._sitting, review = answer_current(
                    self._desk, self._sitting, grade.quality, elapsed, wording=view.wording
                )
            except StoreError as error:
                self._unstored = error
                say(f"error: {error.message}\nhelp: {error.help or 'the grade is not stored; give it again, or q'}")
                continue
            self._unstored = None
            write_text(self._stored_words(review))
            for note in self._desk.notes[known:]:
                write_text(f"note: {note}")
            return True

    def _aside(self, face: Face, typed: str) -> str | None:
        """Do what can be wanted between answer and grade, and return what to say; None for other words."""
        head, _, rest = typed.partition(" ")
        match head.lower():
            case "o":
                return face.ask_on()
            case "n" | "note":
                return self._note(rest.strip())
            case _:
                return None

    def _note(self, text: str) -> str:
        from prepdeck.study.round_handling import note_current

        if not text:
            return NOTE_HELP
        try:
            self._sitting, words = note_current(self._desk, self._sitting, "" if text == "-" else text)
        except PrepdeckError as error:
            return f"error: {error.message}\nhelp: {error.help or 'no note was kept; try again'}"
        return words

    def _stored_words(self, review: Review) -> str:
        today = review.study_day
        if self._sitting.cram or not isinstance(review.after, Learned):
            return f"{review.grade.value}, the schedule stays as it is"
        due = f"{distance_words(review.after.due, today)}, {day_words(review.after.due, today)}"
        back = "comes back in this round, then " if review.after.drilling else "next "
        return f"{review.grade.value}, {back}{due}"

    def _undo(self) -> bool:
        """Take back the last action; return whether there was one."""
        from prepdeck.study.reviewing import undo_current

        try:
            self._sitting, undone = undo_current(self._desk, self._sitting)
        except NotFound as error:
            write_text(error.message)
            return False
        write_text(f"Undid {undone.words}.")
        return True

    def _sum_up(self) -> None:
        tally = self._sitting.tally
        given = sum(tally.values())
        parts = ", ".join(f"{tally.get(grade, 0)} {grade.value}" for grade in Grade)
        left = self._sitting.round.left
        end = f"{count_words(left, 'card')} left" if left else "the round is over"
        write_text(f"\n{count_words(given, 'answer')}: {parts}; {end}. Everything is saved.")


def _read_words() -> str | None:
    """Return what was typed on one line, in small letters, or None at the end of the input."""
    typed = _read_typed()
    return None if typed is None else typed.lower()


def _read_typed() -> str | None:
    """Return what was typed on one line, or None at the end of the input."""
    flush()
    line = read_line()
    return line.strip() if line else None
