# Keycloak beside the server, from its distribution on Maven Central (Apache-2.0): in production mode, over TLS, on the same
# PostgreSQL in a schema of its own. Nothing of it is kept in the repository.

KEYCLOAK_VERSION=26.7.3
keycloak_home="$here/target/keycloak-$KEYCLOAK_VERSION"
keycloak_secret="a-secret-for-the-bench"

# Fetches and unpacks it once.
fetch_keycloak() {
  [ -x "$keycloak_home/bin/kc.sh" ] && return 0
  local into="$here/target/keycloak-dist"
  mvn -B -ntp -q dependency:copy -Dartifact="org.keycloak:keycloak-quarkus-dist:$KEYCLOAK_VERSION:tar.gz" \
    -DoutputDirectory="$into" >&2 || return 1
  tar -xzf "$into/keycloak-quarkus-dist-$KEYCLOAK_VERSION.tar.gz" -C "$here/target"
  rm -rf "$into"
}

free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# Its schema, its certificate, and what it does once at build time.
prepare_keycloak() {
  PGUSER=ostiary_owner query 0 "CREATE SCHEMA keycloak" >/dev/null
  keycloak_port=$(free_port)
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$work/kc.key" -out "$work/kc.pem" 2>/dev/null
  KC_DB_PASSWORD=$(sed -n 's/^owner=//p' "$data/database.properties")
  export KC_DB=postgres KC_CACHE=local KC_DB_PASSWORD KC_DB_USERNAME=ostiary_owner KC_DB_SCHEMA=keycloak \
    KC_DB_URL="jdbc:postgresql://127.0.0.1:$database_port/ostiary" KC_HOSTNAME_STRICT=false \
    KC_HTTPS_PORT="$keycloak_port" KC_HTTPS_CERTIFICATE_FILE="$work/kc.pem" KC_HTTPS_CERTIFICATE_KEY_FILE="$work/kc.key" \
    KC_BOOTSTRAP_ADMIN_USERNAME=bench KC_BOOTSTRAP_ADMIN_PASSWORD="$keycloak_secret"
  "$keycloak_home/bin/kc.sh" build >"$work/kc.log" 2>&1 || { tail -n 20 "$work/kc.log" >&2; return 1; }
}

# Starts it and prints the milliseconds to its first 200.
start_keycloak() {
  local began
  began=$(now_ms)
  "$keycloak_home/bin/kc.sh" start --optimized >>"$work/kc.log" 2>&1 &
  echo $! >"$work/kc.sh.pid"
  until [ "$(kc -o /dev/null -w '%{http_code}' "$(keycloak)/realms/master")" = 200 ]; do
    kill -0 "$(cat "$work/kc.sh.pid")" 2>/dev/null || { tail -n 20 "$work/kc.log" >&2; return 1; }
    sleep 0.02
  done
  echo $(($(now_ms) - began))
  keycloak_pid >"$work/kc.pid"
}

# The script becomes the process, or waits for it.
keycloak_pid() {
  local script
  script=$(cat "$work/kc.sh.pid")
  if [ "$(cat "/proc/$script/comm")" = java ]; then echo "$script"; else awk '{ print $1 }' "/proc/$script/task/$script/children"; fi
}

stop_keycloak() {
  [ -s "$work/kc.pid" ] || return 0
  kill "$(cat "$work/kc.pid")" 2>/dev/null || true
  while kill -0 "$(cat "$work/kc.pid")" 2>/dev/null; do sleep 0.05; done
  rm -f "$work/kc.pid"
}

keycloak() { echo "https://localhost:$keycloak_port"; }
kc() { curl -s --noproxy '*' --cacert "$work/kc.pem" "$@" || true; }

keycloak_token() {
  kc "$(keycloak)/realms/master/protocol/openid-connect/token" -d grant_type=password -d client_id=admin-cli -d username=bench \
    --data-urlencode "password=$keycloak_secret" | sed -n 's/.*"access_token":"\([^"]*\).*/\1/p'
}

# A realm with as many users as the server has, and a client for itself. An administrator's token lasts as long as the bench.
fill_keycloak() {
  local users=$1
  kc -X PUT -H 'Content-Type: application/json' -H "Authorization: Bearer $(keycloak_token)" "$(keycloak)/admin/realms/master" \
    -d '{"accessTokenLifespan":7200,"ssoSessionIdleTimeout":7200,"ssoSessionMaxLifespan":7200}'
  keycloak_admin=$(keycloak_token)
  {
    echo '{"realm":"bench","enabled":true,"accessTokenLifespan":3600,"clients":[{"clientId":"service","secret":"'"$keycloak_secret"'",
      "serviceAccountsEnabled":true,"standardFlowEnabled":false,"publicClient":false}],"users":['
    seq "$users" | sed 's/.*/{"username":"user&","enabled":true,"email":"user&@example.com","firstName":"Ada","lastName":"Lovelace"},/;$s/,$//'
    echo ']}'
  } >"$work/realm.json"
  kc -f -X POST -H 'Content-Type: application/json' -H "Authorization: Bearer $keycloak_admin" "$(keycloak)/admin/realms" -d @"$work/realm.json"
  keycloak_user=$(kc -H "Authorization: Bearer $keycloak_admin" "$(keycloak)/admin/realms/bench/users?username=user1&exact=true" \
    | sed -n 's/.*"id":"\([^"]*\).*/\1/p')
  [ -n "$keycloak_user" ] || { say "Keycloak has no users"; return 1; }
}
