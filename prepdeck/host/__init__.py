"""The machine: clock, folders, settings, bundled files."""
