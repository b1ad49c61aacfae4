"""What one file says of another: rubrics and formats that cards and formats name, and phases of outlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from prepdeck.cards.blueprint import WRAP_UP, Blueprint, Formats
from prepdeck.cards.card import Card
from prepdeck.cards.code import Code
from prepdeck.cards.roadmap import Roadmap
from prepdeck.cards.rubric import Rubric, Rubrics
from prepdeck.cards.spoken import Design, Star
from prepdeck.deckfile.entries import MOST_NAMED, check_known, first_of_each_id, ids_of, tables_of, texts_in
from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.loops import check_loop
from prepdeck.deckfile.nodes import Node, Scalar, Table
from prepdeck.deckfile.problem import Problem
from prepdeck.deckfile.reading import Reading
from prepdeck.deckfile.roadmap import decks_of_road


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything that may be named."""

    formats: Mapping[str, Blueprint]
    """Formats by id."""
    rubrics: Mapping[str, Rubric]
    """Rubrics by id."""
    faulty: frozenset[str]
    """Ids of formats and rubrics that were left out: they exist, and their own problems say the rest."""


def check_references(
    readings: Sequence[Reading],
    *,
    formats: Mapping[str, Blueprint],
    rubrics: Mapping[str, Rubric],
    decks: Mapping[str, bool] | None = None,
) -> tuple[Problem, ...]:
    """Return the problems of what files say of each other, file after file and each by place.

    Args:
        readings: The files that are checked; of two with the same format or rubric the later one counts.
        formats: Formats by id that may be named besides those of `readings`: the bundled ones.
        rubrics: Rubrics by id that may be named besides those of `readings`.
        decks: Decks that a road may name, each with whether it is optional; None when they are not known.
    """
    known = _gather(readings, formats, rubrics)
    met: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for reading in readings:
        notes = Findings(reading.source)
        if reading.root is None:
            continue
        _check_names(notes, reading, met)
        match reading.document:
            case Formats(blueprints=blueprints):
                _check_formats(notes, reading.root, blueprints, known)
            case Roadmap() as road:
                if decks is not None:
                    _check_road(notes, reading.root, road, decks)
            case Rubrics():
                pass
            case None:
                _check_cards(notes, reading, known)
        problems.extend(notes.problems())
    return tuple(problems)


def _gather(readings: Iterable[Reading], formats: Mapping[str, Blueprint], rubrics: Mapping[str, Rubric]) -> _Known:
    all_formats, all_rubrics, faulty = dict(formats), dict(rubrics), set()
    for reading in readings:
        match reading.document:
            case Formats(blueprints=blueprints):
                all_formats.update({blueprint.id: blueprint for blueprint in blueprints})
                faulty.update(_ids(reading.root, "formats") - {blueprint.id for blueprint in blueprints})
            case Rubrics(rubrics=found):
                all_rubrics.update({rubric.id: rubric for rubric in found})
                faulty.update(_ids(reading.root, "rubrics") - {rubric.id for rubric in found})
            case Roadmap() | None:
                pass
    return _Known(all_formats, all_rubrics, frozenset(faulty))


def _ids(root: Table | None, name: str) -> set[str]:
    return set(ids_of(root.entries.get(name))) if root is not None else set()


def _check_names(notes: Findings, reading: Reading, met: dict[tuple[str, str], str]) -> None:
    """Warn of a format, rubric or roadmap that an earlier file has too."""
    for sort, name, scalar in _names(reading):
        earlier = met.get((sort, name))
        if earlier is not None and earlier != reading.path:
            what = f"{sort} {quoted(name)}" if name else "a roadmap"
            fault = Fault("W120", f"{what} stands in {earlier} too", "this one is used", help="give it another id")
            notes.report(scalar, fault)
        met[sort, name] = reading.path


def _names(reading: Reading) -> Iterator[tuple[str, str, Scalar]]:
    """Yield what `reading` adds to the formats, rubrics and roadmaps, each with the place of its name."""
    root = reading.root
    if root is None:
        return
    match reading.document:
        case Formats():
            sort, tables = "format", tables_of(root.entries["formats"])
        case Rubrics():
            sort, tables = "rubric", tables_of(root.entries["rubrics"])
        case Roadmap():
            yield "roadmap", "", root.key("roadmap")
            return
        case None:
            return
    for table in tables:
        for scalar in texts_in(table.entries.get("id")):
            yield sort, scalar.text, scalar


def _check_formats(notes: Findings, root: Table, blueprints: Iterable[Blueprint], known: _Known) -> None:
    own = {blueprint.id: blueprint for blueprint in blueprints}
    for slug, table in first_of_each_id(root.entries["formats"]).items():
        _check_rubric(notes, table, known, "leave the line out for a drill")
        before = notes.error_count
        for round_ in tables_of(table.entries.get("rounds")):
            _check_format_names(notes, round_, "format", known)
        blueprint = own.get(slug)
        if blueprint is None or not blueprint.is_loop:
            continue  # a faulty one still says what it names: all problems come in one run
        names = blueprint.formats
        has_others = any(slug not in own for slug in names)
        if has_others and all(slug in known.formats for slug in names) and notes.error_count == before:
            # A loop of this file's formats alone was judged when the file was read.
            check_loop(notes, table, blueprint, known.formats)


def _check_cards(notes: Findings, reading: Reading, known: _Known) -> None:
    if reading.deck is None:
        return
    for card in reading.deck.cards:
        table = reading.tables.get(card.id)
        if table is not None and isinstance(card.body, Design | Star | Code):
            _check_rubric(notes, table, known, "write the id of a rubric")
            _check_outline(notes, card, table, known)


def _check_road(notes: Findings, root: Table, road: Roadmap, decks: Mapping[str, bool]) -> None:
    """Report decks that a road without targets names and nobody has, and decks of a choice that are asked unchosen."""
    if not road.targets:
        for node in decks_of_road(root):
            check_known(notes, node, decks, "a deck that is here", "add the deck, or write the name of one")
    for phase in tables_of(root.entries.get("roadmap")):
        for scalar in texts_in(phase.entries.get("choose_one")):
            if decks.get(scalar.text) is False:
                message = f"{quoted(scalar.text)} is one of a choice, and is asked before it is chosen"
                help_text = f"write `optional: true` into the deck {scalar.text}"
                fault = Fault("W121", message, "not optional", help=help_text)
                notes.report(scalar, fault)


def _check_rubric(notes: Findings, table: Table, known: _Known, help_text: str) -> None:
    for scalar in texts_in(table.entries.get("rubric")):
        if scalar.text not in known.rubrics and scalar.text not in known.faulty:
            names = tuple(islice(known.rubrics, MOST_NAMED))
            advice = notes.did_you_mean(scalar.text, names, help_text)
            message = f"there is no rubric {quoted(scalar.text)}"
            notes.report(scalar, Fault("E094", message, "not a rubric", names, advice))


def _check_format_names(notes: Findings, table: Table, field: str, known: _Known) -> None:
    for scalar in texts_in(table.entries.get(field)):
        if scalar.text not in known.formats and scalar.text not in known.faulty:
            names = tuple(islice(known.formats, MOST_NAMED))
            advice = notes.did_you_mean(scalar.text, names, "write the id of a format")
            message = f"there is no format {quoted(scalar.text)}"
            notes.report(scalar, Fault("E095", message, "not a format", names, advice))


def _check_outline(notes: Findings, card: Card, table: Table, known: _Known) -> None:
    """Report formats a design cannot be asked in, and phases that its outline lacks or makes up."""
    if not isinstance(card.body, Design) or not card.body.formats:
        return
    before = notes.error_count
    _check_format_names(notes, table, "formats", known)
    for scalar in texts_in(table.entries["formats"]):
        if scalar.text in known.formats and known.formats[scalar.text].is_loop:
            message = f"{quoted(scalar.text)} is a loop; a card is asked in one interview"
            help_text = "write the formats the loop is made of"
            notes.report(scalar, Fault("E095", message, "a loop", help=help_text))
    if notes.error_count > before or not set(card.body.formats) <= known.formats.keys():
        return
    phases: dict[str, list[str]] = {}
    for slug in card.body.formats:
        for phase in known.formats[slug].phases:
            phases.setdefault(phase.id, []).append(slug)
    meant = _report_unknown(notes, card.body, table.entries["outline"], tuple(phases))
    covered = {WRAP_UP, *meant, *(phase.phase for phase in card.body.outline)}
    _report_missing(notes, table.key("outline"), {slug: phases[slug] for slug in phases if slug not in covered})


def _report_unknown(notes: Findings, design: Design, outline: Node, phases: tuple[str, ...]) -> set[str]:
    """Report phases that no format has, and return those that were probably meant."""
    meant: set[str] = set()
    if not isinstance(outline, Table):
        return meant
    for written in outline.entries:
        if written not in phases:
            message = f"{quoted(written)} is no phase of {' or '.join(design.formats)}"
            advice = notes.did_you_mean(written, phases, "write a phase of its formats")
            notes.report(outline.key(written), Fault("E097", message, "not a phase", phases, advice))
            meant.add(notes.meant(written, phases) or "")
    return meant


def _report_missing(notes: Findings, place: Scalar, missing: Mapping[str, list[str]]) -> None:
    for phase, formats in missing.items():
        message = f"the outline says nothing about {quoted(phase)}, a phase of {' and '.join(formats)}"
        help_text = f"add `{phase}: [first point, second point]`"
        notes.report(place, Fault("E096", message, f"{phase} is missing", help=help_text))
