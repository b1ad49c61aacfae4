# What CI runs, one word each. `make venv` once, then `make check`.
PYTHON ?= .venv/bin/python
TESTS ?= -n 2

.PHONY: venv check format lint types contracts test decks promises benchmarks pictures

check: format lint types contracts test decks

venv:
	python3 -m venv .venv
	.venv/bin/python -m pip install -q -e ".[dev]"

format:
	$(PYTHON) -m ruff format --check .

lint:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy
	$(PYTHON) -m pyrefly check --summarize-errors

contracts:
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

test:
	$(PYTHON) -m pytest $(TESTS)

decks:
	$(PYTHON) -m prepdeck fmt --check decks
	$(PYTHON) -m prepdeck lint --strict --run decks
	$(PYTHON) scripts/deck_schema.py --check

# Every promise with its full figures: hundreds of kills, ten thousand examples. Takes half an hour.
promises:
	PREPDECK_PROMISES=full $(PYTHON) -m pytest $(TESTS) -m promise

benchmarks:
	$(PYTHON) -m benchmarks.run

pictures:
	$(PYTHON) scripts/screenshots.py
