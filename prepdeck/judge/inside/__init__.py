"""What runs inside the child process; it knows the standard library and itself, and nothing else of prepdeck."""
