# Everything a developer or a machine types. Needs python3 (3.11 or later), git and make; the rest comes from PyPI and
# npm, pinned by uv.lock and package-lock.json.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

UV_VERSION := 0.13.8
BIN := .venv/bin
STAMP := .venv/.palabre-ready
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1

TARGETS := setup rehearsal test check format \
	$(if $(wildcard benchmarks/votes.py),bench) \
	$(if $(wildcard benchmarks/analysis.py),bench-analysis) \
	$(if $(wildcard tests/faults/__main__.py),faults faults-night) \
	clean

.PHONY: help setup rehearsal test check format bench bench-analysis faults faults-night clean

help:
	@echo "Palabre. Type one of:"
	@for target in $(TARGETS); do sed -n "s/^$$target:.*## \(.*\)/  make $$target|\1/p" Makefile; done \
		| awk -F'|' '{ printf "%-22s %s\n", $$1, $$2 }'

setup: $(STAMP) ## prepare everything in .venv, with the palabre command; does nothing when already done

rehearsal: setup ## the whole platform on this machine without Telegram: phones in the browser (ARGS="--crowd 100")
	$(BIN)/palabre rehearse $(ARGS)

test: setup ## check, then every test, with a real browser; sixty kills beside them (ARGS="-k word" to choose, without the kills)
	@mkdir -p var
	@kills=""; if [ -z "$(ARGS)" ]; then $(BIN)/python -m tests.faults >var/faults.txt 2>&1 & kills=$$!; fi; \
	$(MAKE) --no-print-directory check && $(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile $(ARGS); result=$$?; \
	if [ -n "$$kills" ]; then \
		if [ $$result -ne 0 ]; then kill $$kills 2>/dev/null; fi; \
		wait $$kills || result=1; cat var/faults.txt; \
	fi; exit $$result

check: setup ## style, formatting, types and the direction of imports; changes nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup ## put the code in the project's form (ruff format, then the repairs ruff is sure of)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## votes per CPU-second against an ordinary bot, side by side
	@VIRTUAL_ENV= $(BIN)/uv sync --frozen --inexact --quiet --group bench
	$(BIN)/python -m benchmarks.votes $(ARGS)

bench-analysis: setup ## quality and speed of the themes on real consultations
	$(BIN)/python -m benchmarks.analysis $(ARGS)
	$(BIN)/python -m benchmarks.analysis.syntheses
	$(BIN)/python -m benchmarks.analysis.organiser

faults: setup ## kill the bot sixty times under load and count what is lost or doubled
	$(BIN)/python -m tests.faults $(ARGS)

faults-night: setup ## the same, a thousand kills; goes on where it was cut (var/faults-night.json)
	@mkdir -p var
	$(BIN)/python -m tests.faults --night --keep var/faults-night.json $(ARGS)

clean: ## remove what make and the tools made; keeps var/, where the database is
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# `--inexact` keeps uv itself, which is in .venv and in no lock file.
$(STAMP): uv.lock pyproject.toml
	@python=""; \
	for name in python3 python3.14 python3.13 python3.12 python3.11; do \
		if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python=$$name; break; fi; \
	done; \
	if [ -x $(BIN)/python ] && ! $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then rm -rf .venv; fi; \
	if [ -x $(BIN)/python ] && [ -x $(BIN)/pip ]; then exit 0; fi; \
	if [ -z "$$python" ]; then \
		echo "Palabre needs Python 3.11 or later, and found none here: install it (Debian, Ubuntu: apt install python3 python3-venv) and type make setup again." >&2; exit 1; \
	fi; \
	if ! $$python -m venv --clear .venv; then \
		rm -rf .venv; \
		echo "$$python could not create .venv: install its venv module (Debian, Ubuntu: apt install python3-venv) and type make setup again." >&2; exit 1; \
	fi
	@$(BIN)/uv --version 2>/dev/null | grep -q "^uv $(UV_VERSION) *" \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@VIRTUAL_ENV= $(BIN)/uv sync --frozen --inexact --quiet --compile-bytecode
	@touch $@
