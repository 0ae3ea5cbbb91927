package dev.ostiary.server.systemlog;

import dev.ostiary.platform.query.Literal;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.Rendering;
import dev.ostiary.platform.query.SortValue;
import dev.ostiary.platform.store.Sql;

/**
 * An object or array in an event: it can only be present, which means not empty (P27).
 *
 * @param expression its value in SQL, a constant of the program
 */
record Node(String expression) implements Rendering {

    @Override
    public Sql present() {
        return Sql.of("(" + expression + ") NOT IN ('null', '\"\"', '[]', '{}')");
    }

    @Override
    public Sql compare(Operator operator, Literal literal) {
        throw new IllegalArgumentException("an object is not compared");
    }

    @Override
    public SortValue sortValue() {
        throw new UnsupportedOperationException("the log is sorted by time only");
    }
}
