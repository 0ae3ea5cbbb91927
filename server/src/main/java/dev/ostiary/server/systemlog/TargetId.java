package dev.ostiary.server.systemlog;

import dev.ostiary.platform.query.Column;
import dev.ostiary.platform.query.Kind;
import dev.ostiary.platform.query.Literal;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.Rendering;
import dev.ostiary.platform.query.SortValue;
import dev.ostiary.platform.store.Sql;
import java.util.List;

/**
 * {@code target.id}, the most asked-for attribute. Row-level security keeps PostgreSQL from using
 * an index on what is inside of the body, and comparing columns is all it trusts: so the ids of the
 * first two targets have columns of their own, and the few events with more targets have a mark.
 * {@code eq} asks all three, each by its index.
 */
public record TargetId() implements Rendering {

    private static final EachValue EACH = new EachValue("$.target[*].id");
    private static final List<Column> FIRST =
            List.of(
                    new Column("system_log.target_id", Kind.TEXT, false),
                    new Column("system_log.second_target_id", Kind.TEXT, false));

    @Override
    public Sql compare(Operator operator, Literal literal) {
        if (operator != Operator.EQ) {
            return EACH.compare(operator, literal);
        }
        return Sql.join(
                        " OR ",
                        List.of(
                                FIRST.getFirst().compare(operator, literal),
                                FIRST.getLast().compare(operator, literal),
                                Sql.of("system_log.more_targets AND")
                                        .then(EACH.compare(operator, literal))
                                        .grouped()))
                .grouped();
    }

    @Override
    public Sql present() {
        return EACH.present();
    }

    @Override
    public SortValue sortValue() {
        return EACH.sortValue();
    }
}
