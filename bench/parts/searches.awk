# The searches of bench/million: for each a list of paths, and as many scripts for pgbench, which ask the same of the
# database as the server does (server/…/UserSearchStore, platform/…/query). Wants: out (a folder), users, page50 (the id of the last
# user of page 49 of those in the US), template (the text of sql/search-users.sql), org.
function url(text,    n, c, all) {
  for (n = 1; n <= length(text); n++) {
    c = substr(text, n, 1)
    all = all (c ~ /[A-Za-z0-9.]/ ? c : sprintf("%%%02X", ORD[c]))
  }
  return all
}
function search(name, filter, condition, after, order, by,    sql, place) {
  if (!(name in count)) printf "%s\n", name > (out "/names")
  printf "/api/v1/users?limit=200&search=%s%s\n", url(filter), (after == "" ? "" : "&after=" after) (by == "" ? "" : "&sortBy=" by) > (out "/" name ".paths")
  sql = template
  gsub(/[\\&]/, "\\\\&", condition)
  sub(/@CONDITION@/, condition, sql)
  gsub(/:org/, org, sql)
  if (order == "") order = "(s.id COLLATE \"C\")"
  gsub(/[\\&]/, "\\\\&", order)
  gsub(/@ORDER@/, order, sql)
  sub(/@BEYOND@/, (after == "" ? "TRUE" : "((s.id COLLATE \"C\")) > ('" after "')"), sql)
  place = out "/" name "." (++count[name]) ".sql"
  print sql > place
  close(place)
}
function any(most) { return int(rand() * most) }
# As the server renders them: a text with an index of its own, one in the document, parts of words, a number.
function hot(name) { return "((s.doc -> 'profile' ->> '" name "') COLLATE \"C\")" }
function holds(name, json) { return "s.doc @> '{\"profile\":{\"" name "\":" json "}}'::jsonb" }
function part(text) { return "s.words LIKE '%" text "%' AND " }
function like(name, pattern) { return hot(name) " LIKE '" pattern "'" }
function begins(name, text) { return hot(name) " ^@ '" text "'" }
function number(name) {
  return "(CASE WHEN jsonb_typeof((s.doc -> 'profile' -> '" name "')) = 'number' THEN ((s.doc -> 'profile' -> '" name "') #>> '{}')::numeric END)"
}
# The beginning of a text, which is what an index on demand is of.
function start(name) { return "(left((s.doc -> 'profile' ->> '" name "'), 200) COLLATE \"C\")" }
# The same by an index on demand, which a large org has of what these searches ask for: department, employeeNumber, countryCode, badge, parts
# of city, and how team ends. A small org asks the document.
function equal(name, text) { return users > 50000 ? start(name) " = '" text "'" : holds(name, "\"" text "\"") }
function equal_number(name, value) { return users > 50000 ? number(name) " = " value : holds(name, value) }
function starts(name, text) { return users > 50000 ? start(name) " ^@ '" text "'" : part(text) begins(name, text) }
function holding(name, text, word) { return (users > 50000 ? "" : part(word)) like(name, "%" text "%") }
function ends(name, text,    n, back) {
  if (users <= 50000) return part(text) like(name, "%" text)
  for (n = length(text); n > 0; n--) back = back substr(text, n, 1)
  return "(reverse(right((s.doc -> 'profile' ->> '" name "'), 200)) COLLATE \"C\") ^@ '" back "'"
}
function present(name) { return "(s.doc -> 'profile' -> '" name "') NOT IN ('null', '\"\"', '[]', '{}')" }
function none(name) { return "(" present(name) ") IS NOT TRUE" }

BEGIN {
  for (n = 1; n < 128; n++) ORD[sprintf("%c", n)] = n
  srand(7)
  while ((getline line < (out "/moments")) > 0) moments[++known] = line
  for (turn = 0; turn < 60; turn++) {
    n = any(users)
    seven = sprintf("%07d", n)
    # one hit
    search("one-eq-login", "profile.login eq \"user-" seven "@million.example.com\"", hot("login") " = 'user-" seven "@million.example.com'")
    search("one-eq-base", "profile.employeeNumber eq \"E" seven "\"", equal("employeeNumber", "e" seven))
    search("one-eq-custom", "profile.desk eq \"D-" seven "\"", holds("desk", "\"d-" seven "\""))
    search("one-eq-custom-number", "profile.badge eq " n, equal_number("badge", n))
    search("one-sw-login", "profile.login sw \"user-" seven "\"", begins("login", "user-" seven))
    search("one-sw-base", "profile.employeeNumber sw \"E" seven "\"", starts("employeeNumber", "e" seven))
    search("one-sw-custom", "profile.desk sw \"D-" seven "\"", part(seven) begins("desk", "d-" seven))
    search("one-co-mail", "profile.email co \"r-" seven "\"", part(seven) like("email", "%r-" seven "%"))
    search("one-co-custom", "profile.desk co \"-" seven "\"", part(seven) like("desk", "%-" seven "%"))
    search("one-ew-base", "profile.employeeNumber ew \"" seven "\"", part(seven) like("employeeNumber", "%" seven))
    search("one-range-custom-number", "profile.badge ge " n " and profile.badge lt " (n + 1),
      "(" number("badge") " >= " n ") AND (" number("badge") " < " (n + 1) ")", "", number("badge"))
    search("one-and", "profile.department eq \"Department 7\" and profile.employeeNumber eq \"E" seven "\"",
      "(" equal("department", "department 7") ") AND (" equal("employeeNumber", "e" seven) ")")
    search("one-or", "profile.login eq \"user-" seven "@million.example.com\" or profile.desk eq \"D-" seven "\"",
      "(" hot("login") " = 'user-" seven "@million.example.com') OR (" holds("desk", "\"d-" seven "\"") ")")
    search("none-eq", "profile.desk eq \"X-" seven "\"", holds("desk", "\"x-" seven "\""))
    search("none-co", "profile.email co \"nobody" seven "\"", part("nobody" seven) like("email", "%nobody" seven "%"))
    # a page of 200, as far as there are so many
    d = 1 + any(499); c = any(2003); t = any(5000); l = 1000 + any(9000)
    search("page-eq-base", "profile.department eq \"Department " d "\"", equal("department", "department " d))
    search("page-eq-custom", "profile.team eq \"Team " t "\"", holds("team", "\"team " t "\""))
    search("page-sw-name", "profile.lastName sw \"Last" l "\"", begins("lastName", "last" l))
    search("page-co-base", "profile.city co \"ity " c "\"", holding("city", "ity " c, c < 1000 ? "ity " c : c))
    search("page-ew-custom", "profile.team ew \"eam " t "\"", ends("team", "eam " t))
    m = 1 + any(known)
    search("page-range-date", "created ge \"" moments[m] "\" and created le \"" moments[m] "\"",
      "((s.created) >= '" moments[m] "') AND ((s.created) <= '" moments[m] "')")
    search("page-range-custom-number", "profile.badge gt " n " and profile.badge le " (n + 300),
      "(" number("badge") " > " n ") AND (" number("badge") " <= " (n + 300) ")", "", number("badge"))
    search("page-gt-custom-number", "profile.badge gt " int(n / 2), number("badge") " > " int(n / 2), "", number("badge"))
    search("page-gt-base", "profile.employeeNumber gt \"E" sprintf("%07d", n / 2) "\"",
      start("employeeNumber") " > 'e" sprintf("%07d", n / 2) "'", "", start("employeeNumber"))
    search("page-sorted-number", "created gt \"2000-01-01\"", "(s.created) > '2000-01-01Z'", "", number("badge"), "profile.badge")
    search("page-and", "profile.department eq \"Department " d "\" and profile.countryCode eq \"US\"",
      "(" equal("department", "department " d) ") AND (" equal("countryCode", "us") ")")
    search("page-or", "profile.team eq \"Team " t "\" or profile.city eq \"City " c "\"",
      "(" holds("team", "\"team " t "\"") ") OR (" holds("city", "\"city " c "\"") ")")
    search("page-50-of-half", "profile.countryCode eq \"US\"", equal("countryCode", "us"), page50)
    search("page-absent-tenth", "not (profile.title pr)", none("title"))
    search("page-absent-few", "not (profile.division pr)", none("division"))
    search("page-absent-custom", "not (profile.team pr)", none("team"))
  }
}
