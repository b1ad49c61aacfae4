"""One number, wherever it stands: home, statistics and the command line."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from textual.pilot import Pilot

from prepdeck.cli.program import program
from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.reviewing import record_answer
from prepdeck.tui.screens.stats_words import FIGURES
from prepdeck.tui.widgets.figures import Figure
from tests.tui import stage

UNSEEN = "deck: zebra\ntitle: Zebra\ncards:\n- {id: one, front: a, back: b}\n"


def answer_of(*words: str) -> Any:
    """Return what a verb says as JSON."""
    return json.loads(CliRunner().invoke(program, [*words, "--json"], catch_exceptions=False).stdout)


def numbers_of(pilot: Pilot[Any], pattern: str) -> tuple[str, ...]:
    """Return what a pattern catches in the first line of the screen that has it."""
    found = next((match for line in stage.rows(pilot) if (match := re.search(pattern, line))), None)
    assert found is not None, stage.text(pilot)
    return found.groups()


def test_home_and_statistics_show_the_numbers_that_due_stats_and_ready_print(home: Path) -> None:
    stage.practise()
    with open_desk(Options()) as desk:
        for card in desk.library.cards[:2]:
            record_answer(desk, card.id, 1, at=desk.clock.now() - timedelta(hours=20), seconds=70)
    (home / "decks" / "zebra.yaml").write_text(UNSEEN, encoding="utf-8")
    day, ready = answer_of("due"), answer_of("ready")
    month = answer_of("stats", "--since", "2026-10-23")
    track = next(each for each in ready["tracks"] if each["track"] == "ml-fundamentals")
    assert (day["due"], day["new"], month["mature"]) == (2, 1, 0)
    kept, percent = month["retention"]["kept"], f"{track['recall']:.0%}"
    boxes = {
        "kept": f"{kept:.1%} kept (goal 90)",
        "answers": f"{month['reviews']} reviews",
        "pace": f"{month['minutes'] * 60 / month['reviews']:.0f} s per card",
        "time": f"{month['minutes']:.0f} min studied",
        "mature": "0 mature cards",
    }

    async def play(pilot: Pilot[Any]) -> None:
        shown = numbers_of(pilot, r"All due cards\s+\S+\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)%")
        cards = sum(deck["cards"] for deck in day["decks"])
        assert shown == (str(day["due"]), str(day["new"]), str(cards), f"{kept * 100:.0f}")
        assert numbers_of(pilot, r"ML fundamentals \S+\s+(\d+%)") == (percent,)
        await stage.press(pilot, "s")
        assert numbers_of(pilot, r"ML fundamentals \S+\s+(\d+%)") == (percent,)
        for name in FIGURES:
            assert pilot.app.screen.query_one(f"#figure-{name}", Figure).rows()[0].text.strip() == boxes[name]
        for each in month["intervals"]:
            words = f"{each['from']}" if each["to"] in {None, each["from"]} else f"{each['from']}-{each['to']}"
            assert numbers_of(pilot, rf"│ {words}\+? days? +\S+\s+(\d+) │$") == (str(each["cards"]),)
        await stage.press(pilot, "tab", "tab", "tab", "tab", "tab")
        assert f"Sun 22 Nov: {month['forecast'][0]['due']}" in stage.text(pilot)

    stage.run(play, size=stage.WIDE)
    assert day["due"] == month["due"] == month["forecast"][0]["due"]
