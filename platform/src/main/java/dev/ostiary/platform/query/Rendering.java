package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How one attribute stands in SQL. Two come with the platform: {@link Column} and the rows of
 * {@link Documents}; a family may bring its own (membership by EXISTS, say).
 *
 * <p>A condition may be NULL where the attribute is absent: {@link SqlFilter} takes that for false,
 * under {@code not} too.
 */
public interface Rendering {

    /** The condition of a comparison; operator and literal suit the attribute's kind. */
    Sql compare(Operator operator, Literal literal);

    /**
     * The same, by an index on demand if there is one of use: what it says of a row is the same.
     *
     * @param there which indexes there are
     */
    default Sql compare(Operator operator, Literal literal, Predicate<DocumentIndex> there) {
        return compare(operator, literal);
    }

    /** The condition of {@code pr}. */
    Sql present();

    /**
     * What the best way to those that a comparison finds depends on.
     *
     * @param there which indexes on demand there are
     */
    default BestPlan bestPlan(Operator operator, Literal literal, Predicate<DocumentIndex> there) {
        return BestPlan.FOR_VALUES;
    }

    /** The value that rows are sorted by. */
    SortValue sortValue();

    /**
     * A shorter value of the same order that never is absent where {@link #sortValue} is there:
     * what an index of long texts can hold.
     */
    default Optional<SortValue> coarseSortValue() {
        return Optional.empty();
    }

    /** The index on demand that serves ranges and sorting, where there can be one. */
    default Optional<DocumentIndex> orderIndex() {
        return Optional.empty();
    }

    /** The index on demand that serves the ranges of an operator, where there can be one. */
    default Optional<DocumentIndex> rangeIndex(Operator operator) {
        return orderIndex();
    }

    /** The index on demand that serves {@code ew}, where there can be one. */
    default Optional<DocumentIndex> endingIndex() {
        return Optional.empty();
    }

    /** The index on demand that serves {@code co}, where there can be one. */
    default Optional<DocumentIndex> partIndex() {
        return Optional.empty();
    }

    /** The index on demand of those that have a value. */
    default Optional<DocumentIndex> presenceIndex() {
        return Optional.empty();
    }

    /** The index on demand of those that have none. */
    default Optional<DocumentIndex> absenceIndex() {
        return Optional.empty();
    }
}
