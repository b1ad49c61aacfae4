"""Which stretches of a drawing are painted again when some of its signs changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style as RichStyle

from prepdeck.text.cells import cell_width
from prepdeck.tui.rows import Ground, Piece, Row, Tone
from prepdeck.tui.theme import PALETTES
from prepdeck.tui.widgets.drawing import changed_places, paint

WIDTH = 12
PALETTE = PALETTES["dark"]
TEXTS = st.text(alphabet="ab 1漢é́\N{FAMILY}─", max_size=6)
PIECES = st.builds(
    Piece, TEXTS, st.sampled_from((Tone.TEXT, Tone.ERROR)), st.booleans(), target=st.sampled_from((None, "x"))
)
ROWS = st.builds(Row, st.lists(PIECES, max_size=4).map(tuple), st.sampled_from((Ground.NONE, Ground.CURSOR)))


def cells(row: Row) -> list[tuple[str, RichStyle | None]]:
    """Return what each cell of a painted row holds; the second half of a wide sign repeats the first."""
    held: list[tuple[str, RichStyle | None]] = []
    for segment in paint(row, WIDTH, PALETTE, RichStyle()):
        for sign in segment.text:
            wide = cell_width(sign)
            if wide:
                held += [(sign, segment.style)] * wide
            elif held:
                held[-1] = (held[-1][0] + sign, held[-1][1])
    return held


@given(st.lists(ROWS, max_size=3), st.lists(ROWS, max_size=3))
def test_every_cell_outside_the_named_stretches_stays_as_it_was(before: list[Row], after: list[Row]) -> None:
    changed = list(changed_places(before, after, WIDTH))
    for y in range(max(len(before), len(after))):
        old = cells(before[y] if y < len(before) else Row())
        new = cells(after[y] if y < len(after) else Row())
        named = {x for each in changed if each.y == y for x in range(each.x, each.right)}
        for x, (one, other) in enumerate(zip(old, new, strict=False)):
            assert one == other or x in named, (x, named)


def test_a_ticking_second_names_its_last_digits_alone() -> None:
    before, after = (Row((Piece("left "), Piece(time, strong=True), Piece(" of 2:00"))) for time in ("1:45", "1:44"))
    (place,) = changed_places([before], [after], 20)
    assert (place.y, place.height) == (0, 1)
    assert place.x >= len("left ")
    assert place.right <= len("left 1:45") + 2


def test_what_is_the_same_is_not_painted_again() -> None:
    row = Row((Piece("on plan", Tone.MUTED),))
    assert list(changed_places([row], [row], 20)) == []
