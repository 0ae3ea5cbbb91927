package dev.ostiary.server.apps;

import dev.ostiary.platform.query.Literal;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.Rendering;
import dev.ostiary.platform.query.SortValue;
import dev.ostiary.platform.store.Sql;
import java.util.function.Function;

/**
 * That a user or a group has an app: only equality means anything.
 *
 * @param condition the condition on {@code a} for an id
 */
record Assigned(Function<String, Sql> condition) implements Rendering {

    @Override
    public Sql compare(Operator operator, Literal literal) {
        if (operator == Operator.EQ && literal instanceof Literal.Text(String id)) {
            return condition.apply(id);
        }
        throw new UnsupportedOperationException("only equality is allowed");
    }

    @Override
    public Sql present() {
        throw new UnsupportedOperationException("only equality is allowed");
    }

    @Override
    public SortValue sortValue() {
        throw new UnsupportedOperationException("nobody sorts by assignments");
    }
}
