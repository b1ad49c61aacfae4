"""The program `prepdeck`, also as `python -m prepdeck`."""

from __future__ import annotations


def main() -> None:
    """Run the command line and leave with its exit status."""
    from prepdeck.cli.failures import end_on_signals
    from prepdeck.cli.program import program
    from prepdeck.cli.streams import prepare_streams

    prepare_streams()
    end_on_signals()
    program.main(prog_name="prepdeck")


if __name__ == "__main__":
    main()
