"""Formats, rubrics and the roadmap in use; knows no database, so that `lint` stays light."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from prepdeck.cards.blueprint import Blueprint, Formats, StarTiming
from prepdeck.cards.roadmap import Roadmap
from prepdeck.cards.rubric import Rubric, Rubrics, VerdictScale
from prepdeck.host.bundled import bundled_folder
from prepdeck.study.discovery import FoundFile, read_file

BUNDLED_FILES = ("formats.yaml", "rubrics.yaml", "roadmap.yaml")
"""Names of the bundled files that are no decks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """What the files beside the decks hold, put together."""

    formats: Mapping[str, Blueprint] = field(default_factory=dict)
    """Formats by id; a loop is among them only when its rounds are."""
    rubrics: Mapping[str, Rubric] = field(default_factory=dict)
    """Rubrics by id."""
    star_timing: StarTiming | None = None
    """The clock of stories."""
    verdicts: VerdictScale | None = None
    """How marks become a verdict."""
    roadmap: Roadmap | None = None
    """The road."""


def documents_of(files: Iterable[FoundFile], beneath: Documents | None = None) -> Documents:
    """Return what some files hold besides decks; of two things with one name the later one counts.

    Args:
        files: Files in their order; decks among them are passed over.
        beneath: What counts where no file says otherwise.
    """
    beneath = beneath or Documents()
    formats, rubrics = dict(beneath.formats), dict(beneath.rubrics)
    star_timing, verdicts, roadmap = beneath.star_timing, beneath.verdicts, beneath.roadmap
    for file in files:
        match file.reading.document:
            case Formats(blueprints=blueprints, star_timing=own):
                formats.update({blueprint.id: blueprint for blueprint in blueprints})
                star_timing = own or star_timing
            case Rubrics(rubrics=found, verdicts=own):
                rubrics.update({rubric.id: rubric for rubric in found})
                verdicts = own or verdicts
            case Roadmap() as road:
                roadmap = road
            case None:
                pass
    # A loop of one file may name formats of another that are not there, or last longer since one was replaced.
    formats = {slug: each for slug, each in formats.items() if not each.is_loop or _is_whole(each, formats)}
    return Documents(formats=formats, rubrics=rubrics, star_timing=star_timing, verdicts=verdicts, roadmap=roadmap)


def _is_whole(loop: Blueprint, formats: Mapping[str, Blueprint]) -> bool:
    return loop.rounds_minutes(formats) == loop.minutes


def bundled_documents() -> Documents:
    """Return the formats, rubrics and roadmap that travel with the program.

    Raises:
        FileNotFoundError: When the installation is incomplete.
    """
    folder = bundled_folder("decks")
    return documents_of(read_file(folder / name, "bundled") for name in BUNDLED_FILES)
