# Searches through HTTPS beside the bare SQL of the same search, on the same database, with the same values: sixty of each kind.

# What is looked for, as paths for wrk and scripts for pgbench, in a folder.
make_searches() {
  local page50
  mkdir -p "$work/searches"
  # moments at which users were made; an import makes some hundred at once
  query "$org" "SELECT DISTINCT to_char(created AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') FROM (
    SELECT created FROM user_search WHERE org_id = $org ORDER BY md5(id) LIMIT 200) c" >"$work/searches/moments"
  page50=$(query "$org" "SELECT max(id) FROM (SELECT id FROM user_search WHERE org_id = $org
    AND doc @> '{\"profile\":{\"countryCode\":\"us\"}}' ORDER BY id LIMIT 9800) p")
  awk -v out="$work/searches" -v users="$1" -v page50="$page50" -v org="$org" -v template="$(cat "$here/sql/search-users.sql")" -f "$here/parts/searches.awk"
}

# How many users the first path shows, and how many rows the first script gives, a page at most: they have to be the same.
same_hits() {
  local shown found
  shown=$(api "$(base)$(head -n 1 "$work/searches/$1.paths")" "$BENCH_TOKEN" | { grep -o '"passwordChanged":' || true; } | wc -l)
  found=$(PGOPTIONS="-c ostiary.org=$org" "$psql" -XAtq -f "$work/searches/$1.1.sql" | wc -l)
  [ "$found" -le 200 ] || found=200
  [ "$shown" = "$found" ] || { say "$1: HTTPS shows $shown users, SQL finds $found"; exit 1; }
  echo "$shown"
}

# Searches whose plan the server keeps, since it is the best for every value (platform/…/query/BestPlan): their SQL is prepared too.
keeps_plan() { case "$1" in one-eq-login | one-eq-base | one-eq-custom-number | page-eq-base | page-50-of-half | *-range-* | page-gt-*) return 0 ;; *) return 1 ;; esac; }

# Mean and 99th percentile in milliseconds of the scripts of a search, from pgbench's own log of every transaction.
sql_latency() {
  local script scripts="" mode=simple
  ! keeps_plan "$1" || mode=prepared
  for script in "$work/searches/$1".*.sql; do scripts="$scripts -f $script"; done
  rm -f "$work"/pgbench_log.*
  # shellcheck disable=SC2086 # words on purpose
  PGOPTIONS="-c ostiary.org=$org" "$pgbench" -n -M "$mode" -c 1 -T "$2" -l --log-prefix="$work/pgbench_log" $scripts \
    >"$work/pgbench.out" 2>"$work/pgbench.err" || { cat "$work/pgbench.err" >&2; return 1; }
  cat "$work"/pgbench_log.* | awk '{ print $3 / 1000 }' | mean_and_p99 | cut -d ' ' -f 1,2
}

# The first search of each kind asks for the indexes that it lacks, and when they are there, each of the others: then none is left to ask
# for while somebody measures.
wait_for_indexes() {
  local name path
  [ "$1" -gt 50000 ] || return 0
  while read -r name; do
    api -o /dev/null "$(base)$(head -n 1 "$work/searches/$name.paths")" "$BENCH_TOKEN"
  done <"$work/searches/names"
  indexes_come
  cat "$work"/searches/*.paths | while read -r path; do
    printf 'url = "%s%s"\noutput = /dev/null\n' "$(base)" "$path"
  done >"$work/searches/urls"
  api -K "$work/searches/urls" "$BENCH_TOKEN"
  indexes_come
}

# Waits until all that were asked for are there.
indexes_come() {
  local tries=0
  sleep 2
  until [ "$(query 0 "SELECT (SELECT count(*) FROM search_index) = count(*) AND count(*) > 0 FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname LIKE 'user\_search\_asked\_%' AND i.indisvalid")" = t ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || { say "no index came"; return 1; }
    sleep 1
  done
  # the server looks at what is there when it is done
  sleep 3
}

# A line for each search: name, users shown, mean and p99 of the SQL, mean and p99 of the request, failed requests.
measure_searches() {
  local name hits sql
  # of a server that has answered searches for a while: for one user, and for pages
  export BENCH_PATHS="$work/searches/all"
  cat "$work"/searches/page-*.paths >"$BENCH_PATHS"
  settle paths.lua
  cat "$work"/searches/one-*.paths "$work"/searches/none-*.paths >"$BENCH_PATHS"
  settle paths.lua
  while read -r name; do
    hits=$(same_hits "$name")
    sql_latency "$name" 1 >/dev/null
    sql=$(sql_latency "$name" "$SECONDS_EACH")
    echo "$name $hits $sql $(measure_one_client "$work/searches/$name.paths" "$SECONDS_EACH")"
  done <"$work/searches/names"
}

# Bounds: a page costs 20 ms more than its SQL, one user or none 2 ms, and no SQL takes 30 ms; all of the 99th percentile.
print_searches() {
  echo "$1" | awk '
    BEGIN {
      format = "| %-25s | %5s | %16s | %16s | %8s | %-18s | %-14s |\n"
      printf format, "search", "users", "SQL mean / p99", "HTTPS mean / p99", "p99 more", "bound", "SQL < 30"
      printf format, "---", "---", "---", "---", "---", "---", "---"
    }
    NF >= 7 {
      most = $1 ~ /^page-/ ? 20 : 2
      more = $6 - $4
      held = more <= most && !$7
      fast = $4 < 30
      missed += !held + !fast
      printf format, $1, $2, sprintf("%.2f / %.1f", $3, $4), sprintf("%.2f / %.1f", $5, $6), sprintf("%.1f", more),
        sprintf("%s (<= %d ms)%s", held ? "OK" : "MISS", most, $7 ? " " $7 " failed" : ""), fast ? "OK" : "MISS"
    }
    END { printf "\n%d of %d bounds are missed.\n", missed, 2 * (NR) }'
}
