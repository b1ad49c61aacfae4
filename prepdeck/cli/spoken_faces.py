"""How design cases, behavioural prompts and stories are asked on plain lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from prepdeck.cards.spoken import Design, Probe, Star, Story
from prepdeck.cli.face import PROMPT, Face
from prepdeck.cli.layout import Layout
from prepdeck.text.slugs import slug_words

if TYPE_CHECKING:
    from prepdeck.study.reviewing import CardView


class DesignFace(Face):
    """A design case: Enter opens its outline phase by phase."""

    def __init__(self, view: CardView, layout: Layout, body: Design) -> None:
        super().__init__(view, layout)
        self._body = body
        self._open = 0

    def front(self) -> str:
        """Return the problem, and for whom it is."""
        family = f"family: {slug_words(self._body.family)}" if self._body.family else ""
        formats = f"asked in: {', '.join(self._body.formats)}" if self._body.formats else ""
        about = self._layout.wrapped("; ".join(part for part in (family, formats) if part))
        return "\n\n".join(part for part in (self._layout.shown(self._view.front), about) if part)

    def prompt(self) -> str:
        """Return the line that says what may be typed."""
        left = len(self._body.outline) - self._open
        if left == 1:
            return PROMPT.replace("answer", "last phase")
        return PROMPT.replace("answer", f"phase {self._open + 1} of {len(self._body.outline)}")

    @property
    def points(self) -> tuple[str, ...]:
        """The points of all phases."""
        return self._body.points

    def back(self) -> str:
        """Return the last phase, and what stands beside the outline."""
        body = self._body
        return self._with_margin(
            "\n\n".join(self._phase(number) for number in range(self._open, len(body.outline))),
            self._listed("Numbers", (figure.text for figure in body.numbers)),
            self._listed("Ask first", body.clarifications),
            probe_text(body.probes, self._layout),
            self._listed("Pitfalls", body.pitfalls),
            f"Twist: {self._layout.hanging(body.twist)}" if body.twist else "",
            f"Rubric: {slug_words(body.rubric)}",
        )

    def _answer(self, words: str) -> str | None:
        if words or self._open + 1 >= len(self._body.outline):
            return super()._answer(words)
        self._open += 1
        return self._phase(self._open - 1)

    def _phase(self, number: int) -> str:
        phase = self._body.outline[number]
        first = sum(len(each.points) for each in self._body.outline[:number])
        return f"{slug_words(phase.phase).capitalize()}:\n{self._numbered(phase.points, first)}"


class StarFace(Face):
    """A behavioural prompt, told aloud."""

    def __init__(self, view: CardView, layout: Layout, body: Star) -> None:
        super().__init__(view, layout)
        self._body = body

    def front(self) -> str:
        """Return the prompt, what it looks for, and the learner's stories that fit."""
        seconds = self.card.seconds
        aim = f"; aim for {seconds // 60}:{seconds % 60:02}" if seconds else ""
        stories = self._view.stories
        about = self._layout.wrapped(f"(looks for {slug_words(self._body.competency)}{aim})")
        own = self._listed("Your stories that show it", stories) if stories else "None of your stories shows it yet."
        return f"{self._layout.shown(self._view.front)}\n{about}\n\n{own}"

    @property
    def points(self) -> tuple[str, ...]:
        """What strong answers hold."""
        return self._body.strong_signals

    def back(self) -> str:
        """Return strong and weak signals, and what is asked into the answer."""
        strong = self._numbered(self._body.strong_signals)
        return self._with_margin(
            f"Strong answers:\n{strong}" if strong else "",
            self._listed("Weak answers", self._body.weak_signals),
            probe_text(self._body.probes, self._layout),
            f"Rubric: {slug_words(self._body.rubric)}",
        )


class StoryFace(Face):
    """A story of the learner's own."""

    def __init__(self, view: CardView, layout: Layout, body: Story) -> None:
        super().__init__(view, layout)
        self._body = body

    def front(self) -> str:
        """Return what is asked of it this time."""
        return self._layout.shown(self._view.front)

    def back(self) -> str:
        """Return its five parts, its metric, and what it shows."""
        return self._with_margin(story_text(self._body, self._layout, with_title=self._view.wording > 0))


def story_text(body: Story, layout: Layout, *, with_title: bool = False) -> str:
    """Return a story in its parts."""
    parts = (
        ("Situation", body.situation),
        ("Task", body.task),
        ("Action", body.action),
        ("Result", body.result),
        ("Reflection", body.reflection),
        ("Metric", body.metric),
        ("Shows", ", ".join(map(slug_words, body.competencies))),
    )
    told = "\n".join(f"{name}: {layout.hanging(text)}" for name, text in parts if text)
    return f"{layout.shown(body.title)}\n\n{told}" if with_title else told


def probe_text(probes: Iterable[Probe], layout: Layout) -> str:
    """Return what an interviewer asks into an answer, with what a good one says."""
    lines = []
    for probe in probes:
        lines.append(f"Asked next: {layout.hanging(probe.ask)}")
        if probe.good is not None:
            lines.append(f"    {layout.hanging(probe.good)}")
    return "\n".join(lines)
