package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.issued.DirectAuthentication;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Kind;
import dev.ostiary.server.oauth.issued.DirectAuthenticationStore;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.util.function.Supplier;

/**
 * What clients come back with in direct authentication, which has to be their own, and of the same
 * server. Thread-safe.
 */
public final class BegunSteps {

    private final Database database;
    private final OAuthErrors errors;
    private final DirectAuthenticationStore store = new DirectAuthenticationStore();

    /** Steps in this database. */
    public BegunSteps(Database database, OAuthErrors errors) {
        this.database = database;
        this.errors = errors;
    }

    /**
     * What was begun.
     *
     * @param name of the parameter
     * @throws OAuthException where it is nobody's any more, or somebody else's
     */
    public DirectAuthentication require(Recipient to, Kind kind, String name, String text) {
        return require(to, kind, text, () -> expired(name));
    }

    /**
     * The same.
     *
     * @param over what a client is told of one that is nobody's any more
     */
    DirectAuthentication require(
            Recipient to, Kind kind, String text, Supplier<OAuthException> over) {
        DirectAuthentication begun =
                database.read(to.org().number(), reader -> store.find(reader, kind, text, to.now()))
                        .orElseThrow(over);
        if (!begun.clientId().equals(to.client().id())) {
            throw errors.of("direct_auth_invalid_client_id", to.client().id(), begun.clientId());
        }
        if (!begun.server().equals(to.issuer().id())) {
            throw errors.of("direct_auth_invalid_as_id", to.issuer().id(), begun.server());
        }
        return begun;
    }

    OAuthException expired(String name) {
        return errors.of("direct_auth_expired_token", name, name);
    }
}
