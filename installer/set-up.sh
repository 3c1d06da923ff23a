#!/usr/bin/env bash
# Makes .venv and installs the tool with its desktop and development extras; sees to Qt's system libraries.
# Does nothing when all is in place, so that every make target can call it.
set -euo pipefail
cd "$(dirname "$0")/.."

# libxcb-icccm4 and libxcb-keysyms1: without them a real window fails with a message that wrongly blames xcb-cursor0.
packages=(libglib2.0-0 libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0
  libxcb-render-util0 libxcb-shape0 libdbus-1-3 libfontconfig1 xvfb xauth)

python=${PYTHON:-python3}
venv_works() { "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; }
venv_works || packages+=(python3 python3-venv)

if command -v dpkg-query >/dev/null 2>&1; then
  # Newer Debians call some libraries by the same name with t64 behind it.
  installed() { (dpkg-query -W -f='${Status}\n' "$1" "$1t64" 2>/dev/null || true) | grep -q 'install ok installed'; }
  missing=()
  for package in "${packages[@]}"; do
    installed "$package" || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" = 0 ]; then
      echo "set-up: installing system libraries: ${missing[*]}"
      export DEBIAN_FRONTEND=noninteractive
      apt-get update -qq
      apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    else
      echo "set-up: some system libraries are missing; a window needs them. Install them with:"
      echo "  sudo apt-get install -y ${missing[*]}"
    fi
  fi
fi

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "set-up: Python 3.11 or newer is needed; $("$python" --version) was found. Set PYTHON=/path/to/python3.11." >&2
  exit 1
}

stamp=.venv/.set-up-done
wanted=$(cat pyproject.toml installer/set-up.sh | cksum)
if [ ! -x .venv/bin/python ] || [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
  echo "set-up: making .venv and installing the tool (a few minutes the first time)"
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[desktop,dev]'
  echo "$wanted" > "$stamp"
fi
