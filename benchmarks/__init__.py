"""How fast prepdeck is, as ratios: both sides of each are measured turn by turn in one run."""
