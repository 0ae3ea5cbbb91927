package dev.ostiary.platform.query;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code sortBy} and {@code sortOrder} of a search (Users, "List Users with Search"). */
public final class Sorting {

    private Sorting() {}

    /**
     * What a client wants a search sorted by; nothing if it does not say, whatever its {@code
     * sortOrder}. Rows that are equal in it are in the order of their ids: the caller adds that
     * key.
     *
     * @param parameters decoded query parameters
     * @throws ApiException a 400 for an unknown attribute or order
     */
    public static Optional<SortKey> of(
            Map<String, List<String>> parameters, Attributes attributes, FilterErrors errors) {
        return Parameters.text(parameters, "sortBy")
                .map(
                        by -> {
                            String path = path(by, errors);
                            Attribute attribute =
                                    attributes
                                            .find(path)
                                            .filter(known -> known.kind() != Kind.NODE)
                                            .orElseThrow(
                                                    () ->
                                                            errors.unknown(
                                                                    path, 0, attributes.names()));
                            SortValue value = attribute.rendering().sortValue();
                            return new SortKey(path, value, order(parameters), true);
                        });
    }

    /**
     * As {@link #of}, in one key or two: a long text is sorted by its beginning first, which an
     * index can hold. None if the client does not say.
     */
    public static List<SortKey> keys(
            Map<String, List<String>> parameters, Attributes attributes, FilterErrors errors) {
        return of(parameters, attributes, errors).stream()
                .flatMap(
                        key ->
                                keys(
                                        attributes.find(key.name()).orElseThrow(),
                                        key.direction(),
                                        true)
                                        .stream())
                .toList();
    }

    /**
     * The keys that sort by an attribute.
     *
     * @param nullable whether rows may lack it
     */
    public static List<SortKey> keys(Attribute attribute, Direction direction, boolean nullable) {
        SortValue value = attribute.rendering().sortValue();
        return attribute
                .rendering()
                .coarseSortValue()
                .map(
                        coarse ->
                                List.of(
                                        new SortKey(
                                                attribute.path() + "^",
                                                coarse,
                                                direction,
                                                nullable),
                                        new SortKey(
                                                attribute.path(), whole(value), direction, false)))
                .orElseGet(
                        () -> List.of(new SortKey(attribute.path(), value, direction, nullable)));
    }

    /** The text itself; where it is absent its beginning is, too, and has decided. */
    private static SortValue whole(SortValue text) {
        return new SortValue(
                Sql.of("COALESCE(")
                        .then(text.expression())
                        .then(", '')")
                        .then("COLLATE \"C\"")
                        .grouped(),
                text.type());
    }

    /**
     * The direction that {@code sortOrder} names, ascending if it is absent.
     *
     * @throws ApiException {@code E0000001} if it names none
     */
    public static Direction order(Map<String, List<String>> parameters) {
        return Parameters.text(parameters, "sortOrder")
                .map(
                        order ->
                                Direction.of(order)
                                        .orElseThrow(
                                                () ->
                                                        ApiException.validation(
                                                                "sortOrder",
                                                                "sortOrder: must be 'asc' or"
                                                                        + " 'desc'")))
                .orElse(Direction.ASC);
    }

    private static String path(String text, FilterErrors errors) {
        FilterScanner scanner = new FilterScanner(text, errors);
        String path = scanner.path();
        if (!scanner.atEnd()) {
            throw scanner.unexpected("end of the attribute name");
        }
        return path;
    }
}
