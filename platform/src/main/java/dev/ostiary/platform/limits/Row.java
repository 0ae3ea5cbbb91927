package dev.ostiary.platform.limits;

import dev.ostiary.platform.contract.Table;
import dev.ostiary.platform.contract.Verb;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A line of {@code contract/rate-limits.tsv}.
 *
 * @param index its place in the table
 * @param verbs the verbs it is about; all, where the documentation names none
 * @param multipliers the add-ons that raise it
 */
record Row(
        int index,
        Kind kind,
        String category,
        UrlPattern pattern,
        Set<Verb> verbs,
        List<String> multipliers,
        Table.Row cells) {

    enum Kind {
        /** A bucket for this path and nothing below it. */
        EXACT,
        /** A bucket for this path and all below it that no other bucket names. */
        PREFIX,
        /** Not limited at all. */
        EXEMPT,
        /** What all buckets of a category may add up to. */
        CUMULATIVE,
        /** How many requests may be under way. */
        CONCURRENCY,
        /** The percentage of a bucket that one token may use. */
        TOKEN
    }

    static Row of(int index, Table.Row cells) {
        String verbs = cells.get("verbs");
        Set<Verb> about = EnumSet.noneOf(Verb.class);
        Arrays.stream(verbs.split(" "))
                .filter(verb -> !verb.isEmpty())
                .map(Verb::valueOf)
                .forEach(about::add);
        return new Row(
                index,
                Kind.valueOf(cells.get("kind").toUpperCase(Locale.ROOT)),
                cells.get("category"),
                UrlPattern.of(cells.get("path")),
                about.isEmpty() ? EnumSet.allOf(Verb.class) : about,
                List.of(cells.get("multiplied").split(" ")),
                cells);
    }

    boolean exact() {
        return kind != Kind.PREFIX;
    }

    /** Whether it says which bucket a request falls into. */
    boolean matches() {
        return switch (kind) {
            case EXACT, PREFIX, EXEMPT -> true;
            case CUMULATIVE, CONCURRENCY, TOKEN -> false;
        };
    }

    /** The figure of a tier; 0 where the tier has none. */
    int figure(String tier) {
        String cell = cells.get(tier);
        return cell.isEmpty() ? 0 : Integer.parseInt(cell);
    }
}
