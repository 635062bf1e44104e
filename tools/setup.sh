#!/bin/sh
# Makes .venv/ with the locked parts and this project. `setup.sh app` or `setup.sh test` (app and the test tools).
set -eu
cd "$(dirname "$0")/.."
kind=$1
PYTHON=${PYTHON:-$(command -v python3.11 || command -v python3 || true)}
if [ -z "$PYTHON" ] || ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Python 3.11 以上が必要です。Debian では: apt-get install python3 python3-pip" >&2
  exit 1
fi
mkdir -p .tools
. tools/uv.sh
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'pass' 2>/dev/null; then
  "$UV" venv --quiet --python "$PYTHON" .venv
fi
# Adding the test tools removes nothing; installing only the application keeps tools that are there.
if [ "$kind" = test ] || [ -e .venv/.stamp-test ]; then list=requirements/test.txt; else list=requirements/app.txt; fi
echo "必要なものを入れています（初回は 1 分ほどかかります）…"
if ! "$UV" pip sync --quiet --python .venv/bin/python --require-hashes "$list"; then
  # uv does not read pip's settings: where only pip knows its index, pip does the same more slowly.
  echo "uv では入れられなかったため、pip で入れています（数分かかります）…"
  "$PYTHON" -m pip --python .venv/bin/python install --quiet --disable-pip-version-check --require-hashes -r "$list"
fi
"$UV" pip install --quiet --offline --python .venv/bin/python --no-deps --no-build-isolation -e ./engine -e .
bash tools/fonts.sh
touch .venv/.stamp-app
if [ "$list" = requirements/test.txt ]; then touch .venv/.stamp-test; fi
