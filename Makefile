# Everything is run from here, on this machine and in CI. Each target first installs what it needs, once.
#
#   make                         list the targets
#   make test T=tests/web        run some of the tests; T is passed to pytest
#   make test JOBS=1             in one process; two is the default
#   make test PYTHON=python3.13 VENV=.venv-3.13

VENV ?= .venv
PYTHON ?=
T ?=
SEEDS ?= 1000
JOBS ?= 2

# An install compiles nothing: the first start does, and has to be allowed to keep the result.
unexport PYTHONDONTWRITEBYTECODE

bin := $(VENV)/bin
python := $(bin)/python

# A stamp is named after what it stands for, so any change of it, and only a change, installs anew.
key = $(shell { cat requirements/install.sh requirements/runtime.txt $(1); echo '$(PYTHON)' "$$PWD"; } | cksum | cut -d ' ' -f 1)
runtime := $(VENV)/.runtime-$(call key)
dev := $(VENV)/.dev-$(call key,requirements/dev.txt)

.DEFAULT_GOAL := help
.PHONY: help demo serve test check fix screens bench mutations simulate torture lock clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

demo: $(runtime) ## Try the product on this machine, with simulated phones: no account needed
	@"$(bin)/leadline" demo

serve: $(runtime) ## Run the service with the settings of the environment and .env
	@"$(bin)/leadline" serve

test: $(dev) ## Run all tests (make test T=tests/web for some)
	@"$(python)" -m pytest -n $(JOBS) --dist worksteal $(T)

mutations: $(dev) ## Break the code on purpose and see whether the tests notice (minutes)
	@"$(python)" -m mutations

check: $(dev) ## Check format, lint, types, layers and contracts
	@"$(python)" -m ruff format --check
	@"$(python)" -m ruff check
	@"$(python)" -m mypy
	@"$(bin)/lint-imports" --no-logo --no-cache
	@"$(python)" -m pytest -q tests/contracts

fix: $(dev) ## Format, and mend what can be mended by itself
	@"$(python)" -m ruff check --fix --show-fixes
	@"$(python)" -m ruff format
	@"$(python)" -m tests.contracts.settings_page
	@"$(python)" -m tests.contracts.replies_page

screens: $(dev) ## Take the pictures in docs/screens anew (needs Chromium)
	@PYTHONPATH=src "$(python)" -m tests.browser.screens

bench: $(dev) ## Measure sending and receiving on this machine
	@"$(python)" -m benchmarks

simulate: $(dev) ## Live through seeds in which everything goes wrong (SEEDS=1000)
	@PYTHONPATH=src "$(python)" -m simulation --seeds $(SEEDS) --jobs $(JOBS)

torture: $(dev) ## Kill, freeze and lock real processes on both databases, and write down what came of it
	@"$(python)" -m torture --size full --write

lock: ## Renew requirements/*.txt from pyproject.toml
	@requirements/lock.sh "$(VENV)-lock" "$(PYTHON)"

clean: ## Remove the virtual environment and every cache
	rm -rf "$(VENV)" "$(VENV)-lock" .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests benchmarks harness mutations simulation torture -name __pycache__ -prune -exec rm -rf {} +

$(runtime):
	@requirements/install.sh "$(VENV)" runtime "$(PYTHON)"
	@touch "$@"

$(dev): $(runtime)
	@requirements/install.sh "$(VENV)" dev "$(PYTHON)"
	@touch "$@"
