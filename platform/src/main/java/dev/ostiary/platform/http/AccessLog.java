package dev.ostiary.platform.http;

import java.io.PrintStream;
import java.time.InstantSource;

/**
 * One line a request: time, id, org, caller, method, path, status, milliseconds, and the error's id
 * where there is one. The query is left out, since people put secrets there.
 */
public final class AccessLog {

    private final PrintStream out;
    private final InstantSource time;

    /**
     * @param out where the lines go; it is the caller's to flush and close
     */
    public AccessLog(PrintStream out, InstantSource time) {
        this.out = out;
        this.time = time;
    }

    void line(Exchange exchange, int status, long nanos) {
        StringBuilder line = new StringBuilder(200);
        line.append(time.instant()).append(' ').append(exchange.requestId).append(" org=");
        line.append(exchange.maybeOrg().map(org -> org.name()).orElse("-"));
        line.append(" caller=").append(clean(exchange.caller().label()));
        line.append(' ')
                .append(clean(exchange.incoming.method()))
                .append(' ')
                .append(clean(exchange.incoming.rawPath()));
        line.append(" status=").append(status).append(" ms=").append(nanos / 100_000 / 10.0);
        exchange.errorId().ifPresent(id -> line.append(" error=").append(id));
        out.println(line);
    }

    /** Nobody writes lines of their own into the log. */
    private static String clean(String text) {
        String bounded = text.length() > 300 ? text.substring(0, 300) + "…" : text;
        return bounded.chars().allMatch(c -> c > ' ' && c != 127)
                ? bounded
                : bounded.replaceAll("[\\p{Cntrl}\\s]", "?");
    }
}
