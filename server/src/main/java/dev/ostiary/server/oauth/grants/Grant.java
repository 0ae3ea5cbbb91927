package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.util.List;
import java.util.Optional;

/** A way to get tokens: one file each, one row in the dispatcher's table. Thread-safe. */
interface Grant {

    /** Its name in requests. */
    String type();

    /**
     * For whom tokens are asked for, and with which scopes. Writes nothing.
     *
     * @throws OAuthException where the grant is not good
     */
    Entitlement check(TokenRequest request);

    /**
     * What a grant says.
     *
     * @param subject the user; none for a client that acts for itself
     * @param scopes that are asked for
     * @param policed whether access policies have to decide; not where they have before
     * @param commit what has to be written with the tokens
     */
    record Entitlement(
            Optional<Subject> subject, List<String> scopes, boolean policed, Commit commit) {

        /** A client that acts for itself. */
        static Entitlement ofClient(List<String> scopes) {
            return new Entitlement(Optional.empty(), scopes, true, tx -> {});
        }
    }

    /** Something that is written in the transaction of the tokens. */
    @FunctionalInterface
    interface Commit {

        /**
         * Writes it.
         *
         * @throws OAuthException where somebody else was faster, which undoes all of it
         */
        void write(Tx tx);
    }
}
