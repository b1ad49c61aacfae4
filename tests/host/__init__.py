"""Proofs of one room."""
