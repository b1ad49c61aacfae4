"""What every proof needs, also where only the tests and an installed wheel are."""

from __future__ import annotations

import gc
import os
import sys

import pytest
from hypothesis import settings

from tests.full import FULL

# Hundreds of programs are started here: like anywhere else, the first leaves its compiled modules to the others.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# The daily run draws the same examples every time, so that a red run means a change and not bad luck; the full figures
# are drawn anew each time.
settings.register_profile("prepdeck", derandomize=not FULL, deadline=None, print_blob=True)
settings.load_profile("prepdeck")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "promise(number): proves a numbered promise of the product")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Keep the thousands of collected tests out of the garbage collector's rounds, which took an eighth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, 100)
