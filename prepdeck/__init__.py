"""prepdeck gets people hired as machine-learning engineers: decks, reviews and mock interviews in the terminal."""

__version__ = "0.1.0"
