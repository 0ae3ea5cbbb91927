package dev.ostiary.platform.http;

import dev.ostiary.platform.json.Dates;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One line a request: time, id, org, caller, method, path, status, milliseconds, and the error's id
 * where there is one. The query is left out, since people put secrets there.
 */
public final class AccessLog {

    /** Variables of paths that are secrets. */
    private static final Set<String> SECRETS = Set.of("code", "token");

    private final Consumer<CharSequence> out;
    private final InstantSource time;

    /**
     * @param out takes each line; called by many threads
     */
    public AccessLog(Consumer<CharSequence> out, InstantSource time) {
        this.out = out;
        this.time = time;
    }

    void line(Exchange exchange, int status, long nanos) {
        StringBuilder line = new StringBuilder(200);
        line.append(Dates.text(time.instant()))
                .append(' ')
                .append(exchange.requestId)
                .append(" org=");
        line.append(exchange.maybeOrg().map(org -> org.name()).orElse("-"));
        line.append(" caller=").append(clean(exchange.caller().label()));
        line.append(' ')
                .append(clean(exchange.incoming.method()))
                .append(' ')
                .append(clean(path(exchange)));
        line.append(" status=").append(status).append(" ms=");
        long tenths = nanos / 100_000;
        line.append(tenths / 10).append('.').append(tenths % 10);
        exchange.errorId().ifPresent(id -> line.append(" error=").append(id));
        out.accept(line);
    }

    /** The path without what of it is a secret: some links open something by a part of theirs. */
    private static String path(Exchange exchange) {
        return exchange.variables().keySet().stream().anyMatch(SECRETS::contains)
                ? Urls.expand(exchange.operation().path(), hidden(exchange.variables()))
                : exchange.incoming.rawPath();
    }

    private static Map<String, String> hidden(Map<String, String> variables) {
        Map<String, String> hidden = new HashMap<>(variables);
        hidden.replaceAll((name, value) -> SECRETS.contains(name) ? "***" : value);
        return hidden;
    }

    /** Nobody writes lines of their own into the log. */
    private static String clean(String text) {
        String bounded = text.length() > 300 ? text.substring(0, 300) + "…" : text;
        for (int i = 0; i < bounded.length(); i++) {
            if (bounded.charAt(i) <= ' ' || bounded.charAt(i) == 127) {
                return bounded.replaceAll("[\\p{Cntrl}\\s]", "?");
            }
        }
        return bounded;
    }
}
