# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Sourced by tools/check and tools/demo: numbered steps with wall times, and the
# Debian packages of tools/packages. Sets `root` (the tree) and `jobs`.
# shellcheck shell=bash

set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
jobs=$(nproc)
cd "$root"
# Nothing here may wait for a person: tests and apt see an empty input.
exec </dev/null
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

step_count=0 step_total=${step_total:-0}
step_names=() step_times=()

# step NAME COMMAND...: runs it under a numbered headline. Its failure is
# passed on after the table of times.
step() {
  local name=$1 start=$SECONDS status=0
  shift
  step_count=$((step_count + 1))
  printf '[%d/%d] %s\n' "$step_count" "$step_total" "$name"
  "$@" || status=$?
  step_names+=("$name") step_times+=($((SECONDS - start)))
  return "$status"
}

# Wall time of every step so far.
step_table() {
  local i total=0
  printf '\n%-12s %s\n' step 'wall time'
  for i in "${!step_names[@]}"; do
    printf '%-12s %3d:%02d\n' "${step_names[i]}" $((step_times[i] / 60)) $((step_times[i] % 60))
    total=$((total + step_times[i]))
  done
  printf '%-12s %3d:%02d\n' total $((total / 60)) $((total % 60))
}

# quiet LOG COMMAND...: the output goes to a file, whose end is shown when the
# command fails. On a terminal ninja's one-line status is more use.
quiet() {
  local log=$1 status=0
  shift
  mkdir -p "$(dirname "$log")"
  if [ -t 1 ]; then "$@" || status=$?; else "$@" >"$log" 2>&1 || status=$?; fi
  if [ "$status" != 0 ] && [ ! -t 1 ]; then
    tail -n 60 "$log"
    printf 'error: %s failed; the whole log is %s\n' "$1" "$log" >&2
  fi
  return "$status"
}

# Installs the packages of tools/packages that are missing: as root, with sudo,
# or, with neither, says the line to run and exits 2.
install_packages() {
  local wanted missing
  mapfile -t wanted < <(sed 's/#.*//; s/[[:space:]]*$//; /^$/d' tools/packages)
  mapfile -t missing < <(comm -23 <(printf '%s\n' "${wanted[@]}" | sort) \
    <(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' | sort -u))
  if [ ${#missing[@]} = 0 ]; then
    printf '      all %d there\n' ${#wanted[@]}
    return
  fi
  local become=()
  if [ "$(id -u)" != 0 ]; then
    # Without a terminal sudo could only wait for a password.
    if command -v sudo >/dev/null && { [ -t 2 ] || sudo -n true 2>/dev/null; }; then
      become=(sudo env DEBIAN_FRONTEND=noninteractive)
    else
      printf 'packages are missing; run this as root, then try again:\n  apt-get update && apt-get install -y --no-install-recommends %s\n' "${missing[*]}" >&2
      exit 2
    fi
  fi
  printf '      %d to install%s\n' ${#missing[@]} "${become:+, using sudo}"
  quiet build/logs/apt-update "${become[@]}" apt-get -q update || return
  quiet build/logs/apt-install "${become[@]}" apt-get -q install -y --no-install-recommends "${missing[@]}"
}

# What tests compare with comes from PyPI, into the build folder. Without it
# those tests are skipped, which the last line counts.
test_python() {
  [ -x build/venv/bin/python ] && build/venv/bin/python -c 'import numpy, safetensors' 2> /dev/null && return
  python3 -m venv build/venv && build/venv/bin/pip install -q --disable-pip-version-check numpy==2.3.5 safetensors==0.7.0 && return
  echo "      numpy and safetensors could not be installed: the tests that need them are skipped"
}
configure() {
  local python=python3
  [ -x build/venv/bin/python ] && python=$root/build/venv/bin/python
  quiet build/logs/configure cmake -G Ninja -S . -B build -DCMAKE_BUILD_TYPE=Release -DDLC_TEST_PYTHON="$python"
}
build() { quiet build/logs/build ninja -C build -j "$jobs"; }
