# `make run` and `make test` do all the set-up; the other targets are for those who change the code.
PORT ?= 8000
export PORT
# A shell with this set would make every start compile everything again.
unexport PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python

.PHONY: help run test lint bench lock clean ambiente ambiente-dev

help:
	@echo "make run    start the portal (PORT=8000) with worker, scheduler and pretend INSS"
	@echo "make test   everything this machine can check (CI=true: nothing may be skipped)"
	@echo "make lint   format check, linter, types and import contracts only"
	@echo "make bench  the benchmarks of bench/, one after the other"
	@echo "make lock   compile the dependency locks again"
	@echo "make clean  remove .venv, var/ (all local data!) and caches"

ambiente:
	@sh ferramentas/ambiente.sh

ambiente-dev:
	@sh ferramentas/ambiente.sh dev

run: ambiente
	@exec $(PYTHON) manage.py servir

test: ambiente-dev
	@exec $(PYTHON) ferramentas/testar.py

lint: ambiente-dev
	@exec $(PYTHON) ferramentas/testar.py --so-analise

bench: ambiente-dev
	@set -e; for medida in bench/[a-z]*.py; do \
		[ -e "$$medida" ] || continue; \
		printf '\n== %s\n' "$$medida"; PYTHONPATH=. $(PYTHON) "$$medida"; \
	done

lock: ambiente-dev
	@sh ferramentas/travar.sh

clean:
	rm -rf .venv var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
