# `make run` and `make test` install all they need on a fresh Debian machine with Python 3.11+ and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.test
LOWEST := .venv-lowest

.PHONY: run tour check test lowest lint types docs docs-serve bench linear load fuzz prove pictures release sbom catalog clean

run: $(VENV)/.run
	@$(BIN)/nofields serve --store $(VENV)/altinn.db --key-file $(VENV)/altinn.key $(SERVE)

tour: $(VENV)/.run
	@sh tour.sh $(BIN)/nofields

# The linters and the tests of fields, messages and pydantic, without any extra. Takes a minute: run it after every edit.
check: lint
	$(BIN)/pytest -q -n 2 $(patsubst %,tests/test_%.py,$(CORE_TESTS))

CORE_TESTS := bad_input catalogs choice classes conformance dates extension files generate identity_oracle keys languages \
    messages numbers own_catalogs password pattern postal_register pydantic pydantic_models settings slips stdnum_agreement \
    synthetic tables text value

test: $(READY) lint types
	$(BIN)/pytest -q -n 2
	NOFIELDS_PLAIN=1 $(BIN)/pytest -q -n 2 $(wildcard $(patsubst %,tests/test_%*.py,bad_input classes columns extension phone_agreement reference tables value written_as))

# The tests with the lowest versions that pyproject.toml declares. Tests that need Node, Spark, a browser, mypy or Schemathesis
# (which needs newer versions) are left out, as are benchmarks, and what each Hypothesis mixes and prints otherwise.
lowest: $(LOWEST)/.ready
	$(LOWEST)/bin/pytest -q -n 2 $(addprefix --ignore=,$(wildcard tests/*/) $(NOT_LOWEST))

NOT_LOWEST = tests/test_readme.py tests/test_release.py tests/test_distribution.py tests/test_failing_examples.py $(shell grep -lE '^ *(from|import) (helpers\.(node|javascript|bundles)|field_pages|pyspark|schemathesis)\b' src/nofields/*.py tests/*.py)

lint: $(VENV)/.check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CORE)
	$(BIN)/zizmor --offline --quiet .github/workflows
	$(BIN)/pybabel -q extract -F pyproject.toml $(POT_OPTIONS) -o $(VENV)/nofields.pot .
	$(BIN)/pybabel -q update --check --ignore-pot-creation-date $(UPDATE_OPTIONS) -i $(VENV)/nofields.pot

# The modules that can be type-checked without any extra.
CORE := $(filter-out src/nofields/spark.py,$(wildcard src/nofields/*.py)) \
    $(addprefix src/nofields/,check export fields generate keys strategies)

# mypy checks the whole package; pyright checks the public names, as an editor does. The C compiler's warnings are errors.
types: $(READY)
	$(BIN)/mypy
	$(BIN)/pyright
	for file in src/native/*.c tests/prove/*.c; do $(CC_OF_PYTHON) -c -O3 -fPIC -Wall -Wextra -Werror -isystem $(INCLUDE) -o /dev/null $$file || exit; done

# Build the documentation with warnings as errors, run its code, and open every page in a browser.
docs: $(READY)
	$(BIN)/sphinx-build $(SPHINX) docs $(SITE)
	$(BIN)/pytest -q -n 2 README.md docs
	$(BIN)/pytest -q -n 2 -m site tests/browser/test_site.py

# Build the documentation again after every change, and serve it on this machine.
docs-serve: $(READY)
	$(BIN)/sphinx-autobuild --host 127.0.0.1 --port $(DOCS_PORT) --watch src --watch locales $(MADE) docs $(SITE)

SITE := docs/_build/html
SPHINX := -W --keep-going -q
DOCS_PORT := 8010
# Pages that the build itself writes.
MADE := $(addprefix --ignore docs/,fields $(patsubst %,reference/%.md,command-line environment exit-codes keys reasons))

# Also writes the tables in docs/why/benchmarks.md: with the extension, and in plain Python.
bench: $(READY)
	$(BIN)/pytest tests/benchmarks $(MEASURED)
	NOFIELDS_PLAIN=1 $(BIN)/pytest tests/benchmarks/test_speed.py tests/benchmarks/test_columns_speed.py -k '$(PLAINLY)' $(MEASURED)

MEASURED := --benchmark-enable --benchmark-columns=min,median --benchmark-sort=name -q --write-table
# What the extension makes faster.
PLAINLY := scalar or model or reference or copy or stdnum

# The time of every entry point for input of 1 kB to 10 MB, which must not grow faster than the input.
linear: $(READY)
	PYTHONPATH=tests $(BIN)/python tests/benchmarks/linear.py

# 200 users at once use each of the Altinn forms for 30 seconds; prints requests, errors and percentiles.
load: $(READY)
	$(BIN)/pip install -q --group load
	PYTHONPATH=tests $(BIN)/python tests/benchmarks/load.py

# Screenshots of every state of every page, in pictures/, to review before a release, and README's picture.
pictures: $(READY)
	mkdir -p pictures
	$(BIN)/python docs/picture.py
	for language in nb-NO nn-NO en-GB; do $(BIN)/pytest tests/browser/test_states.py -q -n 2 -k accessible --pictures pictures --language $$language || exit; done

# Build the package into dist/, after testing it as installed under each of PYTHONS, or every Python found: see "Releasing".
release: $(VENV)/.release $(VENV)/.compiler
	PYTHONPATH=tests $(BIN)/python tests/release/run.py $(PYTHONS)

# The plain wheel in dist/ with all that it requires, without extras, as a CycloneDX SBOM in sbom/.
sbom: $(VENV)/.release
	$(BIN)/python -m venv --clear --without-pip $(VENV)/sbom
	$(BIN)/pip --python $(VENV)/sbom/bin/python install -q dist/nofields-$(VERSION)-py3-none-any.whl
	sed 's/^dynamic = .*/version = "$(VERSION)"/' pyproject.toml > $(VENV)/sbom/pyproject.toml
	mkdir -p sbom
	$(BIN)/cyclonedx-py environment --output-reproducible --mc-type library --pyproject $(VENV)/sbom/pyproject.toml \
	    --output-file sbom/nofields.cdx.json $(VENV)/sbom

# Coverage-guided fuzzing with atheris, and the extension under sanitizers: ten minutes for each kind of entry point.
MINUTES ?= 10
fuzz: $(READY)
	$(BIN)/pip install -q --group fuzz
	$(BIN)/python tests/fuzz/run.py --minutes $(MINUTES)

# Every number there is, with its count printed, and 100,000 values of each field in JavaScript: some twenty minutes.
prove: $(READY)
	$(BIN)/pytest tests/prove tests/test_javascript.py -m long -q -n 0

# Update the catalogs after a change to the keys. Fuzzy matching is off (-N): it copies wrong texts.
catalog: $(VENV)/.check
	$(BIN)/pybabel -q extract -F pyproject.toml $(POT_OPTIONS) -o locales/nofields.pot .
	$(BIN)/pybabel update $(UPDATE_OPTIONS) -i locales/nofields.pot

VERSION = $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' src/nofields/__init__.py)
POT_OPTIONS = --project=nofields --version=$(VERSION) --no-wrap --add-location=file --sort-by-file --copyright-holder="The nofields maintainers"
UPDATE_OPTIONS := -N -D nofields -d locales --no-wrap

clean:
	rm -rf $(VENV) $(LOWEST) dist sbom src/nofields/_native*.so

# Installs Debian packages without those that they only recommend.
APT := export DEBIAN_FRONTEND=noninteractive; apt-get update -qq && apt-get install -y -qq --no-install-recommends
# Debian packages venv separately for each version of Python.
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

# What builds the C extension, in place, by `pip install -e`.
NATIVE := pyproject.toml hatch_build.py hatch_native.py $(wildcard src/native/*)
# A C compiler that finds Python's headers, which Debian packages separately for each version of Python.
INCLUDE = $(shell $(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("include"))')
CC_OF_PYTHON = $(shell $(BIN)/python -c 'import os, sysconfig; print(os.environ.get("CC") or sysconfig.get_config_var("CC"))')
HAS_COMPILER = $(CC_OF_PYTHON) -fsyntax-only -I$(INCLUDE) -include Python.h -x c /dev/null 2>/dev/null
COMPILER = gcc libc6-dev $(if $(wildcard $(INCLUDE)/Python.h),,$(notdir $(INCLUDE))-dev)
$(VENV)/.compiler: $(VENV)/.python
	@$(HAS_COMPILER) || if [ "$$(id -u)" = 0 ]; then $(APT) $(COMPILER); \
	    else echo "A C compiler or Python's headers are missing: sudo apt-get install $(COMPILER)"; exit 1; fi
	@touch $@

# Without a compiler these install the package without its extension, unless NOFIELDS_NATIVE=1 asks for it.
ifeq ($(NOFIELDS_NATIVE),1)
$(VENV)/.run $(VENV)/.check: $(VENV)/.compiler
endif

# For `make run`: the package with its command line and forms.
$(VENV)/.run: $(VENV)/.python $(NATIVE)
	$(BIN)/pip install -q -e '.[cli,web]'
	@ls src/nofields/_native*.so >/dev/null 2>&1 || echo "The C extension was not built: nofields runs in plain Python."
	@touch $@

# For `make check`: the package without extras, the linters, pytest and Hypothesis.
$(VENV)/.check: $(VENV)/.python $(NATIVE)
	$(BIN)/pip install -q -e . --group check
	@touch $@

# For `make release` and `make sbom`.
$(VENV)/.release: $(VENV)/.python pyproject.toml
	$(BIN)/pip install -q --group release
	@touch $@

# pip cannot choose the lowest versions; uv can. It would use an earlier build of the package again.
$(LOWEST)/.ready: $(VENV)/.compiler $(VENV)/.run
	$(BIN)/python -m venv --clear $(LOWEST)
	$(LOWEST)/bin/pip install -q uv
	NOFIELDS_NATIVE=1 $(LOWEST)/bin/uv pip install -q --python $(LOWEST) --resolution lowest-direct --refresh-package nofields \
	    -e '.[cli,columns,maskinporten,test,web]' --group tests
	@touch $@

# Java runs Spark and the Nu validator, Chromium the tests of the pages, and Playwright needs libatomic. As root, make installs
# them; otherwise it prints the command to run.
DEBIAN := default-jre-headless chromium libatomic1
HAS_DEBIAN := command -v java >/dev/null && command -v chromium >/dev/null && /sbin/ldconfig -p | grep -q libatomic.so.1

# For `make test`: the extension, a second type checker, every library that nofields integrates with, the Debian packages, Node,
# and the npm packages that read the exports.
$(READY): $(VENV)/.compiler $(VENV)/.run $(VENV)/.check tests/frontend/package.json
	@$(HAS_DEBIAN) || if [ "$$(id -u)" = 0 ]; then $(APT) $(DEBIAN); \
	    else echo "Java, Chromium or libatomic is missing: sudo apt-get install $(DEBIAN)"; exit 1; fi
	@echo "Installing what the tests need: some minutes, about 1 GB."
	NOFIELDS_NATIVE=1 $(BIN)/pip install -q -e . --group dev
	$(BIN)/npm install --ignore-scripts --no-audit --no-fund --loglevel=error --prefix tests/frontend
	@touch $@
