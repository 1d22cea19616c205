# `make` alone lists the targets. Python is the only prerequisite; the first start installs the rest.
PYTHON ?= python3
PORT ?= 8000
JOBS ?= 2
STEPS ?= 20000
REQUESTS ?= 20000
PAGES ?= 100000
ENTRIES ?= 20000 100000
SAVES ?= 500
PARTNERS ?= 200 2000 10000
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run stop install test oracle pool thorough leaks bench-access bench-search bench-wegweiser eval search-engine engine-faults lint format messages requirements
# The targets use one .venv and one database.
.NOTPARALLEL:

help: ## List the targets
	@echo "Usage: make TARGET"
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do printf '  %-14s %s\n' "$$name" "$$text"; done

run: port local ## Start the portal with demo content (elsewhere than 8000: make run PORT=8123)
	@exec $(PY) -m thinka_portal.run --port "$(PORT)"

stop: local ## Stop the embedded database, when a killed portal left it running
	@$(PY) manage.py stop_database

test: install ## Run the tests (more processes: JOBS=4; also those that take minutes, as CI does: LONG=1)
	@$(PY) -m pytest -n $(JOBS) --dist loadgroup --durations=10 $(if $(LONG),,-m "not long") $(ARGS)

oracle: install ## Compare the readers of pages with the rules for long (make oracle STEPS=20000)
	@STEPS="$(STEPS)" $(PY) -m pytest -qq tests/sites/rls/test_readers.py

pool: install ## Ask at once as several people for long (make pool REQUESTS=20000)
	@REQUESTS="$(REQUESTS)" $(PY) -m pytest -q tests/sites/rls/test_pool.py

thorough: install ## Try in full what CI only samples: broken forms, queries, walks (takes long)
	@THOROUGH=1 $(PY) -m pytest -q tests/home/test_admin_broken_forms.py tests/thinka_portal/test_hostile_queries.py \
		tests/browser/test_policy_walk.py tests/thinka_portal/test_german.py

leaks: install ## Ask for every address as everybody, about another Träger's objects (takes long)
	@THOROUGH=1 $(PY) -m pytest -q -n $(JOBS) --dist loadgroup -p no:logging tests/leaks

bench-access: export DJANGO_SETTINGS_MODULE = thinka_portal.settings.benchmark
bench-access: export PORTAL_DATABASE = portal_bench
bench-access: local ## Measure what the access rules cost among very many pages (make bench-access PAGES=100000)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py load_bulk --pages "$(PAGES)" --keep
	@$(PY) manage.py bench_access

eval: export DJANGO_SETTINGS_MODULE = thinka_portal.settings.benchmark
eval: export PORTAL_DATABASE = portal_eval
eval: local ## Measure how well the search finds (make eval SET=folder; both engines: SEARCH_URL=address)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py eval_search $(SET)

bench-search: export DJANGO_SETTINGS_MODULE = thinka_portal.settings.benchmark
bench-search: export PORTAL_DATABASE = portal_bench_search
bench-search: local ## Measure how long the search takes (make bench-search ENTRIES="20000 100000")
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py bench_search --entries $(ENTRIES)

bench-wegweiser: export DJANGO_SETTINGS_MODULE = thinka_portal.settings.benchmark
bench-wegweiser: export PORTAL_DATABASE = portal_bench_wegweiser
bench-wegweiser: local ## Measure the Wegweiser with many partners (make bench-wegweiser PARTNERS="200 2000 10000")
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py bench_wegweiser --partners $(PARTNERS)

search-engine: ## Start Elasticsearch to develop and test with (needs Java 21, Maven; end it: scripts/search_engine stop)
	@scripts/search_engine start

engine-faults: install search-engine ## Kill Elasticsearch in the middle of 500 saves (make engine-faults SAVES=500)
	@SAVES="$(SAVES)" REQUIRE_SEARCH_ENGINE=1 $(PY) -m pytest -q tests/search/contract/test_faults.py

lint: install ## Check style, imports, types and templates
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m djlint templates sites/templates --lint --quiet
	@$(PY) -m djlint templates sites/templates --check --quiet
	@$(PY) scripts/check_templates.py
	@$(PY) scripts/check_layout.py
	@.venv/bin/lint-imports --no-logo --no-cache
	@$(PY) -m mypy

format: install ## Format Python files and templates
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .
	@$(PY) -m djlint templates sites/templates --reformat --quiet

messages: install ## Collect new texts for translation into locale/de (needs gettext)
	@$(PY) manage.py makemessages --locale=de --add-location=file --ignore=node_modules --ignore=var --ignore=tests
	@$(PY) -m thinka_portal.messages

requirements: install ## Pin and hash requirements/*.in anew (to newer versions: make requirements ARGS=--upgrade)
	@for name in base local node dev; do \
		$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			--custom-compile-command "make requirements" $(ARGS) requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done

install: python ## Install what tests and checks need
	@$(PYTHON) scripts/bootstrap.py dev

.PHONY: port local python
port: python
	@$(PYTHON) -m thinka_portal.port --port "$(PORT)"

local: python
	@$(PYTHON) scripts/bootstrap.py local

python:
	@command -v "$(PYTHON)" >/dev/null || { echo "$(PYTHON) is missing. On Debian and Ubuntu: apt-get install python3 python3-venv" >&2; exit 1; }
