"""Proofs of the promises of durability and safety, each with processes of prepdeck itself."""
