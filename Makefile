# The index of commands. `make demo` and `make test` set up everything they need on a fresh machine with Python 3.11 or later.

.DEFAULT_GOAL := help
.PHONY: help demo test lint docs bench laws wheel clean

SHELL := /bin/sh
BIN := .venv/bin
STAMP := .venv/.installed
DEMO := build/demo

help:
	@echo "make demo    the main job on an example, from nothing"
	@echo "make test    all tests"
	@echo "make lint    style and types"
	@echo "make docs    regenerate the reference, the error gallery and the JSON Schemas"
	@echo "make bench   ratios of cost, side by side in one run"
	@echo "make laws    the properties again, with thousands of examples"
	@echo "make wheel   build the wheel, and run the demo from it outside this folder"
	@echo "make clean   remove everything that make made"

demo: $(STAMP)
	@rm -rf $(DEMO)
	@$(BIN)/salescli demo $(DEMO)

test: $(STAMP)
	@$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

docs: $(STAMP)
	@$(BIN)/python tools/docs.py

bench: $(STAMP)
	@$(BIN)/python -c 'import pandas, sqlite_utils' 2>/dev/null \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]' \
		|| echo "pandas or sqlite-utils could not be installed: the comparison with it is skipped" >&2
	@$(BIN)/python tools/bench.py

laws: $(STAMP)
	@HYPOTHESIS_PROFILE=laws $(BIN)/python -m pytest -n auto --dist worksteal tests/properties tests/unit

# What people install is the wheel: into an environment of its own, and the main job away from the sources.
wheel: $(STAMP)
	@rm -rf build/wheel && mkdir -p build/wheel/elsewhere
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir build/wheel .
	@$(BIN)/python -m venv build/wheel/venv
	@build/wheel/venv/bin/python -m pip install --quiet --disable-pip-version-check build/wheel/salescli-*.whl
	@cd build/wheel/elsewhere && ../venv/bin/salescli --version && ../venv/bin/salescli demo > demo.txt && tail -n 3 demo.txt

# The stamp is newer than pyproject.toml where the environment holds what it asks for.
$(STAMP): pyproject.toml
	@python=$$(tools/find_python.sh) && { test -x $(BIN)/python || "$$python" -m venv .venv; }
	@echo "installing salescli and its tools into .venv" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(STAMP)

clean:
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
