"""What a machine saw of a mock, and how it holds marks: tests, runs, seconds and hints.

Machine evidence comes before anybody's opinion, and only where there is something to see: no code, no bound by tests.
Limits in seconds grow with the time a candidate was given; a story too short stays too short.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, assert_never

from prepdeck.cards.blueprint import StarTiming
from prepdeck.cards.rubric import LEVELS, Criterion, Evidence, Rubric, VerdictScale
from prepdeck.interview.mock import Mock
from prepdeck.interview.questions import Sort

TEST_SHARES: Final = ((Fraction(2, 5), 1), (Fraction(4, 5), 2), (Fraction(1), 3))
"""Below such a share of passed tests a mark is at most so high."""
UNCHECKED_MARK: Final = 2
"""Highest mark for code that was never run before the end."""
SLOW_ANSWER_SECONDS: Final = 150
"""A rapid answer that takes longer holds its criterion down."""
SLOW_ANSWER_MARK: Final = 2
"""How far down."""
LONG_STORY_SECONDS: Final = 240
"""A told story that takes longer gets a 1."""
SHORT_STORY_SECONDS: Final = 40
"""A told story that is shorter gets a 1."""
TOUCHED_SECONDS: Final = 5
"""A clock of stories that ran for less was only touched."""
STORY_MARK: Final = 1
"""What such a story gets."""
BLANK: Final = "one left blank"
"""What is told of a problem nobody wrote code for."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What a machine says about the mark for one criterion."""

    at_most: int | None
    """Highest mark that counts, 1-4; None when any may."""
    filled: int | None
    """The mark itself, when there is nothing left to judge; None otherwise."""
    words: str
    """What was seen, for people: `9 of 12 hidden tests passed`."""

    @property
    def has_effect(self) -> bool:
        """Whether it fills a mark or holds one; evidence without effect is shown all the same."""
        return self.filled is not None or (self.at_most is not None and self.at_most < LEVELS)


def bounds_of(
    mock: Mock, rubric: Rubric, scale: VerdictScale | None, star: StarTiming | None = None
) -> Mapping[str, Bound]:
    """Return what was seen for each criterion, by its slug; criteria without evidence are missing.

    Args:
        mock: The mock.
        rubric: What judges it.
        scale: What hints cost, if it says so.
        star: The clock of stories; its warnings are told with the evidence and bound nothing.
    """
    seen: dict[str, Bound] = {}
    for criterion in rubric.criteria:
        bounds = [
            bound for bound in (_seen(mock, criterion, star), _hinted(mock, criterion, scale)) if bound is not None
        ]
        if bounds:
            seen[criterion.id] = _together(bounds)
    return seen


def effective(level: int | None, bound: Bound | None) -> int | None:
    """Return the mark that counts: what a machine filled in, else what was given, never above a bound."""
    if bound is None:
        return level
    counted = level if bound.filled is None else bound.filled
    if counted is None or bound.at_most is None:
        return counted
    return min(counted, bound.at_most)


def _together(bounds: Sequence[Bound]) -> Bound:
    limits = [bound.at_most for bound in bounds if bound.at_most is not None]
    fills = [bound.filled for bound in bounds if bound.filled is not None]
    words = "; ".join(bound.words for bound in bounds)
    return Bound(min(limits, default=None), min(fills, default=None), words)


def _seen(mock: Mock, criterion: Criterion, star: StarTiming | None) -> Bound | None:
    match criterion.evidence:
        case None | Evidence.HINTS:  # what hints cost stands in the scale, see `_hinted`
            return None
        case Evidence.HIDDEN_TESTS:
            return _tested(mock)
        case Evidence.OWN_CHECKS:
            return _ran(mock)
        case Evidence.ANSWER_SECONDS:
            return _answered(mock)
        case Evidence.STORY_CLOCK:
            return _told(mock, star)
        case _:
            assert_never(criterion.evidence)


def _hinted(mock: Mock, criterion: Criterion, scale: VerdictScale | None) -> Bound | None:
    hints = sum(answer.hints for answer in mock.answers)
    cap = None if scale is None else scale.hints
    if cap is None or not hints or not cap.marks:
        return None
    if criterion.id != cap.criterion and criterion.evidence is not Evidence.HINTS:
        return None
    return Bound(cap.marks[min(hints, len(cap.marks)) - 1], None, f"{hints} {'hint' if hints == 1 else 'hints'} used")


def _code_questions(mock: Mock) -> list[int]:
    return [number for number, question in enumerate(mock.questions) if question.sort.is_code]


def _tested(mock: Mock) -> Bound | None:
    """Return the bound by hidden tests: every problem counts alike, and a blank one in a strict mock passed none.

    Code that could not be run may have been right, and counts so beside problems of which more is known.
    """
    results = [_result(mock, number) for number in _code_questions(mock)]
    shares = [share for share, _ in results if share is not None]
    if not shares:
        return None
    if all(words == BLANK for _, words in results):
        return Bound(1, 1, "nothing was written")
    told = [(share, words) for share, words in results if words]
    share = sum((Fraction(1) if share is None else share for share, _ in told), Fraction(0)) / len(told)
    at_most = next((mark for below, mark in TEST_SHARES if share < below), LEVELS)
    return Bound(at_most, None, ", ".join(words for _, words in told))


def _result(mock: Mock, number: int) -> tuple[Fraction | None, str]:
    """Return the share of tests a problem passed, None when it is not known, and words; none when nothing is seen."""
    judged = mock.answers[number].judged
    if mock.is_blank(number):
        return (Fraction(0), BLANK) if mock.is_strict and mock.is_over else (None, "")
    if judged is None or not judged.of:
        return None, "one not run"
    return Fraction(judged.passed, judged.of), f"{judged.passed} of {judged.of} tests passed"


def _ran(mock: Mock) -> Bound | None:
    written = [number for number in _code_questions(mock) if not mock.is_blank(number)]
    if not written or not mock.is_over:
        return None
    runs = sum(len(mock.answers[number].runs) for number in written)
    if not runs:
        return Bound(UNCHECKED_MARK, None, "the code was never run before the end")
    return Bound(None, None, f"the code was run {'once' if runs == 1 else f'{runs} times'} before the end")


def _answered(mock: Mock) -> Bound | None:
    spent = [mock.worked_ms(number) for number, question in enumerate(mock.questions) if question.sort is Sort.RAPID]
    slowest = max(spent, default=0)
    if not slowest:
        return None
    limit = SLOW_ANSWER_SECONDS * 1000 * mock.terms.time_factor
    words = f"the slowest rapid answer took {_clock(slowest)}"
    return Bound(SLOW_ANSWER_MARK if slowest > limit else None, None, words)


def _told(mock: Mock, star: StarTiming | None) -> Bound | None:
    told = [answer.told_ms for answer in mock.answers if answer.told_total_ms >= TOUCHED_SECONDS * 1000]
    if not told:
        return None
    longest = LONG_STORY_SECONDS * 1000 * mock.terms.time_factor
    shortest = SHORT_STORY_SECONDS * 1000
    totals = [sum(parts.values()) for parts in told]
    off = sum(total > longest or total < shortest for total in totals)
    words = [f"{'stories' if len(told) > 1 else 'the story'} took {', '.join(_clock(total) for total in totals)}"]
    words += _warnings(told, star, mock.terms.time_factor)
    # One story of several that went wrong is a matter for judgement; that most of them did is not.
    return Bound(None, STORY_MARK if off * 2 > len(totals) else None, "; ".join(words))


def _warnings(told: Sequence[Mapping[str, int]], star: StarTiming | None, factor: Fraction) -> list[str]:
    if star is None:
        return []
    setups = [Fraction(parts.get("situation", 0) + parts.get("task", 0), sum(parts.values())) for parts in told]
    actions = [Fraction(parts.get("action", 0), sum(parts.values())) for parts in told]
    words = []
    if max(setups) > star.warnings.setup_share_over:
        words.append(f"setup took {_percent(max(setups))} of one")
    if min(actions) < star.warnings.action_share_under:
        words.append(f"action took {_percent(min(actions))} of one")
    longest = max(sum(parts.values()) for parts in told)
    if longest > star.warnings.total_over_seconds * 1000 * factor:
        words.append(f"one is longer than {_clock(round(star.warnings.total_over_seconds * 1000 * factor))}")
    results = [parts.get("result", 0) for parts in told]
    if min(results) < star.warnings.result_under_seconds * 1000:
        words.append(f"the result of one took {min(results) // 1000} s")
    return words


def _percent(share: Fraction) -> str:
    return f"{round(share * 100)} %"


def _clock(milliseconds: int) -> str:
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02d}"
