# Sourced by the set-up: finds uv, or puts it into the project's own folder with pip. Sets $UV.
UV_VERSION=0.13.8
export UV_CACHE_DIR="$PWD/.tools/uv-cache" UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv UV_LINK_MODE=hardlink
# Trust what the machine trusts, as Debian's pip does.
if [ -z "${SSL_CERT_FILE:-}" ] && [ -e /etc/ssl/certs/ca-certificates.crt ]; then export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"; fi
PYTHON=${PYTHON:-$(command -v python3.11 || command -v python3)}
# Of an activated environment, such as another clone's .venv, which has no pip, the Python it was made of.
PYTHON=$("$PYTHON" -c 'import sys; print(sys._base_executable)')
UV="$PWD/.tools/uv-$UV_VERSION/bin/uv"
if [ ! -x "$UV" ]; then
  rm -rf .tools/tmp
  "$PYTHON" -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
    --target .tools/tmp "uv==$UV_VERSION" || {
      echo "uv を pip で入れられませんでした。Debian では: apt-get install python3-pip" >&2; exit 1; }
  mv .tools/tmp ".tools/uv-$UV_VERSION"
fi
