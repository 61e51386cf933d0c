#!/usr/bin/env bash
# Prints the figures of the README: from a fresh clone to the first board, memory while serving, time of the tests.
# Needs what a newcomer needs, and Linux. Measure on a machine that does nothing else.
set -euo pipefail

work=$(mktemp -d)
chmod 755 "$work" # as root, the database runs as another user, who must be able to pass
trap 'rm -rf "$work"' EXIT

# timed WHAT COMMAND…: runs it, and prints how long it took.
timed() {
  local what=$1 began=$EPOCHREALTIME
  shift
  "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2 && exit 1; }
  awk -v what="$what" -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN { printf "%-40s %6.1f s\n", what, to - from }'
}

memory_of() { awk '/^VmRSS/ { printf "%.0f MB\n", $2 / 1024 }' "/proc/$1/status"; }

first_board() {
  dotnet run --project src/Tracker --no-build -- --urls "$address" "--Tracker:DataDirectory=$work/data" >"$work/server.log" 2>&1 &
  for _ in $(seq 1200); do
    curl -fsS "$board" >"$work/board.json" 2>/dev/null && return
    sleep 0.1
  done
  cat "$work/server.log" >&2
  return 1
}

hundred_boards() { for _ in $(seq 100); do curl -fsS "$board" >/dev/null; done; }

address=http://127.0.0.1:$(shuf -i 20000-29999 -n 1)
board=$address/api/v1/agendas/us-china-bali/board?validAt=2023-01-31

timed 'clone' git clone -q "$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)" "$work/clone"
cd "$work/clone"
timed 'restore (packages once fetched)' dotnet restore src/Tracker
timed 'build' dotnet build src/Tracker --no-restore
timed 'start on an empty folder, to the board' first_board
timed '100 boards, one after another' hundred_boards
server=$(grep -o '"pid": *[0-9]*' "$work/data/running.json" | head -1 | grep -o '[0-9]*')
printf '%-40s %s\n' 'memory of the service, by then' "$(memory_of "$server")"
kill -INT "$server"
wait
timed 'dotnet build of all' dotnet build
timed 'dotnet test, all of them' dotnet test --no-build
