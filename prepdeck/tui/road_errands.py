"""What the interface asks of the desk on the road; each method runs in the clerk's thread and touches no widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from prepdeck.text.counts import counted

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk
    from prepdeck.study.readiness import Readiness
    from prepdeck.study.road import RoadPage
    from prepdeck.study.tables import Table, TableKind


class RoadErrands:
    """Goes to the desk for the road; `Errands` is one."""

    @property
    def desk(self) -> Desk:
        """The desk, once it is open."""
        raise NotImplementedError

    def report_road(self) -> RoadPage:
        """Return the road as the learner stands on it."""
        from prepdeck.study.desk import keep_up
        from prepdeck.study.road import road_page

        keep_up(self.desk)
        return road_page(self.desk)

    def report_readiness(self) -> tuple[Readiness, dict[str, str]]:
        """Return how ready the learner is, and what people call each deck."""
        from prepdeck.study.readiness import readiness

        return readiness(self.desk), {each.deck.id: each.deck.title for each in self.desk.library.decks}

    def list_tables(self) -> tuple[Table, ...]:
        """Return the five lists."""
        from prepdeck.study.tables import all_tables

        return all_tables(self.desk)

    # Deeds: each returns a sentence

    def start_phase(self, phase: str) -> str:
        """Begin a phase."""
        from prepdeck.study.road_deeds import start_phase

        begun = start_phase(self.desk, phase)
        return f"Phase {begun.number}, {begun.title}, begins today."

    def mark_done(self, item: str, link: str = "") -> str:
        """Mark a thing of the road as done, with its link where there is one."""
        from prepdeck.study.road_deeds import mark_done

        made = mark_done(self.desk, item, link)
        count = f" ({len(made.pieces)} of {made.count})" if made.count > 1 else ""
        return f"Done{count}: {made.text}."

    def reopen(self, item: str) -> str:
        """Take back that a thing is done, a phase begun or a deck chosen."""
        from prepdeck.study.road_deeds import reopen

        words = reopen(self.desk, item)
        return f"{words[0].upper()}{words[1:]}."

    def choose_deck(self, deck: str) -> str:
        """Choose one deck of a phase; the others stay out of the daily queue."""
        from prepdeck.study.road_deeds import choose_deck

        phase, chosen, note = choose_deck(self.desk, deck)
        others = len(phase.choose_one) - 1
        words = (
            f"Chosen: {chosen}. {counted(others, 'other deck')} of phase {phase.number} stay out of the daily queue."
        )
        return f"{words} {note[0].upper()}{note[1:]}." if note else words

    def keep_level(self, skill: str, level: int) -> None:
        """Keep the learner's own view of one skill."""
        from prepdeck.study.road_deeds import assess

        assess(self.desk, {skill: level})

    def propose_phase(self) -> tuple[str, str]:
        """Return the phase that the self-assessment proposes, if it does, and a sentence about it."""
        from prepdeck.study.road import road_page

        proposal = road_page(self.desk).proposal
        if proposal is None:
            return "", ""
        because = ", ".join(skill.title for skill in proposal.because)
        why = f": it teaches {because}" if because else ": every skill is there"
        return proposal.phase.id, f"Begin with phase {proposal.phase.number}, {proposal.phase.title}{why}."

    def tick_line(self, line: str, *, is_done: bool) -> str:
        """Tick a line of today's plan, or take the tick away."""
        from prepdeck.study.road_deeds import tick

        tick(self.desk, line, is_done=is_done)
        return "Ticked for today." if is_done else "Open again."

    def add_row(self, kind: TableKind, values: Mapping[str, str]) -> str:
        """Add a row to a list."""
        from prepdeck.study.trackers import add_row

        return f"Added: {add_row(self.desk, kind, values).title}."

    def edit_row(self, kind: TableKind, row: str, values: Mapping[str, str]) -> str:
        """Change fields of a row."""
        from prepdeck.study.trackers import edit_row

        return f"Kept: {edit_row(self.desk, kind, row, values).title}."

    def finish_row(self, kind: TableKind, row: str) -> str:
        """Mark a row as over."""
        from prepdeck.study.trackers import finish_row

        done = finish_row(self.desk, kind, row)
        return f"{done.status.capitalize()}: {done.title}."

    def reopen_row(self, kind: TableKind, row: str) -> str:
        """Let a row go on that was over."""
        from prepdeck.study.trackers import reopen_row

        return f"Open again: {reopen_row(self.desk, kind, row).title}."

    def remove_row(self, kind: TableKind, row: str) -> str:
        """Remove a row."""
        from prepdeck.study.trackers import remove_row

        return f"Removed: {remove_row(self.desk, kind, row).title}. Undo brings it back."

    def export_table(self, kind: TableKind) -> str:
        """Write a list as CSV and as Markdown, and say where."""
        from prepdeck.study.table_files import export_table

        table, text = export_table(self.desk, kind)
        return f"Written: {table} and {text.rpartition('/')[2]}."
