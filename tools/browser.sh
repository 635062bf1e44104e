#!/bin/bash
# Chromium and Japanese fonts for the browser tests: from Debian, where this user may install.
set -uo pipefail
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
may_install() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; }; }
has_font() { compgen -G '/usr/share/fonts/*/bizud*' >/dev/null || compgen -G '/usr/share/fonts/*/*bizud*/*' >/dev/null || { command -v fc-list >/dev/null && [ -n "$(fc-list ':lang=ja' 2>/dev/null | head -n 1)" ]; }; }
wanted=()
command -v chromium >/dev/null || wanted+=(chromium)
has_font || wanted+=(fonts-morisawa-bizud-gothic)
[ ${#wanted[@]} -eq 0 ] && exit 0
if may_install; then
  echo "ブラウザーのテストのため、Debian の ${wanted[*]} を入れています…"
  log=$(mktemp)
  if as_root apt-get update -qq >"$log" 2>&1 \
    && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >>"$log" 2>&1; then
    rm -f "$log"; exit 0
  fi
  tail -n 5 "$log" >&2; rm -f "$log"
fi
echo "ご注意: ${wanted[*]} を入れられませんでした。" >&2
if ! command -v chromium >/dev/null; then
  echo "  ブラウザーを使うテストは飛ばします。管理者の方が次を実行すると動きます: apt-get install chromium fonts-morisawa-bizud-gothic" >&2
fi
exit 0
