"""When a card is asked again, and in which order."""
