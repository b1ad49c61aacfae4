"""What is drawn: widgets that take values and clocks, and know neither the desk nor each other."""
