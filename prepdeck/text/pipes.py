"""Tables written with pipes, read so that code and maths in a cell may hold pipes too."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from prepdeck.text.dollars import find_closer

MOST_COLUMNS = 64
"""Columns of a table; wider ones are text."""

_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_MARK = re.compile(r"\\.|`+|[$|]")


def split_row(row: str) -> list[str]:
    r"""Return the cells of a row; `\|` is a pipe, and pipes inside code or maths divide nothing."""
    row = row.strip()
    cells = [""]
    place = 0
    while mark := _MARK.search(row, place):
        cells[-1] += row[place : mark.start()]
        place = mark.end()
        if mark[0] == "|":
            cells.append("")
            continue
        end = None
        if mark[0][0] == "`":
            closing = row.find(mark[0], place)
            end = None if closing < 0 else closing + len(mark[0])
        elif mark[0] == "$":
            closer = find_closer(row, mark.start())
            end = None if closer is None else closer + 1
        cells[-1] += "|" if mark[0] == r"\|" else row[mark.start() : end or place]
        place = end or place
    cells[-1] += row[place:]
    if row.startswith("|"):
        del cells[0]
    if len(cells) > 1 and not cells[-1].strip():
        del cells[-1]
    return [cell.strip() for cell in cells]


def _align(rule: str) -> str:
    """Return how a column stands by its cell of the rule: left, right or center."""
    if rule.endswith(":"):
        return "center" if rule.startswith(":") else "right"
    return "left"


def read_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table: one token whose meta holds `rows` of cell sources, the header first, and `aligns`."""

    def line(number: int) -> str:
        return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]

    if start + 2 > end or state.is_code_block(start) or state.is_code_block(start + 1):
        return False
    if state.sCount[start + 1] < state.blkIndent or "|" not in line(start) or not _RULE.fullmatch(line(start + 1)):
        return False
    header, rules = split_row(line(start)), split_row(line(start + 1))
    if len(header) != len(rules) or len(header) > MOST_COLUMNS:
        return False
    if silent:
        return True
    rows = [header]
    last = start + 2
    terminators = state.md.block.ruler.getRules("blockquote")
    while last < end and "|" in line(last) and state.sCount[last] >= state.blkIndent:
        if state.is_code_block(last) or any(ends(state, last, end, True) for ends in terminators):
            break
        cells = split_row(line(last))
        # Too many cells are pipes in the last one: nothing that was written is left out.
        cells[len(header) - 1 :] = [" | ".join(cells[len(header) - 1 :])] if len(cells) >= len(header) else []
        rows.append(cells + [""] * (len(header) - len(cells)))
        last += 1
    token = state.push("cells", "", 0)
    token.meta = {"rows": rows, "aligns": [_align(rule) for rule in rules]}
    token.map = [start, last]
    state.line = last
    return True
