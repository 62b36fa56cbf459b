# `make run` and `make test` set up all they need, on a fresh Debian machine with Python 3.11+ and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.test
LOWEST := .venv-lowest

.PHONY: run tour check test lowest lint types bench linear load fuzz prove pictures release catalog clean

run: $(VENV)/.run
	@$(BIN)/nofields serve --store $(VENV)/altinn.db --key-file $(VENV)/altinn.key $(SERVE)

tour: $(VENV)/.run
	@sh tour.sh $(BIN)/nofields

# The linters and the tests of fields, messages and pydantic, with the package's own dependencies: a minute, for every edit.
check: lint
	$(BIN)/pytest -q -n 2 $(patsubst %,tests/test_%.py,$(CORE_TESTS))

CORE_TESTS := bad_input catalogs choice classes conformance dates fast_and_plain files generate identity_oracle keys languages \
    messages numbers own_catalogs password pattern postal_register pydantic pydantic_models settings slips stdnum_agreement \
    synthetic text value

test: $(READY) lint types
	$(BIN)/pytest -q -n 2 --dist loadgroup

# The lowest versions that pyproject.toml declares. What needs Node, Spark, Schemathesis (which needs newer versions) or a
# browser is left out, as is what measures.
lowest: $(LOWEST)/.ready
	$(LOWEST)/bin/pytest -q -n 2 $(addprefix --ignore=,$(wildcard tests/*/) $(NOT_LOWEST))

NOT_LOWEST = $(shell grep -lE '^(from|import) (helpers\.(node|javascript)|pyspark|schemathesis)\b' src/nofields/*.py tests/*.py)

lint: $(VENV)/.check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CORE)
	$(BIN)/zizmor --offline --quiet .github/workflows
	$(BIN)/pybabel -q extract -F pyproject.toml $(POT_OPTIONS) -o $(VENV)/nofields.pot .
	$(BIN)/pybabel -q update --check --ignore-pot-creation-date $(UPDATE_OPTIONS) -i $(VENV)/nofields.pot

# What can be type-checked without any extra.
CORE := $(filter-out src/nofields/spark.py,$(wildcard src/nofields/*.py)) \
    $(addprefix src/nofields/,check export fields generate keys strategies)

# All of the package, and its public names as an editor shows them.
types: $(READY)
	$(BIN)/mypy
	$(BIN)/pyright

bench: $(READY)
	$(BIN)/pytest tests/benchmarks --benchmark-enable --benchmark-columns=min,median --benchmark-sort=name -q --readme

# The time of every entry for input of 1 kB to 10 MB, which must not grow faster than the input.
linear: $(READY)
	PYTHONPATH=tests $(BIN)/python tests/benchmarks/linear.py

# 200 users at once on the Altinn forms, for 30 seconds: requests, errors, percentiles.
load: $(READY)
	$(BIN)/pip install -q --group load
	PYTHONPATH=tests $(BIN)/python tests/benchmarks/load.py

# A picture of every state of every page, in pictures/, to be looked at before a release.
pictures: $(READY)
	mkdir -p pictures
	for language in nb-NO nn-NO en-GB; do $(BIN)/pytest tests/browser/test_states.py -q -n 2 -k accessible --pictures pictures --language $$language || exit; done

# The package as those who install it get it: CONTRIBUTING, "Releasing".
release: $(READY)
	$(BIN)/python tests/release/walk.py $(PYTHONS)

# Input that reaches code not reached before, looked for by atheris: ten minutes for each kind of entry.
MINUTES ?= 10
fuzz: $(READY)
	$(BIN)/pip install -q --group fuzz
	$(BIN)/python tests/fuzz/run.py --minutes $(MINUTES)

# Every number there is, with its count printed, and 100,000 values of each field in JavaScript: some ten minutes.
prove: $(READY)
	$(BIN)/pytest tests/prove tests/test_javascript.py -m long -q -n 0

# After a change to the keys: brings the catalogs up to date. Fuzzy matching is off (-N): it copies wrong texts.
catalog: $(VENV)/.check
	$(BIN)/pybabel -q extract -F pyproject.toml $(POT_OPTIONS) -o locales/nofields.pot .
	$(BIN)/pybabel update $(UPDATE_OPTIONS) -i locales/nofields.pot

POT_OPTIONS := --project=nofields --version=1 --no-wrap --add-location=file --sort-by-file --copyright-holder="The nofields maintainers"
UPDATE_OPTIONS := -N -D nofields -d locales --no-wrap

clean:
	rm -rf $(VENV) $(LOWEST) dist

# Installs Debian's packages, and none that they only recommend.
APT := export DEBIAN_FRONTEND=noninteractive; apt-get update -qq && apt-get install -y -qq --no-install-recommends
# Each Python has a package of its own with its venv.
VENV_PACKAGE = $(shell $(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')

# A virtual environment with a current pip.
$(VENV)/.python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "nofields needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || if [ "$$(id -u)" = 0 ]; then $(APT) $(VENV_PACKAGE); \
	    else echo "venv is missing: sudo apt-get install $(VENV_PACKAGE)"; exit 1; fi
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -U pip
	@touch $@

# What `make run` needs: the package with its command line and forms.
$(VENV)/.run: $(VENV)/.python pyproject.toml hatch_build.py
	$(BIN)/pip install -q -e '.[cli,web]'
	@touch $@

# What `make check` needs: the package without extras, the linters, pytest and Hypothesis.
$(VENV)/.check: $(VENV)/.python pyproject.toml hatch_build.py
	$(BIN)/pip install -q -e . --group check
	@touch $@

# pip cannot choose the lowest versions; uv can.
$(LOWEST)/.ready: $(VENV)/.run
	$(BIN)/python -m venv --clear $(LOWEST)
	$(LOWEST)/bin/pip install -q uv
	$(LOWEST)/bin/uv pip install -q --python $(LOWEST) --resolution lowest-direct -e '.[cli,columns,test,web]' --group tests
	@touch $@

# Java (Spark and the Nu validator run on it), Chromium (the pages are tested in it) and a library of Playwright's: installed
# by root, asked for by anybody else.
DEBIAN := default-jre-headless chromium libatomic1
HAS_DEBIAN := command -v java >/dev/null && command -v chromium >/dev/null && /sbin/ldconfig -p | grep -q libatomic.so.1

# What the tests need besides: a second type checker, all that nofields works with, Java for Spark, Chromium, Node and the npm packages that read the exports.
$(READY): $(VENV)/.run $(VENV)/.check tests/frontend/package.json
	@$(HAS_DEBIAN) || if [ "$$(id -u)" = 0 ]; then $(APT) $(DEBIAN); \
	    else echo "Java, Chromium or libatomic is missing: sudo apt-get install $(DEBIAN)"; exit 1; fi
	@echo "Installing what the tests need: some minutes, about 1 GB."
	$(BIN)/pip install -q --group dev
	$(BIN)/npm install --ignore-scripts --no-audit --no-fund --loglevel=error --prefix tests/frontend
	@touch $@
