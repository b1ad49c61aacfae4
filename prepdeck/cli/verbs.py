"""The verbs in the order `--help` lists them, each with its line of help; none of them is imported here."""

from __future__ import annotations

from typing import Final

VERBS: Final = {
    "review": "Ask what is due, and today's new cards.",
    "due": "Say what waits today.",
    "answer": "Record a review without a screen.",
    "show": "Print a card, its memory and its reviews.",
    "search": "Find cards and stories by their words.",
    "log": "Print the review log, oldest first.",
    "undo": "Take back the last action.",
    "suspend": "Stop asking cards.",
    "unsuspend": "Ask suspended cards again.",
    "bury": "Leave cards out until tomorrow.",
    "reset": "Begin cards anew.",
    "set-due": "Choose the day a card is asked.",
    "postpone": "Put cards off.",
    "flag": "Mark cards to come back to them.",
    "note": "Write something down beside a card.",
    "leeches": "List cards forgotten too often, and what to do.",
    "spread": "Spread late cards over the coming days.",
    "plan": "Print the plan up to the next interview.",
    "ready": "Say how ready you are for it.",
    "stats": "Say how it went: retention, reviews, hard cards.",
    "simulate": "Try schedules on made-up learners.",
    "interview": "Keep the interview dates the schedule aims at.",
    "stories": "Keep your own stories, and see which are missing.",
    "lint": "Check deck files.",
    "preview": "Show a deck file as review does, while you write.",
    "new": "Make a deck, or add a card to one.",
    "ids": "Write missing ids into decks.",
    "fmt": "Give decks their canonical form.",
    "diff": "Compare two versions of decks, card by card.",
    "schema": "Print the JSON Schema of decks.",
    "trust": "Let the code of a deck run.",
    "backup": "Copy the database to a safe place.",
    "restore": "Go back to a backup.",
    "rebuild": "Compute what is known of each card from the log.",
    "doctor": "Examine database, decks and settings.",
    "demo": "Try every screen on a made-up history.",
    "config": "List, read or write settings.",
    "serve": "Open the interface in a browser on this machine.",
    "paths": "Print every file and folder in use.",
    "completion": "Print the completion script of a shell.",
}
"""One line of help by verb; the verb `x` is `command` in the module `prepdeck.cli.x`, a dash an underscore."""
