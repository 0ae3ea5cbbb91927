package dev.ostiary.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Header lines as Helidon has them; those that stand in every answer are made once. */
final class HeaderLines {

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

    private static io.helidon.http.Header of(Header line) {
        io.helidon.http.Header known = CONSTANT.get(line);
        return known != null ? known : HeaderValues.create(line.name(), line.value());
    }
}
