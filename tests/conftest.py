"""What every proof needs, also where only the tests and an installed wheel are."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.full import FULL

# The daily run draws the same examples every time, so that a red run means a change and not bad luck; the full figures
# are drawn anew each time.
settings.register_profile("prepdeck", derandomize=not FULL, deadline=None, print_blob=True)
settings.load_profile("prepdeck")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "promise(number): proves a numbered promise of the product")
