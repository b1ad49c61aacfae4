"""The program that the judge starts: it makes its own package importable and nothing else of prepdeck.

It is run by path under `-S -s -P`, so that neither site-packages nor the folder of this file can be imported by a card.
"""

from __future__ import annotations

import sys
from types import ModuleType


def _open_package() -> None:
    """Give `prepdeck.judge.inside` its place without running `prepdeck`, which may not be importable here."""
    here = __file__.rpartition("/")[0]
    for name, path in (("prepdeck", []), ("prepdeck.judge", []), ("prepdeck.judge.inside", [here])):
        module = ModuleType(name)
        module.__path__ = path
        sys.modules[name] = module


if __name__ == "__main__":
    _open_package()
    from prepdeck.judge.inside.warden import stand

    stand(int(sys.argv[1]), int(sys.argv[2]))
