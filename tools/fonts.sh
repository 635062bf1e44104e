#!/bin/bash
# The Japanese font of paper (PDF): from Debian, where this user may install; named, where not. Never stops the set-up.
set -uo pipefail
cd "$(dirname "$0")/.."
. tools/apt.sh
PACKAGE=fonts-morisawa-bizud-gothic
# The same families as src/musubi/web/shared/paper/fonts.py asks for.
has_font() {
  local home=${HOME:-/nonexistent}
  [ -n "$(find -L /usr/share/fonts /usr/local/share/fonts "$home/.local/share/fonts" "$home/.fonts" -type f \
    \( -name 'BIZUDPGothic*' -o -name 'NotoSansCJK*' -o -name 'ipaexg*' \) 2>/dev/null | head -n 1)" ]
}
[ -n "${MUSUBI_FONTS:-}" ] && exit 0
has_font && exit 0
if may_install; then
  echo "紙（PDF）のため、Debian の $PACKAGE を入れています…"
  install "$PACKAGE" && exit 0
fi
echo "ご注意: 紙（PDF）のための日本語のフォントがありません。管理者の方が次を実行すると、PDF を作れます: apt-get install $PACKAGE" >&2
exit 0
