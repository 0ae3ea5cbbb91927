package dev.ostiary.server.directory.searchindexes;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.BestPlan;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Filter;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.FilterParser;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.OnDemand;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.query.Sorting;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Sql;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A client's {@code search}: what it means, in which order its pages come, and what it says of the
 * indexes that it would take. Thread-safe.
 */
public final class IndexedSearch {

    /** Pages of fewer say nothing of how many there are. */
    private static final int MANY = 100;

    private final Org org;
    private final Attributes attributes;
    private final SearchIndexes indexes;
    private final Sql condition;
    private final BestPlan plan;
    private final OnDemand uses;

    /**
     * Reads a search.
     *
     * @throws dev.ostiary.platform.problem.ApiException a 400 as {@link SqlFilter#where} has it
     */
    public IndexedSearch(Org org, Attributes attributes, SearchIndexes indexes, String text) {
        this.org = org;
        this.attributes = attributes;
        this.indexes = indexes;
        SqlFilter filter =
                new SqlFilter(
                        attributes,
                        FilterErrors.SEARCH,
                        org.settings().strict(),
                        index -> indexes.has(org, index));
        Filter read = FilterParser.parse(text, FilterErrors.SEARCH);
        this.condition = filter.where(read, text);
        this.plan = filter.bestPlan(read);
        this.uses = OnDemand.of(read, attributes);
        indexes.want(org, uses.indexes());
    }

    /** What the best way to a page of the hits in an order depends on. */
    public BestPlan bestPlan(List<SortKey> order) {
        if (order.isEmpty()) {
            return plan;
        }
        // what the range is, is where the index begins and ends to be read
        return uses.range().filter(range -> ofRange(range).equals(order)).isPresent()
                        && rangeHasIndex()
                ? BestPlan.FOR_ORG
                : BestPlan.FOR_VALUES;
    }

    /** What every hit meets. */
    public Sql condition() {
        return condition;
    }

    /**
     * What the hits are sorted by before their ids.
     *
     * <p>A client that does not say gets them in the order of their ids; but who asks for a range
     * of one attribute in a large org gets them in its order, since the index has them so: else the
     * whole range would be read for each page. Later pages go by the order of the first, which the
     * cursor tells.
     *
     * @param keyset how a list goes by such keys
     */
    public List<SortKey> order(
            Map<String, List<String>> parameters,
            PageRequest wanted,
            Function<List<SortKey>, Keyset> keyset) {
        List<SortKey> asked = Sorting.keys(parameters, attributes, FilterErrors.SEARCH);
        if (!asked.isEmpty()) {
            attributes
                    .find(asked.getLast().name())
                    .flatMap(by -> by.rendering().orderIndex())
                    .ifPresent(index -> indexes.want(org, List.of(index)));
            return asked;
        }
        return uses.range().map(range -> order(range, wanted, keyset)).orElse(List.of());
    }

    private List<SortKey> order(
            Attribute range, PageRequest wanted, Function<List<SortKey>, Keyset> keyset) {
        List<SortKey> keys = ofRange(range);
        boolean so =
                wanted.after()
                        .or(wanted::before)
                        .map(cursor -> keyset.apply(keys).wrote(cursor))
                        .orElseGet(this::rangeHasIndex);
        return so ? keys : List.of();
    }

    private static List<SortKey> ofRange(Attribute range) {
        return Sorting.keys(range, Direction.ASC, false);
    }

    private boolean rangeHasIndex() {
        return uses.range()
                .flatMap(range -> range.rendering().orderIndex())
                .filter(index -> indexes.has(org, index))
                .isPresent();
    }

    /**
     * Says what was found, in the order of ids: of many an index would give the page at once.
     *
     * @param order as it was
     */
    public void found(Page<?> page, List<SortKey> order) {
        if (order.isEmpty() && page.next().isPresent() && page.items().size() >= MANY) {
            indexes.want(org, uses.common());
        }
    }
}
