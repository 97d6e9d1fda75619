#!/bin/sh
# Compiles pyproject.toml into the lock files: exact versions and hashes, no index addresses.
set -eu
lock() {
    output=$1
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate "$@" --output-file "$output" pyproject.toml >/dev/null
    echo "$output: $(grep -c == "$output") packages"
}
lock deploy/requirements.txt
lock deploy/requirements-demo.txt --extra demo
lock deploy/requirements-test.txt --extra test
lock deploy/requirements-browser.txt --extra test --extra browser
lock deploy/requirements-fuzz.txt --extra test --extra fuzz
