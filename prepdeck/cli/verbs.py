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
    "config": "List, read or write settings.",
    "paths": "Print every file and folder in use.",
    "completion": "Print the completion script of a shell.",
}
"""One line of help by verb; the verb `x` is `command` in the module `prepdeck.cli.x`."""
