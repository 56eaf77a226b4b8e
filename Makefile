# make demo      build the environment, run the example programme, serve it on http://127.0.0.1:8000
# make run       serve the site on the present database
# make test      all tests on SQLite; DB=postgres: on the PostgreSQL that DATABASE_URL names
# make check     style, types, import contracts, house rules, migrations, settings
# make journeys  whole stories in Chromium
# make bench     the measured figures, each beside its peers where those are installed
# make docs      the code examples of the manual, run

VENV ?= .venv
DB ?= sqlite
# Tests that touch no database run once, with those on SQLite.
DATABASELESS := tests/core tests/golden tests/house tests/tracks
WORKERS ?= 2
export PATH := $(abspath $(VENV))/bin:$(PATH)
export DJANGO_SETTINGS_MODULE := sojourn.config.settings
export PYTHONPATH := src
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help environment translations demo run test check lint types contracts house deployable journeys bench docs

BUILT := $(VENV)/.built-from-lock
develop := SOJOURN_DEBUG=1

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

environment: $(BUILT) translations

$(BUILT): requirements.lock pyproject.toml tools/environment
	@tools/environment $(VENV)
	@touch $@

translations: $(BUILT)
	@tools/translations

# Whatever the environment says, the demonstration is a debug site on this machine only.
demo: environment
	@$(develop) SOJOURN_DEMO=1 sojourn demo
	@if [ "$(DEMO_SERVE)" != 0 ]; then $(develop) SOJOURN_DEMO=1 sojourn serve; fi

run: environment
	@$(develop) sojourn serve

test: environment
ifeq ($(DB),postgres)
	@export DATABASE_URL="$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}" && \
	  tools/reach-postgres && \
	  $(develop) pytest -n $(WORKERS) --dist loadscope -m "not journey" $(DATABASELESS:%=--ignore=%)
else ifeq ($(DB),sqlite)
	@env -u DATABASE_URL $(develop) pytest -n $(WORKERS) --dist loadscope -m "not journey"
else
	@echo "DB is sqlite or postgres, not $(DB)." >&2; exit 2
endif

check: environment lint types contracts house deployable

lint: $(BUILT)
	ruff check
	ruff format --check

types: $(BUILT)
	$(develop) mypy

contracts: $(BUILT)
	lint-imports --config importlinter.ini

house: environment
	env -u DATABASE_URL $(develop) pytest -n $(WORKERS) tests/house
	@if grep -n '://' requirements.lock; then echo "requirements.lock names an address: remove it." >&2; exit 1; fi

deployable: $(BUILT)
	env -u DATABASE_URL $(develop) django-admin makemigrations --check --dry-run
	env -u DATABASE_URL SOJOURN_DEBUG=0 SOJOURN_DEMO=0 SOJOURN_FIELD_KEYS="$$(sojourn keys new)" SOJOURN_SECRET_KEY="$$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
	  django-admin check --deploy --fail-level WARNING

journeys: environment
	$(develop) SOJOURN_CHROMIUM="$${SOJOURN_CHROMIUM:-/usr/bin/chromium}" pytest tests/journeys -m journey

bench: environment
	python -m bench --peers

docs: environment
	$(develop) pytest tests -k "manual or documents"
