package dev.ostiary.server.limits;

/** What a principal rate limit can be about. */
enum PrincipalType {
    /** An API token. */
    SSWS_TOKEN,
    /** An OAuth client; there are none yet. */
    OAUTH_CLIENT
}
