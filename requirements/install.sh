#!/bin/sh
# Make the virtual environment $1 hold requirements/$2.txt and the package as it is in this tree. $3 names a
# Python to use; without it the first suitable one on PATH is taken.
#
# Why so, in measured seconds for the runtime packages on two cores (venv and pip as they come: 22; this way: 10):
# - pip is not copied into the environment (3.4): the pip that is there already installs into it;
# - nothing is compiled (8): only what a first start imports is, once, then (1.4);
# - the package is linked by a .pth file, which needs no build tool.
set -eu

venv=$1 group=$2
here=$(dirname -- "$0")

suits() {
    "$1" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

choose_python() {
    if [ -n "$1" ]; then set -- "$1"; else set -- python3 python3.14 python3.13 python3.12 python3.11; fi
    for python in "$@"; do
        if suits "$python"; then return; fi
    done
    echo "Leadline needs Python 3.11 or newer with venv; found none as: $*." >&2
    echo "Install it (Debian, Ubuntu: apt-get install python3-venv python3-pip), or name one:" >&2
    echo "  make PYTHON=/path/to/python3" >&2
    exit 1
}

create() {
    echo "Setting up $venv with $("$python" --version), once; this takes about 15 seconds."
    if "$python" -c 'import pip' 2>/dev/null; then
        "$python" -m venv --clear --without-pip "$venv"
    else
        "$python" -m venv --clear "$venv"
    fi
    link
}

link() {
    "$venv/bin/python" - "$here/../src" <<'PYTHON'
import os, pathlib, sys, sysconfig
site = sysconfig.get_path("purelib")
pathlib.Path(site, "leadline.pth").write_text(os.path.relpath(sys.argv[1], site) + "\n", encoding="utf-8")
PYTHON
    # A "#!" line cannot name an interpreter whose path holds a space, so the shell starts Python on this same file.
    cat >"$venv/bin/leadline" <<'PYTHON'
#!/bin/sh
'''exec' "$(dirname -- "$0")/python" "$0" "$@"
' '''
import sys

from leadline.cli import main

sys.exit(main())
PYTHON
    chmod +x "$venv/bin/leadline"
}

run_pip() {
    if "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        "$venv/bin/python" -m pip "$@"
    else
        "$python" -m pip --python "$venv" "$@"
    fi
}

choose_python "${3:-}"
if [ "$group" = runtime ]; then create; else echo "Adding the tools for tests and checks to $venv, once."; fi
# The lists are complete, so there is nothing to resolve; -qq leaves errors.
run_pip install -qq --no-input --no-compile --no-deps --require-hashes -r "$here/$group.txt"
