# make demo    a made-up organisation to click around in
# make test    everything, on SQLite and PostgreSQL, with a real browser
# make check   lint, types, import contracts, ceilings
# make bench   how quick the desk is beside the least of Flask, and whether it stays so

PYTHON ?= python3
ARGS ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1
VENV := .venv
BIN := $(VENV)/bin
DEMO := BATON_DEMO=1 $(BIN)/flask --app app
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes \
	--no-header --no-annotate

.PHONY: demo test check lint bench lock browser words
.DELETE_ON_ERROR:

demo: $(VENV)/.runtime
	@mkdir -p var
	@$(DEMO) demo start $(ARGS)

test: $(VENV)/.dev
	$(BIN)/pytest -n 3 --dist worksteal $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint
	$(BIN)/pytest -q tests/test_architecture.py tests/test_walks.py

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench.desk $(ARGS)

# After a change of sentences: the catalogues hold all of them, and what is new waits for its words.
words: $(VENV)/.dev
	@mkdir -p var
	PYTHONPATH=. $(BIN)/pybabel --quiet extract --mapping pyproject.toml --no-location --sort-output \
		--project Baton --msgid-bugs-address none \
		--keywords lazy_gettext --keywords gettext_noop --output var/words.pot app templates
	$(BIN)/pybabel --quiet update --input-file var/words.pot --output-dir app/language \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 100
	$(BIN)/pybabel --quiet compile --directory app/language

# Chromium as Playwright ships it, for a machine that has none.
browser: $(VENV)/.dev
	$(BIN)/playwright install chromium

# After a change in pyproject.toml. `make lock ARGS=--upgrade` takes newer versions.
lock: $(VENV)/.dev
	$(LOCK) $(ARGS) --group dev --output-file requirements-dev.txt
	$(LOCK) $(ARGS) --constraint requirements-dev.txt --output-file requirements.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Baton needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1)." \
			"Name another one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

# Holds the runtime packages too. Compiling all of them takes a minute; the few that are imported
# are compiled then.
$(VENV)/.dev: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime
