"""What is asked: cards, decks and their names."""
