"""What every proof needs, also where only the tests and an installed wheel are."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "promise(number): proves a numbered promise of the product")
