package dev.ostiary.platform.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What indexes on demand could do for a search.
 *
 * @param indexes those that its conditions could take
 * @param range the attribute whose range is all that the search asks for: an index gives what it
 *     finds in the order of that attribute at once, and in any other order only after reading all
 *     of it
 */
public record OnDemand(Set<DocumentIndex> indexes, Optional<Attribute> range) {

    private static final OnDemand NOTHING = new OnDemand(Set.of(), Optional.empty());

    public OnDemand {
        indexes = Set.copyOf(indexes);
    }

    /** Nothing. */
    public static OnDemand nothing() {
        return NOTHING;
    }

    /**
     * For an expression that {@link SqlFilter#where} has taken.
     *
     * @param text the expression
     */
    public static OnDemand of(String text, Attributes attributes, FilterErrors errors) {
        Filter filter = FilterParser.parse(text, errors);
        Set<DocumentIndex> indexes = new LinkedHashSet<>();
        collect(filter, attributes, indexes);
        return new OnDemand(indexes, range(filter, attributes));
    }

    private static void collect(Filter filter, Attributes attributes, Set<DocumentIndex> into) {
        switch (filter) {
            case Filter.And(List<Filter> terms) ->
                    terms.forEach(term -> collect(term, attributes, into));
            case Filter.Or(List<Filter> terms) ->
                    terms.forEach(term -> collect(term, attributes, into));
            case Filter.Not(Filter.Present(String path, int _)) ->
                    attributes
                            .find(path)
                            .flatMap(found -> found.rendering().absenceIndex())
                            .ifPresent(into::add);
            case Filter.Not(Filter term) -> {
                if (!(term instanceof Filter.Comparison)) {
                    collect(term, attributes, into);
                }
            }
            case Filter.Comparison comparison ->
                    ordered(comparison, attributes)
                            .flatMap(found -> found.rendering().orderIndex())
                            .ifPresent(into::add);
            case Filter.Present(String path, int _) ->
                    attributes
                            .find(path)
                            .flatMap(found -> found.rendering().presenceIndex())
                            .ifPresent(into::add);
        }
    }

    private static Optional<Attribute> range(Filter filter, Attributes attributes) {
        return switch (filter) {
            case Filter.And(List<Filter> terms) -> {
                List<Attribute> ranges = new ArrayList<>();
                terms.forEach(term -> range(term, attributes).ifPresent(ranges::add));
                boolean same =
                        ranges.size() == terms.size()
                                && ranges.stream().map(Attribute::path).distinct().count() == 1;
                yield same ? Optional.of(ranges.getFirst()) : Optional.empty();
            }
            case Filter.Comparison comparison ->
                    ordered(comparison, attributes)
                            .filter(found -> found.rendering().orderIndex().isPresent());
            case Filter.Or _, Filter.Not _, Filter.Present _ -> Optional.empty();
        };
    }

    /** The attribute of a comparison that asks for a range. */
    private static Optional<Attribute> ordered(
            Filter.Comparison comparison, Attributes attributes) {
        return switch (comparison.operator()) {
            case GT, GE, LT, LE -> attributes.find(comparison.path());
            case EQ, NE, SW, CO, EW, PR -> Optional.empty();
        };
    }
}
