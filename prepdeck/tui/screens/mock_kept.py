"""A mock on the page: its clock told the time, what is typed gathered, and everything stored within seconds."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import TextArea

from prepdeck.errors import PrepdeckError
from prepdeck.interview.events import Event, Written
from prepdeck.interview.mock import Heat
from prepdeck.tui.keys import Place
from prepdeck.tui.mock_keeper import MockKeeper
from prepdeck.tui.mock_words import Comfort
from prepdeck.tui.rows import Piece, Tone
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.widgets.mock_sheets import SheetField

if TYPE_CHECKING:
    from prepdeck.interview.timekeeping import Reading
    from prepdeck.study.mock_sitting import Sat

TICK_SECONDS = 1.0
"""How often the clock is told the time."""


class KeptMock(FramedScreen):
    """Holds one mock; the clock goes on under other pages, but nothing is drawn there.

    Args:
        sat: The mock, its clock running.
        comfort: How it is shown.
        reader: Reads the clocks of the machine.
    """

    PLACE = Place.MOCK

    def __init__(self, sat: Sat, comfort: Comfort, reader: Callable[[], Reading]) -> None:
        super().__init__()
        self.sat = sat
        """The mock as it stands."""
        self.comfort = comfort
        """How it is shown."""
        self._reader = reader
        self._keeper: MockKeeper | None = None
        self._typed_at: dict[str, int] = {}
        self._saved_at = 0.0
        self._asked_at = 0.0
        self._fault = ""
        self._is_saving = False
        self._is_left = False
        self._rung: set[int] = set()

    def begin_time(self) -> None:
        """Let the clock be told the time from now on."""
        self._keeper = MockKeeper(self.prepdeck.errands)
        self._saved_at = self._asked_at = self.prepdeck.seconds()
        self.set_interval(TICK_SECONDS, self.tick)

    def show_time(self) -> None:
        """Show what a second changes; a child does."""
        raise NotImplementedError

    def show_stop(self, *, at_end: bool = False) -> None:
        """Show everything about the stop that is on; a child does."""
        raise NotImplementedError

    # Time

    @property
    def is_on_top(self) -> bool:
        """Whether nothing covers the page; under a box it is still current, and there each tick would cost 12 kB."""
        return self.app.screen is self

    def tick(self) -> None:
        """Tell the mock the time, store what is due, and draw what changed where this page is seen."""
        if self._is_left:
            return
        self.advance()
        from prepdeck.study.mock_sitting import AUTOSAVE_SECONDS

        if self.prepdeck.seconds() - self._asked_at >= AUTOSAVE_SECONDS:
            self.save()
        if self.is_on_top:
            self.show_time()

    def advance(self) -> None:
        """Bring the mock to the present moment; a twist, a gap and the end are shown at once."""
        from prepdeck.study.mock_sitting import ticked

        self.take(ticked(self.sat, self._reader()))

    def take(self, sat: Sat) -> None:
        """Go on with a later state of the mock, and show at once what must be seen at once."""
        before, self.sat = self.sat, sat
        if len(self.sat.words) > len(before.words):
            self.say(self.sat.words[-1])
        self._ring()
        if self.sat.mock.is_over and not before.mock.is_over:
            self.time_ran_out()
        elif self.sat.mock.answers != before.mock.answers and self._has_twisted(before):
            self.say("The requirement changed: see the marked line of the prompt.")
            self.show_stop()

    def _has_twisted(self, before: Sat) -> bool:
        pairs = zip(self.sat.mock.answers, before.mock.answers, strict=True)
        return any(now.is_twisted and not then.is_twisted for now, then in pairs)

    def _ring(self) -> None:
        """Ring once for each phase that is over its time, and once at the end."""
        mock = self.sat.mock
        phase = -1 if not mock.left_ms else mock.stop.phase
        is_due = phase == -1 or mock.phase_heat(phase) is Heat.RED
        if self.comfort.bell and is_due and phase not in self._rung:
            self._rung.add(phase)
            self.app.bell()

    def time_ran_out(self) -> None:
        """Lock the sheets, once; nothing covers them."""
        self.gather()
        for field in self.query(SheetField):
            field.read_only = True
        self.say("Time is up: your answers are locked. Enter goes on to marking.")
        self.save()
        self.show_stop()

    def do(self, make: Callable[[int], Event]) -> bool:
        """Let something happen now, and tell whether it could.

        Args:
            make: Makes the event of its moment.
        """
        from prepdeck.study.mock_sitting import happened

        self.advance()
        try:
            self.sat = happened(self.sat, make(self.sat.read_ms))
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
            return False
        return True

    # What is typed

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Remember when a sheet was last written on; its text is taken when it is stored."""
        message.stop()
        field = message.text_area
        if isinstance(field, SheetField) and field.sheet and not field.read_only:
            from prepdeck.study.mock_sitting import moment_ms

            self._typed_at[field.sheet] = moment_ms(self.sat, self._reader())

    def gather(self) -> None:
        """Put what was typed into the mock."""
        from prepdeck.study.mock_sitting import happened

        for field in self.query(SheetField):
            at = self._typed_at.pop(field.sheet, None)
            if at is None:
                continue
            ended = self.sat.mock.ended_ms
            event = Written(at if ended is None else min(at, ended), field.sheet, field.text)
            try:
                self.sat = happened(self.sat, event)
            except PrepdeckError as error:
                self._fault = sentence_of(error)
                self.say(self._fault, is_error=True)

    # Storing

    def save(self) -> None:
        """Have everything stored that gathered; a save that is on its way is waited for, and followed by another."""
        if self._is_left or self._keeper is None:
            return
        self.gather()
        self._asked_at = self.prepdeck.seconds()
        if not self._is_saving:
            self._is_saving = True
            self.run_worker(self._watch(self._begin_save(self._keeper)), group="save")

    def _begin_save(self, keeper: MockKeeper) -> Future[tuple[Event, ...]]:
        return self.prepdeck.clerk.begin(partial(keeper.store, self.sat))

    async def _watch(self, work: Future[tuple[Event, ...]]) -> bool:
        """Take what was stored off the list, and tell whether it could be stored."""
        from prepdeck.study.mock_sitting import stored

        try:
            events = await self.prepdeck.clerk.wait_for(work)
        except PrepdeckError as error:
            self._fault = sentence_of(error)
            self.say(f"Not saved, tried again every few seconds: {self._fault}", is_error=True)
            return False
        finally:
            self._is_saving = False
        self.sat = stored(self.sat, events)
        self._saved_at = self.prepdeck.seconds()
        if self._fault:
            self._fault = ""
            self.say("Saved again; nothing is lost.")
        if self.is_mounted and self.is_on_top:
            self.show_time()
        return True

    async def save_last(self) -> bool:
        """Store everything before the page is left, and tell whether it could be stored."""
        self.gather()
        return self._keeper is None or await self._watch(self._begin_save(self._keeper))

    def put_away(self) -> None:
        """Store everything, because the program may end."""
        if not self._is_left and self._keeper is not None:
            self.gather()
            self._begin_save(self._keeper)

    def on_descendant_blur(self) -> None:
        """Store what was typed when a sheet is left."""
        if self.is_mounted:
            self.save()

    def saved_piece(self) -> Piece:
        """Return how long ago everything was stored."""
        if self._fault:
            return Piece("not saved", Tone.ERROR, strong=True)
        return Piece(f"saved {max(0, int(self.prepdeck.seconds() - self._saved_at))} s ago", Tone.MUTED)
