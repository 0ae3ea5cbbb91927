package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Request;
import dev.ostiary.server.signin.pages.view.Notice;
import java.util.List;
import java.util.stream.Stream;

/** Knows whom to tell that somebody signs out. Implementations are thread-safe. */
@FunctionalInterface
public interface Partings {

    /**
     * Whom to tell when a session ends. Not to be called in a transaction.
     *
     * @param except the client or the app of the service that knows already; empty for none
     */
    Told of(Request request, String sessionId, String except);

    /**
     * How a browser tells them, in frames.
     *
     * @param openId apps of OpenID Connect
     * @param saml services
     */
    record Told(List<Notice> openId, List<Notice> saml) {

        public static final Told NOBODY = new Told(List.of(), List.of());

        public Told {
            openId = List.copyOf(openId);
            saml = List.copyOf(saml);
        }

        /** All of them. */
        public List<Notice> all() {
            return Stream.concat(openId.stream(), saml.stream()).toList();
        }
    }
}
