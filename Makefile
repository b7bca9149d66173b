# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SAMPLE := sample_boms/f35_subsystems.xlsx

.PHONY: help demo test lint wheel offline clean

help:
	@echo "make demo   set up and assess the F-35 sample; the last line is the report's path"
	@echo "make test   set up and run every check: lint, types, layers, tests with coverage"
	@echo "make wheel  build the wheel into dist/"
	@echo "make offline  collect the wheel and its dependencies in dist/offline/"
	@echo "make clean  remove what the others made"

$(BIN)/bomrisk: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "bomrisk needs Python 3.11 or newer; say PYTHON=/path/to/it" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/dev-installed: $(BIN)/bomrisk pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

demo: $(BIN)/bomrisk
	@$(BIN)/bomrisk assess $(SAMPLE)

lint: $(VENV)/dev-installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	@tools/find_chromium.sh
	@tools/find_libreoffice.sh
	PATH="$(abspath $(BIN)):$$PATH" BOMRISK_CHROMIUM="$$(tools/find_chromium.sh)" $(BIN)/python -m pytest -n auto --cov --cov-report=term

wheel: $(VENV)/dev-installed
	$(BIN)/python -m build --wheel --outdir dist .

offline: wheel
	$(BIN)/python -m pip download --quiet --dest dist/offline dist/bomrisk-*.whl

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
