package dev.ostiary.platform.contract;

import java.util.Set;

/**
 * One published operation: a row of {@code contract/operations.tsv} or {@code contract/extra.tsv}.
 *
 * @param id the published operationId; unique over both tables
 * @param verb its method
 * @param path its path
 * @param scopes OAuth scopes of which a Bearer token needs one (P21); empty where none is
 *     documented
 * @param access who is let in at all
 * @param cors whether pages of trusted origins may call it (P35)
 * @param family the tag under which it is published
 * @param document the published description that it stands in, or {@code extra}
 */
public record Operation(
        String id,
        Verb verb,
        PathTemplate path,
        Set<String> scopes,
        Access access,
        boolean cors,
        String family,
        String document) {

    /** Which credentials an operation takes. */
    public enum Access {
        /** An API token, or a Bearer token with one of the scopes. */
        API_TOKEN,
        /** A Bearer token only. */
        BEARER,
        /**
         * Anyone; an API token that is shown has to be good, and says that a trusted application
         * asks (Authentication API, "Trusted application").
         */
        OPTIONAL_TOKEN,
        /** Whoever is signed in, by the session's cookie; an API token is not allowed (P23). */
        SESSION,
        /**
         * Anyone: the operation needs no credentials or checks its own (OAuth clients, sign-in).
         */
        PUBLIC
    }
}
