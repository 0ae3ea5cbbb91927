package dev.ostiary.platform.http;

import io.helidon.http.HeaderValues;
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

    static io.helidon.http.Header of(Header line) {
        io.helidon.http.Header known = CONSTANT.get(line);
        return known != null ? known : HeaderValues.create(line.name(), line.value());
    }
}
