package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sort values between SQL and cursors, and the comparison of a row with a place in the order. */
final class KeyValues {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,450}(?:\\.[0-9]{1,450})?");
    private static final Pattern MICROS = Pattern.compile("-?[0-9]{1,18}");

    private KeyValues() {}

    /** A sort value as the text that cursors hold: exact, and free of any session setting. */
    static Sql text(SortValue value) {
        return switch (value.type()) {
            case TEXT -> value.expression();
            case NUMBER, BOOLEAN -> value.expression().then("::text");
            case INSTANT ->
                    Sql.of("(extract(epoch FROM")
                            .then(value.expression())
                            .then(") * 1000000)::bigint::text");
        };
    }

    /** The parameter of a cursor's text, or nothing if the text is none of the type. */
    static Optional<Object> read(String text, SortValue.Type type) {
        return switch (type) {
            case TEXT -> Optional.of(text);
            case NUMBER ->
                    NUMBER.matcher(text).matches()
                            ? Optional.of(new BigDecimal(text))
                            : Optional.empty();
            case BOOLEAN ->
                    text.equals("true") || text.equals("false")
                            ? Optional.of(Boolean.valueOf(text))
                            : Optional.empty();
            case INSTANT ->
                    MICROS.matcher(text).matches()
                            ? Optional.of(
                                            Instant.EPOCH.plus(
                                                    Long.parseLong(text), ChronoUnit.MICROS))
                                    .filter(Moments::isStorable)
                                    .map(instant -> instant.atOffset(ZoneOffset.UTC))
                            : Optional.empty();
        };
    }

    /**
     * The rows after a place: those beyond it in the first key, or equal in it and beyond it in the
     * rest. Where every key is there and all go one way, a comparison of rows says the same, and an
     * index serves it.
     */
    static Sql beyond(List<SortKey> keys, List<Optional<Object>> position) {
        return isUniform(keys) ? rowComparison(keys, position) : stepwise(keys, position);
    }

    /**
     * The rows after a place, in pieces that follow each other in the order: {@link #beyond} cut
     * where the values of the first key end or begin, so that an index of it serves each piece. One
     * piece where that is not of use.
     */
    static List<Sql> stretches(List<SortKey> keys, List<Optional<Object>> position) {
        SortKey first = keys.getFirst();
        if (!first.nullable() || !isUniform(withoutFirst(keys), first.direction())) {
            return List.of(beyond(keys, position));
        }
        boolean ascending = first.direction() == Direction.ASC;
        if (position.getFirst().isPresent()) {
            Sql valued = rowComparison(keys, position);
            return ascending
                    ? List.of(valued, first.expression().then("IS NULL"))
                    : List.of(valued);
        }
        Sql absent =
                first.expression()
                        .then("IS NULL AND")
                        .then(rowComparison(withoutFirst(keys), withoutFirst(position)));
        return ascending
                ? List.of(absent)
                : List.of(absent, first.expression().then("IS NOT NULL"));
    }

    private static <T> List<T> withoutFirst(List<T> list) {
        return list.subList(1, list.size());
    }

    private static boolean isUniform(List<SortKey> keys, Direction direction) {
        return keys.stream().allMatch(key -> !key.nullable() && key.direction() == direction);
    }

    private static boolean isUniform(List<SortKey> keys) {
        return isUniform(keys, keys.getFirst().direction());
    }

    private static Sql rowComparison(List<SortKey> keys, List<Optional<Object>> position) {
        String places = keys.stream().map(key -> "?").collect(Collectors.joining(", "));
        return Sql.join(", ", keys.stream().map(SortKey::expression).toList())
                .grouped()
                .then(
                        symbol(keys.getFirst()) + " (" + places + ")",
                        position.stream().map(Optional::orElseThrow).toArray());
    }

    private static Sql stepwise(List<SortKey> keys, List<Optional<Object>> position) {
        SortKey key = keys.getFirst();
        Optional<Object> value = position.getFirst();
        Sql past = past(key, value);
        if (keys.size() == 1) {
            return past;
        }
        Sql rest = stepwise(keys.subList(1, keys.size()), position.subList(1, position.size()));
        return past.then("OR (").then(same(key, value)).then("AND").then(rest.grouped()).then(")");
    }

    private static Sql past(SortKey key, Optional<Object> value) {
        boolean ascending = key.direction() == Direction.ASC;
        if (value.isEmpty()) {
            return ascending ? Sql.of("FALSE") : key.expression().then("IS NOT NULL");
        }
        Sql beyond = key.expression().then(symbol(key) + " ?", value.get());
        return key.nullable() && ascending
                ? beyond.then("OR").then(key.expression()).then("IS NULL")
                : beyond;
    }

    private static Sql same(SortKey key, Optional<Object> value) {
        return value.isEmpty()
                ? key.expression().then("IS NULL")
                : key.expression().then("= ?", value.get());
    }

    private static String symbol(SortKey key) {
        return key.direction() == Direction.ASC ? ">" : "<";
    }
}
