# The one table.

# Whether a figure keeps its bound: "meets" the aim, "holds" the least, or "misses" it. For ratios more is better.
at_least() { awk -v x="$1" -v least="$2" -v aim="$3" 'BEGIN { print (x >= aim ? "meets the aim" : x >= least ? "holds" : "MISSES") }'; }
at_most() { awk -v x="$1" -v most="$2" 'BEGIN { print (x == "-" ? "not measured" : x <= most ? "holds" : "MISSES") }'; }
percent() { awk -v x="$1" 'BEGIN { printf "%.0f %%", x * 100 }'; }
seconds() { awk -v x="$1" 'BEGIN { if (x == "-") print "-"; else printf "%.2f s", x / 1000 }'; }
less() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a - b }'; }

row() { printf '| %-44s | %-32s | %-22s | %-13s |\n' "$@"; }

print_table() {
  local over
  over=$(less "$list_page" "$list_sql")
  echo
  row "what" "measured" "bound" ""
  row "---" "---" "---" "---"
  row "GET one user / pgbench SELECT" "$(percent "$get_ratio") (${get_rate%.*} / ${get_pg%.*} a second)" ">= 35 %, aim 60 %" "$(at_least "$get_ratio" 0.35 0.60)"
  row "GET one user, p99" "$get_p99 ms" "< 25 ms" "$(at_most "$get_p99" 25)"
  row "POST a staged user / pgbench two INSERTs" "$(percent "$post_ratio") (${post_rate%.*} / ${post_pg%.*} a second)" ">= 50 %, aim 80 %" "$(at_least "$post_ratio" 0.50 0.80)"
  row "POST an invited user / pgbench two INSERTs" "$(percent "$invite_ratio") (${invite_rate%.*} / ${invite_pg%.*} a second)" ">= 50 %, aim 80 %" "$(at_least "$invite_ratio" 0.50 0.80)"
  row "POST a user, p99: staged, invited" "$post_p99 ms, $invite_p99 ms" "-" ""
  row "list 200 users of $USERS: page - bare SQL" "$over ms ($list_page - $list_sql)" "<= 5 ms" "$(at_most "$over" 5)"
  row "start with data to the first 200" "$(seconds "$plain_start")" "<= 2.0 s" "$(at_most "$plain_start" 2000)"
  row "... with the AOT cache" "$(seconds "$cached_start")" "<= 1.3 s" "$(at_most "$cached_start" 1300)"
  row "first start to the first 200" "$(seconds "$first_start")" "<= 5 s" "$(at_most "$first_start" 5000)"
  row "memory of the server after the load (peak)" "$memory MB ($peak MB)" "<= 300 MB" "$(at_most "$memory" 300)"
  echo
  echo "CPU of a request in ms (server + its database + wrk): GET $get_cpu, POST staged $post_cpu, invited $invite_cpu."
  echo "Failed requests: GET $get_failures, POST $post_failures, $invite_failures. Fill: $fill users a second, from a cold start."
}
