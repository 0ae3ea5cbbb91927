# The database under the server: pgbench and psql on it, with the role and behind the wall that the server has.

find_postgres_tools() {
  local bin
  for bin in "" /usr/lib/postgresql/*/bin/; do
    if command -v "${bin}pgbench" >/dev/null && command -v "${bin}psql" >/dev/null; then
      pgbench=$(command -v "${bin}pgbench") psql=$(command -v "${bin}psql")
      return 0
    fi
  done
  return 1
}

# Reads where the database is; its passwords go into a file that only we read, never on a command line.
read_database() {
  database_port=$(sed -n 4p "$data/db/postmaster.pid" | tr -d ' ')
  database_pid=$(sed -n 1p "$data/db/postmaster.pid" | tr -d ' ')
  (umask 077 && for role in app owner; do
    echo "127.0.0.1:*:*:ostiary_$role:$(sed -n "s/^$role=//p" "$data/database.properties")"
  done >"$work/pgpass")
  export PGPASSFILE="$work/pgpass" PGHOST=127.0.0.1 PGPORT="$database_port" PGUSER=ostiary_app PGDATABASE=ostiary
  org=$(query 0 "SELECT org_id FROM org WHERE name = 'dev'")
}

# Waits until no vacuum and no analysis runs, as after many new rows, for five seconds: they are load of their own. Ten minutes at most.
database_rests() {
  local tries=0 still=0
  while [ "$still" -lt 5 ] && [ "$tries" -lt 600 ]; do
    if [ "$(query 0 "SELECT (SELECT count(*) FROM pg_stat_progress_vacuum) + (SELECT count(*) FROM pg_stat_progress_analyze)")" = 0 ]; then
      still=$((still + 1))
    else
      still=0
    fi
    tries=$((tries + 1))
    sleep 1
  done
}

query() { PGOPTIONS="-c ostiary.org=$1" "$psql" -XAtq -c "$2"; }

pick_ids() {
  query "$org" "SELECT id FROM users WHERE org_id = $org ORDER BY md5(id) LIMIT 100" >"$work/ids"
  export BENCH_IDS="$work/ids"
}

# One script an id, since pgbench has no texts of its own to choose from: a hundred users, the same that wrk asks for.
select_scripts() {
  local id
  mkdir -p "$work/select"
  while read -r id; do
    sed "s/@ID@/$id/" "$here/sql/user-by-id.sql" >"$work/select/$id.sql"
    printf -- '-f %s ' "$work/select/$id.sql"
  done <"$work/ids"
}

# The body of an event that the server wrote stands in for the one of the script.
insert_script() {
  query "$org" "SELECT replace(body::text, '''', '') FROM system_log WHERE event_type = 'user.lifecycle.create' LIMIT 1" >"$work/event"
  awk -v file="$work/event" 'BEGIN { getline event < file; gsub(/[\\&]/, "\\\\&", event) } { sub(/@EVENT@/, event); print }' \
    "$here/sql/two-inserts.sql"
}

# Runs pgbench; prints transactions a second and the mean latency in milliseconds.
measure_database() {
  local in_org=$1 clients=$2 threads=$3
  shift 3
  PGOPTIONS="-c ostiary.org=$in_org" "$pgbench" -n -M prepared -c "$clients" -j "$threads" -T "$SECONDS_EACH" \
    -D "org=$in_org" "$@" 2>"$work/pgbench.err" | awk '
      /^latency average/ { latency = $4 } /^tps/ { tps = $3 } END { if (!tps) exit 1; print tps, latency }' \
    || { cat "$work/pgbench.err" >&2; return 1; }
}

forget_inserts() {
  query "$PASSING_ORG" "DELETE FROM users WHERE org_id = $PASSING_ORG; DELETE FROM system_log WHERE org_id = $PASSING_ORG"
}

# What autovacuum would do of the measurement before in the middle of the next one, whoever made the rows.
tidy() { PGUSER=ostiary_owner query 0 "VACUUM ANALYZE" 2>/dev/null; }
