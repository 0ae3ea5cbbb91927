# Load on the server, measured beside pgbench: round by round, one right after the other, so that what else happens on
# the machine meets both.

base() { echo "https://localhost:$(cat "$work/port")"; }

median() { echo "$1" | tr ' ' '\n' | sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# Runs wrk with a script; prints: requests a second, mean ms, p99 ms, failures, CPU seconds of wrk itself.
measure_server() {
  local script=$1 connections=$2 threads=$3 seconds=$4
  TIMEFORMAT='%U %S'
  { time wrk -c "$connections" -t "$threads" -d "${seconds}s" --timeout 10s --latency -s "$here/load/$script" "$(base)" \
    >"$work/wrk.out" 2>"$work/wrk.err"; } 2>"$work/wrk.cpu" || { cat "$work/wrk.err" >&2; return 1; }
  awk 'FNR == NR { cpu = $1 + $2; next } /^figures/ { print $2, $3, $4, $5, cpu }' "$work/wrk.cpu" "$work/wrk.out"
}

# One client that asks for paths of a file at random, one after the other on one connection: mean and 99th percentile of the milliseconds
# between the first byte of a request and the last of its answer, and failures; of as many requests as take some seconds. Not by wrk, which
# adds what a client that never waits would have seen: one pause of 6 ms counts there as the eight requests that fit into it, and in pgbench's
# log, which this stands beside, as the one that it was.
measure_one_client() {
  local file=$1 count mean
  mean=$(warm_one_client "$file" | cut -d ' ' -f 1)
  [ -n "$mean" ] || { say "nobody answers"; return 1; }
  count=$(awk -v seconds="$2" -v mean="$mean" 'BEGIN { n = int(seconds * 1000 / mean); print (n < 500 ? 500 : n) }')
  ask_one_by_one "$file" "$count"
}

# Asks by one client until the server compiles nothing for it any more: for wrk it has compiled HTTP/1.1, which curl does not speak. Thirty rounds at most.
warm_one_client() {
  local n=0 still=0 before last=""
  while [ "$n" -lt 30 ] && [ "$still" -lt 3 ]; do
    before=$(compiled)
    last=$(ask_one_by_one "$1" 500)
    if [ $(($(compiled) - before)) -lt 2 ]; then still=$((still + 1)); else still=0; fi
    n=$((n + 1))
  done
  echo "$last"
}

ask_one_by_one() {
  (umask 077 && awk -v base="$(base)" -v count="$2" -v token="$BENCH_TOKEN" -v ca="$data/tls/ca.pem" '
    { path[NR] = $0 }
    END {
      srand(11)
      printf "silent\nnoproxy = \"*\"\ncacert = \"%s\"\nheader = \"Authorization: SSWS %s\"\n", ca, token
      print "write-out = \"%{http_code} %{num_connects} %{time_pretransfer} %{time_total}\\n\""
      for (n = 0; n <= count; n++) printf "url = \"%s%s\"\noutput = /dev/null\n", base, path[1 + int(rand() * NR)]
    }' "$1" >"$work/one-client")
  # the first opens the connection
  curl -K "$work/one-client" | awk 'NR > 1 { print ($4 - $3) * 1000, ($1 != 200 || $2 > 0) }' | mean_and_p99
}

# Of lines with milliseconds, and whether that failed: mean, 99th percentile, how many failed. Nothing of nothing.
mean_and_p99() {
  sort -g | awk '
    { v[NR] = $1; sum += $1; failed += $2 }
    END { at = int(NR * 0.99 + 0.999999); if (at > NR) at = NR; if (NR) printf "%.3f %.3f %d\n", sum / NR, v[at], failed }'
}

# Makes the users, in runs of two seconds until there are enough; prints how many a second.
fill_users() {
  local began n=0 made=0
  began=$(now_ms)
  export BENCH_QUERY='?activate=false' BENCH_RUN
  while [ "$made" -lt "$USERS" ]; do
    BENCH_RUN="fill$n"
    measure_server create.lua "$CONNECTIONS" 2 2 >/dev/null
    made=$(query "$org" "SELECT count(*) FROM users WHERE org_id = $org")
    n=$((n + 1))
  done
  echo $((made * 1000 / ($(now_ms) - began)))
}

# Loads the server until it gets no faster, as one that has been up for a while: runs of five seconds, ten at most.
warm_up() {
  local best=0 faster=1 n=0 rate
  while [ "$n" -lt 10 ] && { [ "$faster" = 1 ] || [ "$n" -lt 3 ]; }; do
    BENCH_RUN="warm$n.$(now_ms)"
    rate=$(measure_server "$1" "$CONNECTIONS" 2 5 | awk '{ printf "%d", $1 }')
    faster=$((rate * 100 > best * 105 ? 1 : 0))
    best=$((rate > best ? rate : best))
    n=$((n + 1))
  done
}

# Hundredths of a second that the optimising compiler of the server's code has worked so far.
compiled() {
  local task
  for task in "/proc/$(cat "$work/pid")"/task/*; do
    case "$(cat "$task/comm" 2>/dev/null)" in C2*) sed 's/.*) //' "$task/stat" ;; esac
  done | awk '{ sum += $12 + $13 } END { print sum + 0 }'
}

# Loads the server until it has compiled what it needs, ten seconds long nothing more: as long as it does, that takes up to a quarter of a processor, and whoever
# waits for it is the slowest of a hundred. A minute at least, since a method is looked at when it was called so often; four minutes at most.
settle() {
  local n=0 still=0 before
  warm_up "$1"
  while [ "$n" -lt 48 ] && { [ "$n" -lt 9 ] || [ "$still" -lt 2 ]; }; do
    before=$(compiled)
    measure_server "$1" "$CONNECTIONS" 2 5 >/dev/null
    if [ $(($(compiled) - before)) -lt 4 ]; then still=$((still + 1)); else still=0; fi
    n=$((n + 1))
  done
}

# Rounds of a wrk script and of pgbench. Sets ratio, server_rate, pgbench_rate, p99, failures and cpu, which holds the
# milliseconds of CPU that a request took: server, its database, wrk.
compare() {
  local script=$1 query=$2 scripts=$3 kind=$4 in_org=$org n measured java postgres
  local ratios="" rates="" references="" tails=""
  [ "$kind" != inserts ] || in_org=$PASSING_ORG
  failures=0 cpu="-"
  export BENCH_QUERY="$query" BENCH_RUN
  warm_up "$script"
  for n in $(seq "$ROUNDS"); do
    BENCH_RUN="run$n.$(now_ms)"
    [ "$kind" != inserts ] || tidy
    # shellcheck disable=SC2086 # words on purpose
    reference=$(measure_database "$in_org" "$CONNECTIONS" 2 $scripts)
    [ "$kind" != inserts ] || tidy
    java=$(cpu_seconds "$(cat "$work/pid")") postgres=$(cpu_seconds "$database_pid" children)
    measured=$(measure_server "$script" "$CONNECTIONS" 2 "$SECONDS_EACH")
    cpu=$(echo "$measured $java $postgres $(cpu_seconds "$(cat "$work/pid")") $(cpu_seconds "$database_pid" children) $SECONDS_EACH" | awk '
      { n = $1 * $10; printf "%.3f + %.3f + %.3f", ($8 - $6) * 1000 / n, ($9 - $7) * 1000 / n, $5 * 1000 / n }')
    ratios="$ratios $(echo "$measured $reference" | awk '{ printf "%.3f", $1 / $6 }')"
    rates="$rates $(echo "$measured" | awk '{ print $1 }')"
    references="$references $(echo "$reference" | awk '{ print $1 }')"
    tails="$tails $(echo "$measured" | awk '{ print $3 }')"
    failures=$((failures + $(echo "$measured" | awk '{ print $4 }')))
    say "  $(echo "$measured $reference" | awk '{ printf "%d/s beside %d/s, p99 %.1f ms", $1, $6, $3 }')"
    [ "$kind" != inserts ] || forget_inserts
  done
  ratio=$(median "${ratios# }") server_rate=$(median "${rates# }") pgbench_rate=$(median "${references# }") p99=$(median "${tails# }")
}

# One client: the mean of a page, and of the bare SQL behind it.
list_users() {
  measure_server list.lua 1 1 5 >/dev/null
  list_sql=$(measure_database "$org" 1 1 -f "$here/sql/list-users.sql" | awk '{ print $2 }')
  list_page=$(measure_server list.lua 1 1 "$SECONDS_EACH" | awk '{ print $2 }')
}
