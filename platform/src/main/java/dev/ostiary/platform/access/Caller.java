package dev.ostiary.platform.access;

import java.util.Optional;

/** Who a request comes from, as far as it proved it. */
public sealed interface Caller {

    /**
     * What the caller may do; asked for at each use, since a token has its creator's permissions at
     * that moment (P20).
     */
    Permissions permissions();

    /** A name for the log line: never a secret. */
    String label();

    /** The user in whose name the caller acts, if there is one. */
    default Optional<Principal> principal() {
        return switch (this) {
            case Token token -> Optional.of(token.user());
            case Session session -> Optional.of(session.user());
            case Bearer bearer -> bearer.user();
            case Operator operator -> Optional.empty();
            case Anonymous nobody -> Optional.empty();
        };
    }

    /**
     * The id of whoever acts, for objects that remember who made them: a user, or a client that
     * acts for itself.
     */
    default Optional<String> actorId() {
        return this instanceof Bearer bearer && bearer.user().isEmpty()
                ? Optional.of(bearer.clientId())
                : principal().map(Principal::id);
    }

    /**
     * The holder of an API token.
     *
     * @param tokenId the token's public id
     * @param tokenName the token's name
     * @param user the user who made it, in whose name it acts
     */
    record Token(String tokenId, String tokenName, Principal user, Permissions permissions)
            implements Caller {
        @Override
        public String label() {
            return user.login();
        }
    }

    /**
     * A user who is signed in, in a browser that sent the session's cookie (P23).
     *
     * @param sessionId the session's public id, which is not what the cookie holds
     * @param user the user
     */
    record Session(String sessionId, Principal user, Permissions permissions) implements Caller {
        @Override
        public String label() {
            return user.login();
        }
    }

    /**
     * The holder of an access token of the org's own authorization server (P21).
     *
     * @param tokenId the token's {@code jti}
     * @param clientId the OAuth client that got it
     * @param clientName what people call the client
     * @param scheme how the token is shown
     * @param scopes what the token may be used for
     * @param user for whom the client acts; none where it acts for itself
     * @param permissions of the user, or of the client
     */
    record Bearer(
            String tokenId,
            String clientId,
            String clientName,
            Challenge.Scheme scheme,
            Scopes scopes,
            Optional<Principal> user,
            Permissions permissions)
            implements Caller {

        @Override
        public String label() {
            return user.map(Principal::login).orElse(clientId);
        }

        /** The same, who reaches no further than to its own user. */
        public Bearer forItself() {
            return new Bearer(
                    tokenId, clientId, clientName, scheme, scopes, user, Permissions.none());
        }
    }

    /**
     * Whoever owns the data directory: may use the server's own operations, and nothing of an
     * org's.
     */
    record Operator() implements Caller {
        @Override
        public Permissions permissions() {
            return Permissions.none();
        }

        @Override
        public String label() {
            return "operator";
        }
    }

    /** Nobody in particular. */
    record Anonymous() implements Caller {
        @Override
        public Permissions permissions() {
            return Permissions.none();
        }

        @Override
        public String label() {
            return "-";
        }
    }

    /**
     * A user who acts.
     *
     * @param id public id
     * @param login profile login
     * @param displayName first and last name
     */
    record Principal(String id, String login, String displayName) {}
}
