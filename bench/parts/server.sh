# The server under test: starts, stops, and what it costs.

data="$work/data" server="" port=0

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# Starts the server and prints the milliseconds to the first 200 of the API; options are the JVM's.
start_server() {
  local began token
  began=$(now_ms)
  OSTIARY_SKIP_BUILD=1 OSTIARY_JAVA_OPTS="${OSTIARY_JAVA_OPTS:-} $*" \
    "$home/ostiary" serve --port "$(cat "$work/port" 2>/dev/null || echo 0)" --data "$data" >>"$work/log" 2>&1 &
  echo $! >"$work/pid"
  rm -f "$data/running.json"
  until [ -s "$data/running.json" ] && [ -s "$data/first-run.json" ]; do
    kill -0 "$(cat "$work/pid")" 2>/dev/null || { tail -n 20 "$work/log" >&2; return 1; }
    sleep 0.01
  done
  token=$(fact apiToken "$data/first-run.json")
  until [ "$(api -o /dev/null -w '%{http_code}' "https://localhost:$(fact port "$data/running.json")/api/v1/users/me" "$token")" = 200 ]; do
    sleep 0.01
  done
  echo $(($(now_ms) - began))
  fact port "$data/running.json" >"$work/port"
}

stop_server() {
  [ -s "$work/pid" ] || return 0
  local pid
  pid=$(cat "$work/pid")
  kill "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
  rm -f "$work/pid"
}

# Three starts in a row, in milliseconds.
start_times() {
  local n
  for n in 1 2 3; do
    start_server "$@"
    stop_server
  done
}

# A property of a flat JSON file that the server wrote.
fact() { sed -n 's/.*"'"$1"'": *"\{0,1\}\([^",}]*\).*/\1/p' "$2"; }

api() {
  local token=${*: -1}
  curl -s --noproxy '*' --cacert "$data/tls/ca.pem" -H "Authorization: SSWS $token" "${@:1:$#-1}" || true
}

read_first_run() {
  BENCH_TOKEN=$(fact apiToken "$data/first-run.json")
  export BENCH_TOKEN
}

memory_mb() { awk -v key="$1:" '$1 == key { printf "%.0f", $2 / 1024 }' "/proc/$(cat "$work/pid")/status"; }

# CPU seconds that a process has used so far; with "children", those that it started too.
cpu_seconds() {
  local pid=$1 each
  {
    cat "/proc/$pid/stat"
    if [ "${2:-}" = children ]; then
      for each in $(cat "/proc/$pid/task/$pid/children"); do cat "/proc/$each/stat" 2>/dev/null || true; done
    fi
  } | sed 's/.*) //' | awk -v whole="${2:-}" -v hz="$(getconf CLK_TCK)" '
      { sum += $12 + $13; if (whole == "children" && NR == 1) sum += $14 + $15 } END { printf "%.2f", sum / hz }'
}
