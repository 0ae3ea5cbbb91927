package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.SessionWatch;
import java.util.List;
import java.util.Optional;

/**
 * Has every session looked at that a browser shows, on pages and on the way into apps as well. A
 * caller whose session ends here is nobody from now on. Health is told without the database.
 */
final class WatchSessions implements Step {

    private final SessionWatch watch;
    private final EventScope scope;

    WatchSessions(SessionWatch watch, EventScope scope) {
        this.watch = watch;
        this.scope = scope;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        List<String> sessions = Cookies.sessions(exchange.incoming);
        if (!sessions.isEmpty()
                && !exchange.operation().path().text().startsWith("/health/")
                && scope.within(exchange, () -> ends(exchange, sessions))
                && exchange.caller() instanceof Caller.Session) {
            exchange.caller(new Caller.Anonymous());
        }
        return Optional.empty();
    }

    private boolean ends(Exchange exchange, List<String> sessions) {
        return watch.ends(exchange.org(), sessions, exchange.incoming.header("Cookie").orElse(""));
    }
}
