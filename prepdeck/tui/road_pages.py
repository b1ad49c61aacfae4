"""The way along the road: plan, phases, lists, readiness, self-assessment, offer, and what their lines start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from prepdeck.errors import PrepdeckError
from prepdeck.tui.pages import Pages
from prepdeck.tui.screens.review_words import sentence_of

if TYPE_CHECKING:
    from prepdeck.cards.roadmap import PathRow
    from prepdeck.study.road import RoadPage
    from prepdeck.study.tables import Table, TableKind, TableRow
    from prepdeck.study.today_plan import Line

PHASES, STEPS, SKILLS, TOOLS, PATH, PAY = "phases", "steps", "skills", "tools", "path", "pay"
"""The sheets of the road."""


class RoadPages(Pages):
    """Moves between the pages of the road; `Navigator` is one."""

    def begin(self, *, decks: tuple[str, ...] = (), only_new: bool = False, cram: bool = False) -> None:
        """Begin a round."""
        raise NotImplementedError

    def set_up_mock(self, words: str = "", chosen: str = "") -> None:
        """Show the formats of mocks."""
        raise NotImplementedError

    def show_stories(self) -> None:
        """Show the learner's stories."""
        raise NotImplementedError

    def plan(self) -> None:
        """Show the plan."""
        raise NotImplementedError

    async def _browse(self, words: str) -> None:
        raise NotImplementedError

    async def _look_again(self) -> None:
        raise NotImplementedError

    # Pages

    def show_road(self, sheet: str = PHASES, marked: str = "", words: str = "") -> None:
        """Show the road at one of its sheets, with the row of that name marked; without one the current phase."""
        self.busily(self._show_road(sheet, marked, words))

    async def _show_road(self, sheet: str, marked: str, words: str) -> None:
        from prepdeck.tui.screens.road import RoadScreen

        page = await self._app.clerk.ask(self._app.errands.report_road)
        await self._go_to(RoadScreen(page, sheet, marked))
        self.say(words)

    def show_lists(self, kind: TableKind | None = None, marked: str = "") -> None:
        """Show the lists at one of them, with the row of that name marked."""
        self.busily(self._show_lists(kind, marked))

    async def _show_lists(self, kind: TableKind | None, marked: str) -> None:
        from prepdeck.tui.screens.lists import ListsScreen

        tables = await self._app.clerk.ask(self._app.errands.list_tables)
        await self._go_to(ListsScreen(tables, kind, marked))

    def show_readiness(self) -> None:
        """Show how ready the learner is, by pillar and topic."""
        self.busily(self._show_readiness())

    async def _show_readiness(self) -> None:
        from prepdeck.tui.screens.readiness import ReadinessScreen

        ready, titles = await self._app.clerk.ask(self._app.errands.report_readiness)
        await self._go_to(ReadinessScreen(ready, titles))

    def show_assessment(self) -> None:
        """Show the self-assessment."""
        self.busily(self._show_assessment())

    async def _show_assessment(self) -> None:
        from prepdeck.tui.screens.assessment import AssessmentScreen

        page = await self._app.clerk.ask(self._app.errands.report_road)
        await self._go_to(AssessmentScreen(page))

    def show_offer(self) -> None:
        """Show the offer calculator beside the pay table."""
        self.busily(self._show_offer())

    async def _show_offer(self) -> None:
        from prepdeck.tui.screens.offer import OfferScreen

        page = await self._app.clerk.ask(self._app.errands.report_road)
        await self._go_to(OfferScreen(page.roadmap.pay))

    def browse_words(self, words: str) -> None:
        """Look through the cards that some words and filters find."""
        self.busily(self._browse(words))

    # Deeds

    def do(self, deed: Callable[[], str]) -> None:
        """Do one thing at the desk, show the page on top anew, and say what was done."""
        self.busily(self._do(deed))

    async def _do(self, deed: Callable[[], str]) -> None:
        try:
            words = await self._app.clerk.ask(deed)
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
            return
        await self._look_again()
        self.say(words)

    def look_again(self, fault: str) -> None:
        """Show the page on top as things are now, and say why something could not be done."""
        self.busily(self._look_again_saying(fault))

    async def _look_again_saying(self, fault: str) -> None:
        await self._look_again()
        self.say(fault, is_error=True)

    def show_proposal(self) -> None:
        """Show the phase that the self-assessment proposes on the road."""
        self.busily(self._show_proposal())

    async def _show_proposal(self) -> None:
        marked, words = await self._app.clerk.ask(self._app.errands.propose_phase)
        await self._show_road(PHASES, marked, words)

    def edit_row(
        self, table: Table, row: TableRow | None, values: Mapping[str, str] | None = None, fault: str = ""
    ) -> None:
        """Ask for the fields of a row, or of a new one.

        Args:
            table: The list.
            row: The row; None for a new one.
            values: What was typed before, by field.
            fault: Why it was not taken.
        """
        from prepdeck.tui.screens.row_dialog import RowDialog

        self._app.push_screen(RowDialog(table, row, partial(self._keep_row, table, row), values, fault))

    def _keep_row(self, table: Table, row: TableRow | None, values: Mapping[str, str]) -> None:
        self.busily(self._store_row(table, row, values))

    async def _store_row(self, table: Table, row: TableRow | None, values: Mapping[str, str]) -> None:
        errands = self._app.errands
        deed = partial(errands.add_row, table.kind) if row is None else partial(errands.edit_row, table.kind, row.id)
        try:
            words = await self._app.clerk.ask(partial(deed, values))
        except PrepdeckError as error:
            self.edit_row(table, row, values, sentence_of(error))
            return
        await self._look_again()
        self.say(words)

    # What lines and rows start

    def start_line(self, line: Line) -> None:
        """Do what a line of today's plan starts."""
        from prepdeck.road.today import LineKind
        from prepdeck.study.tables import TableKind
        from prepdeck.study.today_plan import ASSESS, CHOOSE

        match line.kind:
            case LineKind.REVIEW:
                self.begin()
            case LineKind.NEW:
                self.begin(only_new=True)
            case LineKind.MOCK:
                self.set_up_mock(chosen=line.target)
            case LineKind.ROAD if line.target == ASSESS:
                self.show_assessment()
            case LineKind.ROAD if line.target.startswith(f"{CHOOSE}:"):
                self.show_road(PHASES, line.target.partition(":")[2])
            case LineKind.ROAD if ":" in line.target:
                kind, _, entry = line.target.partition(":")
                self.show_lists(TableKind(kind), entry)
            case LineKind.ROAD:
                self.show_road(PHASES, line.target)

    def open_row(self, page: RoadPage, row: PathRow) -> None:
        """Open what serves a row of the path: its first part of prepdeck, else its first deck that is here."""
        for feature in row.features:
            if self.open_feature(feature):
                return
        self.open_deck(page, row.decks)

    def open_deck(self, page: RoadPage, slugs: tuple[str, ...]) -> None:
        """Open the first of some decks that is here; where none is, the phase that asks for one of them."""
        here = next((slug for slug in slugs if slug in page.decks and page.decks[slug].is_here), None)
        if here is not None:
            self.busily(self._browse(f"deck:{here} "))
            return
        phase = next((each.phase for each in page.phases if set(slugs) & set(each.phase.decks)), None)
        words = f"Not here yet: {', '.join(slugs)}." if slugs else ""
        self.show_road(PHASES, phase.id if phase is not None else "", words)

    def open_feature(self, feature: str) -> bool:
        """Open a part of prepdeck by the slug the road has for it; tell whether there is one."""
        from prepdeck.study.tables import TableKind

        opens: Mapping[str, Callable[[], None]] = {
            "welcome": lambda: self.show_road(PATH, "I1"),
            "self-assessment": self.show_assessment,
            "roadmap": self.show_road,
            "plan": self.plan,
            "readiness": self.show_readiness,
            "review": self.begin,
            "code-cards": lambda: self.busily(self._browse("kind:code ")),
            "mocks": self.set_up_mock,
            "stories": self.show_stories,
            "deliverables": lambda: self.show_lists(TableKind.DELIVERABLES),
            "checklist": lambda: self.show_road(STEPS),
            "tools": lambda: self.show_road(TOOLS),
            "portfolio": lambda: self.show_lists(TableKind.PORTFOLIO),
            "applications": lambda: self.show_lists(TableKind.APPLICATIONS),
            "interview-log": lambda: self.show_lists(TableKind.INTERVIEWS),
            "specialisation": lambda: self.show_road(PHASES, "specialisation"),
            "pay-table": lambda: self.show_road(PAY),
            "offers": self.show_offer,
        }
        if feature not in opens:
            return False
        opens[feature]()
        return True
