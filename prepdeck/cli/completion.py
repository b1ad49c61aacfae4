"""`prepdeck completion`: the script that teaches a shell our verbs, flags and deck names."""

from __future__ import annotations

from typing import Final

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import say_notes, write_trusted
from prepdeck.cli.verb import verb

STARTUP_LINES: Final = {
    "bash": 'eval "$(prepdeck completion bash)"   # in ~/.bashrc',
    "zsh": 'eval "$(prepdeck completion zsh)"   # in ~/.zshrc',
    "fish": "prepdeck completion fish | source   # in ~/.config/fish/config.fish",
}
"""What to write into the shell's start file."""


@verb(
    click.Argument(("shell",), type=click.Choice(tuple(STARTUP_LINES))),
    examples=(
        ('eval "$(prepdeck completion bash)"', "Switch it on in this bash."),
        ("prepdeck completion fish > ~/.config/fish/completions/prepdeck.fish", "Switch it on in fish for good."),
    ),
    with_json=False,
)
def command(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell: bash, zsh or fish."""
    from click.shell_completion import get_completion_class

    maker = get_completion_class(shell)
    if maker is None:
        raise click.UsageError(f"no completion for {shell}", context)
    script = maker(context.find_root().command, {}, "prepdeck", "_PREPDECK_COMPLETE")
    # The shell is not asked for its version here, as `script.source()` would: printing a text starts no program.
    write_trusted((script.source_template % script.source_vars()).rstrip("\n"))
    say_notes(flags_of(context), (f"to have it always: {STARTUP_LINES[shell]}",))
