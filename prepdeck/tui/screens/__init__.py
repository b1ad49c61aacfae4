"""Whole pages of the interface, each with its style sheet beside it."""
