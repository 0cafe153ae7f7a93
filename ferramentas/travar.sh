#!/bin/sh
# Compile both locks: hashes for every file, no index address (whoever installs chooses the index).
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    # uv is no dependency of the portal: it lives beside the environment, only for this target.
    [ -x .venv/uv/bin/uv ] || { .venv/bin/python -m venv .venv/uv && .venv/uv/bin/pip install --quiet uv; }
    uv=.venv/uv/bin/uv
fi
comum="--quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 --universal"
# shellcheck disable=SC2086
"$uv" pip compile $comum ${ATUALIZAR:+--upgrade} pyproject.toml -o requirements.txt
# shellcheck disable=SC2086
"$uv" pip compile $comum ${ATUALIZAR:+--upgrade} -c requirements.txt --group dev pyproject.toml -o requirements-dev.txt
