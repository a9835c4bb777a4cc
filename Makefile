# The set-up lives in .venv and is done again only when the locked packages or pyproject.toml change.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
READY := $(VENV)/.set-up
# one more than two cores: some tests wait for processes they start
WORKERS ?= 3

.PHONY: help setup demo up test coverage check e2e bench docs soak
.DEFAULT_GOAL := help

help: ## print these targets
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name does; do printf '%-8s %s\n' "$$name" "$$does"; done

setup: $(READY) ## make .venv with everything in it

demo: $(READY) ## take sample lists through the whole line, in .demo, and stop
	@LEADMILL_DATA=.demo $(RUN)/leadmill demo

up: $(READY) ## serve until Ctrl-C, on the data in .leadmill
	@$(RUN)/leadmill up

test: $(READY) ## run the tests
	@$(RUN)/pytest -n $(WORKERS) -m "not slow and not long" --ignore tests/benchmarks

coverage: $(READY) ## run the tests and tell which branches none of them takes; fails under 90 %
	@$(RUN)/pytest -n $(WORKERS) -m "not slow and not long" --ignore tests/benchmarks --cov --cov-report=term:skip-covered --cov-fail-under=90

check: $(READY) ## lint, types, layers
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .
	@$(RUN)/mypy
	@$(RUN)/lint-imports

e2e: $(READY) ## run the slow tests: demo, faults, two years of numbers and a quarter of selling in small
	@$(RUN)/pytest -m slow --ignore tests/benchmarks

soak: $(READY) ## run the longest tests: random histories by the thousand, a million numbers
	@$(RUN)/pytest -n $(WORKERS) -m long

docs: $(READY) ## write the pages that are generated from the code
	@$(RUN)/python -m services.docs

bench: $(READY) ## measure, several minutes
	@$(RUN)/pytest -n 0 -s tests/benchmarks

# umask: the embedded PostgreSQL runs as another user when this is root, and must be able to read what is installed
$(READY): requirements-test.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "leadmill needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@umask 022 && $(PYTHON) -m venv $(VENV) \
	  && echo "installing what requirements-test.lock names into $(VENV)" \
	  && $(RUN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-test.lock \
	  && $(RUN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
