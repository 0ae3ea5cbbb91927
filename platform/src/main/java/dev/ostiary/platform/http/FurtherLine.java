package dev.ostiary.platform.http;

import io.helidon.common.GenericType;
import io.helidon.common.mapper.Value;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A second line of a header.
 *
 * <p>Helidon keeps one entry a name and, under HTTP/2, sends its values in one line, joined by
 * commas ({@code Set-Cookie} excepted). A client that reads {@code Link} line by line, as those in
 * Go do, then takes the URL of {@code self} for that of {@code next}, and follows it for ever. So
 * this line is put into the headers under a name that nobody has, and has its own from then on.
 */
final class FurtherLine implements Header {

    private final Header line;
    private HeaderName name;

    private FurtherLine(Header line, HeaderName placeholder) {
        this.line = line;
        this.name = placeholder;
    }

    /**
     * Adds a line beside those of the same name that are there.
     *
     * @param n its number among them
     */
    static void add(ServerResponseHeaders headers, Header line, int n) {
        FurtherLine further =
                new FurtherLine(line, HeaderNames.create("line-" + n + "-" + line.name()));
        headers.set(further);
        further.name = line.headerName();
    }

    @Override
    public HeaderName headerName() {
        return name;
    }

    @Override
    public String name() {
        return line.name();
    }

    @Override
    public String get() {
        return line.get();
    }

    @Override
    public List<String> allValues() {
        return line.allValues();
    }

    @Override
    public int valueCount() {
        return line.valueCount();
    }

    @Override
    public boolean sensitive() {
        return line.sensitive();
    }

    @Override
    public boolean changing() {
        return line.changing();
    }

    @Override
    public <N> Value<N> as(Class<N> type) {
        return line.as(type);
    }

    @Override
    public <N> Value<N> as(GenericType<N> type) {
        return line.as(type);
    }

    @Override
    public <N> Value<N> as(Function<? super String, ? extends N> mapper) {
        return line.as(mapper);
    }

    @Override
    public Optional<String> asOptional() {
        return line.asOptional();
    }

    @Override
    public Value<Boolean> asBoolean() {
        return line.asBoolean();
    }

    @Override
    public Value<String> asString() {
        return line.asString();
    }

    @Override
    public Value<Integer> asInt() {
        return line.asInt();
    }

    @Override
    public Value<Long> asLong() {
        return line.asLong();
    }

    @Override
    public Value<Double> asDouble() {
        return line.asDouble();
    }
}
