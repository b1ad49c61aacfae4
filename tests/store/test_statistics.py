"""Queries of the statistics use the indexes they are meant to use."""

from __future__ import annotations

from pathlib import Path

from prepdeck.store.statistics import ALL_TALLIES, TALLIES
from prepdeck.store.store import open_store


def test_the_last_days_are_found_by_an_index_and_all_days_in_one_pass(tmp_path: Path) -> None:
    store = open_store(tmp_path / "prepdeck.db", tmp_path / "backups", stamp="x")
    with store.reading() as log:
        plans = [
            " / ".join(row[3] for row in log.raw.execute(f"EXPLAIN QUERY PLAN {query}", ("2026-11-01",)))
            for query in (TALLIES, ALL_TALLIES)
        ]
    store.close()
    assert "SEARCH r USING INDEX reviews_by_day" in plans[0]
    assert "SCAN r" in plans[1]
    assert all("actions_by_kind" in plan for plan in plans)
