"""The verbs: begin, answer, undo, lint, keep safe."""
