# Sourced: what this user may do with Debian's packages.
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
may_install() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; }; }
# install <package>…: quietly; on failure its last lines on stderr and 1.
install() {
  local log; log=$(mktemp)
  if as_root apt-get update -qq >"$log" 2>&1 \
    && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$log" 2>&1; then
    rm -f "$log"; return 0
  fi
  tail -n 5 "$log" >&2; rm -f "$log"; return 1
}
