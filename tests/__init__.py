"""Proofs, room by room."""
