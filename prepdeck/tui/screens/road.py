"""The road screen: phases, steps, skills, tools, the path and pay, and what is done or opened there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, assert_never

from prepdeck.cards.roadmap import Tracker
from prepdeck.errors import PrepdeckError
from prepdeck.road.items import Item, ItemKind
from prepdeck.road.progress import PhaseProgress, PhaseState
from prepdeck.tui.keys import KeyRow
from prepdeck.tui.road_pages import PATH, PAY, PHASES, SKILLS, TOOLS
from prepdeck.tui.screens.link_dialog import LinkDialog
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.screens.road_panes import RoadPanes
from prepdeck.tui.screens.road_served import WELCOME
from prepdeck.tui.screens.road_words import DECK, FEATURE, ITEM, PHASE

if TYPE_CHECKING:
    from prepdeck.study.road import StepProgress
    from prepdeck.tui.widgets.frame import Hint

_OTHERS: Final = 4
"""So much sooner hints leave the key bar that other pages have too."""


class RoadScreen(RoadPanes):
    """Shows one page of the road; what is done on it comes back as another one."""

    CSS_PATH = "road.tcss"

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        pages, listed = self.prepdeck.pages, self._list
        return {
            "road.open": self._open,
            "road.tick": self._tick,
            "road.start": self._start,
            "road.choose": self._choose,
            "road.in": self._enter_detail,
            "road.out": self._go_out,
            "road.sheet": lambda: self._next_sheet(1),
            "road.sheet_before": lambda: self._next_sheet(-1),
            "plan.ready": pages.show_readiness,
            "plan.lists": pages.show_lists,
            "plan.assess": pages.show_assessment,
            "plan.offer": pages.show_offer,
            "review.undo": pages.undo_from_home,
            "move.down": lambda: self._move(1),
            "move.up": lambda: self._move(-1),
            "move.page_down": lambda: self._turn(listed.page, self._detail.page),
            "move.page_up": lambda: self._turn(-listed.page, -self._detail.page),
            "move.top": lambda: self._to_end(-1),
            "move.bottom": lambda: self._to_end(1),
            "app.back": self._go_out if self._is_inside else pages.plan,
            "app.leave": pages.plan,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        phase = self._phase
        match action:
            case "road.open":
                return bool(self._detail.spot) if self._is_inside else bool(self._list.count)
            case "road.tick":
                return self._item is not None
            case "road.start":
                return phase is not None and not phase.is_begun and phase.state is not PhaseState.DONE
            case "road.choose":
                return phase is not None and self._spot_of(DECK) in phase.phase.choose_one
            case "road.in":
                return bool(self._list.count) and not self._is_inside
            case "road.out":
                return self._is_inside
            case _:
                return True

    def hints(self) -> Sequence[Hint]:
        """Return the hints of the key bar: those of this page come first and leave last."""
        hints = []
        for hint in super().hints():
            is_own = hint.target.startswith("road.")
            rank = hint.rank if is_own or not hint.rank else hint.rank + _OTHERS
            hints.append(replace(hint, rank=_OTHERS if self._is_inside and hint.target == "road.sheet" else rank))
        return sorted(hints, key=lambda hint: not hint.target.startswith("road."))

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        item = self._item
        match key.id:
            case "app.leave":
                return "Plan"
            case "road.tick" if item is not None and item.is_done:
                return "Reopen"
            case "road.open" if self._spot_of(ITEM):
                return "Tick" if item is not None and item.kind is ItemKind.CHECK else "Link"
            case "road.open" if self._spot_of(DECK):
                return "Cards"
            case "road.open" if not self._is_inside:
                return {SKILLS: "Assess", TOOLS: "Cards", PAY: "Offer"}.get(self._sheet, key.word)
            case "road.choose" if phase_chose(self._phase, self._spot_of(DECK)):
                return "Choose none"
            case _:
                return key.word

    # Deeds

    def _open(self) -> None:
        if self._is_inside:
            self._open_spot()
            return
        page, pages, name = self._page, self.prepdeck.pages, self._list.name_marked
        step = self._step
        asked = next((each for each in page.roadmap.path if each.id == name), None) if self._sheet == PATH else None
        if self._sheet == SKILLS:
            pages.show_assessment()
        elif self._sheet == TOOLS:
            pages.open_deck(page, next(tool.decks for tool in page.roadmap.tools if tool.name == name))
        elif self._sheet == PAY:
            pages.show_offer()
        elif step is not None:
            self._open_tracker(step)
        elif asked is not None and WELCOME not in asked.features:  # the words of the welcome stand here
            pages.open_row(page, asked)
        else:
            self._enter_detail()

    def _open_tracker(self, each: StepProgress) -> None:
        from prepdeck.study.tables import TableKind

        pages = self.prepdeck.pages
        match each.step.tracker:
            case Tracker.CHECKLIST:
                self._enter_detail()
            case Tracker.SELF_ASSESSMENT:
                pages.show_assessment()
            case Tracker.DECKS:
                pages.open_deck(self._page, each.step.decks)
            case Tracker.TOOLS:
                self._to_sheet(TOOLS)
            case Tracker.APPLICATIONS:
                pages.show_lists(TableKind.APPLICATIONS)
            case Tracker.PORTFOLIO:
                pages.show_lists(TableKind.PORTFOLIO)
            case never:
                assert_never(never)

    def _open_spot(self) -> None:
        pages, item = self.prepdeck.pages, self._item
        deck, feature, phase = self._spot_of(DECK), self._spot_of(FEATURE), self._spot_of(PHASE)
        if item is not None and item.kind is ItemKind.CHECK:
            self._tick()
        elif item is not None:
            self._ask_link(item, item.links[-1] if item.links and item.is_done else "")
        elif deck:
            pages.open_deck(self._page, (deck,))
        elif feature == WELCOME:
            self._go_out()
        elif feature:
            pages.open_feature(feature)
        elif phase:
            self._to_sheet(PHASES)
            self._list.mark_name(phase)
            self._tell()

    def _tick(self) -> None:
        item, errands = self._item, self.prepdeck.errands
        if item is None:
            return
        if item.is_own:
            from prepdeck.study.tables import TableKind

            deed = errands.reopen_row if item.is_done else errands.finish_row
            self.prepdeck.pages.do(partial(deed, TableKind.DELIVERABLES, item.id))
        elif item.is_done:
            self.prepdeck.pages.do(partial(errands.reopen, item.id))
        else:
            self.prepdeck.pages.do(partial(errands.mark_done, item.id))

    def _ask_link(self, item: Item, link: str, fault: str = "") -> None:
        self.app.push_screen(LinkDialog(item.text, partial(self._keep_link, item), link, fault))

    def _keep_link(self, item: Item, link: str) -> None:
        if item.is_done and link in {"", *item.links[-1:]}:
            self.say("Nothing changed: it is done already.")
        else:
            self.prepdeck.pages.busily(self._store_link(item, link))

    async def _store_link(self, item: Item, link: str) -> None:
        from prepdeck.study.tables import TableKind

        app = self.prepdeck
        deed = partial(app.errands.mark_done, item.id, link)
        if item.is_own:
            values = {"status": "done", **({"link": link} if link else {})}
            deed = partial(app.errands.edit_row, TableKind.DELIVERABLES, item.id, values)
        try:
            words = await app.clerk.ask(deed)
        except PrepdeckError as error:
            self._ask_link(item, link, sentence_of(error))
            return
        self.show(await app.clerk.ask(app.errands.report_road))
        self.say(words)

    def _start(self) -> None:
        phase = self._phase
        if phase is not None:
            self.prepdeck.pages.do(partial(self.prepdeck.errands.start_phase, phase.phase.id))

    def _choose(self) -> None:
        deck, errands = self._spot_of(DECK), self.prepdeck.errands
        deed = errands.reopen if phase_chose(self._phase, deck) else errands.choose_deck
        self.prepdeck.pages.do(partial(deed, deck))

    # Mouse

    def press(self, target: str) -> None:
        """Show the sheet, mark the row or put the cursor where it was clicked; a second click opens."""
        kind, _, name = target.partition(":")
        is_fresh, self._is_fresh = self._is_fresh, False  # the click itself came into this pane
        match kind:
            case "sheet":
                self._to_sheet(name)
            case "rows":
                was_marked = not is_fresh and not self._is_inside and self._list.marked == int(name)
                self._go_out()
                self._mark(int(name))
                if was_marked:
                    self.perform("road.open")
            case "spot":
                was_here = not is_fresh and self._is_inside and self._detail.spot == name
                self._go_in()
                self._detail.stand_on(name)
                if was_here:
                    self.perform("road.open")
            case _:
                self.perform(target)


def phase_chose(phase: PhaseProgress | None, deck: str) -> bool:
    """Tell whether a deck is the one that was chosen for a phase."""
    return phase is not None and bool(deck) and phase.chosen == deck
