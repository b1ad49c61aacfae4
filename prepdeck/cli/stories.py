"""`prepdeck stories`: the candidate's own stories, and which competencies lack one."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any, Final

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.streams import DIM, at_terminal, paint, paints, say, write_json, write_text, write_trusted
from prepdeck.cli.typed import is_agreed
from prepdeck.cli.verb import verb
from prepdeck.errors import PrepdeckError, UsageError

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk
    from prepdeck.study.story_matrix import Matrix
    from prepdeck.study.story_records import StoryRecord

PARTS: Final = ("list", "show", "add", "edit", "remove", "matrix")
"""What can be done with stories."""
TEXTS: Final = ("title", "situation", "task", "action", "result", "reflection", "metric")
"""Fields that hold text; each is an option."""

Fields = dict[str, str | tuple[str, ...]]


def _text_option(name: str) -> click.Option:
    return click.Option((f"--{name}",), metavar="TEXT", help=f"add, edit: the {name}.")


@verb(
    click.Argument(("what",), metavar=f"[{'|'.join(PARTS)}]", type=click.Choice(PARTS), default="list"),
    click.Argument(("story",), metavar="[ID]", required=False),
    *map(_text_option, TEXTS),
    click.Option(
        ("--competency", "competencies"),
        metavar="C",
        multiple=True,
        help="add, edit: shows C, such as prioritisation; may be repeated.",
    ),
    click.Option(("--yes",), is_flag=True, help="remove: do not ask."),
    examples=(
        ("prepdeck stories", "Your stories, how long each takes to tell, and when it is asked."),
        ('prepdeck stories add --title "The holdout" --competency conflict', "A new one; without options, $EDITOR."),
        ('prepdeck stories edit holdout --metric "1.8 % retention"', "Change one field, the rest stays."),
        ("prepdeck stories matrix", "Which competency has no story, which story serves too many."),
    ),
)
def command(
    context: click.Context, what: str, story: str | None, competencies: tuple[str, ...], yes: bool, **texts: str | None
) -> None:
    """Keep your own stories for behavioural interviews, in the deck stories.yaml among your own.

    With add and edit an option changes its field, and an empty TEXT clears it. Without any option they open
    $EDITOR on a page with all fields. A removed story retires: its history stays.
    """
    flags = flags_of(context)
    given: Fields = {name: text for name, text in texts.items() if text is not None}
    if competencies:
        given["competencies"] = competencies
    _check(what, story, given, yes=yes)
    from prepdeck.cli.opening import opened_desk

    with opened_desk(flags) as desk:
        match what:
            case "show":
                _show(desk, flags, story or "")
            case "add":
                _add(desk, flags, given)
            case "edit":
                _edit(desk, flags, story or "", given)
            case "remove":
                _remove(desk, flags, story or "", yes=yes)
            case "matrix":
                _print_matrix(desk, flags)
            case _:
                _list(desk, flags)


def _check(what: str, story: str | None, given: Fields, *, yes: bool) -> None:
    usage = "prepdeck stories --help shows the options"
    if what in {"show", "edit", "remove"} and not story:
        raise UsageError("which story?", f"prepdeck stories {what} ID; prepdeck stories lists them")
    if what in {"list", "add", "matrix"} and story:
        raise UsageError(f"{story[:60]!r} is one word too many", f"prepdeck stories {what}")
    if given and what not in {"add", "edit"}:
        name = "competency" if next(iter(given)) == "competencies" else next(iter(given))
        raise UsageError(f"--{name} is for stories add and stories edit", usage)
    if yes and what != "remove":
        raise UsageError("--yes is for stories remove", usage)


def _list(desk: Desk, flags: Flags) -> None:
    from prepdeck.study.story_matrix import make_matrix
    from prepdeck.study.story_records import story_json

    matrix = make_matrix(desk)
    if flags.json:
        stories = [story_json(each, matrix.overused.get(each.card.id)) for each in matrix.stories]
        write_json({"schema": 1, "stories": stories, "holes": list(matrix.holes)})
        return
    if matrix.stories:
        _write_table(flags, [("id", "title", "words", "told", "of", "due", "recall", ""), *_rows(matrix)])
    if not flags.quiet:
        for fault in matrix.faults:
            say(f"{fault.place}: {fault.message}; prepdeck lint shows more")
        if not matrix.stories and not matrix.faults:
            say("no stories yet; prepdeck stories add writes the first of 8 to 12")
        elif matrix.stories and matrix.holes:
            say(f"no story shows: {', '.join(matrix.holes)}")


def _rows(matrix: Matrix) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for each in matrix.stories:
        note = f"to write: {', '.join(each.missing)}" if each.missing else matrix.overused.get(each.card.id, "")
        due = each.due.isoformat() if each.due else "new"
        recall = "-" if each.strength is None else f"{round(each.strength * 100)}%"
        name = str(each.card.id)
        times = (str(each.words), _clock(each.seconds), _clock(each.aim_seconds))
        rows.append((name, each.title, *times, due, recall, note))
    return rows


def _write_table(flags: Flags, rows: list[tuple[str, ...]]) -> None:
    from prepdeck.cli.columns import draw_columns

    lines = draw_columns(rows, right=frozenset({2, 3, 4, 6}))
    write_trusted(paint(lines[0], DIM, wanted=paints(flags.color, sys.stdout)))
    for line in lines[1:]:
        write_trusted(line)


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _show(desk: Desk, flags: Flags, words: str) -> None:
    from prepdeck.study.story_edits import written
    from prepdeck.study.story_records import show_story, story_json

    record = show_story(desk, words)
    if flags.json:
        write_json({"schema": 1, **story_json(record)})
        return
    write_text(f"{record.title}  ({record.card.id})")
    for part in record.parts:
        write_text(f"\n{part.name}  {part.words} words, {part.seconds} of {part.aim_seconds} s")
        write_text(part.text or "still to be written")
    metric = written("metric", record.story.metric)
    if metric:
        write_text(f"\nmetric  {metric}")
    write_text(f"\nshows {', '.join(record.story.competencies)}")
    for warning in record.warnings:
        write_text(f"clock: {warning}")
    write_text(f"{record.words} words, about {_clock(record.seconds)} of {_clock(record.aim_seconds)}")


def _add(desk: Desk, flags: Flags, given: Fields) -> None:
    from prepdeck.study.stories import add_story
    from prepdeck.study.story_faults import stories_path

    if given:
        if not given.get("title"):
            raise UsageError("what is the story called?", "prepdeck stories add --title TITLE --competency C")
        added = add_story(desk, given)
        draft = None
    else:
        draft, written = _write_in_editor(desk, flags, "new", {})
        if not written.get("title"):
            draft.unlink(missing_ok=True)
            say("nothing was written: the page has no title")
            return
        added = _kept_on_failure(draft, lambda: add_story(desk, written))
    if draft is not None:
        draft.unlink(missing_ok=True)
    _tell(flags, {"card": str(added), "path": str(stories_path(desk))}, f"added {added}")


def _edit(desk: Desk, flags: Flags, words: str, given: Fields) -> None:
    from prepdeck.study.stories import change_story
    from prepdeck.study.story_edits import fields_in
    from prepdeck.study.story_records import show_story

    record = show_story(desk, words)
    card = record.card.id
    if given:
        changed = change_story(desk, card, given)
    else:
        known = fields_in(record.story)
        draft, written = _write_in_editor(desk, flags, card.card, known)
        new = {name: value for name, value in written.items() if value != known[name]} if written.get("title") else {}
        changed = _kept_on_failure(draft, lambda: change_story(desk, card, new, known))
        draft.unlink(missing_ok=True)
    said = f"changed {', '.join(changed)} of {card}" if changed else f"nothing changed in {card}"
    _tell(flags, {"card": str(card), "path": str(record.path), "changed": list(changed)}, said)


def _remove(desk: Desk, flags: Flags, words: str, *, yes: bool) -> None:
    from prepdeck.study.stories import remove_story
    from prepdeck.study.story_records import show_story

    record = show_story(desk, words)
    if not yes:
        if flags.json or flags.no_input or not at_terminal():
            raise UsageError(f"removing {record.card.id} has to be confirmed", "say --yes; its history stays")
        say(f"Remove {record.title} ({record.card.id})? It retires, its history stays. [y/N]")
        if not is_agreed():
            say("nothing was removed")
            return
    kept = remove_story(desk, record.card.id)
    _tell(flags, {"card": str(record.card.id), "kept": str(kept)}, f"removed {record.card.id}")
    if not flags.quiet:
        say(f"its words are kept in {kept}")


def _tell(flags: Flags, facts: Mapping[str, Any], words: str) -> None:
    if flags.json:
        write_json({"schema": 1, **facts})
    else:
        write_text(words)


def _write_in_editor(desk: Desk, flags: Flags, name: str, fields: Fields) -> tuple[Path, Fields]:
    """Open the learner's editor on a page; return the page's file and what was written on it."""
    if flags.json or flags.no_input or not at_terminal():
        raise UsageError("there is no terminal to open an editor in", "say --title, --situation and so on")
    import subprocess

    from prepdeck.study.coding import editor_command
    from prepdeck.study.story_matrix import COMPETENCIES
    from prepdeck.study.story_pages import keep_page, read_page, write_page

    editor_command(desk.folders.state)  # without an editor no page is made
    path = keep_page(desk, name, write_page(fields, COMPETENCIES))
    command_words = editor_command(path)
    try:
        status = subprocess.run(command_words, check=False).returncode  # noqa: S603 - the learner's own editor
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"{command_words[0]} did not start: {reason}", "set VISUAL or EDITOR") from error
    if status:
        raise UsageError(f"the editor ended with status {status}; nothing was changed", f"the page is kept in {path}")
    return path, read_page(path.read_text("utf-8", "replace"))


def _kept_on_failure(page: Path, write: Any) -> Any:
    """Write what stands on a page; when that fails, the error also says where the page is kept."""
    try:
        return write()
    except PrepdeckError as error:
        say(f"note: what you wrote is kept in {quote(str(page))}")
        raise error from None


def _print_matrix(desk: Desk, flags: Flags) -> None:
    from prepdeck.study.story_matrix import make_matrix

    matrix = make_matrix(desk)
    if flags.json:
        rows = [
            {"competency": slug, "stories": [str(each.card.id) for each in matrix.showing(slug)]}
            for slug in matrix.competencies
        ]
        overused = {str(card): why for card, why in matrix.overused.items()}
        write_json({"schema": 1, "competencies": rows, "holes": list(matrix.holes), "overused": overused})
        return
    lines = [("competency", "stories", "")]
    lines += [
        (slug, str(len(found)), _titles(found)) for slug in matrix.competencies for found in [matrix.showing(slug)]
    ]
    from prepdeck.cli.columns import draw_columns

    table = draw_columns(lines, right=frozenset({1}))
    write_trusted(paint(table[0], DIM, wanted=paints(flags.color, sys.stdout)))
    for line in table[1:]:
        write_trusted(line)
    for card, why in matrix.overused.items():
        write_text(f"over-used: {card}, {why}")


def _titles(stories: tuple[StoryRecord, ...]) -> str:
    return "; ".join(each.title for each in stories) or "no story yet"
