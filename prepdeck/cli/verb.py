"""One verb of the command line: its own flags, the shared ones, and two examples in its help."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import click

from prepdeck.cli.flags import SharedOption, flags_of, shared_options
from prepdeck.errors import UsageError

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
"""How every verb parses and draws its help."""


class Verb(click.Command):
    """A command that knows the shared flags and shows examples.

    Args:
        name: The verb.
        examples: Command lines with what each does.
        with_json: Whether it prints data, and so takes `--json`.
    """

    def __init__(
        self, name: str | None, *, examples: Sequence[tuple[str, str]], with_json: bool = True, **attributes: Any
    ) -> None:
        attributes["params"] = [*(attributes.get("params") or []), *shared_options(with_json=with_json)]
        super().__init__(name, context_settings=CONTEXT, **attributes)
        self.examples = tuple(examples)
        """Command lines with what each does."""
        self.with_json = with_json
        """Whether it prints data."""

    def invoke(self, ctx: click.Context) -> Any:
        """Carry the verb out, unless `--json` stood before a verb that prints no data.

        Raises:
            UsageError: When `--json` was given to such a verb.
        """
        if flags_of(ctx).json and not self.with_json:
            raise UsageError(f"{self.name} prints no data, so it has no --json")
        return super().invoke(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verb's own flags, then the shared ones."""
        write_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        del ctx
        write_examples(self.examples, formatter)


def write_options(command: click.Command, context: click.Context, formatter: click.HelpFormatter) -> None:
    """Write a command's own options and the shared ones as two lists."""
    own: list[tuple[str, str]] = []
    shared: list[tuple[str, str]] = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is None or isinstance(parameter, click.Argument):
            continue
        (shared if isinstance(parameter, SharedOption) else own).append(record)
    for title, rows in (("Options", own), ("Options of every command, before or after it", shared)):
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)


def write_examples(examples: Sequence[tuple[str, str]], formatter: click.HelpFormatter) -> None:
    """Write examples as a list."""
    with formatter.section("Examples"):
        for line, meaning in examples:
            formatter.write(f"{'':{formatter.current_indent}}{line}\n")
            formatter.write(f"{'':{formatter.current_indent + 4}}{meaning}\n")


def verb(
    *parameters: click.Parameter, examples: Sequence[tuple[str, str]], with_json: bool = True
) -> Callable[[Callable[..., Any]], Verb]:
    """Return a decorator that makes a function the verb of its module; its docstring is the help.

    Args:
        *parameters: The verb's own arguments and options, in the order of help.
        examples: Command lines with what each does.
        with_json: Whether it prints data.
    """

    def decorate(function: Callable[..., Any]) -> Verb:
        name = function.__module__.rpartition(".")[2].replace("_", "-")
        return Verb(
            name,
            examples=examples,
            with_json=with_json,
            params=list(parameters),
            callback=click.pass_context(function),
            help=inspect.getdoc(function),
        )

    return decorate
