#!/bin/sh
# Installs one hash-locked requirements file into .venv.
# Usage: install.sh FILE
set -eu
echo "Installing $1 ..."
.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$1" || {
    echo "The packages could not be installed: check the connection to the Python package index, then run make again." >&2
    exit 1
}
