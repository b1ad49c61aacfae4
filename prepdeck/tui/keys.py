"""The one table of keys: key bar, help and command palette read it, and the settings may rebind it by id."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final


class Place(Enum):
    """A page that has keys of its own."""

    HOME = "Home"
    REVIEW = "Review"
    FINISHED = "Round finished"
    IDLE = "All done"
    FAULT = "Cannot open"
    AUTHOR = "Author"
    BROWSE = "Browse"
    PLAN = "Plan"
    WELCOME = "Welcome"
    STORIES = "Stories"
    STORY = "Story"
    STATS = "Stats"
    SETTINGS = "Settings"
    MOCK_SETUP = "Mock set up"
    MOCK = "Mock"
    MARK = "Mark a mock"
    DEBRIEF = "Debrief"
    MOCKS = "Mock history"
    COMPARE = "Two mocks"
    REST = "Rest"
    ROAD = "Road"
    LISTS = "Lists"
    READINESS = "Readiness"
    ASSESSMENT = "Where you stand"
    OFFER = "Offer"
    DIALOG = "Dialog"


_PAGES: Final = (
    Place.HOME,
    Place.STATS,
    Place.REVIEW,
    Place.FINISHED,
    Place.IDLE,
    Place.FAULT,
    Place.AUTHOR,
    Place.PLAN,
    Place.WELCOME,
    Place.BROWSE,
    Place.STORIES,
    Place.STORY,
    Place.SETTINGS,
    Place.MOCK_SETUP,
    Place.MOCK,
    Place.MARK,
    Place.DEBRIEF,
    Place.MOCKS,
    Place.COMPARE,
    Place.REST,
    Place.ROAD,
    Place.LISTS,
    Place.READINESS,
    Place.ASSESSMENT,
    Place.OFFER,
)
_LISTS: Final = (Place.HOME, Place.REVIEW)
_MOVES: Final = (*_LISTS, Place.AUTHOR, Place.BROWSE)
_MARKED: Final = (Place.MARK, Place.DEBRIEF, Place.MOCKS, Place.COMPARE)
_ROAD: Final = (Place.PLAN, Place.ROAD, Place.LISTS, Place.READINESS, Place.ASSESSMENT)
_SCROLLS: Final = (*_MOVES, *_ROAD, Place.SETTINGS, Place.MOCK_SETUP, *_MARKED)
_MOCKS: Final = (Place.MOCK,)
_STORIES: Final = (Place.STORIES, Place.STORY)
_PAGED: Final = (*_SCROLLS, *_STORIES, Place.OFFER)
_ROUNDS: Final = (Place.FINISHED, Place.IDLE)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One action, where it exists, and the keys that start it."""

    id: str
    """Stable name, such as `review.undo`; settings rebind by it."""
    places: tuple[Place, ...]
    """Where it exists."""
    keys: tuple[str, ...]
    """Keys that start it: printable characters as they are, others by name (`space`, `ctrl+p`, `pagedown`)."""
    word: str
    """What the key bar says."""
    meaning: str
    """What help and palette say."""
    group: str
    """The task it belongs to, a heading of the help."""
    rank: int | None = None
    """Order in which hints leave a narrow key bar, highest first; 0 never leaves, None never enters."""
    yields: bool = False
    """Whether it takes its keys only on some cards and leaves them to another action elsewhere."""

    @property
    def keys_shown(self) -> str:
        """The keys as people read them."""
        return " ".join(show_key(key) for key in self.keys)


def _pick(number: int) -> KeyRow:
    letter = "abcdefgh"[number]
    return KeyRow(
        f"review.pick_{letter}",
        (Place.REVIEW,),
        (letter,),
        letter,
        f"choose option {letter}",
        "Answer",
        yields=True,
    )


def _choose(number: int) -> KeyRow:
    return KeyRow(f"mock.choose_{number}", _MOCKS, (str(number),), str(number), f"option or part {number}", "Answer")


def _level(level: int, words: str) -> KeyRow:
    rank = 1 if level == 1 else None
    return KeyRow(f"assess.give_{level}", (Place.ASSESSMENT,), (str(level),), "Level", words, "Answer", rank)


def _give(level: int, words: str) -> KeyRow:
    rank = 1 if level == 1 else None
    return KeyRow(f"mark.give_{level}", (Place.MARK,), (str(level),), "Mark", f"mark {level}, {words}", "Answer", rank)


DEFAULT_ROWS: Final = (
    KeyRow("home.review", (Place.HOME,), ("enter",), "Review", "review the marked row", "Learn", 1),
    KeyRow("finished.home", _ROUNDS, ("enter",), "Home", "go to the home screen", "Learn", 1),
    KeyRow("finished.redo", (Place.FINISHED,), ("r",), "Redo slipped", "slipped cards again", "Learn", 2),
    KeyRow("home.mock", (Place.HOME,), ("m",), "Mock", "sit a mock interview", "Learn", 2),
    KeyRow("setup.start", (Place.MOCK_SETUP,), ("enter",), "Start the clock", "start the clock", "Learn", 1),
    KeyRow("setup.change", (Place.MOCK_SETUP,), ("space",), "Change", "change the option", "Learn", 3),
    KeyRow("setup.more", (Place.MOCK_SETUP,), ("+", "="), "More time", "more time", "Learn", 5),
    KeyRow("setup.less", (Place.MOCK_SETUP,), ("-",), "Less time", "less time", "Learn", 8),
    KeyRow("setup.random", (Place.MOCK_SETUP,), ("r",), "Random", "any that can be sat", "Find", 4),
    KeyRow("setup.search", (Place.MOCK_SETUP,), ("/",), "Search", "find a format", "Find", 4),
    KeyRow("setup.stopped", (Place.MOCK_SETUP,), ("i",), "Interrupted", "interrupted mocks", "Find", 3),
    KeyRow("setup.panes", (Place.MOCK_SETUP,), ("tab", "shift+tab"), "Options", "formats, options", "Move", 2),
    KeyRow("mock.mark", _MOCKS, ("enter",), "Mark", "mark it, once over", "Answer", 1, yields=True),
    KeyRow("mock.next", _MOCKS, ("f2", "n"), "Next", "next phase, question", "Answer", 1),
    KeyRow("mock.previous", _MOCKS, ("b",), "Back", "question, phase before", "Answer", 4),
    KeyRow("mock.pause", _MOCKS, ("f3",), "Pause", "pause (practice only)", "Answer", 4),
    KeyRow("mock.prompt", _MOCKS, ("f4", "p"), "Prompt", "prompt, hints in full", "Answer", 3),
    KeyRow("mock.finish", _MOCKS, ("f8", "f"), "Finish", "finish, asks first", "Answer", 2),
    KeyRow("mock.sheet", _MOCKS, ("f9", "tab"), "Code", "code or notes", "Answer", 2),
    *(_choose(number) for number in range(1, 9)),
    KeyRow("mock.part", _MOCKS, ("space",), "Part", "tell the next part", "Answer", 2),
    KeyRow("mock.story", _MOCKS, ("s",), "Story", "pick your story", "Answer", 2),
    KeyRow("mock.said", _MOCKS, ("y",), "Said", "answered aloud", "Answer", 5),
    KeyRow("mock.hint", _MOCKS, ("h",), "Hint", "next hint, counted", "Answer", 3),
    KeyRow("mock.clarify", _MOCKS, ("c",), "Ask", "ask what is unclear", "Answer", 3),
    KeyRow("mock.probe", _MOCKS, ("o",), "Probe", "be asked more", "Answer", 3),
    KeyRow("mock.run", _MOCKS, ("r",), "Run", "run the visible tests", "Answer", 2),
    KeyRow("mock.editor", _MOCKS, ("O",), "Editor", "write in your editor", "Answer", 5),
    KeyRow("mock.notes", _MOCKS, ("i", "enter"), "Notes", "back to the notes", "Answer", 1),
    KeyRow("mock.clock", _MOCKS, ("v",), "Clock", "hide or show it", "Answer", 6),
    KeyRow("mock.down", _MOCKS, ("j", "down", "pagedown"), "Down", "down in the prompt", "Move"),
    KeyRow("mock.up", _MOCKS, ("k", "up", "pageup"), "Up", "up in the prompt", "Move"),
    *(_give(level, words) for level, words in enumerate(("strong no", "lean no", "lean yes", "strong yes"), 1)),
    KeyRow("mark.evidence", (Place.MARK,), ("c",), "Evidence", "a line of evidence", "Answer", 2),
    KeyRow("mark.clear", (Place.MARK,), ("backspace", "delete"), "Clear", "take the mark away", "Answer", 6),
    KeyRow("mark.save", (Place.MARK,), ("enter",), "Save", "save, show the debrief", "Answer", 1),
    KeyRow("mark.paper", (Place.MARK,), ("tab",), "Answers", "your answers, the right ones", "Answer", 3),
    KeyRow("mark.partner", (Place.MARK,), ("P",), "Partner", "a partner's marks", "Answer", 4),
    KeyRow("debrief.done", (Place.DEBRIEF,), ("enter",), "Done", "go on", "Learn", 1),
    KeyRow("debrief.sheet", (Place.DEBRIEF,), ("tab",), "Questions", "questions, findings", "Learn", 2),
    KeyRow("debrief.open", (Place.DEBRIEF,), ("o",), "Open", "open the file", "Learn", 4),
    KeyRow("debrief.copy", (Place.DEBRIEF,), ("y",), "Copy Markdown", "copy as Markdown", "Learn", 5),
    KeyRow("debrief.again", (Place.DEBRIEF,), ("r",), "Mark again", "mark again", "Learn", 6),
    KeyRow("debrief.undo", (Place.DEBRIEF,), ("x",), "Undo moves", "move the cards back", "Learn", 3),
    KeyRow("setup.history", (Place.MOCK_SETUP,), ("H",), "History", "mocks that are over", "Find", 6),
    KeyRow("mocks.open", (Place.MOCKS,), ("enter",), "Debrief", "show its debrief", "Find", 1),
    KeyRow("mocks.select", (Place.MOCKS,), ("space",), "Select", "select it, two at most", "Find", 2),
    KeyRow("mocks.compare", (Place.MOCKS,), ("c",), "Compare", "two side by side", "Find", 2),
    KeyRow("mocks.told", (Place.MOCKS,), ("tab",), "Told", "list, what they tell", "Find", 3),
    KeyRow("rest.go_on", (Place.REST,), ("enter", "space"), "Next round", "begin the next round", "Learn", 1),
    KeyRow("home.learn", (Place.HOME, *_ROUNDS), ("l",), "Learn new", "learn only new cards", "Learn", 3),
    KeyRow("home.cram", (Place.HOME, *_ROUNDS), ("c",), "Cram", "cram, dates stay", "Learn", 9),
    KeyRow("home.author", (Place.HOME,), ("a",), "Author", "write the marked deck", "Learn", 5),
    KeyRow("home.stats", (Place.HOME,), ("s",), "Stats", "how it went", "Learn", 3),
    KeyRow("home.plan", (Place.HOME,), ("p",), "Plan", "plan to the interview", "Learn", 2),
    KeyRow("home.assess", (Place.HOME, Place.FINISHED), ("A",), "Assess", "where you stand", "Learn"),
    KeyRow("plan.start", (Place.PLAN,), ("enter",), "Start", "start line, open phase", "Learn", 1),
    KeyRow("plan.tick", (Place.PLAN,), ("space",), "Tick", "tick mock or road line", "Learn", 3),
    KeyRow("plan.road", (Place.PLAN,), ("o",), "Road", "phases, steps, tools", "Learn", 2),
    KeyRow("plan.ready", (Place.PLAN, Place.ROAD), ("r",), "Readiness", "pillars and topics", "Learn", 3),
    KeyRow("plan.lists", (Place.PLAN, Place.ROAD), ("w",), "Lists", "made, applied, people", "Learn", 4),
    KeyRow("plan.assess", (Place.PLAN, Place.ROAD), ("A",), "Assess", "where you stand", "Learn", 7),
    KeyRow("plan.offer", (Place.PLAN, Place.ROAD, Place.LISTS), ("O",), "Offer", "offer calculator", "Learn", 8),
    KeyRow("plan.next_phase", (Place.PLAN,), ("l", "right"), "Phase", "next phase", "Move", 6),
    KeyRow("plan.previous_phase", (Place.PLAN,), ("h", "left"), "Phase before", "phase before it", "Move"),
    KeyRow("road.open", (Place.ROAD,), ("enter",), "Open", "open, done with a link", "Learn", 1),
    KeyRow("road.tick", (Place.ROAD,), ("space",), "Done", "done, or open again", "Learn", 2),
    KeyRow("road.start", (Place.ROAD,), ("s",), "Start", "begin the phase today", "Learn", 3),
    KeyRow("road.choose", (Place.ROAD,), ("c",), "Choose", "choose this deck", "Learn", 2),
    KeyRow("road.in", (Place.ROAD,), ("l", "right"), "In", "into the details", "Move", 5),
    KeyRow("road.out", (Place.ROAD,), ("h", "left"), "Out", "back to the list", "Move", 3),
    KeyRow("road.sheet", (Place.ROAD,), ("tab",), "Sheet", "next sheet", "Move", 3),
    KeyRow("road.sheet_before", (Place.ROAD,), ("shift+tab",), "Sheet before", "sheet before it", "Move"),
    KeyRow("lists.edit", (Place.LISTS,), ("enter", "e"), "Edit", "edit the marked row", "Write", 1),
    KeyRow("lists.add", (Place.LISTS,), ("n", "a"), "New", "add a row", "Write", 2),
    KeyRow("lists.done", (Place.LISTS,), ("space",), "Done", "done, or open again", "Write", 2),
    KeyRow("lists.remove", (Place.LISTS,), ("x",), "Remove", "remove it, undoable", "Write", 5),
    KeyRow("lists.export", (Place.LISTS,), ("E",), "Export", "as CSV and Markdown", "Write", 5),
    KeyRow("lists.all", (Place.LISTS,), ("v",), "All", "open rows, or all", "Find", 6),
    KeyRow("lists.next", (Place.LISTS,), ("tab", "l", "right"), "Next list", "next list", "Move", 2),
    KeyRow("lists.previous", (Place.LISTS,), ("shift+tab", "h", "left"), "List before", "list before it", "Move"),
    KeyRow("readiness.open", (Place.READINESS,), ("enter",), "Open", "its cards, its mock", "Learn", 3),
    KeyRow("readiness.tick", (Place.READINESS,), ("space",), "Tick", "tick a paper", "Learn", 1),
    KeyRow("readiness.panes", (Place.READINESS,), ("tab", "shift+tab"), "Panes", "next pane", "Move", 2),
    *(_level(number, words) for number, words in enumerate(("new to me", "I follow it", "I do it", "I teach it"), 1)),
    KeyRow("assess.road", (Place.ASSESSMENT,), ("enter",), "Phase", "the phase to begin with", "Learn", 1),
    KeyRow("offer.next", (Place.OFFER,), ("tab", "enter", "down"), "Next", "next field", "Move", 1),
    KeyRow("offer.previous", (Place.OFFER,), ("shift+tab", "up"), "Back", "field before it", "Move", 3),
    KeyRow("plan.more", (Place.PLAN,), ("+", "="), "More", "try 5 minutes more", "Learn", 2),
    KeyRow("plan.less", (Place.PLAN,), ("-",), "Less", "try 5 minutes less", "Learn", 3),
    KeyRow("plan.date", (Place.HOME, Place.PLAN), ("D",), "Date", "set interview date", "Learn", 5),
    KeyRow("welcome.next", (Place.WELCOME,), ("enter", "tab"), "Next", "next question, start", "Learn", 1),
    KeyRow("welcome.choose", (Place.WELCOME,), ("space",), "Choose", "choose, deck on or off", "Learn", 2),
    KeyRow("home.browse", (Place.HOME,), ("b",), "Browse", "look through the cards", "Learn", 4),
    KeyRow("browse.search", (Place.BROWSE,), ("/",), "Search", "words and filters", "Find", 1),
    KeyRow("browse.preview", (Place.BROWSE,), ("enter",), "Preview", "read the marked card", "Find", 2),
    KeyRow("browse.select", (Place.BROWSE,), ("space",), "Select", "select, or not", "Find", 3),
    KeyRow("browse.select_range", (Place.BROWSE,), ("v",), "Range", "select up to here", "Find", 9),
    KeyRow("browse.select_all", (Place.BROWSE,), ("A",), "All", "select all, or none", "Find", 9),
    KeyRow("browse.edit", (Place.BROWSE,), ("e",), "Edit", "edit at the card", "Card", 4),
    KeyRow("browse.suspend", (Place.BROWSE,), ("!",), "Suspend", "suspend, ask again", "Card", 5),
    KeyRow("browse.flag", (Place.BROWSE,), ("f",), "Flag", "flag, or take it away", "Card", 6),
    KeyRow("browse.bury", (Place.BROWSE,), ("z",), "Bury", "not before tomorrow", "Card", 8),
    KeyRow("browse.reset", (Place.BROWSE,), ("r",), "Reset", "new again, asks first", "Card", 9),
    KeyRow("browse.copy", (Place.BROWSE,), ("y",), "Copy id", "copy the card id", "Card", 9),
    KeyRow("browse.panes", (Place.BROWSE,), ("tab", "shift+tab"), "Panes", "search, list, card", "Move", 9),
    KeyRow("home.stories", (Place.HOME,), ("S",), "Stories", "your own stories", "Learn", 7),
    KeyRow("stories.drill", (Place.STORIES,), ("enter",), "Drill", "tell it, or find it", "Learn", 1),
    KeyRow("stories.edit", (Place.STORIES,), ("e",), "Edit", "edit the marked story", "Write", 3),
    KeyRow("stories.add", (Place.STORIES,), ("n",), "New", "write a new story", "Write", 4),
    KeyRow("stories.remove", (Place.STORIES,), ("x",), "Remove", "remove it, asks first", "Write", 5),
    KeyRow("stories.problems", (Place.STORIES,), ("a",), "Problems", "what is wrong in it", "Write", 3),
    KeyRow("stories.panes", (Place.STORIES,), ("tab", "shift+tab"), "Panes", "stories, competencies", "Move", 2),
    KeyRow("story.save", (Place.STORY,), ("f8",), "Save", "save now", "Write", 1),
    KeyRow("story.next", (Place.STORY,), ("tab",), "Next", "next field", "Move", 2),
    KeyRow("story.previous", (Place.STORY,), ("shift+tab",), "Back", "field before it", "Move"),
    KeyRow("story.tick", (Place.STORY,), ("space", "enter"), "Tick", "tick a competency", "Write", 3),
    KeyRow("author.edit", (Place.AUTHOR,), ("enter",), "Edit", "edit at the problem", "Write", 1),
    KeyRow("author.edit_card", (Place.AUTHOR,), ("e",), "Edit card", "edit at the card", "Write"),
    KeyRow("author.flip", (Place.AUTHOR,), ("space",), "Flip", "show the other side", "Write", 2),
    KeyRow("author.next", (Place.AUTHOR,), ("n",), "Next", "next card", "Write", 3),
    KeyRow("author.previous", (Place.AUTHOR,), ("p",), "Previous", "card before it", "Write", 4),
    KeyRow("author.fix", (Place.AUTHOR,), ("F",), "Fix", "apply the offered fix", "Write", 2),
    KeyRow("author.width", (Place.AUTHOR,), ("w",), "Width", "80 or 40 columns", "Write", 5),
    KeyRow("settings.edit", (Place.SETTINGS,), ("enter",), "Change", "change, save", "Write", 1),
    KeyRow("settings.next", (Place.SETTINGS,), ("right",), "Next", "next choice", "Write", 2),
    KeyRow("settings.previous", (Place.SETTINGS,), ("left",), "Previous", "choice before it", "Write", 4),
    KeyRow(
        "settings.default", (Place.SETTINGS,), ("backspace", "delete"), "Default", "back to the default", "Write", 3
    ),
    KeyRow("review.reveal", (Place.REVIEW,), ("space", "enter"), "Reveal", "show the answer", "Answer", 1),
    KeyRow("review.accept", (Place.REVIEW,), ("space", "enter"), "Good", "take the suggested grade", "Answer", 1),
    KeyRow("review.again", (Place.REVIEW,), ("1",), "Again", "forgot it", "Answer"),
    KeyRow("review.hard", (Place.REVIEW,), ("2",), "Hard", "knew it with trouble", "Answer"),
    KeyRow("review.good", (Place.REVIEW,), ("3",), "Good", "knew it", "Answer"),
    KeyRow("review.easy", (Place.REVIEW,), ("4",), "Easy", "knew it at once", "Answer"),
    *(_pick(number) for number in range(8)),
    KeyRow("review.field", (Place.REVIEW,), ("tab",), "Type", "type an answer", "Answer", 2, yields=True),
    KeyRow("review.run", (Place.REVIEW,), ("r", "f2"), "Run", "run the visible tests", "Answer", 3),
    KeyRow("review.submit", (Place.REVIEW,), ("s", "f8"), "Submit", "hand in to all tests", "Answer", 4),
    KeyRow("review.editor", (Place.REVIEW,), ("O",), "Editor", "write in your editor", "Answer", 5),
    KeyRow("review.hint", (Place.REVIEW, Place.AUTHOR), ("h", "H", "f4"), "Hint", "next hint", "Answer", 3),
    KeyRow("review.followup", (Place.REVIEW,), ("o",), "Follow-up", "ask the next follow-up", "Answer", 2),
    KeyRow("review.tick", (Place.REVIEW,), ("x",), "Tick", "tick the marked point", "Answer", 2),
    KeyRow("review.next_point", (Place.REVIEW,), ("j",), "Next", "next point to tick", "Answer", yields=True),
    KeyRow("review.previous_point", (Place.REVIEW,), ("k",), "Previous", "point before it", "Answer", yields=True),
    KeyRow("review.undo", (*_LISTS, *_ROUNDS, *_ROAD, Place.BROWSE), ("u",), "Undo", "undo, many times", "Card", 4),
    KeyRow("review.edit", (Place.REVIEW,), ("e",), "Edit", "edit the card's file", "Card", 5),
    KeyRow("review.bury", (Place.REVIEW,), ("z", "-"), "Bury", "not before tomorrow", "Card", 5),
    KeyRow("review.suspend", (Place.REVIEW,), ("!", "@"), "Suspend", "never ask it again", "Card", 5),
    KeyRow("review.flag", (Place.REVIEW,), ("f",), "Flag", "flag, or take it off", "Card", 7),
    KeyRow("review.note", (Place.REVIEW,), ("n",), "Note", "your note on it", "Card", 7),
    KeyRow("review.info", (Place.REVIEW,), ("i",), "Info", "card info, history", "Card", 6),
    KeyRow("review.source", (Place.REVIEW, Place.AUTHOR), ("$",), "Source", "raw source of maths", "Card", 8),
    KeyRow("review.timers", (Place.REVIEW,), ("v",), "Timers", "hide or show the times", "Card", 8),
    KeyRow("move.down", (*_SCROLLS, *_STORIES, Place.WELCOME, Place.DIALOG), ("j", "down"), "Down", "down", "Move"),
    KeyRow("move.up", (*_SCROLLS, *_STORIES, Place.WELCOME, Place.DIALOG), ("k", "up"), "Up", "up", "Move"),
    KeyRow("move.left", (*_MOVES, Place.WELCOME), ("left",), "Left", "left: code, days", "Move"),
    KeyRow("move.right", (*_MOVES, Place.WELCOME), ("right",), "Right", "right: code, days", "Move"),
    KeyRow("move.page_down", (*_PAGED, Place.DIALOG), ("pagedown",), "Page down", "page down", "Move"),
    KeyRow("move.page_up", (*_PAGED, Place.DIALOG), ("pageup",), "Page up", "page up", "Move"),
    KeyRow("move.top", (*_SCROLLS, *_STORIES, Place.DIALOG), ("g", "home"), "Top", "top", "Move"),
    KeyRow("move.bottom", (*_SCROLLS, *_STORIES, Place.DIALOG), ("G", "end"), "Bottom", "bottom", "Move"),
    KeyRow("home.panes", (Place.HOME, Place.PLAN), ("tab", "shift+tab"), "Panes", "next pane", "Move", 8),
    KeyRow("stats.next", (Place.STATS,), ("tab",), "Next chart", "next chart", "Move", 1),
    KeyRow("stats.previous", (Place.STATS,), ("shift+tab",), "Chart before", "chart before it", "Move"),
    KeyRow("stats.zoom", (Place.STATS,), ("z",), "Zoom", "one chart, or all", "Find", 2),
    KeyRow("stats.window", (Place.STATS,), ("w",), "Window", "7 to 365 days, or all", "Find", 3),
    KeyRow("stats.deck", (Place.STATS,), ("d",), "Deck", "next deck, or all", "Find", 4),
    KeyRow("stats.export", (Place.STATS,), ("x",), "Export", "chart as PNG, SVG, CSV", "Find", 5),
    KeyRow("home.settings", (Place.HOME,), (",",), "Settings", "settings and keys", "Everywhere", 9),
    KeyRow("app.theme", _PAGES, ("t",), "Theme", "next theme", "Everywhere", 6),
    KeyRow("app.commands", _PAGES, ("ctrl+p",), "Commands", "command palette", "Everywhere", 6),
    KeyRow("app.help", _PAGES, ("?", "f1"), "Help", "keys of this screen", "Everywhere", 0),
    KeyRow("dialog.yes", (Place.DIALOG,), ("y",), "Yes", "say yes to a question", "Answer"),
    KeyRow("app.back", (*_PAGES, Place.DIALOG), ("escape",), "Back", "back, close", "Everywhere"),
    KeyRow("app.leave", (*_PAGES, Place.DIALOG), ("q",), "Quit", "leave, all is saved", "Everywhere", 0),
    KeyRow("app.quit", (*_PAGES, Place.DIALOG), ("ctrl+q",), "Quit", "quit at once, saved", "Everywhere"),
    KeyRow("app.copy", (*_PAGES, Place.DIALOG), ("ctrl+c",), "Copy", "copy; twice quits", "Everywhere"),
)
"""Every action, in the order key bar, help and palette list them."""

GROUPS: Final = ("Learn", "Find", "Write", "Answer", "Card", "Move", "Everywhere")
"""Headings of the help, in order."""

_NAMES: Final = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}
_SPELLINGS: Final = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete", "ins": "insert"}
_SHARING: Final = ({"review.reveal", "review.accept"}, {"mock.mark", "mock.notes"})
"""Actions that may have the same key: one is there before the answer, the other after it."""
_RARE: Final = frozenset(f"review.pick_{letter}" for letter in "efgh")
"""Options of the longest choice cards; elsewhere their letters belong to other actions."""
_FORBIDDEN: Final = {
    **{f"ctrl+{letter}": "terminals and multiplexers own it" for letter in "abstzwnl"},
    **dict.fromkeys(("ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"), "terminals send it for Backspace, Tab or Enter"),
}


def show_key(key: str) -> str:
    """Return a key as people read it: `^p` for `ctrl+p`, `PgDn` for `pagedown`, `a` for `a`."""
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    return _NAMES.get(key, key)


def read_key(text: str) -> str | None:
    """Return the key a learner wrote in the settings, or None when there is no such key."""
    if len(text) == 1:
        return text if text.isprintable() and not text.isspace() else None
    name = text.lower()
    if re.fullmatch(r"\^[a-z]", name):
        return "ctrl+" + name[1]
    name = _SPELLINGS.get(name, name)
    return name if name in _NAMES or re.fullmatch(r"ctrl\+[a-z]", name) else None


@dataclass(frozen=True, slots=True)
class KeyTable:
    """All actions with the keys in force."""

    rows: tuple[KeyRow, ...] = DEFAULT_ROWS
    """In the order they are listed."""

    def rows_of(self, place: Place) -> tuple[KeyRow, ...]:
        """Return the actions of a page."""
        return tuple(row for row in self.rows if place in row.places)

    def starting(self, place: Place, key: str) -> tuple[KeyRow, ...]:
        """Return the actions a key may start on a page, those that yield first."""
        fitting = [row for row in self.rows_of(place) if key in row.keys]
        return tuple(sorted(fitting, key=lambda row: not row.yields))

    def row(self, action: str) -> KeyRow | None:
        """Return the action of that id, or None."""
        return next((row for row in self.rows if row.id == action), None)


def rebind(chosen: Mapping[str, str], places: Mapping[str, str] | None = None) -> tuple[KeyTable, tuple[str, ...]]:
    """Return the table with the learner's keys, and a sentence for each choice that was not taken.

    Args:
        chosen: Keys by action id; several keys are separated by spaces.
        places: Where each choice stands, as path:line:column; a problem begins with it.
    """
    problems: list[str] = []
    at = {action: f"{place} " for action, place in (places or {}).items()}
    rows = {row.id: row for row in DEFAULT_ROWS}
    wanted: dict[str, tuple[str, ...]] = {}
    for action, text in chosen.items():
        keys, problem = _read_choice(action, text, rows)
        if problem:
            problems.append(at.get(action, "") + problem)
        else:
            wanted[action] = keys
    while clash := _find_clash(_apply(rows, wanted), wanted):
        loser, other, key = clash
        problems.append(
            f"{at.get(loser, '')}keys: {show_key(key)} cannot be both {loser} and {other}; "
            f"{loser} keeps {rows[loser].keys_shown}",
        )
        del wanted[loser]
    return KeyTable(tuple(_apply(rows, wanted).values())), tuple(problems)


def _read_choice(action: str, text: str, rows: Mapping[str, KeyRow]) -> tuple[tuple[str, ...], str | None]:
    if action not in rows:
        near = difflib.get_close_matches(action, rows, n=1)
        hint = f"; did you mean {near[0]}?" if near else "; the help and the palette list every action"
        return (), f"keys: there is no action {action!r}{hint}"
    keys = []
    for word in text.split():
        key = read_key(word)
        if key is None:
            return (), f"keys: {word!r} is no key; {action} keeps {rows[action].keys_shown}"
        if key in _FORBIDDEN:
            return (), f"keys: {show_key(key)} cannot be bound, {_FORBIDDEN[key]}; {action} keeps its keys"
        keys.append(key)
    if not keys:
        return (), f"keys: {action} needs a key; it keeps {rows[action].keys_shown}"
    return tuple(dict.fromkeys(keys)), None


def _apply(rows: Mapping[str, KeyRow], wanted: Mapping[str, tuple[str, ...]]) -> dict[str, KeyRow]:
    return {action: replace(row, keys=wanted.get(action, row.keys)) for action, row in rows.items()}


def _find_clash(rows: Mapping[str, KeyRow], wanted: Mapping[str, tuple[str, ...]]) -> tuple[str, str, str] | None:
    """Return a rebound action, the action it collides with and the key they share, or None."""
    for action in reversed(tuple(wanted)):
        for other in sorted(rows.values(), key=lambda row: row.yields):
            if other.id == action or {action, other.id} in _SHARING or other.id in _RARE:
                continue
            shared = set(rows[action].keys) & set(other.keys)
            if shared and set(rows[action].places) & set(other.places):
                return action, other.id, min(shared)
    return None
