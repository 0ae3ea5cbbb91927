package dev.ostiary.server.oauth.tokens;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.keys.KeyOwner;
import dev.ostiary.server.oauth.keys.KeySchedule;
import dev.ostiary.server.oauth.servers.AuthorizationServer;

/**
 * An authorization server as a request reached it: the org's own or a custom one. Immutable.
 *
 * <p>The name that its tokens carry has the host that the client used (P2), unless a server is set
 * to call itself by the org's custom domain.
 */
public sealed interface Issuer {

    /** The org. */
    Org org();

    /** What {@code iss} says. */
    String name();

    /** The URL before {@code /v1/…}. */
    String base();

    /** Who has its keys. */
    KeyOwner keyOwner();

    /** Which key signs. */
    KeySchedule schedule();

    /** As the log names it. */
    Target target();

    /** The server that is the org itself. */
    record OfOrg(Org org, String baseUrl) implements Issuer {

        @Override
        public String name() {
            return baseUrl;
        }

        @Override
        public String base() {
            return baseUrl + "/oauth2";
        }

        @Override
        public KeyOwner keyOwner() {
            return KeyOwner.ofOrg();
        }

        @Override
        public KeySchedule schedule() {
            return KeySchedule.from(org.created());
        }

        @Override
        public Target target() {
            return new Target(org.id(), "Organization", null, org.name());
        }
    }

    /**
     * A custom server.
     *
     * @param name what it calls itself, which may have another host than the one that was called
     */
    record Custom(Org org, String baseUrl, AuthorizationServer server, String name)
            implements Issuer {

        @Override
        public String base() {
            return baseUrl + "/oauth2/" + server.pathName(org);
        }

        @Override
        public KeyOwner keyOwner() {
            return server.keyOwner();
        }

        @Override
        public KeySchedule schedule() {
            return server.schedule();
        }

        @Override
        public Target target() {
            return server.target();
        }
    }

    /** The URL of one of its endpoints. */
    default String endpoint(String path) {
        return base() + "/v1/" + path;
    }

    /** The id under which refresh tokens and the log know it. */
    default String id() {
        return switch (this) {
            case OfOrg own -> own.org().id();
            case Custom custom -> custom.server().id();
        };
    }
}
