#!/bin/sh
# Write every requirements file anew, from pyproject.toml and benchmarks/requirements.in: every
# version and hash, for every platform, no index address.
# uv resolves; it lives in an environment of its own ($1), as nothing else needs it. $2 may name a Python.
set -eu

venv=$1
python=${2:-python3}
cd "$(dirname -- "$0")/.."

[ -x "$venv/bin/uv" ] || { "$python" -m venv "$venv" && "$venv/bin/python" -m pip install -qq uv; }

compile() {
    "$venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
        --no-header --no-emit-index-url --no-emit-find-links "$@"
}

compile pyproject.toml --output-file requirements/runtime.txt
compile --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt
compile benchmarks/requirements.in --constraint requirements/runtime.txt --output-file benchmarks/requirements.txt
