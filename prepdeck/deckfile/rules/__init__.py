"""Rules of good cards and decks, each a warning with a code of its own; reading a deck never asks them."""
