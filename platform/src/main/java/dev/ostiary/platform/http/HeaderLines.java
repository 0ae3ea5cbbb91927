package dev.ostiary.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Header lines as Helidon has them; those that stand in every answer are made once.
 *
 * <p>A long one, such as a link that repeats a long filter, must stay out of HTTP/2's table of
 * headers: Helidon loops for ever over a line that is larger than the table (helidon-io/helidon
 * issue 10472). It does not put there what it is told to be changing.
 */
final class HeaderLines {

    /** A quarter of the table that every client offers (RFC 9113, section 6.5.2). */
    private static final int LONG = 1024;

    private static final Map<Header, io.helidon.http.Header> CONSTANT =
            SecurityHeaders.constant().stream()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    Function.identity(),
                                    line -> HeaderValues.createCached(line.name(), line.value())));

    private HeaderLines() {}

    /** Adds all lines, each to be sent as a line of its own (P25). */
    static void add(ServerResponseHeaders headers, List<Header> lines) {
        Map<String, Integer> before = new HashMap<>();
        for (Header line : lines) {
            int n = before.merge(line.name(), 1, Integer::sum);
            if (n == 1 || line.name().equals(HeaderNames.SET_COOKIE.defaultCase())) {
                headers.add(of(line));
            } else {
                FurtherLine.add(headers, of(line), n);
            }
        }
    }

    static io.helidon.http.Header of(Header line) {
        io.helidon.http.Header known = CONSTANT.get(line);
        if (known != null) {
            return known;
        }
        return line.value().length() > LONG
                ? HeaderValues.create(HeaderNames.create(line.name()), true, false, line.value())
                : HeaderValues.create(line.name(), line.value());
    }
}
