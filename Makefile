# People and .ci/run call the same targets. `make` alone lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
PY := $(VENV)/bin/python
# Tried by running it: a shim on the search path may lead nowhere, a Python may lack venv.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { command -v $$p; break; }; done)
PIP := $(PY) -m pip --disable-pip-version-check --quiet
# Lint needs settings, not services: addresses that nothing listens on will do.
WITHOUT_SERVICES := DATABASE_URL="$${DATABASE_URL:-postgres://lint@127.0.0.1:1/lint}" \
	ELASTICSEARCH_URL="$${ELASTICSEARCH_URL:-http://127.0.0.1:1}"

.NOTPARALLEL:
.PHONY: help demo run test lint format check bench chaos services-up services-down venv

help:  ## zeigt diese Liste
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.local  ## richtet alles ein und startet die Website mit Demodaten (SERVE=0: nur einrichten)
	@$(PY) -m zufi.local_services.demo

run: $(VENV)/.local services-up  ## startet nur die Website, mit automatischem Neuladen (PORT=8000)
	@$(PY) manage.py runserver 127.0.0.1:$${PORT:-8000}

test: $(VENV)/.dev services-up  ## führt alle Tests gegen die echten Dienste aus (ARGS="-k wort")
	@chromium=$$($(PY) -m zufi.local_services chromium) && CHROMIUM="$$chromium" $(PY) -m pytest $(ARGS)

lint: $(VENV)/.dev  ## prüft Form, Regeln, Typen, Importrichtung, Vorlagen und Migrationen
	@echo "[1/7] ruff format" && $(PY) -m ruff format --check --quiet .
	@echo "[2/7] ruff check" && $(PY) -m ruff check --no-cache --quiet .
	@echo "[3/7] mypy" && $(WITHOUT_SERVICES) $(PY) -m mypy --no-error-summary
	@echo "[4/7] lint-imports" && $(VENV)/bin/lint-imports
	@echo "[5/7] djlint" && $(PY) -m djlint --check templates && $(PY) -m djlint --quiet --lint templates
	@echo "[6/7] makemigrations --check" && $(WITHOUT_SERVICES) $(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run --verbosity 1
	@echo "[7/7] manage.py check" && $(WITHOUT_SERVICES) $(PY) manage.py check --fail-level WARNING

format: $(VENV)/.dev  ## bringt Python-Dateien und Vorlagen in Form
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format --quiet .
	@$(PY) -m djlint --quiet --reformat templates || true

check: lint test  ## lint und test

bench: $(VENV)/.dev services-up  ## misst Geschwindigkeit (Verhältnisse innerhalb eines Laufs)
	@$(PY) -m tests.bench

chaos: $(VENV)/.dev  ## stört Redaktion, Abgleich und Server absichtlich und prüft danach alles (MINUTES=20 SEED=1)
	@$(PY) -m tests.faults --minutes $${MINUTES:-20} $${SEED:+--seed $$SEED}

services-up: $(VENV)/.local  ## startet PostgreSQL und Elasticsearch auf diesem Rechner
	@$(PY) -m zufi.local_services up >/dev/null

services-down:  ## beendet, was services-up gestartet hat
	@if [ -x $(PY) ]; then $(PY) -m zufi.local_services down; fi

venv: $(VENV)/.dev  ## legt nur die virtuelle Umgebung mit allen Paketen an

# A virtual environment does not survive a move or the end of its Python: made anew if it is broken.
$(PY):
	@echo "[1/7] Virtuelle Umgebung anlegen …"
	@if [ -z "$(PYTHON)" ]; then \
		echo "Fehler: Es gibt hier kein Python ab 3.11 mit venv. Unter Debian und Ubuntu hilft" >&2; \
		echo "»apt-get install python3 python3-venv«; sonst: make demo PYTHON=/pfad/zu/python3" >&2; \
		exit 1; fi
	@"$(PYTHON)" -m venv --clear $(VENV)

# Looks again, because .dev may have installed it in the same run of make.
$(VENV)/.local: $(PY) requirements.txt requirements-local.txt
	@if [ ! $@ -nt requirements.txt ] || [ ! $@ -nt requirements-local.txt ]; then \
		echo "[2/7] Abhängigkeiten installieren (beim ersten Mal etwa eine Minute) …" && \
		$(PIP) install -r requirements-local.txt && touch $@; fi

# With the packages of the tests come those of the demo.
$(VENV)/.dev: $(PY) requirements.txt requirements-local.txt requirements-dev.txt
	@echo "[2/7] Abhängigkeiten für Tests installieren (beim ersten Mal etwa eine Minute) …"
	@$(PIP) install -r requirements-dev.txt
	@touch $(VENV)/.local $@

ifneq ($(shell $(PY) -c 'import pip' 2>/dev/null && echo works),works)
.PHONY: $(PY)
endif
