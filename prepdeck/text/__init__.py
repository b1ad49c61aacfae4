"""Foreign text made safe to show: cleaning, Markdown to spans, maths to Unicode."""
