#!/bin/bash
# Chromium and Japanese fonts for the browser tests: from Debian, where this user may install.
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/apt.sh
tools/fonts.sh
command -v chromium >/dev/null && exit 0
if may_install; then
  echo "ブラウザーのテストのため、Debian の chromium を入れています…"
  install chromium && exit 0
fi
echo "ご注意: chromium を入れられませんでした。" >&2
echo "  ブラウザーを使うテストは飛ばします。管理者の方が次を実行すると動きます: apt-get install chromium" >&2
exit 0
