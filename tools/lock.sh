#!/bin/sh
# Writes requirements/{app,test}.txt: exact versions with hashes and no addresses.
set -eu
. tools/uv.sh
common="--python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --no-emit-package musubi-engine --upgrade"
"$UV" pip compile $common pyproject.toml --group pyproject.toml:build -o requirements/app.txt
"$UV" pip compile $common pyproject.toml --group pyproject.toml:build --group pyproject.toml:test -c requirements/app.txt -o requirements/test.txt
