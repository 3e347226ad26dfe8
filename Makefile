# Bijli Saathi. Needs Python >= 3.11, make and a package index; everything else lands in .venv.

PYTHON ?= python3
BIN := .venv/bin
LOCK = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	--python-version 3.11 --upgrade

# uv installs in seconds; where it cannot (an index known to pip alone), pip does the same, slower.
install = $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $(1) \
	|| { echo "uv could not install $(1); trying pip." >&2; \
	     $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); }

# Rasa, the other engine of understanding, runs on its own Python, in an environment of its own.
PYTHON_RASA ?= $(shell for it in python3.11 python3.10 python3; do \
	$$it -c "" 2>/dev/null && { echo $$it; break; }; done)
RASA_PORT ?= 5005
RASA = RASA_TELEMETRY_ENABLED=false SQLALCHEMY_SILENCE_UBER_WARNING=1 PYTHONWARNINGS=ignore \
	.venv-rasa/bin/rasa

PACKAGES = models voice bot payments discom channels storage simulators app bench

.DELETE_ON_ERROR:
.PHONY: run test test-long check bench bench-nlu lock lock-rasa clean venv compiled rasa rasa-model

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

# Rasa at 127.0.0.1:5005, trained on what the embedded engine is trained on.
rasa: rasa-model
	@exec env $(RASA) run --enable-api -i 127.0.0.1 -p $(RASA_PORT) \
		-m "var/rasa/$$($(BIN)/python -m app.rasa_model).tar.gz"

# Trains only where messages or pipeline have changed: a model's name is the hash of both.
rasa-model: .venv-rasa/rasa.stamp .venv/run.stamp
	@set -e; model=$$($(BIN)/python -m app.rasa_model); \
	if [ ! -e "var/rasa/$$model.tar.gz" ]; then \
		rm -rf var/rasa.draft; mkdir -p var/rasa; \
		RASA_CACHE_DIRECTORY=var/rasa.draft/cache $(RASA) train nlu --config config.yml --nlu data/intents.yml --out var/rasa.draft \
			--fixed-model-name "$$model"; \
		rm -f var/rasa/intents-*.tar.gz; mv "var/rasa.draft/$$model.tar.gz" var/rasa; \
		rm -rf var/rasa.draft; \
	fi

# Ours and Rasa side by side, on messages that neither was trained on.
bench-nlu: .venv/dev.stamp compiled .venv-rasa/rasa.stamp
	$(BIN)/python -m bench.rasa

# Everything a developer needs, without running anything.
venv: .venv/dev.stamp

# Moves every pin to the newest version that pyproject.toml allows.
lock: .venv/uv.stamp
	printf 'uv\nsetuptools\n' | $(LOCK) --no-annotate -o requirements-uv.lock -
	$(LOCK) --extra train -o requirements.lock pyproject.toml
	$(LOCK) --extra train --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

# Rasa 3.6 is finished; these are the versions it was last seen to run with, on 3.10 and on 3.11.
lock-rasa: .venv/uv.stamp
	printf '%s\n' rasa==3.6.21 dask==2022.10.2 scikit-learn==1.1.3 scipy==1.10.1 > var/rasa.in
	printf '%s\n' 'matplotlib>=3.6,<3.8' numpy==1.23.5 > var/rasa.overrides
	$(subst 3.11,3.10,$(LOCK)) --no-annotate --override var/rasa.overrides \
		-o requirements-rasa.txt var/rasa.in

# Keeps var/, where the data are.
clean:
	rm -rf .venv .venv-rasa .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info
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

.venv-rasa/rasa.stamp: requirements-rasa.txt .venv/uv.stamp
	@$(PYTHON_RASA) -c 'import sys; sys.exit(sys.version_info[:2] not in {(3, 10), (3, 11)})' \
		|| { echo "Rasa 3.6 runs on Python 3.10 and 3.11 only, and $(PYTHON_RASA) is" \
		     "$$($(PYTHON_RASA) --version 2>&1); name another with: make $(or $(MAKECMDGOALS),rasa) PYTHON_RASA=python3.11" >&2; exit 2; }
	@echo "Installing Rasa into .venv-rasa (2 GB) …"
	@$(PYTHON_RASA) -m venv --clear .venv-rasa
	@$(BIN)/uv pip install --quiet --compile-bytecode --python .venv-rasa/bin/python --no-deps \
		--require-hashes -r $< \
		|| { echo "uv could not install $<; trying pip." >&2; \
		     .venv-rasa/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
			--require-hashes -r $<; }
	@touch $@

# Byte code at hand, even where Python is told to write none: a start then takes a second, not five.
compiled: .venv/run.stamp
	@$(BIN)/python -m compileall -q $(PACKAGES)

var/nlu.stamp: data/intents.yml $(wildcard bot/nlu/*.py) | .venv/run.stamp
	@mkdir -p var
	$(BIN)/bijli nlu train --data data/intents.yml --out var/nlu
	@touch $@
