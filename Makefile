# Every target builds .venv first; the second time that costs nothing.
PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= data
RUN := .venv/bin/python

.PHONY: demo test venv lint faults browser bench screenshots fuzz mutants properties security words lock clean

demo: .venv/.demo
	@$(RUN) -m deploy.demo --port "$(PORT)" --data "$(DATA_DIR)"

test: .venv/.test
	@$(RUN) -m deploy.testing

venv: .venv/.test

lint: .venv/.test
	@$(RUN) -m deploy.testing.lint

faults: .venv/.test
	@$(RUN) -m deploy.testing.faults

browser: .venv/.browser
	@$(RUN) -m deploy.testing.extra browser

# Pictures of every page, 390 and 1280 wide, light and dark, in build/screenshots; a chosen few go to docs/.
screenshots: .venv/.browser
	@SCREENS=build/screenshots $(RUN) -m deploy.testing.extra browser pictures.py

bench: .venv/.test
	@$(RUN) -m deploy.testing.extra bench

fuzz: .venv/.fuzz
	@$(RUN) -m deploy.testing.extra fuzz

# Every promise attacked in turn, with what was promised and what was seen; then every package with its licence.
security: .venv/.fuzz .venv/.browser
	@$(RUN) -m deploy.testing.security

# Spoils the rules in one place after the other; MODULES="gate holds" for some of them, MINUTES=20 for a part.
mutants: .venv/.test
	@$(RUN) -m deploy.testing.mutants $(MODULES) --minutes $(or $(MINUTES),240)

# The promises of the rules, each looked for in 10 000 random histories instead of 200.
properties: .venv/.test
	@HYPOTHESIS_PROFILE=long $(RUN) -m pytest -q -n auto tests/rules

# Gathers every word people read into locale/, compiles what is translated, and names what is not.
words: .venv/.test
	@$(RUN) -m deploy.testing.words

# Writes the lock files anew from pyproject.toml; for whoever changes a dependency.
lock: .venv/.uv
	@sh deploy/lock.sh

clean:
	@rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/.uv: deploy/requirements-uv.txt
	@sh deploy/make_venv.sh "$(PYTHON)"
	@touch $@

.venv/.demo: .venv/.uv deploy/requirements-demo.txt
	@sh deploy/install.sh deploy/requirements-demo.txt
	@touch $@

.venv/.test: .venv/.uv deploy/requirements-test.txt
	@sh deploy/install.sh deploy/requirements-test.txt
	@touch $@ .venv/.demo

.venv/.browser: .venv/.uv deploy/requirements-browser.txt
	@sh deploy/install.sh deploy/requirements-browser.txt
	@touch $@ .venv/.test .venv/.demo

.venv/.fuzz: .venv/.uv deploy/requirements-fuzz.txt
	@sh deploy/install.sh deploy/requirements-fuzz.txt
	@touch $@ .venv/.test .venv/.demo
