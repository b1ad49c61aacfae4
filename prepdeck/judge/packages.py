"""Packages that cards need and that may not be installed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Final

EXTRAS: Final = {"numpy": ("NumPy", "'prepdeck[ml]'")}
"""Packages that come with an extra of prepdeck: how they are called, and what installs them."""
MODULES: Final = {"scikit-learn": "sklearn", "pillow": "PIL", "pyyaml": "yaml", "python-dateutil": "dateutil"}
"""Packages whose module is called differently."""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def name_of(requirement: str) -> str:
    """Return the package's name in a requirement such as `numpy>=1.26`."""
    match = _NAME.match(requirement.strip())
    return match[0].lower() if match else requirement.strip().lower()


def module_of(requirement: str) -> str:
    """Return the module that a requirement is imported as."""
    name = name_of(requirement)
    return MODULES.get(name, name.replace("-", "_"))


def missing_packages(requires: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the required packages that are not installed, each once; nothing is imported."""
    missing: dict[str, None] = {}
    for requirement in requires:
        try:
            found = find_spec(module_of(requirement).partition(".")[0])
        except (ImportError, ValueError):
            found = None
        if found is None:
            missing[name_of(requirement)] = None
    return tuple(missing)


def say_missing(missing: Iterable[str]) -> str:
    """Return what a card needs and what installs it: `this card needs NumPy: pip install 'prepdeck[ml]'`."""
    named = [EXTRAS.get(name, (name, name)) for name in missing]
    needs = " and ".join([", ".join(called for called, _ in named[:-1])] * (len(named) > 1) + [named[-1][0]])
    return f"this card needs {needs}: pip install {' '.join(dict.fromkeys(what for _, what in named))}"
