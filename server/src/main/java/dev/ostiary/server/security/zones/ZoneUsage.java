package dev.ostiary.server.security.zones;

/** What a zone is for. */
enum ZoneUsage {
    /** Policies, tokens and the log refer to it. */
    POLICY,
    /** Requests from it are refused. */
    BLOCKLIST
}
