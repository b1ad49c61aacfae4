"""YAML text to decks, with every fault at its place."""
