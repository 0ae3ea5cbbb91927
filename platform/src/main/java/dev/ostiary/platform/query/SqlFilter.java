package dev.ostiary.platform.query;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Turns a filter into the condition of a query. Immutable and thread-safe.
 *
 * <p>Comparisons may be NULL where an attribute is absent. Under AND and OR a NULL ends like a
 * false, so those stay bare and an index can serve them; only {@code not} would turn a NULL into
 * another NULL and lose the row, so it is written {@code (…) IS NOT TRUE}.
 *
 * @param attributes what the resource knows
 * @param errors how it refuses
 * @param strict whether only documented operators are allowed (P28)
 * @param there which indexes on demand there are
 */
public record SqlFilter(
        Attributes attributes,
        FilterErrors errors,
        boolean strict,
        Predicate<DocumentIndex> there) {

    /** Where there are no indexes on demand. */
    public SqlFilter(Attributes attributes, FilterErrors errors, boolean strict) {
        this(attributes, errors, strict, _ -> false);
    }

    /**
     * The condition that a client's text says, for a {@code WHERE} beside others joined by AND.
     *
     * @throws ApiException a 400 for what is no expression, an unknown attribute, an operator that
     *     the attribute does not have, a literal of another type
     */
    public Sql where(String text) {
        return where(FilterParser.parse(text, errors), text);
    }

    /**
     * The same of a text that has been read.
     *
     * @param filter what the text, or a part of it, says
     */
    public Sql where(Filter filter, String text) {
        return switch (filter) {
            case Filter.And(List<Filter> terms) -> joined(" AND ", terms, text);
            case Filter.Or(List<Filter> terms) -> joined(" OR ", terms, text);
            case Filter.Not(Filter term) -> not(term, text);
            case Filter.Comparison comparison -> comparison(comparison, text);
            case Filter.Present(String path, int at) ->
                    known(path, Operator.PR, at).rendering().present().grouped();
        };
    }

    /** What the best way to a page of what {@link #where} finds depends on. */
    public BestPlan bestPlan(Filter filter) {
        return filter
                        instanceof
                        Filter.Comparison(String path, Operator operator, Literal literal, int _)
                ? attributes
                        .find(path)
                        .map(found -> found.rendering().bestPlan(operator, literal, there))
                        .orElse(BestPlan.FOR_VALUES)
                : BestPlan.FOR_VALUES;
    }

    private Sql joined(String word, List<Filter> terms, String text) {
        return Sql.join(word, terms.stream().map(term -> where(term, text)).toList()).grouped();
    }

    private Sql not(Filter term, String text) {
        if (!attributes.allowsNot(strict)) {
            throw errors.malformed(text, "The operator 'not' is not supported");
        }
        return where(term, text).then("IS NOT TRUE").grouped();
    }

    private Sql comparison(Filter.Comparison comparison, String text) {
        Attribute attribute = known(comparison.path(), comparison.operator(), comparison.at());
        Literal literal = fitting(attribute, comparison, text);
        return attribute.rendering().compare(comparison.operator(), literal, there).grouped();
    }

    private Attribute known(String path, Operator operator, int at) {
        Attribute attribute =
                attributes
                        .find(path)
                        .orElseThrow(() -> errors.unknown(path, at, attributes.names()));
        Set<Operator> allowed = strict ? attribute.strictOperators() : attribute.operators();
        if (!allowed.contains(operator)) {
            throw errors.unsupported(operator, path, at, new TreeSet<>(allowed));
        }
        return attribute;
    }

    private Literal fitting(Attribute attribute, Filter.Comparison comparison, String text) {
        Literal literal = comparison.literal();
        return switch (attribute.kind()) {
            case TEXT -> same(Kind.TEXT, "a quoted string", comparison, text);
            case NUMBER -> same(Kind.NUMBER, "a number", comparison, text);
            case BOOLEAN -> same(Kind.BOOLEAN, "true,false", comparison, text);
            case INSTANT -> moment(comparison, text);
            case ANY, NODE -> {
                Set<Operator> sensible = Kind.of(literal).operators();
                if (!sensible.contains(comparison.operator())) {
                    throw errors.unsupported(
                            comparison.operator(), comparison.path(), comparison.at(), sensible);
                }
                yield literal;
            }
        };
    }

    private Literal same(Kind kind, String expected, Filter.Comparison comparison, String text) {
        if (Kind.of(comparison.literal()) != kind) {
            throw mistyped(comparison, expected, text);
        }
        return comparison.literal();
    }

    private Literal moment(Filter.Comparison comparison, String text) {
        if (!(comparison.literal() instanceof Literal.Text(String date))) {
            throw mistyped(comparison, "a quoted ISO 8601 date", text);
        }
        return Moments.read(date)
                .<Literal>map(Literal.Moment::new)
                .orElseThrow(() -> errors.date(comparison.path(), date));
    }

    private ApiException mistyped(Filter.Comparison comparison, String expected, String text) {
        return errors.malformed(
                text,
                "Wrong type of value for '%s' at position %d. Expected: %s"
                        .formatted(comparison.path(), comparison.at(), expected));
    }
}
