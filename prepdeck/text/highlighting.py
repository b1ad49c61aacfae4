"""Code in colours: Pygments' tokens as inks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from prepdeck.text.spans import Ink, Span

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_KNOWN = """
bash bat c c++ cfg console cpp css diff docker dockerfile go graphql haskell html ini javascript js json jsonl julia
kotlin llvm lua matlab mysql nasm nginx numpy perl php postgresql powershell promql proto protobuf py py3 pycon pytb
python python3 r ruby rust scala sh shell spark sql sqlite3 swift tex toml ts typescript xml yaml yml zsh
"""

LANGUAGES = frozenset(_KNOWN.split())
"""Languages that are highlighted; any other name is plain code, so that no text chooses what is imported.

Pygments' lexers for Java, CUDA, Terraform and Makefiles are missing on purpose: 2,000 odd characters keep them busy for
half a second, 20,000 for a minute.
"""

STRETCH = 1500
"""Characters of code that are read at once, about; a lexer's time may grow with the square of them."""

_TIRING = re.compile(r"[^\n]{400}|\n[ \t\n]{100}")
"""Lines and gaps that no one writes and lexers are slow on; they stay plain."""

_ALIASES = {"spark": "python", "jsonl": "json"}
"""Names authors write that Pygments does not know."""


@lru_cache(maxsize=32)
def _lexer(language: str) -> Lexer | None:
    """Return the lexer for a language's name, or None."""
    if language not in LANGUAGES:
        return None
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - most texts hold no code
    from pygments.util import ClassNotFound  # noqa: PLC0415 - most texts hold no code

    try:
        return get_lexer_by_name(_ALIASES.get(language, language))
    except ClassNotFound:
        return None


@lru_cache(maxsize=512)
def _ink(kind: tuple[str, ...]) -> Ink:
    """Return the ink for a Pygments token type, such as `("Name", "Function")`."""
    inks = (
        ("Comment.Preproc", Ink.KEYWORD),
        ("Comment", Ink.COMMENT),
        ("Keyword", Ink.KEYWORD),
        ("Operator.Word", Ink.KEYWORD),
        ("Operator", Ink.OPERATOR),
        ("Literal.String", Ink.STRING),
        ("Literal.Number", Ink.NUMBER),
        ("Name.Function", Ink.NAME),
        ("Name.Class", Ink.NAME),
        ("Name.Builtin", Ink.NAME),
        ("Name.Decorator", Ink.NAME),
        ("Name.Exception", Ink.NAME),
        ("Name.Tag", Ink.NAME),
        ("Name.Attribute", Ink.NAME),
        ("Generic.Deleted", Ink.KEYWORD),
        ("Generic.Inserted", Ink.STRING),
        ("Generic.Prompt", Ink.MUTED),
    )
    name = ".".join(kind)
    return next((ink for prefix, ink in inks if name.startswith(prefix)), Ink.CODE)


def _stretches(code: str) -> Iterator[str]:
    """Yield the code in stretches that begin with a line at the left edge, where most languages begin afresh."""
    held: list[str] = []
    size = 0
    for line in code.splitlines(keepends=True):
        if size > STRETCH and (line[:1].strip() or size > 2 * STRETCH):
            yield "".join(held)
            held, size = [], 0
        held.append(line)
        size += len(line)
    if held:
        yield "".join(held)


def _lexed(code: str, lexer: Lexer) -> list[tuple[str, Ink]]:
    """Return code in pieces of one ink; all of it is there, whatever the lexer thinks of it."""
    if _TIRING.search(code):
        return [(code, Ink.CODE)]
    try:
        pieces = [(text, _ink(kind)) for _, kind, text in lexer.get_tokens_unprocessed(code)]
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        return [(code, Ink.CODE)]  # a lexer is other people's code, and colours are not worth a crash
    if "".join(text for text, _ in pieces) != code:
        return [(code, Ink.CODE)]
    return pieces


def highlight(code: str, language: str) -> list[list[Span]]:
    """Return the lines of `code` as spans; every character is kept."""
    lexer = _lexer(language.lower())
    stretches = (
        [(code, Ink.CODE)]
        if lexer is None
        else [piece for stretch in _stretches(code) for piece in _lexed(stretch, lexer)]
    )
    lines: list[list[Span]] = [[]]
    for text, ink in stretches:
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append([])
            line = lines[-1]
            if part and line and line[-1].ink is ink:
                line[-1] = Span(line[-1].text + part, ink)
            elif part:
                line.append(Span(part, ink))
    return lines
