#!/usr/bin/env bash
# Prints the figures of the README.
#   infra/measure.sh [first|large|tests]    one part of it; without a word, all
#     first    from a fresh clone to the first board, and memory while serving
#     large    a large record: import, export, what others wait meanwhile; boards as known at, beside the Bali record's
#     tests    the time of the tests
# Needs what a newcomer needs, curl, and Linux. Measure on a machine that does nothing else: the first line says whether it does.
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

# A bundle in lines: AGENDA COMMITMENTS ACTIVITIES EVIDENCE, the evidence spread over all, of each depth, the activities over two years.
bundle() {
  awk -v agenda="$1" -v commitments="$2" -v activities="$3" -v evidence="$4" 'BEGIN {
    split("words contact mechanism measure", depths)
    printf "{\"format\":\"tracker-bundle/1\",\"agenda\":{\"slug\":\"%s\",\"title\":\"A large record\",\"parties\":[{\"code\":\"AA\",\"name\":\"A\"},{\"code\":\"BB\",\"name\":\"B\"}],\"baseline\":{\"name\":\"The day\",\"date\":\"2022-11-14\"}}}\n", agenda
    print "{\"source\":{\"slug\":\"readout\",\"kind\":\"readout\",\"tier\":\"readout\",\"issuer\":\"AA\",\"title\":\"Readout\"}}"
    for (i = 0; i < commitments; i++)
      printf "{\"commitment\":{\"slug\":\"c-%d\",\"title\":\"What both said they would do, number %d\",\"type\":\"deliverable\",\"madeOn\":\"2022-11-14\",\"parties\":[\"AA\",\"BB\"],\"clauses\":[{\"party\":\"AA\",\"source\":\"readout\",\"quote\":\"The two sides agreed on number %d.\"}]}}\n", i, i, i
    for (i = 0; i < activities; i++)
      printf "{\"activity\":{\"slug\":\"x-%d\",\"kind\":\"meeting\",\"title\":\"Talks, round %d\",\"occurred\":\"%04d-%02d-%02d\",\"participants\":[{\"party\":\"AA\",\"name\":\"Ministry A\"},{\"party\":\"BB\",\"name\":\"Ministry B\"}],\"sources\":[\"readout\"]}}\n", i, i, 2023 + int(i / 336) % 2, 1 + int(i / 28) % 12, 1 + i % 28
    for (i = 0; i < evidence; i++)
      printf "{\"evidence\":{\"key\":\"e-%d\",\"commitment\":\"c-%d\",\"activity\":\"x-%d\",\"depth\":\"%s\",\"direction\":\"advances\",\"parties\":[\"AA\"],\"rationale\":\"They met on it.\",\"state\":\"accepted\",\"coder\":\"someone\",\"review\":{\"decision\":\"accept\",\"rationale\":\"So it is.\",\"reviewer\":\"another\"}}}\n", i, i % commitments, i % activities, depths[1 + i % 4]
  }'
}

memory_of() { awk '/^VmRSS/ { printf "%6.0f MB", $2 / 1024 }' "/proc/$1/status"; }

first_board() {
  dotnet run --project src/Tracker -c "${configuration:-Debug}" --no-build -- --urls "$address" "--Tracker:DataDirectory=$work/data" >"$work/server.log" 2>&1 &
  local starter=$!
  until curl -fsS "$board" >"$work/board.json" 2>/dev/null; do
    kill -0 "$starter" 2>/dev/null || { cat "$work/server.log" && return 1; }
    sleep 0.1
  done
  server=$(sed -n 's/.*"pid": *\([0-9]*\).*/\1/p' "$work/data/running.json")
}

peak_of() { awk '/^VmHWM/ { printf "%6.0f MB", $2 / 1024 }' "/proc/$1/status"; }

forget_peak_of() { echo 5 >"/proc/$1/clear_refs"; }

# api METHOD PATH [CURL'S…]: one request as the owner.
api() {
  local method=$1 path=$2
  shift 2
  curl --fail-with-body -sS -X "$method" -H "Authorization: Bearer $(cat "$work/data/owner.key")" "$@" "$api$path"
}

# waits WHILE: records in another agenda and asks for its board with it, as long as the process runs; prints how long each took, in ms.
waits() {
  local began position
  while kill -0 "$1" 2>/dev/null; do
    began=$EPOCHREALTIME
    position=$(api POST /agendas/beside/milestones -H 'Content-Type: application/json' -d "{\"slug\":\"m-${began//[.,]/}\",\"name\":\"M\",\"date\":\"2023-01-01\"}" -o /dev/null -D - | tr -d '\r' | sed -n 's/^tracker-position: //Ip')
    until curl -fsS -o /dev/null "$api/agendas/beside/board?atLeast=$position" 2>/dev/null; do :; done
    awk -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN { printf "%d\n", (to - from) * 1000 }'
    sleep 0.1
  done
}

# spread: of numbers on lines, the median and the greatest.
spread() { sort -n | awk '{ x[NR] = $1 } END { printf "median %6.0f ms, longest %6.0f ms (%d asked)", x[int((NR + 1) / 2)], x[NR], NR }'; }

# asked PATH: 40 requests one after another over one connection, the first two left out.
asked() {
  local urls=()
  for _ in $(seq 42); do urls+=("-o" /dev/null "$api$1"); done
  curl -fsS -w '%{time_total}\n' "${urls[@]}" | tail -n +3 | awk '{ print $1 * 1000 }' | spread
}

# settles: waits until the machine has been nine parts in ten idle for a second: what is measured next is measured by itself.
settles() {
  until { sed -n 's/^cpu //p' /proc/stat && sleep 1 && sed -n 's/^cpu //p' /proc/stat; } |
    awk '{ idle = $4 - idle; sum = 0; for (i = 1; i <= 8; i++) sum += $i; all = sum - all } END { exit (idle < 0.9 * all) }'; do :; done
}

# moved AGENDA ACTIVITIES: takes a bundle in and out again, while another agenda is at work.
moved() {
  local agenda=$1 activities=$2 began=$EPOCHREALTIME
  bundle "$agenda" 100 "$activities" "$activities" >"$work/$agenda.ndjson"
  forget_peak_of "$server"
  began=$EPOCHREALTIME
  api POST "/agendas/$agenda/import" -H 'Content-Type: application/x-ndjson' -T "$work/$agenda.ndjson" -o "$work/imported.json" &
  local importing=$!
  waits "$importing" >"$work/waits"
  wait "$importing" || { head -c 2000 "$work/imported.json" >&2 && exit 1; }
  say "import of $activities activities, as many pieces of evidence" "$(awk -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN { printf "%6.1f s", to - from }'), peak $(peak_of "$server")"
  say '  recording and board of another meanwhile' "$(spread <"$work/waits")"
  began=$EPOCHREALTIME
  curl -fsS -o /dev/null "$api/agendas/$agenda/board?atLeast=1" || until curl -fsS -o /dev/null "$api/agendas/$agenda/board?atLeast=1" 2>/dev/null; do :; done
  say '  until its own board has it' "$(awk -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN { printf "%6.1f s", to - from }')"
  forget_peak_of "$server"
  timed '  export' api GET "/agendas/$agenda/export" -H 'Accept: application/x-ndjson' -o "$work/exported.ndjson"
  say '  peak memory of the service' "$(peak_of "$server")"
}

large() {
  address=http://127.0.0.1:$(shuf -i 20000-29999 -n 1)
  api=$address/api/v1
  board=$api/agendas/us-china-bali/board
  dotnet build src/Tracker -c Release >"$work/log" 2>&1 || { cat "$work/log" >&2 && exit 1; }
  configuration=Release first_board
  say 'memory of the service with the Bali record' "$(memory_of "$server")"
  api POST /agendas -H 'Content-Type: application/json' -o /dev/null -d '{"slug":"beside","title":"Beside","parties":[{"code":"AA","name":"A"}],"baseline":{"name":"The day","date":"2022-11-14"}}'
  sleep 5 & waits $! | spread >"$work/spread"
  say 'recording and board of an agenda, alone' "$(cat "$work/spread")"
  moved ten-thousand 10000
  settles
  moved hundred-thousand 100000

  bundle thousand 1000 10000 20000 >"$work/thousand.ndjson"
  api POST /agendas/thousand/import -H 'Content-Type: application/x-ndjson' -T "$work/thousand.ndjson" -o /dev/null
  for n in $(seq 20); do
    api POST "/agendas/thousand/activities/x-$n/corrections" -H 'Content-Type: application/json' -o "$work/corrected.json" -d "{\"occurred\":\"2023-06-$(printf %02d "$n")\",\"reason\":\"The other account says so.\"}"
  done
  until curl -fsS -o /dev/null "$api/agendas/thousand/board?atLeast=21" 2>/dev/null; do :; done
  settles
  say 'board of Bali (8 commitments)' "$(asked '/agendas/us-china-bali/board?validAt=2023-01-31')"
  say 'board of 1,000 commitments, 20,000 pieces, now' "$(asked '/agendas/thousand/board?validAt=2024-06-30')"
  say '  as known 10 corrections ago' "$(asked '/agendas/thousand/board?validAt=2024-06-30&knownAt=11')"
  say '  one commitment of it, as known then' "$(asked '/agendas/thousand/commitments/c-7?validAt=2024-06-30&knownAt=11')"
  say '  its timeline, as known then' "$(asked '/agendas/thousand/timeline?validAt=2024-06-30&knownAt=11')"
  say 'memory of the service then' "$(memory_of "$server")"
  kill -TERM "$server"
  wait
  server=
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

case ${1:-all} in all | first | large | tests) ;; *) sed -n '2,7p' "$0" && exit 2 ;; esac
say "$(nproc) processors, $(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo); load before" "$(cut -d' ' -f1 /proc/loadavg)"
timed 'clone' git clone -q "$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)" "$work/clone"
cd "$work/clone"
case ${1:-all} in
  first | large | tests) "$1" ;;
  *) first && large && tests ;;
esac
say 'load after' "$(cut -d' ' -f1 /proc/loadavg)"
