package dev.ostiary.platform.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What indexes on demand could do for a search.
 *
 * @param indexes those that its conditions could take, whatever they find
 * @param common those that they could take if they find very many: an index of one attribute gives
 *     those who have a value in the order of their ids, so that a page of them is all that is read
 * @param range the attribute whose range is all that the search asks for: an index gives what it
 *     finds in the order of that attribute at once, and in any other order only after reading all
 *     of it
 */
public record OnDemand(
        Set<DocumentIndex> indexes, Set<DocumentIndex> common, Optional<Attribute> range) {

    private static final OnDemand NOTHING = new OnDemand(Set.of(), Set.of(), Optional.empty());

    public OnDemand {
        indexes = Set.copyOf(indexes);
        common = Set.copyOf(common);
    }

    /** Nothing. */
    public static OnDemand nothing() {
        return NOTHING;
    }

    /** For an expression that {@link SqlFilter#where} has taken. */
    public static OnDemand of(Filter filter, Attributes attributes) {
        Set<DocumentIndex> indexes = new LinkedHashSet<>();
        collect(filter, attributes, indexes);
        Set<DocumentIndex> common = new LinkedHashSet<>();
        collectCommon(filter, attributes, common);
        return new OnDemand(indexes, common, range(filter, attributes));
    }

    /** Of what every hit has to meet: only that can be read in the order of a page. */
    private static void collectCommon(
            Filter filter, Attributes attributes, Set<DocumentIndex> into) {
        switch (filter) {
            case Filter.And(List<Filter> terms) ->
                    terms.forEach(term -> collectCommon(term, attributes, into));
            case Filter.Comparison comparison ->
                    values(comparison, attributes).ifPresent(into::add);
            case Filter.Or _, Filter.Not _, Filter.Present _ -> {}
        }
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
            case Filter.Comparison comparison -> {
                ordered(comparison, attributes)
                        .flatMap(found -> found.rendering().rangeIndex(comparison.operator()))
                        .ifPresent(into::add);
                if (saysLittle(comparison)) {
                    values(comparison, attributes).ifPresent(into::add);
                }
            }
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

    /** Whether the letters of a part of a text are so few that many have them somewhere. */
    private static boolean saysLittle(Filter.Comparison comparison) {
        if (!(comparison.literal() instanceof Literal.Text(String text))
                || Words.hasLongRun(CaseFold.fold(text))) {
            return false;
        }
        return switch (comparison.operator()) {
            case SW, EW -> true;
            case CO -> text.length() >= Words.TRIGRAM;
            case EQ, NE, PR, GT, GE, LT, LE -> false;
        };
    }

    /** The index of those who have a value, or a text that begins so, ends so or has it inside. */
    private static Optional<DocumentIndex> values(
            Filter.Comparison comparison, Attributes attributes) {
        return attributes
                .find(comparison.path())
                .map(Attribute::rendering)
                .flatMap(
                        rendering ->
                                switch (comparison.operator()) {
                                    case EQ, SW -> rendering.orderIndex();
                                    case EW -> rendering.endingIndex();
                                    case CO -> rendering.partIndex();
                                    case NE, PR, GT, GE, LT, LE -> Optional.empty();
                                });
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
