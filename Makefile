# Ikrar: `make help` lists what there is. Everything sets itself up; nothing outside this folder is changed
# but the home of the embedded database (see docs/architecture.md).
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
UV := $(shell command -v uv 2>/dev/null || echo $(CURDIR)/.bootstrap/bin/uv)
BIN := $(VENV)/bin
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml requirements/build.in
.DEFAULT_GOAL := help
.PHONY: help run serve test check bench long docs css locks clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(CURDIR)/.bootstrap/bin/uv:
	@PIP_ROOT_USER_ACTION=ignore $(PYTHON) -m pip install --quiet --disable-pip-version-check --target .bootstrap uv

# Each environment is a folder of its own, remade only when its lock changed.
$(VENV)/.run: requirements/run.lock pyproject.toml | $(UV)
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	@test -f $(VENV)/.dev || $(UV) pip sync --quiet --require-hashes --python $(BIN)/python requirements/run.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml | $(UV)
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	@$(UV) pip sync --quiet --require-hashes --python $(BIN)/python requirements/dev.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python -e .
	@touch $@ $(VENV)/.run

run: $(VENV)/.run  ## read the demo documents into a register and serve it on 127.0.0.1:8000 (PORT=… changes it)
	@$(BIN)/ikrar demo

serve: $(VENV)/.run  ## serve the register without loading the demo
	@$(BIN)/ikrar serve

test: $(VENV)/.dev  ## the whole fast suite (PYTEST="…" narrows it)
	@$(BIN)/python -m pytest -n 2 $(PYTEST)

check: $(VENV)/.dev  ## style, types, import contracts, templates, translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --quiet --lint $$(find src -path "*/templates/*" -name "*.html")
	@$(BIN)/python -m ikrar.config.translations check

bench: $(VENV)/.dev  ## figures of this machine as ratios and per-core rates (docs/benchmarks.md)
	@$(BIN)/ikrar bench

long: $(VENV)/.dev  ## the runs that take many minutes: differential, kills (docs/reliability.md)
	@$(BIN)/python -m pytest -n 2 -m long --no-header -rA tests

docs: $(VENV)/.dev  ## take the screenshots of docs/images anew
	@$(BIN)/python -m tests.journeys.screenshots

locks: | $(UV)  ## solve the requirements anew
	@$(COMPILE) --output-file requirements/run.lock
	@$(COMPILE) --group dev --constraints requirements/run.lock --output-file requirements/dev.lock

clean:  ## remove the environments (the register's data stay)
	@rm -rf .venv .bootstrap .mypy_cache .ruff_cache .pytest_cache
