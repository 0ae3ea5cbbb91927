"""What the fuzzer of the API has to know beyond its description.

Random requests find little more than 404 and 400: so ids that answers told are used again, some bodies and queries are
made such that they mean something, and what would end the run (the own token, the own user, ports of this machine) is
led elsewhere. What was generated is only ever exchanged before it is sent; answers are checked as they came.
"""

import json
import os
import random
import re
import ssl
import threading
import urllib.parse
import urllib.request

import schemathesis

TOKEN = os.environ["OSTIARY_API_TOKEN"]
OPERATOR = os.environ["OSTIARY_OPERATOR_SECRET"]
BASE = os.environ["OSTIARY_ORG_URL"].rstrip("/")
CA = os.environ["OSTIARY_CA"]

ID = re.compile(r"(00u|00g|00T|00o|nzo|tos|prl|OcD|oml)[0-9A-Za-z]{17}")
KINDS = {
    "id": "00u",
    "userId": "00u",
    "groupId": "00g",
    "apiTokenId": "00T",
    "orgId": "00o",
    "zoneId": "nzo",
    "trustedOriginId": "tos",
    "principalRateLimitId": "prl",
    "domainId": "OcD",
    "mailId": "oml",
}
NOBODY = "00uNoSuchThingHere00"
PASSWORD = "N3xt-one-please"
MOST = 200

chance = random.Random(int(os.environ.get("FUZZ_SEED", "1")))
lock = threading.Lock()
seen = {kind: [] for kind in KINDS.values()}
cursors = {}
succeeded = set()


def ask(method, path, body=None, authorization="SSWS " + TOKEN):
    """One request of our own; what the fuzzer does must not depend on it, so any error ends the run."""
    request = urllib.request.Request(
        BASE + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": authorization, "Accept": "application/json", "Content-Type": "application/json"},
    )
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=CA))
    )
    with opener.open(request) as answer:
        return json.loads(answer.read() or b"null")


ME = ask("GET", "/api/v1/users/me")
OWN_USER = {ME["id"], "me", ME["profile"]["login"], ME["profile"]["login"].split("@")[0]}
OWN_TOKENS = {token["id"] for token in ask("GET", "/api/v1/api-tokens")}
OWN_ORGS = {org["id"] for org in ask("GET", "/ostiary/v1/orgs")} | {org["name"] for org in ask("GET", "/ostiary/v1/orgs")}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Nothing may be answered that the description does not name."""
    for component in raw_schema.get("components", {}).get("schemas", {}).values():
        close(component)
    for path in raw_schema["paths"].values():
        for operation in path.values():
            for response in operation["responses"].values():
                for content in response.get("content", {}).values():
                    close(content.get("schema", {}))


def close(schema):
    if "properties" in schema:
        schema.setdefault("additionalProperties", False)
        for each in schema["properties"].values():
            close(each)
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            close(schema[word])
    for word in ("anyOf", "allOf"):
        for each in schema.get(word, []):
            close(each)


@schemathesis.hook
def before_call(context, case, kwargs):
    with lock:
        path = case.path
        known_ids(case)
        if isinstance(case.body, dict):
            case.body = meaningful(path, case.method, case.body)
        if case.query:
            meaningful_query(path, case.query)
        if path == "/api/v1/users" and case.method == "POST" and PASSWORD in json.dumps(case.body, default=str):
            case.query = {"activate": "true"}
        spare(case)
        authorize(case)


def authorize(case):
    case.headers["Authorization"] = "SSWS " + TOKEN
    if case.path == "/api/v1/api-tokens/current" and case.method == "DELETE":
        # A token that is made in order to be revoked.
        made = ask("POST", "/ostiary/v1/apiTokens", {"user": ME["id"], "name": "revoked"})
        case.headers["Authorization"] = "SSWS " + made["token"]
    elif case.path.startswith("/ostiary/") and not writes_zone(case) and chance.random() < 0.5:
        case.headers["Authorization"] = "Ostiary " + OPERATOR


def writes_zone(case):
    """No zone may block who asks for it, except that the operator does: which would end the run."""
    return case.path.startswith("/ostiary/v1/zones") and case.method != "GET"


def known_ids(case):
    if "fileName" in (case.path_parameters or {}) and chance.random() < 0.5:
        case.path_parameters["fileName"] = chance.choice(["okta-medium.png", "okta-large.png"])
    for name, value in list((case.path_parameters or {}).items()):
        pool = seen.get(KINDS.get(name), [])
        if pool and value not in pool and chance.random() < 0.7:
            # The newest have the most of their lives before them.
            case.path_parameters[name] = chance.choice(pool[-20:] if chance.random() < 0.5 else pool)


def spare(case):
    """Leads away from what the run itself needs."""
    parameters = case.path_parameters or {}
    if case.method == "GET":
        return
    for name, value in list(parameters.items()):
        kind = KINDS.get(name)
        own = (
            kind == "00u" and value in OWN_USER
            or kind == "00T" and value in OWN_TOKENS
            or kind == "00o" and value in OWN_ORGS and "rate-limits" in case.path
        )
        if own:
            parameters[name] = NOBODY
    if case.path == "/ostiary/v1/orgs" and isinstance(case.body, dict) and isinstance(case.body.get("port"), int):
        # A port that the machine gives would still be one of the machine's.
        if 0 <= case.body["port"] <= 65535:
            del case.body["port"]


def meaningful(path, method, body):
    if method not in ("POST", "PUT") or chance.random() < 0.4:
        return body
    name = "fuzz-%012x" % chance.getrandbits(48)
    if path == "/api/v1/users" or re.fullmatch(r"/api/v1/users/\{[a-zA-Z]+\}", path):
        profile = body.get("profile")
        wanted = {"login": name + "@example.com", "email": name + "@example.com", "firstName": "F", "lastName": "L"}
        if path == "/api/v1/users" and chance.random() < 0.5:
            question = {"question": "Which sea?", "answer": "Baltic"}
            return {"profile": wanted, "credentials": {"password": {"value": PASSWORD}, "recovery_question": question}}
        return {**body, "profile": {**(profile if isinstance(profile, dict) else {}), **wanted}}
    if "/credentials/" in path:
        return credentials(path, body)
    if path.startswith("/api/v1/groups"):
        profile = body.get("profile")
        return {**body, "profile": {**(profile if isinstance(profile, dict) else {}), "name": name}}
    if path.endswith("/trustedOrigins") or "{trustedOriginId}" in path:
        return {**body, "name": name, "origin": "https://" + name + ".example", "scopes": [{"type": "CORS"}]}
    if path.endswith("/zones") or "{zoneId}" in path:
        gateways = [{"type": "CIDR", "value": "198.51.100.%d/32" % chance.randrange(256)}]
        return {**body, "type": "IP", "name": name, "usage": "POLICY", "status": "ACTIVE", "gateways": gateways}
    if path.endswith("/zones/block") or path.endswith("/zones/unblock"):
        return {**body, "address": "203.0.113.%d" % chance.randrange(256)}
    if path == "/api/v1/domains":
        return {**body, "domain": name + ".invalid", "certificateSourceType": "MANUAL"}
    if path == "/ostiary/v1/orgs":
        return {**body, "name": name}
    if path == "/api/v1/orgs":
        profile = {"firstName": "F", "lastName": "L", "email": name + "@example.com", "login": name + "@example.com"}
        admin = {"profile": profile, "credentials": {"password": {"value": PASSWORD}}}
        return {"subdomain": name, "name": name, "edition": "SKU", "admin": admin}
    if path == "/ostiary/v1/apiTokens":
        return {**body, "user": ME["id"], "name": name, "tokenWindow": "P1D"}
    if path.startswith("/api/v1/principal-rate-limits") and seen["00T"]:
        return {**body, "principalId": chance.choice(seen["00T"]), "principalType": "SSWS_TOKEN"}
    return body


def credentials(path, body):
    """The password that users are made with, proven and kept, since the next request should know it, too."""
    value = {"value": PASSWORD}
    if path.endswith("/change_password"):
        return {**body, "oldPassword": value, "newPassword": {"value": PASSWORD + chance.choice(["", "!"])}}
    if path.endswith("/change_recovery_question"):
        return {"password": value, "recovery_question": {"question": "Which sea?", "answer": "Baltic"}}
    return {"password": {"value": PASSWORD + "?"}, "recovery_question": {"answer": "Baltic"}}


ATTRIBUTES = (
    "id status created activated lastUpdated statusChanged type.id profile.login profile.email profile.firstName"
    " profile.nickName profile.custom profile.name type lastMembershipUpdated objectClass name origin usage"
    " principalType eventType published actor.id target.id uuid outcome.result severity action.objectType"
).split()
OPERATORS = "eq ne gt ge lt le sw co ew pr".split()
VALUES = (
    '"a" "" "ACTIVE" "SSWS_TOKEN" "2026-01-01T00:00:00.000Z" "2026-13-41" 1 1e400 -0 true false null "\\u00e9%_\\\\" "\\"" "x'
).split()


WORDS = {
    "activate": ["true", "false"],
    "sendEmail": ["true", "false"],
    "tempPassword": ["true", "false"],
    "expand": ["stats", "blocks", "app", "user", "stats,app"],
    "fields": ["id", "status,profile:(firstName,login)", "profile,profile:(login)", "credentials,_links", "profile:("],
    "sortBy": ["lastUpdated", "profile.login", "profile.custom", "id", "status"],
    "sortOrder": ["asc", "desc", "ASCENDING", "DESCENDING"],
}


def meaningful_query(path, query):
    for name in ("filter", "search"):
        if name in query and chance.random() < 0.6:
            query[name] = expression(0)
    if path == "/api/v1/principal-rate-limits" and chance.random() < 0.5:
        query["filter"] = 'principalType eq "SSWS_TOKEN"'
    for name, words in WORDS.items():
        if name in query and chance.random() < 0.7:
            query[name] = chance.choice(words)
    if "after" in query and cursors.get(path) and chance.random() < 0.7:
        query["after"] = chance.choice(cursors[path])
    if "limit" in query and chance.random() < 0.6:
        query["limit"] = str(chance.choice([0, 1, 2, 20, 200, 10000, -1]))
    for name in ("since", "until", "startDate"):
        if name in query and chance.random() < 0.6:
            query[name] = "20%02d-0%d-1%dT00:00:00Z" % (chance.randrange(100), chance.randrange(10), chance.randrange(10))
    ways = [name for name in ("q", "filter", "search") if name in query]
    for name in ways[1:]:
        if chance.random() < 0.8:
            del query[name]


def expression(depth):
    dice = chance.random()
    if depth < 3 and dice < 0.3:
        return "%s %s %s" % (expression(depth + 1), chance.choice(["and", "or"]), expression(depth + 1))
    if depth < 3 and dice < 0.4:
        return "%s(%s)" % (chance.choice(["", "not "]), expression(depth + 1))
    operator = chance.choice(OPERATORS)
    value = "" if operator == "pr" else " " + chance.choice(VALUES)
    return chance.choice(ATTRIBUTES) + " " + operator + value


@schemathesis.hook
def after_call(context, case, response):
    with lock:
        if response.status_code == 404:
            forget(case, response)
        elif response.status_code < 300:
            remember(case, response)


def forget(case, response):
    """Ids of what is gone lead nowhere."""
    for name, value in (case.path_parameters or {}).items():
        pool = seen.get(KINDS.get(name), [])
        if value in pool and value in response.text:
            pool.remove(value)


def remember(case, response):
    name = case.operation.definition.raw.get("operationId")
    if name not in succeeded:
        succeeded.add(name)
        with open(os.environ["FUZZ_SUCCEEDED"], "a") as file:
            file.write(name + "\n")
    if "json" not in " ".join(response.headers.get("content-type", [])):
        return
    links = " ".join(response.headers.get("link", []))
    keep(cursors.setdefault(case.path, []), map(urllib.parse.unquote, re.findall(r"[?&]after=([^&>]+)", links)))
    for found in ID.finditer(response.text):
        keep(seen[found.group(1)], [found.group(0)])


def keep(pool, values):
    for value in values:
        if value not in pool:
            pool.append(value)
            if len(pool) > MOST:
                pool.pop(chance.randrange(len(pool)))
