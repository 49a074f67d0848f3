# Everything a contributor runs. Needs Python 3.11+ and make; each target sets itself up.
PYTHON ?= python3
BIN := .venv/bin
RUN := PYTHONPATH=.:clients/python $(BIN)/python
INSTALL := -m pip install -qq --disable-pip-version-check --require-hashes

.PHONY: dataset release check fill clients test robustness fuzz audit docs lint lock clean

dataset: .venv/dataset        ## validate everything, then write Parquet, derived tables and descriptor
	@$(RUN) -m release build

release: .venv/dataset        ## make a release: make release VERSION=1.0.0
	@$(RUN) -m release make $(VERSION)

check: .venv/dataset          ## validate the tables changed since the last build (seconds)
	@$(RUN) -m validation --changed

fill: .venv/dataset           ## complete typed rows: ids, default codes, generated columns
	@$(RUN) -m canonical.fill

clients: .venv/development    ## build the wheel and the R package with their tables into dist/
	@$(RUN) -m release.package.clients

# Modules are compiled first: tests start them in hundreds of processes, also where Python is told to write none.
test: .venv/development .venv/referees/installed .venv/readers/installed  ## every test
	@$(BIN)/python -m compileall -q canonical ingest validation release benchmarks clients/python
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

robustness: .venv/development ## every hostile case, and a part of the faults of the machine (minutes)
	@$(RUN) -m benchmarks.robustness --share 0.02

fuzz: .venv/fuzz/installed    ## every reader on inputs that follow its branches, a minute each; Linux alone
	@for reader in csv json schema descriptor parquet; do PYTHONPATH=. .venv/fuzz/bin/python -m benchmarks.fuzz_readers $$reader 60 || exit; done

audit: .venv/audit/installed  ## look the pinned versions up among known vulnerabilities (needs the network)
	@.venv/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock

docs: .venv/development       ## build the site into site/
	@$(RUN) -m release docs
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

lint: .venv/development       ## what pre-commit and CI run
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/pyright && $(BIN)/codespell

lock:                         ## pin every dependency with hashes (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --group pyproject.toml:referees -o requirements-referees.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --group pyproject.toml:readers -o requirements-readers.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --group pyproject.toml:peers -o requirements-peers.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --group pyproject.toml:audit -o requirements-audit.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --group pyproject.toml:fuzz -o requirements-fuzz.lock

clean:
	rm -rf .venv site dist

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=python3.11 or later" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv

.venv/dataset: requirements.lock | .venv/bin/python
	@$(BIN)/python $(INSTALL) -r requirements.lock
	@touch $@

.venv/development: requirements-dev.lock .venv/dataset
	@$(BIN)/python $(INSTALL) -r requirements-dev.lock
	@touch $@

# Programs of other people that judge what we judge, beside our own packages and not among them.
.venv/referees/installed: requirements-referees.lock | .venv/bin/python
	@$(PYTHON) -m venv .venv/referees
	@.venv/referees/bin/python $(INSTALL) -r requirements-referees.lock
	@chmod +x .venv/referees/bin/data-dict
	@touch $@

# Programs that people read tables with: Spark, and hyparquet as a page in a browser has it.
.venv/readers/installed: requirements-readers.lock tests/readers/package-lock.json | .venv/bin/python
	@$(PYTHON) -m venv .venv/readers
	@.venv/readers/bin/python $(INSTALL) -r requirements-readers.lock
	@cp tests/readers/package.json tests/readers/package-lock.json .venv/readers/
	@cd .venv/readers && npm ci --silent
	@touch $@

# Programs that check tables as ours do, for the benchmark of scale alone.
.venv/peers/installed: requirements-peers.lock | .venv/bin/python
	@$(PYTHON) -m venv .venv/peers
	@.venv/peers/bin/python $(INSTALL) -r requirements-peers.lock
	@touch $@

.venv/fuzz/installed: requirements.lock requirements-fuzz.lock | .venv/bin/python
	@$(PYTHON) -m venv .venv/fuzz
	@.venv/fuzz/bin/python $(INSTALL) -r requirements.lock
	@.venv/fuzz/bin/python $(INSTALL) -r requirements-fuzz.lock
	@touch $@

.venv/audit/installed: requirements-audit.lock | .venv/bin/python
	@$(PYTHON) -m venv .venv/audit
	@.venv/audit/bin/python $(INSTALL) -r requirements-audit.lock
	@touch $@
