"""The welcome: three questions with an answer in each, asked once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events

from prepdeck.text.cells import pad, shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Ground, Piece, Row, Tone, foreign, muted, row, strong, wrap
from prepdeck.tui.screens.framed import stroke_of
from prepdeck.tui.screens.notices import NoticeScreen

if TYPE_CHECKING:
    from prepdeck.study.welcoming import Welcome

MINUTES = (10, 20, 30, 45, 60)
"""Minutes a day to choose from."""
DAY, LENGTH, DECKS = range(3)
"""The questions."""
FOLDER = "Decks are plain YAML files; prepdeck paths lists them."
"""Said at the end."""
EXAMPLES = "Machine learning recommends films, recognises faces and finds insight in data; here you learn to build it."
"""Said at the beginning where there is room: what all of it is about."""
LEFT_OUT = "A deck left out is not asked; leave_out in the settings takes it back."
"""Said while a deck is off."""
_LONGEST_DAY = 10
_ROOMY = 15
"""Rows from which all three questions are shown at once."""
_INDENT = "    "
_ROWS_BESIDE = 15
_WIDE = 50
"""Rows that everything but the decks takes at most."""


class WelcomeScreen(NoticeScreen):
    """Holds three answers; Enter goes on, and from the last question into the first round."""

    PLACE = Place.WELCOME
    TITLE_WORD = "Welcome"
    BOX_TITLE = "prepdeck"
    BOX_TONE = "-accent"

    def __init__(self, welcome: Welcome) -> None:
        super().__init__()
        self._welcome = welcome
        self._question = DAY
        self._day = ""
        self._minutes = welcome.minutes
        self._off: set[str] = set()
        self._marked = 0
        self._fault = ""

    @property
    def choices(self) -> tuple[int, ...]:
        """The minutes to choose from, those of the settings among them."""
        return tuple(sorted({*MINUTES, self._welcome.minutes}))

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        return {
            "welcome.next": self._next,
            "welcome.choose": self._choose,
            "move.down": lambda: self._move(1),
            "move.up": lambda: self._move(-1),
            "move.left": lambda: self._change_minutes(-1),
            "move.right": lambda: self._change_minutes(1),
            "app.back": self.prepdeck.pages.skip_welcome,
            "app.leave": self.prepdeck.pages.skip_welcome,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        match action:
            case "welcome.choose":
                return self._question != DAY
            case "move.left" | "move.right":
                return self._question == LENGTH
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        ends = "Start" if self._question == DECKS else "Next"
        return {"app.leave": "Skip", "welcome.next": ends}.get(key.id, key.word)

    def on_key(self, event: events.Key) -> None:
        """Type the day where it is asked for; all else is in the key table."""
        key = stroke_of(event)
        if self._question == DAY and (key in set("0123456789-+") or key == "backspace"):
            self._day = self._day[:-1] if key == "backspace" else (self._day + key)[:_LONGEST_DAY]
            self._fault = ""
            event.stop()
            event.prevent_default()
            self.write()
            return
        super().on_key(event)

    def on_paste(self, event: events.Paste) -> None:
        """Type a pasted day."""
        event.stop()
        if self._question == DAY:
            typed = "".join(letter for letter in event.text if letter in "0123456789-+")
            self._day = (self._day + typed)[:_LONGEST_DAY]
            self.write()

    def press(self, target: str) -> None:
        """Go to what was clicked, and choose it."""
        kind, _, name = target.partition(":")
        match kind:
            case "question":
                self._question = int(name)
            case "minutes":
                self._question, self._minutes = LENGTH, int(name)
            case "deck":
                self._question, self._marked = DECKS, int(name)
                self._choose()
            case _:
                self.perform(target)
        if self.is_mounted and self.is_current:
            self._renew_page()

    def refuse(self, words: str) -> None:
        """Go back to the day, and say why it was not taken."""
        self._question, self._fault = DAY, words
        self._renew_page()

    def _renew_page(self) -> None:
        self.refresh_keys()
        self.write()

    def _next(self) -> None:
        if self._question == DECKS:
            on = tuple(deck.slug for deck in self._welcome.decks if deck.slug not in self._off)
            if not on:
                self.say("Leave at least one deck on; Space turns the marked one on.", is_error=True)
                return
            self.prepdeck.pages.answer_welcome(self._day, self._minutes, on)
            return
        self._question += 1
        self._renew_page()

    def _choose(self) -> None:
        if self._question == LENGTH:
            self._minutes = self.choices[(self.choices.index(self._minutes) + 1) % len(self.choices)]
        else:
            self._off ^= {self._welcome.decks[self._marked].slug}
            self.say(LEFT_OUT if self._off else "")
        self.write()

    def _change_minutes(self, step: int) -> None:
        at = self.choices.index(self._minutes) + step
        self._minutes = self.choices[max(0, min(len(self.choices) - 1, at))]
        self.write()

    def _move(self, step: int) -> None:
        """Go through the decks, and past their ends through the questions."""
        marked = self._marked + step
        if self._question == DECKS and 0 <= marked < len(self._welcome.decks):
            self._marked = marked
        else:
            self._question = max(DAY, min(DECKS, self._question + step))
        self._renew_page()

    def paragraphs(self, width: int) -> Sequence[Row | str]:
        """Return the three questions, or the one being asked where there is no room for all."""
        room = self.size.height - 4
        words = "Three questions, then your first card."
        head = row(strong("Welcome.", Tone.ACCENT), f" {words}")
        if head.width > width:
            head = row(strong("3 questions, then a first card.", Tone.ACCENT))
        parts = (self._ask_day(width), self._ask_minutes(), self._ask_decks(width, room))
        if room < _ROOMY:
            return [head, Row(), *parts[self._question]]
        examples = wrap(EXAMPLES, width) if width >= _WIDE else []
        rows: list[Row | str] = [head, *(row(muted(line)) for line in examples)]
        for part in parts:
            rows += [Row(), *part]
        return [*rows, Row(), *(row(muted(line)) for line in wrap(FOLDER, width))]

    def _title(self, number: int, words: str) -> Row:
        is_here = number == self._question
        sign = Piece(self.prepdeck.glyphs.marker if is_here else " ", Tone.ACCENT)
        name = strong(words) if is_here else Piece(words)
        number_piece = Piece(f" {number + 1} ", Tone.ACCENT if is_here else Tone.MUTED, strong=True)
        return row(sign, number_piece, name, target=f"question:{number}")

    def _ask_day(self, width: int) -> list[Row]:
        is_here = self._question == DAY
        field = Piece(f" {self._day or 'no date yet'} ", Tone.BUTTON if is_here else Tone.TEXT)
        aside = "2026-12-10, +21 for days, or empty"
        is_roomy = width >= len(aside) + 20
        rows = [
            self._title(DAY, "When is your interview?"),
            row(_INDENT, field, muted(f"  {aside}" if is_roomy else ""), target="question:0"),
        ]
        if is_here and not is_roomy:
            rows.append(row(_INDENT, muted("2026-12-10, +21, or empty")))
        sign = Piece(f"{self.prepdeck.glyphs.cross} ", Tone.ERROR, strong=True)
        fault = wrap(self._fault, max(1, width - 6))[:2] if self._fault else []
        return [
            *rows,
            *(row(_INDENT, sign if not number else "  ", foreign(line)) for number, line in enumerate(fault)),
        ]

    def _ask_minutes(self) -> list[Row]:
        pieces: list[Piece] = []
        for each in self.choices:
            is_chosen = each == self._minutes
            words = f"[{each}]" if is_chosen else f" {each} "
            pieces.append(Piece(words, Tone.BUTTON if is_chosen else Tone.MUTED, target=f"minutes:{each}"))
        return [self._title(LENGTH, "How long each day?"), row(_INDENT, *pieces, muted(" min"))]

    def _ask_decks(self, width: int, room: int) -> list[Row]:
        decks = self._welcome.decks
        page = max(1, min(len(decks), room - (_ROWS_BESIDE if room >= _ROOMY else 4)))
        first = max(0, min(self._marked - page // 2, len(decks) - page))
        longest = max(8, min(max(len(clean_line(deck.title)) for deck in decks), width - 22))
        rows = [self._title(DECKS, "What do you want to practise?")]
        for number, deck in list(enumerate(decks))[first : first + page]:
            is_here = self._question == DECKS and number == self._marked
            name = pad(shorten(clean_line(deck.title), longest, ellipsis=self.prepdeck.glyphs.ellipsis), longest)
            box = "[ ]" if deck.slug in self._off else "[x]"
            cursor = self.prepdeck.glyphs.cursor if is_here and self.prepdeck.is_plain else " "
            ground = Ground.CURSOR if is_here else Ground.NONE
            aside = muted(f"{deck.cards:>5} cards")
            rows.append(row("  ", cursor, " ", f"{box} {name}", aside, ground=ground, target=f"deck:{number}"))
        if page < len(decks):
            rows.append(row(_INDENT, muted(f"{first + 1}-{first + page} of {len(decks)} decks")))
        return rows
