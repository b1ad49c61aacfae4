"""The interface in the terminal; the only place that knows Textual."""
