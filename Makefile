# Bijli Saathi. Needs Python >= 3.11, make and a package index; everything else lands in .venv.

PYTHON ?= python3
BIN := .venv/bin
LOCK = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	--python-version 3.11 --upgrade

# uv installs in seconds; where it cannot (an index known to pip alone), pip does the same, slower.
install = $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $(1) \
	|| { echo "uv could not install $(1); trying pip." >&2; \
	     $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); }

PACKAGES = models voice bot payments discom channels storage simulators app bench

.DELETE_ON_ERROR:
.PHONY: run test test-long check bench lock clean venv compiled

# --- What people type ---------------------------------------------------------------------------

run: compiled var/nlu.stamp
	@set -e; \
	if [ -z "$$BIJLI_DATABASE__URL" ] && [ ! -e var/bijli.db ]; then touch var/seed.wanted; fi; \
	$(BIN)/bijli migrate; \
	if [ -e var/seed.wanted ]; then \
		$(BIN)/bijli seed --consumers 2000 --seed 1; rm var/seed.wanted; \
	fi; \
	BIJLI_DEMO=true exec $(BIN)/bijli serve

test: check compiled var/nlu.stamp
	$(BIN)/python -m pytest -m "not long"

test-long: check compiled var/nlu.stamp
	$(BIN)/python -m pytest --hypothesis-profile=full

check: .venv/dev.stamp
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev.stamp compiled var/nlu.stamp
	$(BIN)/python -m bench

# Everything a developer needs, without running anything.
venv: .venv/dev.stamp

# Moves every pin to the newest version that pyproject.toml allows.
lock: .venv/uv.stamp
	printf 'uv\nsetuptools\n' | $(LOCK) --no-annotate -o requirements-uv.lock -
	$(LOCK) --extra train -o requirements.lock pyproject.toml
	$(LOCK) --extra train --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

# Keeps var/, where the data are.
clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- How it comes about -------------------------------------------------------------------------

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Bijli Saathi needs Python 3.11 or newer; name one with: make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv .venv \
		|| { echo "This Python cannot make a .venv; on Debian and Ubuntu: apt-get install python3-venv" >&2; \
		     rm -rf .venv; exit 2; }

.venv/uv.stamp: requirements-uv.lock | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/run.stamp: requirements.lock pyproject.toml .venv/uv.stamp
	@echo "Installing into .venv …"
	@$(call install,requirements.lock)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	@$(call install,requirements-dev.lock)
	@touch $@

# Byte code at hand, even where Python is told to write none: a start then takes a second, not five.
compiled: .venv/run.stamp
	@$(BIN)/python -m compileall -q $(PACKAGES)

var/nlu.stamp: data/intents.yml $(wildcard bot/nlu/*.py) | .venv/run.stamp
	@mkdir -p var
	$(BIN)/bijli nlu train --data data/intents.yml --out var/nlu
	@touch $@
