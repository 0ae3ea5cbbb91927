package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Request;
import java.util.List;
import java.util.stream.Stream;

/** Knows whom to tell that somebody signs out. Implementations are thread-safe. */
@FunctionalInterface
public interface Partings {

    /**
     * Whom to tell when a session ends. Not to be called in a transaction.
     *
     * @param except the client that knows already; empty for none
     */
    Told of(Request request, String sessionId, String except);

    /**
     * Addresses that a browser opens in frames.
     *
     * @param openId of apps of OpenID Connect
     * @param saml of services
     */
    record Told(List<String> openId, List<String> saml) {

        public static final Told NOBODY = new Told(List.of(), List.of());

        public Told {
            openId = List.copyOf(openId);
            saml = List.copyOf(saml);
        }

        /** All of them. */
        public List<String> all() {
            return Stream.concat(openId.stream(), saml.stream()).toList();
        }
    }
}
