# Dragoman's few commands. Each works as the first one in a fresh clone: it sets up .venv when that is missing or stale.
# Needs make and Python 3.11 or newer; choose another interpreter with `make demo PYTHON=python3.12`.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq
RUN    := $(VENV)/.stamp
DEV    := $(VENV)/.stamp-dev
UV     := uv==0.13.9
PAIR   ?= USA CHN
DAY    ?= 2020-01-31
DEMO   := out/demo.ledger

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test browser lint eval accuracy bench fuzz screenshots train lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: $(RUN) ## read the bundled dispatches into a ledger and print a brief of the pair they follow (PAIR="USA CHN")
	@mkdir -p out && rm -f $(DEMO) $(DEMO)-wal $(DEMO)-shm
	@echo '$$ dragoman add src/dragoman/samples --ledger $(DEMO)'
	@$(BIN)/dragoman add src/dragoman/samples --publisher "Sample dispatches" --ledger $(DEMO)
	@echo && echo '$$ dragoman brief $(PAIR) --as-of $(DAY) --ledger $(DEMO)'
	@$(BIN)/dragoman brief $(PAIR) --as-of $(DAY) --ledger $(DEMO)
	@echo && echo 'More: .venv/bin/dragoman relation $(PAIR) --as-of $(DAY) --ledger $(DEMO)'

test: $(DEV) browser ## run the tests
	@$(BIN)/python -m pytest -q

# The browser tests take the system's Chromium. Where there is none, Debian's is installed by root, Playwright's otherwise.
browser: $(DEV) ## install the browser of the tests, where there is none
	@for name in chromium chromium-browser google-chrome; do command -v $$name && exit; done >/dev/null; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests"; \
		{ apt-get -qq update && apt-get -qq -y --no-install-recommends install chromium; } >/dev/null 2>&1 && exit; \
	fi; \
	$(BIN)/python -m playwright install chromium >/dev/null 2>&1 || \
		echo "No Chromium could be installed: the browser tests are skipped, or fail where CI is set."

lint: $(DEV) ## check style, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

eval: $(RUN) ## measure the reader on gold documents (GOLD=folder, DETAILS=1 lists misses and extras)
	@$(BIN)/python -m benchmarks.gold $(GOLD) $(if $(DETAILS),--details)

accuracy: $(RUN) ## measure everything at hand and write docs/accuracy.md
	@$(BIN)/python -m benchmarks.accuracy

train: $(RUN) ## train the encoder anew from training/data and export it (two cores: under two hours)
	@$(PIP) install '.[train]'
	@$(BIN)/python -m training.train && $(BIN)/python -m training.export

bench: $(RUN) ## time a cold start and its memory, and the ledger at 20,000 documents (DOCUMENTS=number)
	@$(BIN)/python -m benchmarks.cold
	@$(BIN)/python -m benchmarks.scale --documents $(or $(DOCUMENTS),20000)

fuzz: $(DEV) ## give every parser broken and hostile input (MINUTES=10)
	@$(BIN)/python -m fuzz --minutes $(or $(MINUTES),10)

screenshots: $(DEV) ## take the pictures of the web application in docs/web (needs Chromium)
	@test -f $(DEMO) || $(MAKE) -s demo > /dev/null
	@$(BIN)/python -m tests.web.screenshots $(DEMO)

lock: ## rebuild requirements/*.txt from pyproject.toml (UPGRADE=1 takes newer versions)
	@test -x $(BIN)/uv || { $(PYTHON) -m venv $(VENV) && $(PIP) install '$(UV)'; }
	@$(COMPILE) --output-file requirements/run.txt
	@$(COMPILE) --group dev --constraint requirements/run.txt --no-annotate --output-file requirements/dev.txt

clean: ## remove the environment and all caches
	rm -rf $(VENV) build dist out .pytest_cache .mypy_cache .ruff_cache .hypothesis src/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	--custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade) pyproject.toml --group build

# The lists are locked by hash; the package itself is built by the setuptools among them, with no further download.
$(RUN): requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dragoman needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	@test -d $(VENV) || echo "Setting up $(VENV) (first time, about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --requirement requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt $(RUN)
	@echo "Adding the test tools to $(VENV)"
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@
