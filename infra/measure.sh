#!/usr/bin/env bash
# Prints the figures of the README: from a fresh clone to the first board, memory while serving, time of the tests.
#   infra/measure.sh [first|tests]    one part of it; without a word, both
# Needs what a newcomer needs, and Linux. Measure on a machine that does nothing else: the first line says whether it does.
set -euo pipefail

work=$(mktemp -d)
chmod 755 "$work" # as root, the database runs as another user, who must be able to pass
server=

finish() {
  if [ -n "$server" ]; then kill -TERM "$server" 2>/dev/null && wait; fi
  rm -rf "$work"
}
trap finish EXIT

say() { printf '%-44s %s\n' "$1" "$2"; }

# timed WHAT COMMAND…: runs it, and prints how long it took.
timed() {
  local what=$1 began=$EPOCHREALTIME
  shift
  "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2 && exit 1; }
  say "$what" "$(awk -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN { printf "%6.1f s", to - from }')"
}

memory_of() { awk '/^VmRSS/ { printf "%6.0f MB", $2 / 1024 }' "/proc/$1/status"; }

first_board() {
  dotnet run --project src/Tracker --no-build -- --urls "$address" "--Tracker:DataDirectory=$work/data" >"$work/server.log" 2>&1 &
  local starter=$!
  until curl -fsS "$board" >"$work/board.json" 2>/dev/null; do
    kill -0 "$starter" 2>/dev/null || { cat "$work/server.log" && return 1; }
    sleep 0.1
  done
  server=$(sed -n 's/.*"pid": *\([0-9]*\).*/\1/p' "$work/data/running.json")
}

hundred_boards() { for _ in $(seq 100); do curl -fsS "$board" >/dev/null; done; }

first() {
  address=http://127.0.0.1:$(shuf -i 20000-29999 -n 1)
  board=$address/api/v1/agendas/us-china-bali/board?validAt=2023-01-31
  timed 'restore, with no package on the machine' env NUGET_PACKAGES="$work/packages" dotnet restore src/Tracker
  timed 'restore, with all of them' dotnet restore src/Tracker
  timed 'build' dotnet build src/Tracker --no-restore
  timed 'start on an empty folder, to the first board' first_board
  say 'memory of the service then' "$(memory_of "$server")"
  timed '100 boards, one after another' hundred_boards
  say 'memory of the service then' "$(memory_of "$server")"
  kill -TERM "$server"
  wait
  server=
}

tests() {
  timed 'build of all' dotnet build
  timed 'all tests' dotnet test --no-build
}

case ${1:-all} in all | first | tests) ;; *) sed -n '2,4p' "$0" && exit 2 ;; esac
say "$(nproc) processors, $(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo); load before" "$(cut -d' ' -f1 /proc/loadavg)"
timed 'clone' git clone -q "$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)" "$work/clone"
cd "$work/clone"
case ${1:-all} in
  first | tests) "$1" ;;
  *) first && tests ;;
esac
say 'load after' "$(cut -d' ' -f1 /proc/loadavg)"
