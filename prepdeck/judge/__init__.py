"""Runs the code of cards in limited child processes and says what passed."""
