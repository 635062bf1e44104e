#!/bin/bash
# The whole suite on SQLite, then on PostgreSQL where one answers (but for the engine's, which knows no database).
# Further arguments go to pytest. What fails on one is told of the other too.
set -euo pipefail
cd "$(dirname "$0")/.."
given=${DATABASE_URL:-}
unset DATABASE_URL EMAIL_URL CACHE_URL MUSUBI_MODE MUSUBI_HOSTS MUSUBI_BASE_URL MUSUBI_SECRET_KEY MUSUBI_FROM_EMAIL
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
trap 'exit 130' INT  # else what is interrupted on one would go on with the other
export MUSUBI_DATA_DIR=$data

failed=()
echo "── テスト（SQLite）"
.venv/bin/pytest -q -n auto --dist worksteal "$@" || failed+=(SQLite)

case $given in postgres*) url=$given ;; *) url=postgres://postgres@127.0.0.1:5432/postgres ;; esac
if reason=$(.venv/bin/python tools/postgres_answers.py "$url" 2>&1); then
  echo "── テスト（PostgreSQL）"
  [ $# -gt 0 ] || set -- tests
  DATABASE_URL=$url .venv/bin/pytest -q -n auto --dist worksteal "$@" || failed+=(PostgreSQL)
else
  echo "ご注意: PostgreSQL のテストは行っていません。$reason" >&2
  echo "  行うには: DATABASE_URL=postgres://利用者:パスワード@127.0.0.1:5432/postgres make test" >&2
fi
if [ ${#failed[@]} -gt 0 ]; then echo "失敗したテストがあります: ${failed[*]}" >&2; exit 1; fi
