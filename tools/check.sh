#!/bin/bash
# Everything that can be judged without running the program. All of it runs, then it says whether all was well.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()
step() {
  local name=$1; shift
  if output=$("$@" 2>&1); then echo "  ok  $name"; else echo "失敗  $name"; echo "$output"; failed+=("$name"); fi
}
step "ruff（書き方）" .venv/bin/ruff check .
step "ruff format（整形）" .venv/bin/ruff format --check .
step "djlint（画面の整形）" .venv/bin/djlint src --check --quiet
step "djlint（画面の書き方）" .venv/bin/djlint src --lint --quiet
step "mypy（型）" .venv/bin/mypy
step "lint-imports（層の向き）" .venv/bin/lint-imports
step "migrations（モデルとの一致）" env MUSUBI_MODE=demonstration .venv/bin/musubi makemigrations --check --dry-run
if [ ${#failed[@]} -gt 0 ]; then echo "直すところがあります: ${failed[*]}（make fix で直るものもあります）" >&2; exit 1; fi
