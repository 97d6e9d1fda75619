#!/bin/sh
# Makes .venv with the standard library and puts a pinned, hash-checked uv into it.
# Usage: make_venv.sh PYTHON
set -eu
python=$1
command -v "$python" >/dev/null 2>&1 || {
    echo "There is no $python here: install Python 3.11 or newer, or name yours with PYTHON=/path/to/python3." >&2
    exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "$("$python" --version) is too old: install Python 3.11 or newer, or name yours with PYTHON=/path/to/python3." >&2
    exit 1
}
"$python" -c 'import venv, ensurepip' 2>/dev/null || {
    echo "This Python has no venv module: install it (on Debian and Ubuntu: apt-get install python3-venv), then run make again." >&2
    exit 1
}
echo "Making .venv ..."
[ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null || "$python" -m venv --clear .venv || {
    echo "This folder cannot be written to: copy the project to a folder of yours and run make there." >&2
    exit 1
}
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: \
    -r deploy/requirements-uv.txt || {
    echo "The installer could not be fetched: check the connection to the Python package index, then run make again." >&2
    exit 1
}
