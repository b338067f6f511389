# Redress's commands. `make` alone lists them. Needs Python 3.11 or newer, pip and make, no more.

.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory --no-builtin-rules

BIN := .venv/bin
PY := $(BIN)/python
# The environment is rebuilt when the lock file's content changes, and only then.
INSTALLED := .venv/installed-$(shell cksum < requirements-dev.txt | tr ' ' '-')
# What a production machine would set: `check --deploy` must find nothing to say then.
PRODUCTION := ALLOWED_HOSTS=redress.example CSRF_TRUSTED_ORIGINS=https://redress.example \
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') \
	DATABASE_URL=postgres://redress@db.example/redress BROKER_URL=redis://broker.example:6379/0 \
	EMAIL_URL=smtp://mail.example:587?tls=1
TEMPLATES := find . \( -path ./.venv -o -path ./var \) -prune -o -path '*templates/*.html' -print0
TESTS ?= tests
# One worker per core; those that share a browser stay together.
XDIST := -n auto --dist loadgroup

.PHONY: help
help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: venv
venv: $(INSTALLED)  ## Make .venv and install what requirements-dev.txt locks
	@:

$(INSTALLED):
	@sh .ci/venv requirements-dev.txt
	@rm -f .venv/installed-* && touch $@

.PHONY: demo
demo: $(INSTALLED)  ## An invented marketplace on http://127.0.0.1:8000 (CHECK=1: drive it and exit)
	@$(PY) manage.py demo $(if $(CHECK),--check) $(if $(PORT),--port $(PORT))

.PHONY: test
test: $(INSTALLED)  ## The tests, on SQLite (TESTS=path for some of them)
	@DATABASE_URL= $(PY) -m pytest $(XDIST) $(TESTS)

.PHONY: test-postgres
test-postgres: $(INSTALLED)  ## The same tests on PostgreSQL: DATABASE_URL, a local server, or one brought along
	@$(PY) -m tests.with_postgres $(PY) -m pytest $(XDIST) $(TESTS)

.PHONY: soak
soak: $(INSTALLED)  ## The property tests, long: tens of thousands of random walks
	@DATABASE_URL= $(PY) -m pytest $(XDIST) -m hypothesis --hypothesis-profile=soak \
		-o faulthandler_timeout=0 $(TESTS)

.PHONY: lint style types floors templates migrations deploy
lint: style types floors templates migrations deploy  ## All of these six: style types floors templates migrations deploy

style: $(INSTALLED)
	@$(BIN)/ruff check --quiet --output-format concise
	@$(BIN)/ruff format --check --quiet || { echo "Run 'make format'."; exit 1; }

types: $(INSTALLED)
	@$(BIN)/mypy --no-error-summary

floors: $(INSTALLED)
	@$(BIN)/lint-imports --no-logo > .venv/floors.log || { cat .venv/floors.log; exit 1; }

templates: $(INSTALLED)
	@$(TEMPLATES) | xargs -0 -r $(BIN)/djade --check

migrations: $(INSTALLED)
	@$(PY) manage.py makemigrations --check --dry-run --verbosity 0 \
		|| { echo "A model has changed: run 'manage.py makemigrations --name ...'."; exit 1; }

deploy: $(INSTALLED)
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

.PHONY: format
format: $(INSTALLED)  ## Put style and templates right
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format --quiet
	@$(TEMPLATES) | xargs -0 -r $(BIN)/djade

.PHONY: messages
messages: $(INSTALLED)  ## Gather what is to be translated into locale/ and compile it (needs gettext)
	@$(PY) manage.py makemessages -l zh_Hans --no-location --no-obsolete $(foreach d,.venv var tests bench docs,-i $(d))
	@$(PY) manage.py compilemessages -l zh_Hans -i .venv

.PHONY: docs
docs: $(INSTALLED)  ## Write the tables of docs/ that follow from the code
	@DJANGO_SETTINGS_MODULE=backoffice.settings $(PY) -m tests.architecture.pages

.PHONY: bench
bench: $(INSTALLED)  ## The benches, on PostgreSQL, side by side with hand-written SQL
	@$(PY) -m tests.with_postgres $(PY) -m bench

.PHONY: lock
lock: $(INSTALLED)  ## Lock requirements*.in anew (UPGRADE=1: to the newest versions)
	@for name in requirements requirements-dev; do \
		UV_CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/uv pip compile --quiet --universal --generate-hashes \
			--python-version 3.11 $(if $(UPGRADE),--upgrade) --no-emit-index-url \
			$$name.in -o $$name.txt; \
	done

.PHONY: clean
clean:  ## Remove .venv, var/ and the tools' caches
	@rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
