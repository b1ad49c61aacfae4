"""The program: its verbs, imported only when they are named, and what it does without one."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from prepdeck import __version__
from prepdeck.cli.flags import flags_of, shared_options
from prepdeck.cli.verb import CONTEXT, write_examples, write_options
from prepdeck.cli.verbs import VERBS
from prepdeck.errors import UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

EXAMPLES: Final = (
    ("prepdeck", "Open the home screen."),
    ("prepdeck review --minutes 10", "Review for about ten minutes."),
)
"""Shown by `prepdeck --help`."""


class Program(click.Group):
    """The group of all verbs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of help."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one verb and return its command."""
        del ctx
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"prepdeck.cli.{cmd_name.replace('-', '_')}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb that was named.

        Raises:
            UsageError: When there is no such verb.
        """
        if args[0] in VERBS or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        near = get_close_matches(args[0], VERBS, n=1)
        next_step = f"did you mean {near[0]}? " if near else ""
        raise UsageError(f"no command {args[0]!r}", f"{next_step}prepdeck --help lists all commands")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs, then the flags."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))
        write_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        del ctx
        write_examples(EXAMPLES, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return verbs and flags that begin with `incomplete`, without importing the verbs."""
        from click.shell_completion import CompletionItem

        verbs = [CompletionItem(name, help=line) for name, line in VERBS.items() if name.startswith(incomplete)]
        return [*verbs, *click.Command.shell_complete(self, ctx, incomplete)]

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command line and leave with its exit status; every error ends here as a sentence."""
        from prepdeck.cli.failures import run_guarded

        given: dict[str, Any] = {}
        words = list(sys.argv[1:] if kwargs.get("args") is None else kwargs["args"])
        kwargs |= {"args": words, "standalone_mode": False, "obj": given}
        sys.exit(run_guarded(lambda: super(Program, self).main(*args, **kwargs), words, given))


def _print_version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    del parameter
    if wanted and not context.resilient_parsing:
        from prepdeck.cli.streams import write_text

        write_text(f"prepdeck {__version__}")
        context.exit()


@click.pass_context
def _begin(context: click.Context) -> int | None:
    """Flashcards and spaced repetition for machine-learning interviews, in the terminal.

    Without a command it opens the home screen.
    """
    if context.invoked_subcommand is not None:
        return None
    flags = flags_of(context)
    if flags.json:
        raise UsageError("--json wants a command", "prepdeck due --json prints what waits today")
    from prepdeck.cli.home import open_home

    return open_home(flags)


program: Final = Program(
    "prepdeck",
    invoke_without_command=True,
    callback=_begin,
    help=_begin.__doc__,
    context_settings=CONTEXT,
    subcommand_metavar="[COMMAND] [ARGS]...",
    params=[
        click.Option(
            ("-V", "--version"),
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_print_version,
            help="Print the version.",
        ),
        *shared_options(with_json=True),
    ],
)
"""The command line of prepdeck."""
