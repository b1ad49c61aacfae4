"""Everything the interface asks of the desk; each method runs in the clerk's thread and touches no widget."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from prepdeck.errors import NotFound, PrepdeckError
from prepdeck.tui.mock_errands import MockErrands
from prepdeck.tui.road_errands import RoadErrands

if TYPE_CHECKING:
    from pathlib import Path

    from prepdeck.cards.card import Card
    from prepdeck.cards.ids import CardId
    from prepdeck.cards.verdict import Verdict
    from prepdeck.progress.chart import Chart
    from prepdeck.road.today import TodayPlan
    from prepdeck.scheduling.dates import InterviewDate
    from prepdeck.study.browsing import CardLine, Deed, Listing, Sight
    from prepdeck.study.charts import ExportedChart
    from prepdeck.study.configuring import SettingRow, Settings
    from prepdeck.study.desk import Desk
    from prepdeck.study.options import Options
    from prepdeck.study.overview import HomeReport, PlanPage
    from prepdeck.study.previewing import Preview, Problem
    from prepdeck.study.readiness import Readiness
    from prepdeck.study.records import CardRecord
    from prepdeck.study.reviewing import CardView, RoundRequest, Sitting
    from prepdeck.study.round_handling import Step
    from prepdeck.study.stats_report import StatsReport
    from prepdeck.study.story_drafts import SavedDraft, StoryDraft, StoryPage
    from prepdeck.study.story_matrix import Matrix
    from prepdeck.study.undoing import Undone
    from prepdeck.study.welcoming import Welcome


@dataclass(frozen=True, slots=True)
class Served:
    """A sitting as it is stored now, with its next card."""

    sitting: Sitting
    """The round."""
    view: CardView | None
    """The card to ask; None when the round is over, or the card could not be loaded."""
    words: str = ""
    """What happened, if that is worth a sentence."""
    fault: PrepdeckError | None = None
    """Why the card could not be loaded."""
    is_first_round: bool = False
    """Whether nothing was ever answered before."""
    keeps_place: bool = False
    """Whether the card was asked before, and goes on where it is: its flag or note changed, or it was edited."""


class Errands(MockErrands, RoadErrands):
    """Goes to the desk.

    Args:
        options: What the command line said.
        open_desk: Opens the desk; None for the real one, which is imported when it is opened.
    """

    def __init__(self, options: Options, open_desk: Callable[[Options], Desk] | None = None) -> None:
        self._options = options
        self._open_desk = open_desk
        self._desk: Desk | None = None
        self.has_edits = False
        """Whether a deck was edited since the decks were taken in."""
        self.last_words: str | None = None
        """What the closing of the desk left to say."""

    @property
    def desk(self) -> Desk:
        """The desk, once it is open."""
        if self._desk is None:
            message = "the desk is not open"
            raise RuntimeError(message)
        return self._desk

    @property
    def is_open(self) -> bool:
        """Whether the desk is open."""
        return self._desk is not None

    def open(self) -> None:
        """Open the desk; this loads the database."""
        if self._open_desk is None:
            from prepdeck.study.desk import open_desk

            self._desk = open_desk(self._options)
        else:
            self._desk = self._open_desk(self._options)

    def close(self) -> None:
        """Close the desk."""
        if self._desk is not None:
            self.last_words = self._desk.close()

    def warm_up(self) -> None:
        """Load what the first card needs, before it needs it."""
        from prepdeck.text import markdown

        markdown.warm_up()

    def lend_desk(self) -> Desk:
        """Return a desk for a long look beside the clerk, which changes nothing."""
        from prepdeck.study.desk import keep_up

        keep_up(self.desk)
        return self.desk.lend()

    def take_back(self, lent: Desk) -> None:
        """Keep what a long look has read of the log."""
        self.desk.take_back(lent)

    def report_home(self, desk: Desk | None = None) -> HomeReport:
        """Return what the home screen shows; a long look brings the desk it was lent."""
        from prepdeck.study.overview import home_report

        return home_report(desk or self.desk)

    def report_ready(self, desk: Desk | None = None) -> Readiness:
        """Return how ready the learner is; this takes longer than what home shows first."""
        from prepdeck.study.readiness import readiness

        return readiness(desk or self.desk)

    def report_day(self, desk: Desk | None = None) -> TodayPlan:
        """Return what today asks, mock and road among it; this too takes longer than what home shows first."""
        from prepdeck.study.road import road_page
        from prepdeck.study.today_plan import today_plan

        desk = desk or self.desk
        return today_plan(desk, road_page(desk))

    def report_stats(self, window: int | None, decks: tuple[str, ...] = ()) -> StatsReport:
        """Return how it went over the last days of some decks, or of all."""
        from prepdeck.study.statistics import stats_of_window

        return stats_of_window(self.desk, window, decks)

    def export_chart(self, chart: Chart) -> ExportedChart:
        """Write a chart as CSV, SVG and PNG into the learner's home; return the files."""
        from prepdeck.study.charts import export_chart

        return export_chart(self.desk, chart)

    def report_plan(self, minutes: float | None = None) -> PlanPage:
        """Return what the plan screen shows, for other minutes a day where some are tried."""
        from prepdeck.study.desk import keep_up
        from prepdeck.study.overview import plan_page

        keep_up(self.desk)
        return plan_page(self.desk, minutes)

    def set_date(self, day: str, company: str) -> InterviewDate:
        """Set the day of the next interview."""
        from prepdeck.study.next_date import set_next_date

        return set_next_date(self.desk, day, company)

    def find_welcome(self) -> Welcome | None:
        """Return what the welcome asks, or None when it was seen before."""
        from prepdeck.study.welcoming import find_welcome

        return find_welcome(self.desk)

    def close_welcome(self) -> None:
        """Remember that the welcome was skipped."""
        from prepdeck.study.welcoming import close_welcome

        close_welcome(self.desk)

    def answer_welcome(self, day: str, minutes: int, decks: tuple[str, ...]) -> Served:
        """Keep the answers of the welcome, and return the first round."""
        from prepdeck.study.welcoming import Answers, answer_welcome

        return self.serve(answer_welcome(self.desk, Answers(day, minutes, decks)), is_first_round=True)

    def begin(self, request: RoundRequest) -> Served:
        """Return a new round with its first card."""
        from prepdeck.study.overview import day_report
        from prepdeck.study.reviewing import begin_round

        is_first = not any(deck.seen for deck in day_report(self.desk).decks)
        return self.serve(begin_round(self.desk, request), is_first_round=is_first)

    def begin_scope(self, decks: tuple[str, ...], *, only_new: bool, cram: bool) -> Served:
        """Return a new round over some decks, or over all of them."""
        from prepdeck.study.reviewing import RoundRequest, Scope

        return self.begin(RoundRequest(scope=Scope(decks=decks), only_new=only_new, cram=cram))

    def redo(self, done: Sitting) -> Served:
        """Return a round of the cards that slipped in one that is over."""
        from prepdeck.study.redoing import begin_redo

        return self.serve(begin_redo(self.desk, done))

    def minutes_tomorrow(self) -> int:
        """Return about how long tomorrow's cards take."""
        from prepdeck.study.overview import minutes_tomorrow

        return minutes_tomorrow(self.desk)

    def undo_into(self, sitting: Sitting | None) -> Served:
        """Take back the last step; after a grade its card is asked again, in its round or in a new one."""
        from prepdeck.study.reviewing import begin_round

        return self.undo(sitting or begin_round(self.desk))

    def title_of(self, card: CardId) -> str:
        """Return the front of a card on one line."""
        from prepdeck.text.markdown import inline_line

        found = self.desk.library.get(card)
        return inline_line(found.title) if found is not None else str(card)

    def serve(
        self, sitting: Sitting, words: str = "", *, is_first_round: bool = False, keeps_place: bool = False
    ) -> Served:
        """Return a sitting with its next card; a card that cannot be loaded leaves the sitting as it is stored."""
        from prepdeck.study.reviewing import view_card
        from prepdeck.study.round_handling import skip_gone

        view, fault, asked = None, None, sitting.current
        sitting, left_out = skip_gone(self.desk, sitting)
        words = " ".join(each for each in (words, left_out) if each)
        keeps_place = keeps_place and sitting.current == asked
        if sitting.current is not None:
            try:
                view = view_card(self.desk, sitting.current, cram=sitting.cram)
            except PrepdeckError as error:
                fault = error
        return Served(sitting, view, words, fault, is_first_round, keeps_place)

    def answer(self, sitting: Sitting, quality: int, seconds: float, wording: int) -> Served:
        """Store a grade, and return what is asked next."""
        from prepdeck.study import reviewing

        known = len(self.desk.notes)
        sitting, _ = reviewing.answer_current(self.desk, sitting, quality, seconds, wording)
        return self.serve(sitting, " ".join(self.desk.notes[known:]))

    def undo(self, sitting: Sitting) -> Served:
        """Take back the last step; after a grade its card is asked again."""
        from prepdeck.study import reviewing

        before = sitting.current
        sitting, undone = reviewing.undo_current(self.desk, sitting)
        keeps_place = sitting.current == before and not undone.moves_cards
        return self.serve(sitting, f"Undid {undone.words}.", keeps_place=keeps_place)

    def handle_asked(self, sitting: Sitting, step: Step) -> Served:
        """Bury, suspend, flag or unflag the card asked now, and return what is asked next."""
        from prepdeck.study.round_handling import handle_current

        try:
            sitting, words = handle_current(self.desk, sitting, step)
        except NotFound:  # another program removed the card, which leaves the round
            return self.serve(sitting, keeps_place=True)
        return self.serve(sitting, words, keeps_place=not step.holds_back)

    def note_asked(self, sitting: Sitting, text: str) -> Served:
        """Write something down beside the card asked now."""
        from prepdeck.study.round_handling import note_current

        return self.serve(*note_current(self.desk, sitting, text), keeps_place=True)

    def place_of(self, card: CardId) -> tuple[Path, int]:
        """Return the file and line a card begins at."""
        return self.desk.library.line_of(card)

    def read_again(self, sitting: Sitting) -> Served:
        """Take in what was edited in the decks, and return the card as it is now, or the next one when it is gone."""
        return self.serve(sitting, self.take_in(), keeps_place=True)

    def undo_from_home(self) -> Undone:
        """Take back the last step."""
        from prepdeck.study import undoing

        return undoing.undo(self.desk)[0]

    def show_card(self, card: CardId) -> CardRecord:
        """Return a card with its history."""
        from prepdeck.study.records import show_card

        return show_card(self.desk, str(card))

    def keep_draft(self, card: Card, text: str) -> Path:
        """Write down what was written on a card; return the file."""
        from prepdeck.study.coding import keep_draft

        return keep_draft(self.desk, card, text)

    def read_draft(self, card: Card) -> str | None:
        """Return what was written on a card today."""
        from prepdeck.study.coding import draft_of

        return draft_of(self.desk, card)

    def editor_command(self, path: Path) -> tuple[str, ...]:
        """Return the command that opens a file in the learner's editor."""
        from prepdeck.study.coding import editor_command

        return editor_command(path)

    def code_to_trust(self, card: Card) -> tuple[tuple[str, str], ...]:
        """Return the code of a deck that would run with an answer and that nobody said yes to yet."""
        from prepdeck.study.coding import foreign_code, needs_consent

        return foreign_code(card) if needs_consent(self.desk, card) else ()

    def give_consent(self, card: Card) -> None:
        """Remember that this code may run."""
        from prepdeck.study.coding import give_consent

        give_consent(self.desk, card)

    def call_off_runs(self) -> None:
        """End every run of written code; nobody waits for it any more."""
        from prepdeck.study.coding import call_off_runs

        call_off_runs()

    def judge(self, card: Card, answer: str, *, is_submission: bool) -> Verdict:
        """Run an answer; this takes seconds, asks nothing of the database, and so may run beside the clerk."""
        from prepdeck.study.coding import run_visible, submit

        return (submit if is_submission else run_visible)(self.desk, card, answer)

    def preview_deck(self, slug: str | None, path: str) -> Preview:
        """Return a deck's file as its author sees it; one that could not be read is known by its path."""
        from pathlib import Path

        from prepdeck.study.previewing import preview_file

        found = self.desk.library.deck(slug).path if slug is not None else Path(path)
        return preview_file(found, self._options)

    def take_in(self) -> str:
        """Take in what was edited in the decks, and say what it was."""
        from prepdeck.study.desk import reload_decks

        taken = reload_decks(self.desk)
        self.has_edits = False
        return taken.words or ""

    def fix_problem(self, path: Path, problem: Problem) -> str:
        """Make the one fix a problem offers, and say what was done."""
        from prepdeck.study.previewing import fix_problem

        return fix_problem(path, problem)

    def list_cards(self, words: str, limit: int | None) -> Listing:
        """Return the cards that some words find, or the first of them."""
        from prepdeck.study.browsing import list_cards

        return list_cards(self.desk, words, limit)

    def read_lines(self, listing: Listing, first: int, count: int) -> tuple[CardLine, ...]:
        """Return a page of a list of cards."""
        from prepdeck.study.browsing import read_lines

        return read_lines(self.desk, listing, first, count)

    def names_in(self, listing: Listing) -> tuple[CardId, ...]:
        """Return the names of all cards of a list."""
        from prepdeck.study.browsing import names_in

        return names_in(self.desk, listing)

    def look_at(self, card: CardId) -> Sight:
        """Return a card with everything a preview tells."""
        from prepdeck.study.browsing import look_at

        return look_at(self.desk, card)

    def handle(self, deed: Deed, cards: tuple[CardId, ...]) -> str:
        """Do one thing to some cards, and say what was done."""
        from prepdeck.study.browsing import handle, handled_words

        return handled_words(handle(self.desk, deed, cards))

    def list_stories(self) -> Matrix:
        """Return the learner's stories and what each shows."""
        from prepdeck.study.story_matrix import make_matrix

        return make_matrix(self.desk)

    def open_story(self, card: CardId | None, competencies: tuple[str, ...]) -> StoryPage:
        """Return a story to be written, or a new one that shows some competencies."""
        from prepdeck.study.story_drafts import open_story

        return open_story(self.desk, card, competencies)

    def save_story(
        self, draft: StoryDraft, typed: Mapping[str, str | tuple[str, ...]], over: Collection[str], *, is_last: bool
    ) -> SavedDraft:
        """Save what was typed into a story."""
        from prepdeck.study.story_drafts import save_draft

        return save_draft(self.desk, draft, typed, is_last=is_last, over=over)

    def keep_story(self, draft: StoryDraft, typed: Mapping[str, str | tuple[str, ...]]) -> None:
        """Keep what stands in the fields of a story, its deck left alone."""
        from prepdeck.study.story_drafts import keep_draft

        keep_draft(self.desk, draft, typed)

    def turn_down_story(self, page: StoryPage) -> tuple[StoryPage, Path | None]:
        """Put a draft that is not wanted out of the way; return the page without it, and where the draft is kept."""
        from prepdeck.study.story_drafts import turn_down

        return turn_down(self.desk, page)

    def remove_story(self, card: CardId) -> Path:
        """Take a story out of its deck; return where its words are kept."""
        from prepdeck.study.stories import remove_story

        return remove_story(self.desk, card)

    def drill_story(self, card: CardId, competency: str | None) -> Served:
        """Return a round of one story, told or found for a competency."""
        from prepdeck.study.story_drill import begin_drill

        return Served(*begin_drill(self.desk, card, competency))

    def save_theme(self, name: str) -> None:
        """Keep the theme for the next start."""
        from prepdeck.study.configuring import save_theme

        save_theme(self._options, name)

    def list_settings(self) -> tuple[tuple[SettingRow, ...], Settings]:
        """Return every setting, with all of them as the desk goes by them now."""
        from prepdeck.study.configuring import apply_settings, list_settings

        return list_settings(self._options), apply_settings(self.desk)

    def change_setting(self, key: str, value: str | None) -> None:
        """Write one setting; None restores its default."""
        from prepdeck.study.configuring import reset_setting, set_setting

        if value is None:
            reset_setting(self._options, key)
        else:
            set_setting(self._options, key, value)

    def change_key(self, action: str, keys: str | None) -> None:
        """Write the keys of one action; None restores its own."""
        from prepdeck.study.configuring import set_key

        set_key(self._options, action, keys)

    def today(self) -> date:
        """Return the study day it is."""
        return self.desk.today()
