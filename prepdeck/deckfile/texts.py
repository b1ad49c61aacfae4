"""Fields that hold text."""

from __future__ import annotations

import re

from prepdeck.deckfile.fault import Fault, character_name, plain, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.maths_escapes import MATHS_ESCAPE
from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table
from prepdeck.deckfile.quoting import quoted_scalar, scalar
from prepdeck.deckfile.schema import Reader, report_shape
from prepdeck.text.cleaning import clean

MAX_CHARACTERS = 20_000
"""Longest text."""

MAX_LINES = 500
"""Most lines of a text."""

_BLANKS = frozenset(" \t")

MAX_TAGS = 50
"""Most tags of a card, and of a deck."""

MAX_TAG_CHARACTERS = 64
"""Longest tag."""

COMMENT = re.compile(r"[ \t]+#[^\r\n]*")
"""What YAML takes for a comment after an unquoted text."""


def read_text(notes: Findings, name: str, node: Node) -> str | None:
    """Return the text of a field, cleaned; None after reporting what is wrong."""
    if not isinstance(node, Scalar):
        refuse_shape(notes, name, node)
        return None
    text = node.text.rstrip("\n")
    if len(text) >= MAX_LINES and is_too_long(text):
        refuse_length(notes, name, node, text)
        return None
    if not text or text.isspace():
        refuse_empty(notes, name, node)
        return None
    # The cheap questions first: they are asked for every text of every deck.
    if not node.style:
        if notes.text[node.end : node.end + 1] in _BLANKS:
            warn_of_comment(notes, node)
    elif node.style == '"':
        _warn_of_maths(notes, node)
    cleaned = clean(text)
    if cleaned != text:
        _warn_of_cleaning(notes, node, text)
    return cleaned


def read_texts(notes: Findings, name: str, node: Node) -> tuple[str, ...] | None:
    """Return the texts of a list."""
    return read_list(notes, name, node, read_text)


def read_tags(notes: Findings, name: str, node: Node) -> tuple[str, ...] | None:
    """Return tags: at most fifty, each short and on one line."""
    tags = read_list(notes, name, node, _read_tag)
    if tags is not None and len(tags) > MAX_TAGS:
        fault = Fault(
            "E042", f"{len(tags)} tags; at most {MAX_TAGS} are allowed", "too many", help="keep the useful ones"
        )
        notes.report(node, fault)
        return None
    return tags


def is_too_long(text: str) -> bool:
    """Tell whether a text has too many characters or lines."""
    return len(text) > MAX_CHARACTERS or text.count("\n") >= MAX_LINES


def read_list(notes: Findings, name: str, node: Node, reader: Reader) -> tuple[str, ...] | None:
    """Return the texts of a list whose entries `reader` reads."""
    if not isinstance(node, Listing):
        help_text = f"write `{plain(name)}: [first, second]`, or one `- ` line for each"
        report_shape(notes, name, node, "a list", help_text, _in_brackets(node))
        return None
    texts = [reader(notes, f"an entry of {name}", item) for item in node.items]
    return tuple(text for text in texts if text is not None)


def _in_brackets(node: Node) -> str | None:
    """Return a lone text as a list of one; what may be several in one text is left to the author."""
    if not isinstance(node, Scalar) or not node.text.strip() or re.search(r"[,;\n]", node.text):
        return None
    return f"[{scalar(node.text, flow=True)}]"


def _read_tag(notes: Findings, name: str, node: Node) -> str | None:
    text = read_text(notes, name, node)
    if text is not None and (len(text) > MAX_TAG_CHARACTERS or "\n" in text):
        message = f"a tag has at most {MAX_TAG_CHARACTERS} characters and one line"
        notes.report(node, Fault("E041", message, "too long", help="use a few words"))
        return None
    return text


def refuse_shape(notes: Findings, name: str, node: Node) -> None:
    """Say that a list or a table stands where a text belongs."""
    raw = notes.text[node.start : node.start + 30].split("\n", 1)[0]
    if raw[:1] in {"[", "{"}:
        help_text = f"put the text in quotes, since it starts with {raw[0]}"
    elif isinstance(node, Table) and len(node.entries) == 1 and "\n" not in notes.text[node.start : node.end].strip():
        help_text = 'put the text in quotes, since it holds ": "'
    else:
        help_text = f"write one text; for several lines write `{plain(name)}: |` and indent the lines below it"
    if not isinstance(node, Table):
        report_shape(notes, name, node, "text", help_text)
        return
    # A table in lines of its own ends where the next line begins.
    written = notes.text[node.start : node.end].rstrip()
    is_text = len(node.entries) == 1 and not re.search(r"[\r\n]| #|^[{\"']", written)
    fix = quoted_scalar(written) if is_text else None
    report_shape(notes, name, node._replace(end=node.start + len(written)), "text", help_text, fix)


def refuse_length(notes: Findings, name: str, node: Scalar, text: str) -> None:
    """Say that a text is too long."""
    lines = text.count("\n") + 1
    size = f"{len(text):,} characters" if len(text) > MAX_CHARACTERS else f"{lines:,} lines"
    message = f"{plain(name)} holds {size}; a text has at most {MAX_CHARACTERS:,} characters and {MAX_LINES} lines"
    notes.report(node, Fault("E041", message, "too long", help="shorten it, or split the card"))


def refuse_empty(notes: Findings, name: str, node: Scalar) -> None:
    """Say that a text is missing where one belongs."""
    if node.style in {"|", ">"}:
        help_text = f"indent the text below by two more spaces; text that starts with {node.style} must be quoted"
    else:
        help_text = "write a text after the colon, or delete the line if the field may be left out"
    notes.report(node, Fault("E025", f"{plain(name)} is empty", "nothing here", help=help_text))


def warn_of_comment(notes: Findings, node: Scalar) -> None:
    """Say that YAML took the rest of an unquoted text for a comment."""
    comment = COMMENT.match(notes.text, node.end)
    if comment is None:
        return
    start = comment.start() + len(comment.group()) - len(comment.group().lstrip())
    fault = Fault(
        "W101",
        'the text ends here: YAML takes everything after " #" for a comment',
        "not part of the text",
        help="put the text in quotes, or the comment on a line of its own",
        fix=_without_doubt(notes.text, node, comment),
        fix_before=start - node.start,
    )
    notes.report_span(start, comment.end(), fault)


def _without_doubt(text: str, node: Scalar, comment: re.Match[str]) -> str:
    """Return text and comment written so that nobody has to wonder: two blanks before # are a comment's, one is not."""
    blanks = comment[0][: len(comment[0]) - len(comment[0].lstrip())]
    if blanks == " ":
        return quoted_scalar(text[node.start : comment.end()].rstrip())
    return quoted_scalar(node.text) + comment[0]


def _warn_of_maths(notes: Findings, node: Scalar) -> None:
    raw = notes.text[node.start : node.end]
    found = MATHS_ESCAPE.search(raw) if "\\" in raw else None
    if found is None:
        return
    command = found[1]
    fault = Fault(
        "W103",
        f"in double quotes {command} is {_ESCAPES[command[1]]} and then {quoted(command[2:])}",
        "not the LaTeX command",
        help=f"write \\{command}, or put the text in single quotes",
        fix=f"\\{command}",
    )
    notes.report_span(node.start + found.start(1), node.start + found.end(1), fault)


def first_hidden(text: str) -> str | None:
    """Return the first character of an unclean text that is not shown as it is; None for a pile of marks."""
    shown, tried = 0, len(text)
    while tried - shown > 1:
        middle = (shown + tried) // 2
        part = text[:middle]
        shown, tried = (middle, tried) if clean(part) == part else (shown, middle)
    character = text[shown]
    return None if clean(character) == character else character


def hidden_part(text: str) -> str:
    """Return in words what of an unclean text is not shown as it is."""
    character = first_hidden(text)
    return "a pile of combining marks" if character is None else character_name(character)


def _warn_of_cleaning(notes: Findings, node: Scalar, text: str) -> None:
    fault = Fault(
        "W102",
        f"the text holds {hidden_part(text)}, which is not shown as it is",
        "holds what cannot be shown",
        help="delete the character, or write its name",
    )
    notes.report(node, fault)


_ESCAPES = {
    "L": "a line separator",
    "P": "a paragraph separator",
    "a": "a bell",
    "b": "a backspace",
    "e": "an escape",
    "f": "a form feed",
    "n": "a line end",
    "r": "a carriage return",
    "t": "a tab",
    "v": "a vertical tab",
}
