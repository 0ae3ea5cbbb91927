package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.StoreException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.issued.AuthorizationCode.Given;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.Lifetimes;
import java.util.List;
import java.util.Optional;

/** A way to get tokens: one file each, one row in the dispatcher's table. Thread-safe. */
interface Grant {

    /** Its name in requests. */
    String type();

    /**
     * For whom tokens are asked for, and with which scopes. Writes nothing that its tokens need.
     *
     * @throws OAuthException where the grant is not good
     */
    Entitlement check(TokenRequest request);

    /** What it says it has given (RFC 8693, 2.2.1); most say nothing. */
    default Optional<String> issuedTokenType() {
        return Optional.empty();
    }

    /**
     * What a grant says.
     *
     * @param subject the user; none for a client that acts for itself
     * @param scopes that the access token gets
     * @param decided how long tokens live, where an access policy has decided before; it has to
     *     where this is empty
     * @param refresh what becomes of a refresh token
     * @param nonce for the ID token
     * @param commit what has to be written with the tokens
     * @param audience of an identity assertion, which the client gets in place of tokens; empty
     *     where it gets tokens
     */
    record Entitlement(
            Optional<Subject> subject,
            List<String> scopes,
            Optional<Lifetimes> decided,
            Refresh refresh,
            Optional<String> nonce,
            Commit commit,
            Optional<String> audience) {

        /** Tokens. */
        Entitlement(
                Optional<Subject> subject,
                List<String> scopes,
                Optional<Lifetimes> decided,
                Refresh refresh,
                Optional<String> nonce,
                Commit commit) {
            this(subject, scopes, decided, refresh, nonce, commit, Optional.empty());
        }

        /** An identity assertion of a user for another server. */
        static Entitlement ofAssertion(Subject subject, List<String> scopes, String audience) {
            return new Entitlement(
                    Optional.of(subject),
                    scopes,
                    Optional.empty(),
                    new Refresh.None(),
                    Optional.empty(),
                    (tx, given) -> Optional.empty(),
                    Optional.of(audience));
        }

        /** A client that acts for itself. */
        static Entitlement ofClient(List<String> scopes) {
            return new Entitlement(
                    Optional.empty(),
                    scopes,
                    Optional.empty(),
                    new Refresh.None(),
                    Optional.empty(),
                    (tx, given) -> Optional.empty());
        }
    }

    /** What becomes of a refresh token. */
    sealed interface Refresh {

        /** There is none. */
        record None() implements Refresh {}

        /** One begins. */
        record Begin() implements Refresh {}

        /**
         * There is none, but the access token ends with another one's.
         *
         * @param id of that
         */
        record Under(String id) implements Refresh {}

        /**
         * One goes on.
         *
         * @param id of it
         * @param text under which the client has it from now on
         */
        record GoOn(String id, String text) implements Refresh {

            /** Says nothing of the text. */
            @Override
            public String toString() {
                return "GoOn[" + id + "]";
            }
        }
    }

    /** Something that is written in the transaction of the tokens, before them. */
    @FunctionalInterface
    interface Commit {

        /**
         * Writes it.
         *
         * @param given what the client gets
         * @return why it gets nothing, where somebody else was faster; what was written until then
         *     stays
         */
        Optional<OAuthException> write(Tx tx, Given given);

        /**
         * Why the client gets nothing, where the database has refused the whole transaction since
         * somebody else was faster.
         *
         * @return nothing where that is not the reason
         */
        default Optional<OAuthException> refused(StoreException refusal) {
            return Optional.empty();
        }
    }
}
