package dev.ostiary.platform.contract;

import java.util.Set;

/**
 * One published operation: a row of {@code contract/operations.tsv} or {@code contract/extra.tsv}.
 *
 * @param id the published operationId; unique over both tables
 * @param verb its method
 * @param path its path
 * @param scopes OAuth scopes of which a Bearer token needs each, or one that includes it (P21);
 *     empty where none is documented
 * @param access who is let in at all
 * @param pages which pages of other sites may call it (P35)
 * @param family the tag under which it is published
 * @param document the published description that it stands in, or {@code extra}
 */
public record Operation(
        String id,
        Verb verb,
        PathTemplate path,
        Set<String> scopes,
        Access access,
        Pages pages,
        String family,
        String document) {

    /** Which credentials an operation takes. */
    public enum Access {
        /** An API token, or a Bearer token with the scopes. */
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

    /** Pages of other sites than the org's own. */
    public enum Pages {
        /** None. */
        NONE,
        /** Those of origins that the org trusts with CORS, in the name of whoever is signed in. */
        TRUSTED,
        /**
         * All, in nobody's name: the operation judges by its client which of them it serves (OpenID
         * Connect API, {@code /token} and {@code /par}).
         */
        ANY
    }

    /** Whether pages of some other site may call it. */
    public boolean cors() {
        return pages != Pages.NONE;
    }
}
