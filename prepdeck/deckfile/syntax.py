"""What libyaml stumbled over, in words for authors.

libyaml names the place where its grammar broke, which for the usual slips is not where the author slipped, and its
words are about tokens. Each function here knows one slip.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import yaml

from prepdeck.deckfile.fault import MAX_QUOTED, Fault, plain, quoted
from prepdeck.deckfile.kinds import FIELD_NAMES
from prepdeck.deckfile.nodes import Listing, Node, Refused, Scalar, Table
from prepdeck.deckfile.quoting import quoted_scalar
from prepdeck.deckfile.source import Source

Spot: TypeAlias = tuple[int, int, Fault]
"""First and last index of the slip, the last exclusive, and what to say."""

FIELD = re.compile(r"\s*(?:- +)*(?P<name>[^\s:#'\"\[\]{},-][^:#'\"\[\]{}]*):[ \t]+(?=\S)")
"""The start of a line that gives a field its value."""

NO_SPACE_AFTER_DASH = re.compile(r"\s*(?P<dash>-)(?=(?P<name>[a-z_]+):(?:\s|$))")
"""A dash with the first field of its entry stuck to it."""

NO_SPACE = re.compile(r"\s*(?:- +)*(?P<name>[A-Za-z_][\w-]*):(?=[^\s:/])")
"""A field name with its value stuck to the colon."""

VALUE_NEXT = re.compile(r"\s*(?:- +)*(?:[\w-]+:[ \t]+)?")
"""What stands in a line before a value, and nothing else."""

DIRECTIVE = Fault(
    "E018", "a deck file takes no % directives", "a directive", help="delete the line; if it is text, put it in quotes"
)
"""A line such as `%YAML 1.1`."""

SECOND_DOCUMENT = Fault(
    "E019",
    "the deck ends here, and a second document follows",
    "a second document",
    help="delete the line; one file holds one deck",
)
"""Something after `---` or `...`."""

NO_KEY = Fault(
    "E020",
    "the name before the colon is missing",
    "no name",
    help="write `name: value`; if this is text, put it in quotes",
)
"""A field without a name."""

_INDENTATION_HELP = "put the fields of a card straight under each other, two spaces to the right of its `-`"
_QUOTE_HELP = "put the text in quotes"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What libyaml says, and the lines around it."""

    source: Source
    """The file."""
    at: int
    """Index where the grammar broke; never past the last written character."""
    opened: int
    """Index where the broken construct began."""
    context: str
    """What libyaml was doing."""
    last: Node | None
    """The value finished last."""
    problem: str = ""
    """What libyaml did not find."""
    is_at_end: bool = False
    """Whether the whole file was read before the grammar broke."""

    @property
    def text(self) -> str:
        """The whole source."""
        return self.source.text

    @property
    def line(self) -> str:
        """The line where the grammar broke."""
        return self.source.lines[self.source.place(self.at)[0] - 1]

    @property
    def offset(self) -> int:
        """Characters before `at` in its line."""
        return self.source.place(self.at)[1] - 1

    @property
    def sign(self) -> str:
        """The character where the grammar broke."""
        return self.text[self.at : self.at + 1]

    @property
    def follows_last(self) -> bool:
        """Whether the value finished last ends in this line, right before `at`."""
        between = self.text[self.last.end : self.at] if self.last is not None else "\n"
        return not between.strip(" \t")

    def line_of(self, index: int) -> int:
        """Return the line of `index`, from 1."""
        return self.source.place(index)[0]


def explain(error: yaml.YAMLError, source: Source, last: Node | None) -> Spot:
    """Return where the author slipped, and what to write instead."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0, 1, _UNKNOWN
    end = max(0, len(source.text.rstrip()) - 1)
    mark = error.problem_mark or error.context_mark
    broken = mark.index if mark else 0
    at = min(broken, end)
    opened = min(error.context_mark.index, end) if error.context_mark else at
    trouble = Trouble(source, at, opened, error.context or "", last, error.problem or "", broken > end)
    if "directive" in trouble.context or "directive" in trouble.problem:
        return opened, opened + len(source.text), DIRECTIVE
    if "tag" in trouble.context or "tag handle" in trouble.problem:
        return bad_start(trouble.source, opened)
    teller = _TELLERS.get(trouble.problem)
    return teller(trouble) if teller is not None else (at, at + 1, _UNKNOWN)


def bad_start(source: Source, index: int) -> Spot:
    """Return the problem of unquoted text that starts with a sign of YAML."""
    number, column = source.place(index)
    line = source.lines[number - 1]
    sign = line[column - 1 : column]
    field = FIELD.match(line)
    name = f"{field['name'].strip()}: " if field is not None and field.end() <= column else ""
    value = line[column - 1 :].rstrip()
    mark = "'" if '"' in value or "\\" in value else '"'
    text = value.replace("'", "''") if mark == "'" else value
    shown = (
        plain(f"{name}{mark}{text}{mark}") if len(text) + len(name) < MAX_QUOTED else f"{plain(name)}{mark}...{mark}"
    )
    told = f"{sign} and a space" if sign in "-?" else sign
    fix = _quoted_line(source, index)
    fault = Fault(
        "E010",
        f"unquoted text may not start with {told}",
        f"starts with {sign}",
        help=f"quote it: {shown}",
        fix=fix,
        fix_after=len(value) - 1,
    )
    if sign in "|>":
        fault = fault.with_message(
            f"after {sign} the text begins in the next line; unquoted text may not start with it"
        )
    return index, index + 1, fault


def _quoted_line(source: Source, start: int) -> str | None:
    """Return the rest of a line in quotes; None when more than that may belong to the text, or less."""
    number, column = source.place(start)
    line = source.lines[number - 1]
    value = line[column - 1 :].rstrip()
    depth = len(line) - len(line.lstrip(" "))
    below = next((one for one in source.lines[number:] if one.strip()), "")
    goes_on = len(below) - len(below.lstrip(" ")) > depth and FIELD.match(below) is None
    is_whole = VALUE_NEXT.fullmatch(line[: column - 1]) is not None
    if not is_whole or not value or " #" in value or goes_on or (value[0] in "\"'" and "\\" in value):
        return None
    return quoted_scalar(value)


def _quoted_anew(source: Source, start: int) -> str | None:
    """Return a text in quotes whose own quotes close too early, quoted as a whole; None when it may be meant otherwise.

    `"bias" or variance?` begins with a quoted word, while `'It's what?'` was meant to be quoted from end to end.
    """
    whole = _quoted_line(source, start)
    number, column = source.place(start)
    value = source.lines[number - 1][column - 1 :].rstrip()
    mark = value[0]
    inner = value.find(mark, 1)
    if whole is None or not 0 < inner < len(value) - 1 or not value.endswith(mark):
        return whole
    before, after = value[inner - 1], value[inner + 1]
    if (before.isalnum() and after.isalnum()) or (not before.isalnum() and after.isalnum()):
        return quoted_scalar(value[1:-1])
    return whole if value.count(mark) % 2 == 0 else None


def _colon(trouble: Trouble) -> Spot:
    """A colon and a space where no field can begin."""
    field = FIELD.match(trouble.line)
    if field is not None and field.end() <= trouble.offset:
        first = trouble.line[field.end()]
        start = trouble.at - trouble.offset + field.end()
        if first in "\"'":
            return _after_quote(trouble, start)
        if first in "[{":
            return bad_start(trouble.source, start)
        return _colon_in_text(trouble, field["name"].strip(), start)
    word = trouble.line[: trouble.offset].strip(" \t-")
    above = _line_above(trouble)
    stuck = missing_space(*above) if above is not None else None
    if stuck is not None:
        return stuck
    if word in FIELD_NAMES:
        return _indentation(trouble)
    return _colon_in_text(trouble, None)


def _colon_in_text(trouble: Trouble, name: str | None, start: int | None = None) -> Spot:
    where = f"{plain(name)}: |" if name else "|"
    fault = Fault(
        "E008",
        'this text holds ": ", which begins a field',
        "a colon and a space",
        help=f"quote the text, or write `{where}` and the text indented in the lines below",
        fix=None if start is None else _quoted_line(trouble.source, start),
        fix_before=0 if start is None else trouble.at - start,
        fix_after=len(trouble.line.rstrip()) - trouble.offset - 1,
    )
    return trouble.at, trouble.at + 1, fault


def _line_above(trouble: Trouble) -> tuple[str, int] | None:
    """Return text and start of the nearest line above that is not blank."""
    for number in range(trouble.line_of(trouble.at) - 1, 0, -1):
        line = trouble.source.lines[number - 1]
        if line.strip():
            return line, trouble.source.start_of(number)
    return None


def missing_space(text: str, start: int) -> Spot | None:
    """Return the problem of a line with a value stuck to its colon or a field to its dash, or None for any other."""
    dash = NO_SPACE_AFTER_DASH.match(text)
    if dash is not None and dash["name"] in FIELD_NAMES:
        help_text = f"write `- {dash['name']}: ` and the value"
        fault = Fault("E052", "a space is missing after `-`", "no space after the dash", help=help_text, fix="- ")
        return start + dash.start("dash"), start + dash.end(), fault
    stuck = NO_SPACE.match(text)
    if stuck is None or FIELD.match(text) is not None:
        return None
    name = plain(stuck["name"])
    fault = Fault(
        "E052",
        f"a space is missing after `{name}:`",
        "no space after the colon",
        help=f"write `{name}: ` and the value",
        fix=f"{stuck['name']}: ",
    )
    return start + stuck.start("name"), start + stuck.end(), fault


def _indentation(trouble: Trouble) -> Spot:
    indent = len(trouble.line) - len(trouble.line.lstrip(" "))
    start = trouble.at - trouble.offset + indent
    if trouble.line[indent : indent + 2].strip() == ":":
        return start, start + 1, NO_KEY
    depth = f"is indented by {indent} space{'s' * (indent > 1)}" if indent else "is not indented"
    fault = Fault(
        "E011",
        f"this line {depth}, which does not fit the lines above",
        "wrong indentation",
        help=_INDENTATION_HELP,
    )
    return start, start + len(trouble.line.strip()), fault


def _token(trouble: Trouble) -> Spot:
    """A character that begins nothing."""
    if trouble.sign == "\t":
        return _tab(trouble)
    last = trouble.last
    if isinstance(last, Scalar) and last.style in {'"', "'"} and trouble.follows_last:
        return _after_quote(trouble, last.start)
    return bad_start(trouble.source, trouble.at)


def _tab(trouble: Trouble) -> Spot:
    fault = Fault(
        "E009",
        "a tab is used for indentation",
        "a tab",
        help="indent with spaces: two for each level (most editors can convert tabs to spaces)",
        fix=_indentation_above(trouble),
        fix_before=trouble.offset,
        fix_after=len(trouble.line) - len(trouble.line.lstrip()) - trouble.offset - 1,
    )
    return trouble.at, trouble.at + 1, fault


def _indentation_above(trouble: Trouble) -> str | None:
    """Return the blanks before the field above, when a field after a tab can only be its neighbour."""
    above = _line_above(trouble)
    field = FIELD.match(above[0]) if above is not None else None
    if field is None or not _is_field(trouble.line) or trouble.line[: trouble.offset].strip():
        return None
    return " " * field.start("name")


def _key(trouble: Trouble) -> Spot:
    """Something other than the next field or list entry."""
    last = trouble.last
    if last is not None and trouble.follows_last:
        if isinstance(last, Scalar) and last.style in {'"', "'"}:
            return _after_quote(trouble, last.start)
        if isinstance(last, Scalar) and last.style in {"|", ">"} and trouble.offset and not _is_field(trouble.line):
            return trouble.at, trouble.at + len(trouble.line), _SHALLOW_TEXT
        if isinstance(last, Refused) or (isinstance(last, Listing | Table) and trouble.text[last.start] in "[{"):
            if trouble.sign in "]}":
                return _stray_bracket(trouble)
            return bad_start(trouble.source, last.start)
    return _stray_bracket(trouble) if trouble.sign in "]}" else _indentation(trouble)


def _is_field(line: str) -> bool:
    field = FIELD.match(line)
    return field is not None and field["name"] in FIELD_NAMES


def _after_quote(trouble: Trouble, start: int) -> Spot:
    """Text behind a closing quote: the quote is unwanted, or one further up was forgotten."""
    mark = trouble.text[start]
    first, last = trouble.line_of(start), trouble.line_of(trouble.at)
    if first != last:
        fault = Fault(
            "E007",
            f"the quote opened here is closed only in line {last}, and text follows there",
            "is its closing quote missing?",
            help=f"close the text with {mark}",
        )
        return start, start + 1, fault
    inside = "write '' for an apostrophe" if mark == "'" else 'write \\" for a quote'
    fault = Fault(
        "E044",
        "text goes on after the closing quote",
        "after the closing quote",
        help=f"put the whole text in quotes; inside them {inside}",
        fix=_quoted_anew(trouble.source, start),
        fix_before=trouble.at - start,
        fix_after=len(trouble.line.rstrip()) - trouble.offset - 1,
    )
    return trouble.at, trouble.at + 1, fault


def _open_quote(trouble: Trouble) -> Spot:
    mark = trouble.text[trouble.opened]
    fault = Fault(
        "E007", "the quote opened here is never closed", "no closing quote", help=f"close the text with {mark}"
    )
    return trouble.opened, trouble.opened + 1, fault


def _stray_bracket(trouble: Trouble) -> Spot:
    fault = Fault(
        "E050",
        f"this {trouble.sign} closes nothing",
        "no opening bracket",
        help=f"delete it, or add what it should close; if it is text, {_QUOTE_HELP}",
    )
    return trouble.at, trouble.at + 1, fault


def _bracket(trouble: Trouble) -> Spot:
    """A list or table in brackets that goes wrong."""
    field = FIELD.match(trouble.source.lines[trouble.line_of(trouble.opened) - 1])
    if field is not None:
        start = trouble.opened - (trouble.source.place(trouble.opened)[1] - 1) + field.end()
        if trouble.text.startswith("{{", start):
            return bad_start(trouble.source, start)
    opening = trouble.text[trouble.opened]
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    if trouble.is_at_end or trouble.line_of(trouble.opened) != trouble.line_of(trouble.at):
        fault = Fault(
            "E050",
            f"the {opening} opened here is not closed",
            f"no closing {closing}",
            help=f"add the missing {closing}; if this is text, {_QUOTE_HELP}",
        )
        return trouble.opened, trouble.opened + 1, fault
    if trouble.sign == ":":
        return _colon_in_text(trouble, None)
    fault = Fault(
        "E050",
        f"a comma or {closing} is missing here",
        "unexpected",
        help=f"separate the entries by commas and close the list with {closing}; if this is text, {_QUOTE_HELP}",
    )
    return trouble.at, trouble.at + 1, fault


def _block(trouble: Trouble) -> Spot:
    return bad_start(trouble.source, trouble.opened)


def _content(trouble: Trouble) -> Spot:
    """A value that begins with a closing sign, or a bracket with which the file ends."""
    if trouble.is_at_end and trouble.sign in set("[{"):
        return _bracket(replace(trouble, opened=trouble.at))
    is_start = trouble.sign in set("-?") if "flow" in trouble.context else trouble.sign in set(",]}")
    if not is_start:
        fault = Fault(
            "E050", "a value is missing here", "no value", help=f"write the value; if this is text, {_QUOTE_HELP}"
        )
        return trouble.at, trouble.at + 1, fault
    return bad_start(trouble.source, trouble.at)


def _dash(trouble: Trouble) -> Spot:
    """`- ` where no list can begin."""
    field = FIELD.match(trouble.line)
    if field is not None and field.end() == trouble.offset:
        return bad_start(trouble.source, trouble.at)
    return _key(trouble)


def _escape(trouble: Trouble) -> Spot:
    start = max(trouble.text.rfind("\\", 0, trouble.at + 1), 0)
    written = quoted(trouble.text[start : start + 2])
    message = f"{written} means nothing in double quotes"
    if "hexdecimal" in trouble.problem:
        message = f"{written} needs the hexadecimal digits of a character"
    elif "Unicode" in trouble.problem:
        message = f"the number after {written} belongs to no character"
    fault = Fault(
        "E051",
        message,
        "not an escape",
        help="write \\\\ for a backslash, or put the text in single quotes",
        fix=f"\\{trouble.text[start : start + 2]}" if trouble.text[start + 1 : start + 2].isalpha() else None,
    )
    return start, start + 2, fault


def _no_colon(trouble: Trouble) -> Spot:
    """A line without `field: value`."""
    number, column = trouble.source.place(trouble.opened)
    line = trouble.source.lines[number - 1]
    stuck = missing_space(line, trouble.opened - column + 1)
    if stuck is not None:
        return stuck
    fault = Fault(
        "E053",
        "this line is not `field: value`",
        "no field here",
        help="indent it further if it goes on with the text above; else write a field, a colon, a space and a value",
    )
    return trouble.opened, trouble.opened + len(line) - column + 1, fault


def _document(trouble: Trouble) -> Spot:
    """Something after the end of the deck."""
    before = trouble.source.lines[: trouble.line_of(trouble.at) - 1]
    if any(line.startswith("...") for line in before):
        return trouble.at, trouble.at + len(trouble.line), SECOND_DOCUMENT
    return _key(trouble)


_SHALLOW_TEXT = Fault(
    "E011",
    "this line is indented less than the first line of its text",
    "less than the first line",
    help="begin the text with a line that is not indented deeper than the others",
)
_UNKNOWN = Fault(
    "E006",
    "YAML cannot be read from here on",
    "not understood",
    help="check quotes, brackets and indentation in this line and the one above",
)

_TELLERS: dict[str, Callable[[Trouble], Spot]] = {
    "mapping values are not allowed in this context": _colon,
    "found unexpected ':'": _colon,
    "found character that cannot start any token": _token,
    "did not find expected key": _key,
    "did not find expected '-' indicator": _key,
    "did not find expected ',' or ']'": _bracket,
    "did not find expected ',' or '}'": _bracket,
    "found unexpected end of stream": _open_quote,
    "found unexpected document indicator": _open_quote,
    "did not find expected comment or line break": _block,
    "found an indentation indicator equal to 0": _block,
    "found a tab character where an indentation space is expected": _tab,
    "found a tab character that violates indentation": _tab,
    "did not find expected alphabetic or numeric character": _block,
    "mapping keys are not allowed in this context": _token,
    "block sequence entries are not allowed in this context": _dash,
    "did not find expected node content": _content,
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape,
    "found invalid Unicode character escape code": _escape,
    "could not find expected ':'": _no_colon,
    "did not find expected <document start>": _document,
}
