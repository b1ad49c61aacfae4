"""Code of cards is run and judged."""
