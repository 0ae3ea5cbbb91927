package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;

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

    /** The condition of {@code pr}. */
    Sql present();

    /** The value that rows are sorted by. */
    SortValue sortValue();
}
