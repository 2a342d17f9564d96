# Two commands do everything on a fresh machine: `make workshop` and `make test`.
# Needed: Python 3.11 or newer, and make. uv is used when it is there; otherwise it gets a venv of its own.

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.siap
FRONTEND := voila_apps/frontend
FRONTEND_READY := $(FRONTEND)/node_modules/.siap
# Node comes with the Python packages.
IN_FRONTEND := cd $(FRONTEND) && PATH="$(CURDIR)/$(BIN):$$PATH"
RELEASE := .cache/release
RELEASE_READY := $(RELEASE)/.siap

# Images of containers often set it: every command would then compile 2,000 files of libraries anew, seven seconds each time.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: workshop test unit slow frontend browser grading node check format lock lab bundle schemas audit sbom clean

workshop: $(READY) ## Open the sample class and print its addresses
	@$(BIN)/umkm workshop $(CLASS) $(ARGS)

# The lanes are parts of `make test`: each installs what it needs and no more (tests/conventions/test_lanes.py).
PYTEST := $(BIN)/python -m pytest
# Three on two cores: while some tests wait for a page or a process, others use the processor.
BESIDE := -n 3 --dist loadfile
NOTEBOOKS := courses/*/lessons widgets/gallery.ipynb voila_apps/pages voila_apps/trainer

test: node $(READY) .cache/browser .cache/bubblewrap .cache/office .cache/postgres $(RELEASE_READY) ## All tests: unit, notebooks, real nbgrader, real browsers
	$(PYTEST) --ignore=tests/kernels $(BESIDE) $(ARGS)
	@# By themselves: they run event loops of their own, which Playwright's, once started, would not allow.
	$(PYTEST) tests/kernels $(BESIDE) $(ARGS)
	UMKM_QUESTIONS=[] $(PYTEST) --nbval-lax -q $(BESIDE) -p no:cacheprovider $(NOTEBOOKS)

# Databases of the tests in memory, where there is such a folder: most of the time went to fsync.
unit: export TMPDIR := $(or $(wildcard /dev/shm),$(TMPDIR),/tmp)
unit: $(READY) ## Quick tests: no browser, no server, no process, nothing that takes seconds
	$(PYTEST) tests/unit tests/conventions -m "not browser and not postgres and not slow" -q $(BESIDE) $(ARGS)

slow: $(READY) .cache/postgres .cache/office $(RELEASE_READY) ## Unit tests that need PostgreSQL, processes or seconds; kernels, fuzzing, LibreOffice
	$(PYTEST) tests/unit tests/conventions -m "(postgres or slow) and not browser" $(BESIDE) $(ARGS)
	$(PYTEST) tests/fuzz tests/office $(BESIDE) $(ARGS)
	$(PYTEST) tests/kernels $(BESIDE) $(ARGS)

frontend: node .cache/browser ## The front end: its modules in Node, the built files in Chromium
	$(PYTEST) tests/frontend $(BESIDE) $(ARGS)

browser: $(READY) .cache/browser .cache/bubblewrap .cache/postgres ## Pages in real browsers, and what breaks on their way
	$(PYTEST) tests/browser tests/sync tests/faults $(BESIDE) $(ARGS)
	$(PYTEST) tests/unit -m browser $(BESIDE) $(ARGS)

grading: $(READY) .cache/browser .cache/bubblewrap .cache/postgres ## Submissions and uploaded notebooks, graded by nbgrader
	$(PYTEST) tests/grading tests/notebooks $(BESIDE) $(ARGS)
	UMKM_QUESTIONS=[] $(PYTEST) --nbval-lax -q $(BESIDE) -p no:cacheprovider $(NOTEBOOKS)

node: $(FRONTEND_READY)
	@$(IN_FRONTEND) npm run --silent test

check: $(READY) $(FRONTEND_READY) ## Style, types, layers, and courses that can be marked
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m umkm_courses courses
	$(IN_FRONTEND) npm run --silent check

format: $(READY) $(FRONTEND_READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(IN_FRONTEND) npm run --silent format

lab: $(READY) ## JupyterLab on this checkout, for authors
	$(BIN)/jupyter lab

bundle: $(FRONTEND_READY) ## Build the front end of lessons and assignments anew
	@$(IN_FRONTEND) npm run --silent build

schemas: $(READY) ## Write the JSON schemas of a course's TOML files anew, for editors
	@$(BIN)/python -m umkm_courses.json_schemas docs/reference

lock: | $(UV) ## Write requirements.lock anew from pyproject.toml
	$(UV) pip compile --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 \
	    --all-extras --group dev --group build pyproject.toml --no-emit-package umkm-naik-kelas -o requirements.lock --quiet
	$(UV) pip compile --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 \
	    --group release -o requirements-release.lock --quiet

audit: $(RELEASE_READY) ## Known weaknesses of every locked package; says so where they cannot be looked up
	@$(BIN)/python deploy/supply_chain.py audit

sbom: $(RELEASE_READY) ## CycloneDX lists of every locked package, into dist/
	@$(BIN)/python deploy/supply_chain.py sbom

clean: ## Remove everything these commands made here (never anyone's data)
	rm -rf $(VENV) $(FRONTEND)/node_modules .uv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.uv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Perlu Python 3.11 atau lebih baru. / Python 3.11 or newer is needed.")'
	@echo "Menyiapkan uv…"
	@$(PYTHON) -m venv .uv || { echo "Modul venv belum ada. Pasang dulu paket python3-venv, lalu ulangi. / Install python3-venv first."; exit 1; }
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(READY): requirements.lock pyproject.toml | $(UV)
	@echo "Memasang paket (sekali saja)…"
	@test -d $(VENV) || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) pip sync --quiet --require-hashes requirements.lock
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# The tools of a release: no class needs them.
$(RELEASE_READY): requirements-release.lock $(READY) | $(UV)
	@test -d $(RELEASE) || $(UV) venv --quiet --python $(PYTHON) $(RELEASE)
	@VIRTUAL_ENV=$(CURDIR)/$(RELEASE) $(UV) pip sync --quiet --require-hashes requirements-release.lock
	@touch $@

# Node comes with the Python packages; running the kit needs none of this.
$(FRONTEND_READY): $(FRONTEND)/package-lock.json | $(READY)
	@echo "Memasang paket untuk tampilan…"
	@$(IN_FRONTEND) npm ci --ignore-scripts --silent --no-audit --no-fund
	@touch $@

.cache/browser: $(READY) tests/support/find_browser.py
	@$(BIN)/python tests/support/find_browser.py --install
	@mkdir -p .cache && touch $@

.cache/office: $(READY) tests/support/find_office.py
	@$(BIN)/python tests/support/find_office.py --install
	@mkdir -p .cache && touch $@

.cache/postgres: $(READY) tests/support/find_postgres.py
	@$(BIN)/python tests/support/find_postgres.py --install >/dev/null
	@mkdir -p .cache && touch $@

# Trainees' notebooks run in it. Where it cannot be had, its tests are skipped and say why.
.cache/bubblewrap:
	@command -v bwrap >/dev/null || { test "$$(id -u)" = 0 && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq bubblewrap >/dev/null; } || \
	    echo "No bubblewrap here: install the package to test the sandbox."
	@mkdir -p .cache && touch $@
