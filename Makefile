# The handbook's daily work. `make help` lists it; docs/ explains it.
SHELL := /bin/sh
.DEFAULT_GOAL := all
.SUFFIXES:

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m handbook
LANGUAGES ?= en
PAPER ?=
SIZE ?= standard
CHAPTER ?=
OUT ?= build
PORT ?= 8000
CODE ?=
WHAT ?=
WHY ?=
UNSAVED ?=
SINCE ?=
WORDS = --languages "$(LANGUAGES)" --paper "$(PAPER)" --size "$(SIZE)" --chapter "$(CHAPTER)" --out "$(OUT)"
# Whole sites hold all released languages, unless others are asked for.
CHOSEN = $(if $(filter environment command,$(firstword $(origin LANGUAGES))),$(LANGUAGES))
# Sentences go by the environment: quotes and dollars in them are no shell commands.
export WHAT WHY
# Catalogs are kept for translations only.
TRANSLATIONS = $(or $(filter-out en,$(LANGUAGES)),es)

ifdef CLINIC
export CLINIC := $(abspath $(CLINIC))
endif

.PHONY: all html pdf handouts cards booklet press review site release recall changes bench test audit \
	linkcheck po status language lint serve requirements clean help

all: $(VENV)/ready ## the web site and the print handbook (Letter and A4)
	@$(RUN) build html pdf $(WORDS)

html: $(VENV)/ready ## the web site: build/html/<lang>/
	@$(RUN) build html $(WORDS)

pdf: $(VENV)/ready ## the book: build/pdf/<lang>/
	@$(RUN) build pdf $(WORDS)

handouts: $(VENV)/ready ## each chapter alone (CHAPTER=when-to-call for one): build/handouts/<lang>/
	@$(RUN) build handouts $(WORDS)

cards: $(VENV)/ready ## one-page sheets (the fridge sheet): build/cards/<lang>/
	@$(RUN) build cards $(WORDS)

booklet: $(VENV)/ready ## each part to print, fold and staple (CHAPTER= for one chapter): build/booklets/<lang>/
	@$(RUN) build booklet $(WORDS)

press: $(VENV)/ready ## the book for a print shop (bleed, crop marks, CMYK): build/press/<lang>/
	@$(RUN) build press $(WORDS)

review: $(VENV)/ready ## numbered statements with their sources, for who signs off: build/review/<lang>/
	@$(RUN) build review $(WORDS)

site: $(VENV)/ready ## everything in all released languages, one folder for a web server: build/site/
	@$(RUN) build site --languages "$(CHOSEN)" --out "$(OUT)"

release: $(VENV)/ready ## issue the codes of all copies (WHAT="what changed"), and build the site
	@$(RUN) release --languages "$(CHOSEN)" --what "$$WHAT" --unsaved "$(UNSAVED)" --out "$(OUT)"

recall: $(VENV)/ready ## withdraw a copy: make recall CODE=2026.1-en-3f9a2c1b WHY="wrong number"
	@$(RUN) recall --code "$(CODE)" --why "$$WHY"

changes: $(VENV)/ready ## what the chapters say otherwise than before: make changes SINCE=v2026.1
	@$(RUN) changes "$(SINCE)" --out "$(OUT)"

bench: $(VENV)/ready ## time the print engine against its peers (bench/README.md); takes minutes
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/pip install --quiet --disable-pip-version-check --requirement bench/requirements.txt pypdf
	@$(RUN) build text --out build
	@.venv-bench/bin/python -m bench.run

test: $(VENV)/ready-for-tests ## all checks and tests
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/mypy
	@$(VENV)/bin/python -m tests.tools_setup
	@$(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

audit: $(VENV)/ready-for-tests site ## every page of the site from a real nginx, before a release
	@$(VENV)/bin/python -m tests.tools_setup
	@$(VENV)/bin/python -m tests.audit --site "$(OUT)/site"

linkcheck: $(VENV)/ready ## try every address outside the site (needs the internet)
	@$(RUN) linkcheck --languages "$(LANGUAGES)" --out "$(OUT)"

po: $(VENV)/ready ## bring the catalogs up to date with the chapters
	@$(RUN) po --languages "$(TRANSLATIONS)"

status: $(VENV)/ready ## how much of each chapter is translated
	@$(RUN) status --languages "$(TRANSLATIONS)"

language: $(VENV)/ready ## begin a new language: make language CODE=tr
	@$(RUN) language "$(CODE)"

lint: $(VENV)/ready ## check the words, claims and coverage of the chapters, and the catalogs
	@$(RUN) lint --languages "$(TRANSLATIONS)" --out "$(OUT)"

serve: $(VENV)/ready ## look at the built site at 127.0.0.1 (PORT=8000)
	@$(RUN) serve --out "$(OUT)" --port "$(PORT)"

requirements: $(VENV)/ready-for-tests ## pin the newest allowed versions of all packages again
	$(VENV)/bin/pip install --quiet pip-tools
	$(VENV)/bin/pip-compile --quiet --upgrade --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file=requirements.txt requirements.in
	$(VENV)/bin/pip-compile --quiet --upgrade --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file=requirements-test.txt requirements-test.in

clean: ## remove what was built (and keep .venv)
	rm -rf build

help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile
	@echo
	@echo '  Variables: LANGUAGES="en es"  PAPER=letter|a4  SIZE=standard|large  CHAPTER=name'
	@echo '             CLINIC=path/to/clinic.toml  OUT=folder'
	@echo '             CODE=  WHAT="what changed"  WHY="what is wrong"  UNSAVED=yes'

$(VENV)/ready: requirements.txt
	@echo "Setting up $(VENV) (once; a few minutes)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The handbook needs Python 3.11 or newer.")'
	@test -x $(VENV)/bin/pip || $(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/ready-for-tests: requirements-test.txt $(VENV)/ready
	@echo "Setting up what the tests need"
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --requirement requirements-test.txt
	@touch $@
