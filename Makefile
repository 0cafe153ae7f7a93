# `make run` and `make test` do all the set-up; the other targets are for those who change the code.
PORT ?= 8000
export PORT
# A shell with this set would make every start compile everything again.
unexport PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python

.PHONY: help run test lint bench fuzz lock clean ambiente ambiente-dev

help:
	@echo "make run           start the portal with worker, scheduler and pretend INSS (PORT=9000: there and on 9001)"
	@echo "make test          everything this machine can check (CI=true: nothing may be skipped)"
	@echo "make lint          format check, linter, types and import contracts only"
	@echo "make bench         the benchmarks of bench/, one after the other"
	@echo "make fuzz          broken files through the whole pipeline (QUANTOS=20000 SEMENTE=1)"
	@echo "make lock          compile the dependency locks again (ATUALIZAR=1: with newer versions)"
	@echo "make clean         remove .venv, var/ (all local data!) and caches"
	@echo "make ambiente      prepare system libraries and .venv, nothing more"
	@echo "make ambiente-dev  the same with what tests and checks need"
	@echo "make help          this list"

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

fuzz: ambiente-dev
	@PYTHONPATH=. $(PYTHON) bench/_defeituosos.py $(or $(QUANTOS),20000) $(or $(SEMENTE),1)

lock: ambiente-dev
	@sh ferramentas/travar.sh

clean:
	rm -rf .venv var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
