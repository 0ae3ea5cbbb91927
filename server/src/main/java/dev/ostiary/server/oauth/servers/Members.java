package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.List;

/**
 * A condition that names who or what is in it, and who is not. Immutable.
 *
 * @param include what it names
 * @param exclude what it takes back
 */
record Members(List<String> include, List<String> exclude) {

    static final Members NONE = new Members(List.of(), List.of());

    private static final int MOST = 1_000;
    private static final String TOO_MANY = "must be at most 1000";

    /** With both lists. */
    static final Shape<Members> BOTH = both();

    /** With what is included only. */
    static final Shape<Members> INCLUDED = included();

    Members {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** Those that are included, each once. */
    static Members of(List<String> include) {
        return new Members(include.stream().distinct().toList(), List.of());
    }

    private static Shape<Members> both() {
        Shape.Builder<Members> shape = Shape.of("members");
        Field<Members, List<String>> include = include(shape);
        Field<Members, List<String>> exclude =
                shape.field("exclude", Type.list(Type.TEXT), Members::exclude)
                        .always()
                        .must(all -> all.size() <= MOST, TOO_MANY);
        return shape.build(
                in ->
                        new Members(
                                in.find(include).orElse(List.of()),
                                in.find(exclude).orElse(List.of())));
    }

    private static Shape<Members> included() {
        Shape.Builder<Members> shape = Shape.of("members");
        Field<Members, List<String>> include = include(shape);
        return shape.build(in -> of(in.find(include).orElse(List.of())));
    }

    private static Field<Members, List<String>> include(Shape.Builder<Members> shape) {
        return shape.field("include", Type.list(Type.TEXT), Members::include)
                .always()
                .must(all -> all.size() <= MOST, TOO_MANY);
    }
}
