package dev.ostiary.server.security.zones;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.List;
import java.util.function.Predicate;

/**
 * What an enhanced dynamic zone includes and excludes of one kind.
 *
 * @param <V> the kind's values
 */
record Choice<V>(List<V> include, List<V> exclude) {

    private static final int MOST = 75;

    static <V> Choice<V> none() {
        return new Choice<>(List.of(), List.of());
    }

    /** The shape of a choice; each list holds 75 values at most (schema). */
    static <V> Shape<Choice<V>> shape(String name, Type<V> type, Predicate<V> valid, String rule) {
        Shape.Builder<Choice<V>> shape = Shape.of(name);
        Field<Choice<V>, List<V>> include =
                shape.field("include", Type.list(type), Choice<V>::include)
                        .must(list -> fits(list, valid), rule)
                        .always();
        Field<Choice<V>, List<V>> exclude =
                shape.field("exclude", Type.list(type), Choice<V>::exclude)
                        .must(list -> fits(list, valid), rule)
                        .always();
        return shape.build(
                in ->
                        new Choice<>(
                                in.find(include).orElse(List.of()),
                                in.find(exclude).orElse(List.of())));
    }

    private static <V> boolean fits(List<V> list, Predicate<V> valid) {
        return list.size() <= MOST && list.stream().allMatch(valid);
    }

    boolean isEmpty() {
        return include.isEmpty() && exclude.isEmpty();
    }

    /**
     * Whether what is known satisfies the choice.
     *
     * @param known whether anything is known of this kind; a choice on the unknown never holds
     * @param is whether the known has a value
     */
    boolean holds(boolean known, Predicate<V> is) {
        return isEmpty()
                || known
                        && (include.isEmpty() || include.stream().anyMatch(is))
                        && exclude.stream().noneMatch(is);
    }
}
